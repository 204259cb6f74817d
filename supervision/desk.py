"""The screen of 统计督办: five numbers, who is late, between whom, by which rule, since when."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, QuerySet, Subquery, Value
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coordination.kernel import written
from coordination.kernel.clocks import Clock
from coordination.kernel.matters import Matter
from coordination.kernel.organs import User, reader_of
from coordination.kernel.steps import nudge
from coordination.kernel.sweep import SILENT_AFTER, SweepRun
from coordination.kernel.web.addresses import address, address_if_any
from coordination.kernel.web.desk_queries import joining, kinds_among, shown_to
from coordination.kernel.web.request import calendar_of, moment_of, organs_of
from coordination.kernel.web.rows import rows
from coordination.kernel.words import Refusal
from supervision import tables
from supervision.figures import figures, period_of
from supervision.figures.duties import WHICH, Choice, choice_of, chosen
from supervision.figures.period import presets
from supervision.models import Order
from supervision.readers import Remit, partners, remit_of

PAGE = 20
SHOWN = 8


def desk(request: HttpRequest) -> HttpResponse:
    """`?from=2026-07&to=2026-09`; whoever may count nothing is led to the orders that concern his organ."""
    moment = moment_of(request)
    remit = remit_of(request.user)
    if remit is None:
        return redirect("supervision:list")
    period = period_of(request.GET, moment)
    hidden = dict(Matter.objects.hidden_from(request.user).values_list("pk", "kind"))
    seen = Matter.objects.exclude(pk__in=hidden) if remit.supervises else Matter.objects.visible_to(request.user)
    found = figures(remit.county, period, moment, remit.organs, seen, hidden=hidden)
    organs = organs_of(request)
    townships, departments = partners(organs, remit.county)
    late, swept_at = _first_late(request, remit)
    context = {
        "period": period,
        "kept_at": found.kept_at,
        "presets": [
            {"label": label, "url": f"?{one.query}", "active": one == period} for label, one in presets(moment)
        ],
        "whole": remit.whole,
        "mine": [organs[pk] for pk in remit.organs or ()],
        "counters": counters(found),
        "matrix": tables.matrix(found, townships, departments),
        "by_organ": tables.by_organ(found, organs),
        "laws": tables.by_clause(found, local=False),
        "targets": tables.by_clause(found, local=True),
        "flows": tables.flows(found, organs),
        "ping_pong": tables.again(found),
        "refusals": tables.refusals(found, organs),
        "trend": tables.trend(found),
        "late": late,
        "late_count": found.open["overdue"],
        **watch(request, moment, swept_at),
    }
    return render(request, "supervision/desk.html", context)


def counters(found) -> list[dict]:
    """The five numbers; each opens the list that it counts."""
    duties, share = reverse("supervision_duties"), found.law
    return [
        _number("overdue", _("当前超期"), found.open["overdue"], f"{duties}?which=overdue", found.open["overdue"]),
        _number("today", _("今日到期"), found.open["today"], f"{duties}?which=today", found.open["today"]),
        _number(
            "closed_in_time", _("按期率（应办 %d 项）") % share.total, share.words,
            f"{duties}?which=due&nature=law&{found.period.query}", share.total,
        ),
        _number(
            "near", _("待处理争议"), found.matters["disputes"],
            f"{address_if_any('disputes:list') or reverse('supervision:list')}?due=open", found.matters["disputes"],
        ),
        _number(
            "plenty", _("在办督办"), found.matters["supervision"],
            f"{reverse('supervision:list')}?due=open", found.matters["supervision"],
        ),
    ]  # fmt: skip


def _number(key: str, label: str, shown, url: str, size: int) -> dict:
    return {"key": key, "label": label, "count": shown, "url": url, "size": size}


def watch(request: HttpRequest, moment: datetime, swept_at: datetime | None) -> dict:
    """Whether the sweep is awake and the calendar of the coming year is there."""
    return {
        "swept_at": swept_at,
        "silent": swept_at is None or moment - swept_at > SILENT_AFTER,
        "wanted_year": calendar_of(request).wanted_year(moment.date()),
    }


def _scoped(clocks, remit: Remit, user: User):
    """What the reader may count, and nothing that accuses him or his organ."""
    clocks = clocks.filter(shown_to(user), county=remit.county)
    return clocks if remit.whole else clocks.filter(organ__in=remit.organs)


def _first_late(request: HttpRequest, remit: Remit) -> tuple[list[dict], datetime | None]:
    """The first of what is late, and in the same statement when the sweep came by last; where nothing is late there is
    a statement to spare for that."""
    moment = moment_of(request)
    late = _scoped(chosen(Choice("overdue"), period_of({}, moment), moment), remit, request.user)
    passes = SweepRun.objects.order_by("-pk").values_list("finished_at", flat=True)
    found = late.order_by("overdue_at", "pk").annotate(swept_at=Subquery(passes[:1]))
    keys = list(found.values_list("pk", "matter__kind", "swept_at")[:SHOWN])
    shown = _told({pk: kind for pk, kind, _swept_at in keys}, remit, request.user)
    return _rows(request, shown, remit), keys[0][2] if keys else passes.first()


def _told(kinds: dict[int, str], remit: Remit, user: User) -> list[Clock]:
    """The clocks of a page with `opens`: whether the reader may open the matter of a clock that he counts."""
    of = kinds_among(kinds)

    def write() -> QuerySet[Clock]:
        may = Matter.objects.visible_to(user).filter(pk=OuterRef("matter"))
        return joining(of).annotate(opens=Value(True) if remit.supervises else Exists(may))

    key = ("told", of, remit.supervises, reader_of(user))
    return written.objects(key, write, keys=list(kinds)) if kinds else []


def _rows(request: HttpRequest, clocks: list[Clock], remit: Remit) -> list[dict]:
    """Whose duty, under which rule, since when; of a matter that the reader counts and may not open nothing more."""
    shown = rows(request, [(clock.matter, clock) for clock in clocks])
    for row, clock in zip(shown, clocks, strict=True):
        row["clock"] = clock
        row["nudge"] = remit.supervises and clock.open
        row["order_url"] = _order_url(clock.matter, request)
        if not clock.opens:
            only_counted(row)
    return shown


def only_counted(row: dict) -> None:
    """Take out of a row what the reader may not open."""
    row.update(title=row["kind_label"], number=_("只计数，不在您的查阅范围"), matter_url="", order_url="")


def closed_to(user: User, counted: Collection[int]) -> set[int]:
    """Those of the matters that the reader counts and may not open."""
    return set(counted) - set(Matter.objects.visible_to(user).filter(pk__in=counted).values_list("pk", flat=True))


def _order_url(matter: Matter, request: HttpRequest) -> str:
    """The paper that the reader's organ may issue about it; empty for whoever issues none."""
    if matter.kind not in Order.OPENS_FROM or not Order.may_open_from(matter, request.user):
        return ""
    return f"{address('supervision:new')}?from={matter.number}"


