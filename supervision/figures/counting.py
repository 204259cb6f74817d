"""Counting: a handful of grouped statements, however many matters there are."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache

from django.db import connection
from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import TruncMonth

from coordination.kernel.clocks import Clock
from coordination.kernel.journal import Entry
from coordination.kernel.matters import Matter
from coordination.kernel.mechanisms.tables import LOCAL
from coordination.kernel.now import CST
from coordination.kernel.web.workflows import workflows
from supervision.figures.duties import KEPT, due_today, fallen_due, overdue
from supervision.figures.period import Period
from supervision.figures.share import Share

#: Steps that say no to another organ, by how they are called.
REFUSING = ("refuse", "decline", "object", "reject")
#: A midnight belongs to the day that it closes.
INSTANT = timedelta(microseconds=1)
WATCHED = ("disputes", "supervision")
FLOWING = ("sent", "returned", "objected", "again")
# The first referral of each case is found once for all: a join of referrals with their likes would grow by the square.
FLOWS = """SELECT r.sender_id, r.receiver_id, count(*), count(*) FILTER (WHERE m.stage = 'taken_back'),
    count(r.objected_at), count(*) FILTER (WHERE r.served_at > f.first)
    FROM referrals_referral r JOIN kernel_matter m ON m.id = r.matter_ptr_id
    JOIN (SELECT origin_id, min(served_at) AS first FROM referrals_referral GROUP BY origin_id) f USING (origin_id)
    WHERE m.county_id = %(county)s AND r.served_at >= %(since)s AND r.served_at < %(until)s
    AND (%(organs)s::bigint[] IS NULL OR r.sender_id = ANY(%(organs)s) OR r.receiver_id = ANY(%(organs)s))
    GROUP BY r.sender_id, r.receiver_id"""


@dataclass(frozen=True)
class Clause:
    """The rule that a duty stands on; local targets apart from the law."""

    limit: str
    title: str
    basis: str
    local: bool


@dataclass
class Figures:
    """What was counted for a county, or for some of its organs (`organs`: those of the reader; None: all)."""

    county: str
    period: Period
    moment: datetime
    organs: frozenset[int] | None
    open: dict[str, int] = field(default_factory=dict)
    law: Share = field(default_factory=Share)
    local: Share = field(default_factory=Share)
    by_organ: dict[int, dict[bool, Share]] = field(default_factory=dict)
    by_clause: dict[Clause, Share] = field(default_factory=dict)
    by_month: dict[date, dict[bool, Share]] = field(default_factory=dict)
    matrix: dict[tuple[int, int], Share] = field(default_factory=dict)
    flows: dict[tuple[int, int], dict[str, int]] = field(default_factory=dict)
    ping_pong: int = 0
    refusals: dict[tuple[int, str, str], int] = field(default_factory=dict)
    matters: dict[str, int] = field(default_factory=dict)


def figures(
    county: str,
    period: Period,
    moment: datetime,
    organs: Iterable[int] | None = None,
    matters: QuerySet[Matter] | None = None,
) -> Figures:
    """Everything that the desk shows. Six statements. `matters`: those that the reader may see (default: all)."""
    found = Figures(county, period, moment, frozenset(organs) if organs is not None else None)
    clocks = scope(found, Clock.objects.filter(county=county), "organ")
    _count_open(found, clocks)
    _count_due(found, clocks)
    _count_pairs(found, clocks)
    _count_flows(found)
    _count_refusals(found)
    _count_matters(found, Matter.objects.all() if matters is None else matters)
    return found


def scope(found: Figures, rows: QuerySet, *names: str) -> QuerySet:
    """Only what concerns the reader's own organs, where he may count no others."""
    if found.organs is None:
        return rows
    mine = Q(pk__in=[])
    for name in names:
        mine |= Q(**{f"{name}__in": found.organs})
    return rows.filter(mine)


