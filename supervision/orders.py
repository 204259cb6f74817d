"""The list of orders and the form of a new one: for whoever may draft none, there is neither button nor form."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from coordination.kernel.organs import User, posts_of
from coordination.kernel.web.lists import matter_list
from coordination.kernel.web.new import first_of, new_page
from coordination.kernel.web.request import moment_of
from supervision.authority import own_paper, papers_of
from supervision.flow import STAFF
from supervision.models import Order


def orders(request: HttpRequest) -> HttpResponse:
    """What one may see of them."""
    without = {} if _drafts(request.user, moment_of(request)) else {"new_url": "", "new_label": ""}
    return matter_list(request, Order, more=without)


def new_order(request: HttpRequest) -> HttpResponse:
    """The form with the papers of the reader's organ."""
    if not request.GET.get("from") and not _drafts(request.user, moment_of(request)):
        raise PermissionDenied(
            _(
                "本单位没有可以起草的文书：督办由县人民政府或者其指定的单位发出，监督意见书由县司法局发出，请联系该单位。"
            )
        )
    return new_page(request, Order)


def _draft_label(user: User) -> str:
    return str(first_of(Order).label)


new_order.draft_label = _draft_label


def _drafts(user: User, moment) -> bool:
    """Whether any organ, for which this person drafts, has a paper to issue. No query where what it is says so."""
    organs = {post.organ_id: post.organ for post in posts_of(user) if post.role in STAFF}.values()
    return any(own_paper(organ) for organ in organs) or any(papers_of(organ, moment) for organ in organs)
