"""The screen of 统计督办: five numbers, who is late, between whom, by which rule, since when."""

from datetime import datetime

from django.db.models import Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from coordination.kernel.matters import Matter
from coordination.kernel.sweep import SILENT_AFTER, SweepRun
from coordination.kernel.web.addresses import address_if_any
from coordination.kernel.web.request import calendar_of, moment_of, organs_of
from supervision import tables
from supervision.counted import rows_of, scoped, told
from supervision.figures import fault_of, figures, period_of
from supervision.figures.duties import Choice, chosen
from supervision.figures.period import presets
from supervision.readers import Remit, partners, remit_of

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
        "fault": fault_of(request.GET, moment) if {"from", "to"} & request.GET.keys() else "",
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


def _first_late(request: HttpRequest, remit: Remit) -> tuple[list[dict], datetime | None]:
    """The first of what is late, and in the same statement when the sweep came by last; where nothing is late there is
    a statement to spare for that."""
    moment = moment_of(request)
    late = scoped(chosen(Choice("overdue"), period_of({}, moment), moment), remit, request.user)
    passes = SweepRun.objects.order_by("-pk").values_list("finished_at", flat=True)
    found = late.order_by("overdue_at", "pk").annotate(swept_at=Subquery(passes[:1]))
    keys = list(found.values_list("pk", "matter__kind", "swept_at")[:SHOWN])
    shown = told({pk: kind for pk, kind, _swept_at in keys}, remit, request.user)
    return rows_of(request, shown, remit), keys[0][2] if keys else passes.first()
