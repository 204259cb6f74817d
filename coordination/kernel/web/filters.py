"""Saved filters 常用筛选: a list's filter under a name of one's own, shown as chips above the list."""

from urllib.parse import parse_qsl, urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from coordination.kernel.organs import User
from coordination.kernel.web.workflows import workflow

#: A chip row holds no more.
MOST = 12
#: Of an address these are no filter.
PASSING = {"page", "export", "view", "m"}


def saved_filters(request: HttpRequest, kind: str) -> list[dict]:
    """The reader's filters of a list, and which of them is the present one. No query."""
    here = plain(request.GET.urlencode())
    mine = [(name, query) for of, name, query in request.user.filters if of == kind]
    return [{"name": name, "url": f"?{query}", "active": query == here} for name, query in mine]


def plain(query: str) -> str:
    """A filter's address in one order, without what is empty or passes."""
    pairs = [(name, value) for name, value in parse_qsl(query.replace("%00", "")) if name not in PASSING]
    return urlencode(sorted(pairs))[:500]


@require_POST
def keep_filter(request: HttpRequest, kind: str) -> HttpResponse:
    """Keep the filter of the list under a name; the same name again replaces it."""
    workflow(kind)
    query, name = plain(request.POST.get("query", "")), _name(request)
    others = [one for one in request.user.filters if one[:2] != [kind, name]]
    if name and query and sum(of == kind for of, *_rest in others) < MOST:
        _keep(request.user, [*others, [kind, name, query]])
    return redirect(f"{reverse(f'{kind}:list')}?{query}")


@require_POST
def give_up_filter(request: HttpRequest, kind: str) -> HttpResponse:
    """Give a filter's name up."""
    workflow(kind)
    _keep(request.user, [one for one in request.user.filters if one[:2] != [kind, _name(request)]])
    return redirect(f"{kind}:list")


def _name(request: HttpRequest) -> str:
    return request.POST.get("name", "").replace("\0", "").strip()[:20]


def _keep(user: User, filters: list) -> None:
    user.filters = filters
    user.save(update_fields=["filters"])


urlpatterns = [
    path("filters/<slug:kind>/", keep_filter, name="filter-save"),
    path("filters/<slug:kind>/remove/", give_up_filter, name="filter-remove"),
]
