"""The chain of accounts: approval bureau → department administrators → township administrators → officers.

Read from the posts that hold today and from the claims; what is missing is shown as a gap (NW-4.4 to NW-4.10).
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from coordination.kernel.catalogue import Item
from coordination.kernel.organs import Organ, Post, Role, User, in_force
from coordination.kernel.words import carries
from infosharing.claims.gates import held_on
from infosharing.claims.models import Claim
from infosharing.filings import acting_organs


@dataclass
class Link:
    """One organ of the chain: who administers it, how many officers have an account, how many of them cannot log in.

    `items`: of those that it guides, how many can be claimed, since a township holds them.
    """

    organ: Organ
    administrators: list[str] = field(default_factory=list)
    officers: int = 0
    locked: list[str] = field(default_factory=list)
    guides: bool = False
    items: int = 0
    claimed: int = 0
    waiting: int = 0

    @property
    def broken(self) -> bool:
        return not self.administrators or bool(self.locked) or self.claimed < self.items or self.waiting > 0


@carries("NW-4.4", "NW-4.5", "NW-4.8", "NW-4.10")
def chain(county: str, day: date) -> dict[str, list[Link]]:
    """`departments` that guide items and the `townships`, each with its administrators, officers and gaps."""
    links = {organ.pk: Link(organ) for organ in acting_organs(county)}
    _people(links, day)
    _items(links, county, day)
    _divisions(links, county)
    townships = [link for link in links.values() if link.organ.is_township]
    departments = [link for link in links.values() if link.guides]
    return {"departments": departments, "townships": townships}


def _people(links: dict[int, Link], day: date) -> None:
    posts = Post.objects.filter(in_force(day), organ__in=links, role__in=(Role.ORGAN_ADMIN, Role.OFFICER))
    seen: dict[int, set[int]] = defaultdict(set)
    for post in posts.select_related("user").order_by("pk"):
        link = links[post.organ_id]
        if post.role == Role.ORGAN_ADMIN:
            link.administrators.append(post.user.name)
        elif post.user_id not in seen[post.organ_id]:
            seen[post.organ_id].add(post.user_id)
            link.officers += 1
            link.locked += [] if can_log_in(post.user) else [post.user.name]


def can_log_in(user: User) -> bool:
    return user.is_active and user.has_usable_password()


def _items(links: dict[int, Link], county: str, day: date) -> None:
    """How many items of each department can be claimed, and how many of them are."""
    claimed = set(Item.objects.filter(claims__in=standing(county)).values_list("pk", flat=True))
    held = set(held_on(day).filter(holder__county=county).values_list("item_id", flat=True))
    for pk, guide in Item.objects.filter(county=county).active_on(day).values_list("pk", "guide_id"):
        if guide in links:
            links[guide].guides = True
            links[guide].items += pk in held
            links[guide].claimed += pk in held & claimed


def standing(county: str):
    return Claim.objects.filter(county=county).exclude(stage="released")


def _divisions(links: dict[int, Link], county: str) -> None:
    """Claims in which a township has not yet divided the work."""
    for pending in standing(county).values_list("pending", flat=True):
        for organ in pending:
            if organ in links:
                links[organ].waiting += 1