class Leafed(Paginator):
    """As far as people leaf and no further: of what was found with one to spare, `more` says that there is more."""

    FARTHEST = 1000

    def __init__(self, found: Sequence) -> None:
        super().__init__(found[: self.FARTHEST], PAGE)
        self.more = len(found) > self.FARTHEST


class LeafedClocks(Leafed):
    """Clocks by the time that is left. One query for all of the numbers, one for the rows of a page."""

    def __init__(self, remit: Remit, user: User, clocks: QuerySet[Clock]) -> None:
        self.remit, self.user = remit, user
        keys = _scoped(clocks, remit, user).order_by("overdue_at", "pk").values_list("pk", "matter__kind")
        super().__init__(list(keys[: self.FARTHEST + 1]))

    def page(self, number: int) -> Page:
        page = super().page(number)
        page.object_list = _told(dict(page.object_list), self.remit, self.user)
        return page


def duties(request: HttpRequest) -> HttpResponse:
    """The list behind a number, a cell or a bar: exactly the duties that it counts."""
    moment, remit = moment_of(request), remit_of(request.user)
    if remit is None:
        raise Http404
    period, choice = period_of(request.GET, moment), choice_of(request.GET)
    page = LeafedClocks(remit, request.user, chosen(choice, period, moment)).get_page(request.GET.get("page"))
    context = {
        "title": _titles()[choice.which],
        "period": period if choice.which in ("due", "late", "kept") else None,
        "narrowed": _narrowed(choice, organs_of(request)),
        "rows": _rows(request, page.object_list, remit),
        "page_obj": page,
    }
    return render(request, "supervision/duties.html", context)


def _titles() -> dict[str, str]:
    return dict(zip(WHICH, (_("当前超期"), _("今日到期"), _("应当办结"), _("超期"), _("按期办结")), strict=True))


def _narrowed(choice: Choice, organs: dict) -> list[str]:
    named = [organs.get(pk) for pk in (choice.organ, choice.township, choice.department) if pk]
    words = [str(organ) for organ in named if organ] + [choice.basis]
    natures = {"law": _("法定时限"), "local": _("本地内部目标")}
    return [word for word in (*words, natures.get(choice.nature, "")) if word]


@require_POST
def urge(request: HttpRequest, pk: int) -> HttpResponse:
    """催一下: one word to the bearer, then back to where the button stood."""
    remit = remit_of(request.user)
    moment_of(request)
    if remit is None:
        raise Http404
    clock = get_object_or_404(_scoped(Clock.objects.select_related("organ"), remit, request.user), pk=pk)
    try:
        nudge(clock.pk, request.user)
        messages.success(
            request, _("已催办%(organ)s，通知已送达其执法人员、联络员和分管领导。") % {"organ": clock.organ}
        )
    except Refusal as refusal:
        messages.warning(request, refusal.message)
    back = request.POST.get("back", "")
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts=None) and back.startswith("/")
    return redirect(back if safe else "supervision")