def _count_open(found: Figures, clocks: QuerySet[Clock]) -> None:
    conditions = {"overdue": overdue(found.moment), "today": due_today(found.moment)}
    open_ = clocks.filter(state=Clock.State.RUNNING)
    found.open = open_.aggregate(**{name: Count("pk", filter=condition) for name, condition in conditions.items()})


def _count_due(found: Figures, clocks: QuerySet[Clock]) -> None:
    """The period and the twelve months of the trend in one pass."""
    whole = Period(min(found.period.first, found.period.trend.first), found.period.last)
    found.by_month = {month: {True: Share(), False: Share()} for month in found.period.trend.months}
    months = set(found.period.months)
    month = TruncMonth(F("overdue_at") - INSTANT, tzinfo=CST)
    grouped = clocks.filter(fallen_due(whole, found.moment)).annotate(month=month).order_by()
    columns = ("organ", "limit", "title", "basis", "nature", "month")
    rows = grouped.values_list(*columns).annotate(total=Count("*"), kept=Count("pk", filter=KEPT))
    for organ, limit, title, basis, nature, when, total, kept in rows:
        local, day = nature == LOCAL, when.date()
        if day in found.by_month:
            found.by_month[day][local].add(total, kept)
        if day in months:
            (found.local if local else found.law).add(total, kept)
            _share(found.by_organ, organ, lambda: {True: Share(), False: Share()})[local].add(total, kept)
            _share(found.by_clause, Clause(limit, title, basis, local), Share).add(total, kept)


def _share(shares: dict, key, new: Callable):
    return shares.setdefault(key, new())


def _count_pairs(found: Figures, clocks: QuerySet[Clock]) -> None:
    """By who bears the duty and who else takes part in the matter."""
    due = clocks.filter(fallen_due(found.period, found.moment)).order_by()
    pairs = due.values_list("organ", "matter__participations__organ")
    rows = pairs.annotate(total=Count("pk", distinct=True), kept=Count("pk", filter=KEPT, distinct=True))
    for bearer, other, total, kept in rows:
        if other is not None and other != bearer:
            _share(found.matrix, (bearer, other), Share).add(total, kept)


def _count_flows(found: Figures) -> None:
    """Referrals served in the period, from whom to whom; sent back ones; and those that came out of a case again."""
    period, organs = found.period, found.organs if found.organs is None else sorted(found.organs)
    with connection.cursor() as cursor:
        facts = {"county": found.county, "since": period.since, "until": period.until, "organs": organs}
        cursor.execute(FLOWS, facts)
        for sender, receiver, *numbers in cursor.fetchall():
            found.flows[sender, receiver] = dict(zip(FLOWING, numbers, strict=True))
    found.ping_pong = sum(flow["again"] for flow in found.flows.values())


@cache
def refusing() -> dict[tuple[str, str], str]:
    """(workflow, step) → its label: steps by which an organ says no to the one that began."""
    return {
        (kind, step.name): step.label
        for kind, model in workflows().items()
        for step in model.steps().values()
        if step.name.startswith(REFUSING) and not step.caused and model.SIDES[0] not in step.by
    }


def _count_refusals(found: Figures) -> None:
    names = {name for _kind, name in refusing()}
    span = {"at__gte": found.period.since, "at__lt": found.period.until}
    said = scope(found, Entry.objects.filter(step__in=names, matter__county=found.county, **span), "organ").order_by()
    for organ, kind, step, count in said.values_list("organ", "matter__kind", "step").annotate(count=Count("*")):
        if (kind, step) in refusing():
            found.refusals[organ, kind, step] = count


def _count_matters(found: Figures, matters: QuerySet[Matter]) -> None:
    """Disputes and orders that are not closed, by their kind alone."""
    open_ = matters.filter(county=found.county, kind__in=WATCHED, closed_at__isnull=True).order_by()
    found.matters = dict.fromkeys(WATCHED, 0) | dict(open_.values_list("kind").annotate(count=Count("*")))
