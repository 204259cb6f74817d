"""Who acts in the demonstration: people by organ and role, officers only with a certificate valid on the day."""

import copy
from datetime import date
from functools import cached_property

from coordination.kernel.catalogue import Item
from coordination.kernel.organs import Actor, County, Organ, Post, Role, User


class Cast:
    """The organs, posts and items of one county, read once."""

    def __init__(self, county: County) -> None:
        self.county = county

    @cached_property
    def organs(self) -> dict[str, Organ]:
        """By the last part of the key: `yangfangkou`."""
        found = Organ.objects.filter(county=self.county).select_related("county")
        return {organ.key.partition(".")[2]: organ for organ in found}

    @cached_property
    def items(self) -> dict[int, Item]:
        return {item.number: item for item in Item.objects.filter(county=self.county).select_related("guide")}

    @cached_property
    def posts(self) -> list[Post]:
        found = Post.objects.filter(organ__county=self.county, user__is_active=True)
        return list(found.select_related("user", "organ").order_by("user__username", "pk"))

    def officers(self, organ: Organ, day: date) -> list[User]:
        """All who may enforce for `organ` on `day`."""
        known = [post.user for post in self.posts if post.organ_id == organ.pk and post.role == Role.OFFICER]
        return [fresh(user) for user in known if user.certified_on(day)]

    def one(self, organ: Organ, *roles: str) -> User:
        """The holder of the first of `roles` that the organ has."""
        for role in roles:
            for post in self.posts:
                if post.organ_id == organ.pk and post.role == role:
                    return fresh(post.user)
        raise LookupError(f"{organ.name} has nobody in the posts {', '.join(roles)}")

    def actor(self, user: User, organ: Organ) -> Actor:
        """`user` in his post of `organ`."""
        return Actor(user, next(p for p in self.posts if p.user_id == user.pk and p.organ_id == organ.pk))


def fresh(user: User) -> User:
    """A person as a new request has him: what he may do today is not remembered from yesterday."""
    return copy.copy(user)
