"""工作台: the open clocks of my organs, by the time that is left; and apart what waits without a time limit."""

from collections import Counter

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coordination.kernel.organs import Role
from coordination.kernel.web.certificates import to_renew
from coordination.kernel.web.desk_queries import APART, UNTIMED, Beside, Desk, joined, keys
from coordination.kernel.web.leafed import Leafed
from coordination.kernel.web.rows import rows
from coordination.kernel.web.workflows import workflows

PAGE = 20
TABS = {
    "mine": gettext_lazy("待我办理"),
    "approve": gettext_lazy("待我审批"),
    "untimed": gettext_lazy("无期限待办"),
    "organ": gettext_lazy("本单位"),
    "opened": gettext_lazy("我发起的"),
    "taking_part": gettext_lazy("参与的"),
    "county": gettext_lazy("全县"),
}
COUNTERS = {
    "overdue": gettext_lazy("已超期"),
    "today": gettext_lazy("今日到期"),
    "near": gettext_lazy("剩 1 个工作日"),
    "plenty": gettext_lazy("期限充足"),
    "paused": gettext_lazy("已暂停"),
}


class Counted(Paginator):
    """A paginator that is told its count: the counters have already counted."""

    def __init__(self, count: int) -> None:
        super().__init__((), PAGE)
        self.count = count


def desk(request: HttpRequest) -> HttpResponse:
    """The work desk. Filters stand in the address: `?tab=organ&lamp=overdue`."""
    view, asked = Desk(request), request.GET.get("tab")
    timed = asked if asked in view.tabs else view.first_tab
    tab = UNTIMED if asked == UNTIMED else timed
    lamp = request.GET.get("lamp") if request.GET.get("lamp") in COUNTERS else ""
    counts = view.counts(timed)
    page, shown, beside = _untimed(request, view) if tab == UNTIMED else _timed(request, view, tab, lamp, counts)
    return render(
        request,
        "kernel/desk.html",
        {
            "rows": rows(request, shown),
            "page_obj": page,
            "today": view.moment.date(),
            "tab": tab,
            "must_today": counts["must"],
            "untimed": beside.untimed if tab != UNTIMED else 0,
            "untimed_url": f"?tab={UNTIMED}",
            "tabs": [*_tabs(tab, view.tabs, counts, beside.untimed), *_drafts(beside.drafts)],
            "counters": _counters(timed, lamp, counts),
            "whole_county": timed == "county",
            **beginning(view.roles),
            **to_renew(request),
        },
    )


def _timed(request: HttpRequest, view: Desk, tab: str, lamp: str, counts: Counter[str]) -> tuple[Page, list, Beside]:
    total = counts[f"lamp_{lamp}"] if lamp else sum(counts[f"lamp_{key}"] for key in COUNTERS)
    page = Counted(total).get_page(request.GET.get("page"))
    kinds, beside = keys(view, tab, lamp, slice((page.number - 1) * PAGE, page.number * PAGE))
    page.object_list = joined(kinds)
    return page, [(clock.matter, clock) for clock in page.object_list], beside


def _untimed(request: HttpRequest, view: Desk) -> tuple[Page, list, Beside]:
    leafed = Leafed(lambda: view.untimed)
    page = leafed.get_page(request.GET.get("page"))
    return page, [(matter, None) for matter in page.object_list], Beside(view.drafts.count(), leafed.count)


def beginning(roles: set[str]) -> dict:
    """The matter that the reader may begin out of nothing: the lowest workflow's first step, for its roles."""
    for kind, model in workflows().items():
        first = next(one for one in model.steps().values() if one.first)
        if not model.OPENS_FROM and roles & set(first.roles):
            return {"new_url": reverse(f"{kind}:new"), "new_label": first.label, "starts": starts(roles)}
    return {}


def starts(roles: set[str]) -> list[dict]:
    """The screens on which an officer begins a matter together with what it opens from."""
    models = [model for model in workflows().values() if model.STARTS_AT and Role.OFFICER in roles]
    return [{"url": reverse(model.STARTS_AT), "label": model.starting_label()} for model in models]


def _tabs(active: str, shown: dict, counts: dict, untimed: int) -> list[dict]:
    """The tab of the untimed is left out where there is nothing on it."""
    counts = {**counts, "tab_untimed": untimed}
    shown = {*shown, UNTIMED} if untimed or active == UNTIMED else {*shown}
    return [
        {
            "key": key,
            "label": label,
            "url": f"?tab={key}",
            "active": key == active,
            "count": counts.get(f"tab_{key}") if active not in APART else None,
        }
        for key, label in TABS.items()
        if key in shown
    ]


def _drafts(count: int) -> list[dict]:
    tab = {"key": "drafts", "label": _("草稿"), "url": reverse("draft"), "active": False, "count": count}
    return [tab] if count else []


def _counters(tab: str, active: str, counts: dict) -> list[dict]:
    return [
        {
            "key": key,
            "label": label,
            "count": counts[f"lamp_{key}"],
            "active": key == active,
            "url": f"?tab={tab}" if key == active else f"?tab={tab}&lamp={key}",
        }
        for key, label in COUNTERS.items()
    ]
