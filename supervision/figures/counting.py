"""Counting: a handful of grouped statements, however many matters there are.

Months that are over come from what the day's task kept of them (months.py); the rest is counted as it stands.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Count, QuerySet

from coordination.kernel.clocks import Clock
from coordination.kernel.matters import Matter
from coordination.kernel.mechanisms.tables import LOCAL
from supervision.figures.duties import due_today, overdue
from supervision.figures.months import kept_months
from supervision.figures.period import Period
from supervision.figures.share import Share
from supervision.figures.tallies import FLOWING, Tally, summed, tally

WATCHED = ("disputes", "supervision")


@dataclass(frozen=True)
class Clause:
    """The rule that a duty stands on; local targets apart from the law."""

    limit: str
    title: str
    basis: str
    local: bool


@dataclass
class Figures:
    """What was counted for a county, or for some of its organs (`organs`: those of the reader; None: all). `kept_at`:
    when the months were counted that are not counted as they stand now."""

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
    kept_at: datetime | None = None


def figures(
    county: str,
    period: Period,
    moment: datetime,
    organs: Iterable[int] | None = None,
    matters: QuerySet[Matter] | None = None,
    *,
    hidden: Mapping[int, str] | None = None,
    anew: bool = False,
) -> Figures:
    """Everything that the desk shows. Seven statements, four more where anything is hidden. `matters`: those that the
    reader may see (default: all); `hidden`: those that he must not know of, each with its kind,
    which are taken off what all are counted;
    `anew`: nothing of it from what is kept of former months."""
    found = Figures(county, period, moment, frozenset(organs) if organs is not None else None)
    span = Period(min(period.first, period.trend.first), period.last)
    found.by_month = {month: {True: Share(), False: Share()} for month in period.trend.months}
    kept = [] if anew else kept_months(county, span, period)
    for one in kept:
        _add(found, one.tally(found.organs))
        found.kept_at = min(found.kept_at or one.counted_at, one.counted_at)
    if len(kept) < len(span.months):
        rest = Period(span.months[len(kept)], span.last)
        _add(found, tally(county, rest, period, moment, found.organs))
    if hidden:
        _add(found, tally(county, span, period, moment, found.organs, hidden).taken_off)
    found.ping_pong = sum(flow["again"] for flow in found.flows.values())
    _count_open(found, hidden or ())
    _count_matters(found, Matter.objects.all() if matters is None else matters)
    return found


def _add(found: Figures, told: Tally) -> None:
    """A month, or several; what lies before the period is for the trend alone."""
    months = set(found.period.months)
    due = [
        (*clause, nature == LOCAL, total, kept) for *clause, nature, month, total, kept in told.due if month in months
    ]
    for organ, local, *shared in summed(((organ, local), total, kept) for organ, *_clause, local, total, kept in due):
        (found.local if local else found.law).add(*shared)
        found.by_organ.setdefault(organ, {True: Share(), False: Share()})[local].add(*shared)
    for *clause, total, kept in summed((tuple(clause), total, kept) for _organ, *clause, total, kept in due):
        found.by_clause.setdefault(Clause(*clause), Share()).add(total, kept)
    for nature, month, *shared in told.trend:
        if month in found.by_month:
            found.by_month[month][nature == LOCAL].add(*shared)
    for bearer, other, *shared in told.pairs:
        found.matrix.setdefault((bearer, other), Share()).add(*shared)
    for sender, receiver, *numbers in told.flows:
        known = found.flows.setdefault((sender, receiver), dict.fromkeys(FLOWING, 0))
        known.update({name: known[name] + number for name, number in zip(FLOWING, numbers, strict=True)})
    for organ, kind, step, count in told.refusals:
        found.refusals[organ, kind, step] = found.refusals.get((organ, kind, step), 0) + count


def _count_open(found: Figures, hidden: Collection[int]) -> None:
    """What is late and what is due today: as it stands now."""
    clocks = Clock.objects.filter(county=found.county, state=Clock.State.RUNNING).exclude(matter__in=hidden)
    clocks = clocks if found.organs is None else clocks.filter(organ__in=found.organs)
    conditions = {"overdue": overdue(found.moment), "today": due_today(found.moment)}
    found.open = clocks.aggregate(**{name: Count("state", filter=condition) for name, condition in conditions.items()})


def _count_matters(found: Figures, matters: QuerySet[Matter]) -> None:
    """Disputes and orders that are not closed, by their kind alone."""
    open_ = matters.filter(county=found.county, kind__in=WATCHED, closed_at__isnull=True).order_by()
    found.matters = dict.fromkeys(WATCHED, 0) | dict(open_.values_list("kind").annotate(count=Count("*")))
