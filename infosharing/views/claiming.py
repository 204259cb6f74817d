"""事项认领: the list, where only who may claim is offered to."""

from django.http import HttpRequest, HttpResponse

from coordination.kernel.catalogue import Item
from coordination.kernel.organs import User, posts_of
from coordination.kernel.web.lists import matter_list
from infosharing.claims.flow import ADMINISTRATORS
from infosharing.models import Claim


def claims(request: HttpRequest) -> HttpResponse:
    """As every list; to others than a department's administrator nothing is offered that he could not do."""
    shut = {} if may_claim(request.user) else {"new_url": "", "new_label": ""}
    return matter_list(request, Claim, more=shut)


def may_claim(user: User) -> bool:
    """Whether the reader administers an organ that is in charge of items (NW-4.3)."""
    organs = [post.organ_id for post in posts_of(user) if post.role in ADMINISTRATORS]
    return bool(organs) and Item.objects.filter(guide__in=organs).exists()
