"""In whose name a reader acts on the ledgers, and through which post he may."""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.translation import gettext as _

from coordination.kernel.organs import Actor, Post, Role, posts_of
from coordination.kernel.web.request import moment_of

CLERKS = (Role.OFFICER, Role.LIAISON, Role.REGISTRY, Role.RESPONSIBLE_PERSON, Role.ORGAN_ADMIN)


def posts_in(request: HttpRequest, roles: Iterable[str] = CLERKS) -> list[Post]:
    """The reader's posts in organs that act in their own name, through which he may do it."""
    moment_of(request)
    return [post for post in posts_of(request.user) if post.role in roles and post.organ.may_act_in_own_name]


def actor_or_403(request: HttpRequest, roles: Iterable[str] = CLERKS) -> Actor:
    """Refused to whoever has no such post: 403 with whom to ask."""
    found = posts_in(request, roles)
    if not found:
        raise PermissionDenied(_("您的岗位不能办理此项，请联系本单位的联络员或单位管理员。"))
    return Actor(request.user, found[0])


def county_of(request: HttpRequest) -> str:
    """The county of the reader's first post; empty for whoever has none."""
    moment_of(request)
    posts = posts_of(request.user)
    return posts[0].organ.county_id if posts else ""
