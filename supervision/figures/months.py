"""Months that are over, counted once a day and kept: a county of a million matters opens its desk like a small one.

A month is kept only after its end, and once its day is past a duty stays as it was counted; what the calendar moves
afterwards is found on the next day. The desk says when it was counted. A month that nobody has kept yet is counted as
it stands, so that nothing is missing where no task has run.
"""

from collections.abc import Iterator
from dataclasses import astuple, dataclass
from datetime import date, datetime, timedelta

from celery import shared_task
from django.db import models
from django.db.models import Case, F, Q, When

from coordination.kernel.now import CST, now
from coordination.kernel.organs import County
from supervision.figures.period import LONGEST, TREND, Period, shifted
from supervision.figures.tallies import Tally, summed, tally

#: So many months back are kept: the longest period with the trend before it.
MONTHS = LONGEST + TREND
#: What was counted longer ago is counted anew.
FRESH = timedelta(hours=20)


class MonthCount(models.Model):
    """A month of a county. Numbers and organs alone, nothing of any matter; the rows are those of a Tally, without the
    month, and `trend` has the organ in front."""

    county = models.ForeignKey(County, models.CASCADE, related_name="+")
    first = models.DateField()
    counted_at = models.DateTimeField()
    due = models.JSONField(default=list)
    trend = models.JSONField(default=list)
    pairs = models.JSONField(default=list)
    flows = models.JSONField(default=list)
    refusals = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["county", "first"], name="one_month_count")]


@dataclass(frozen=True)
class KeptMonth:
    """A kept month as it was read; without its parts where only the trend is asked for."""

    first: date
    counted_at: datetime
    trend: list
    due: list
    pairs: list
    flows: list
    refusals: list

    def tally(self, organs: frozenset[int] | None) -> Tally:
        """What concerns these organs, or all."""

        def mine(*some: int) -> bool:
            return organs is None or not organs.isdisjoint(some)

        return Tally(
            due=[(*row[:5], self.first, *row[5:]) for row in self.due if mine(row[0])],
            trend=[(row[1], self.first, *row[2:]) for row in self.trend if mine(row[0])],
            pairs=[row for row in self.pairs if mine(row[0])],
            flows=[row for row in self.flows if mine(row[0], row[1])],
            refusals=[row for row in self.refusals if mine(row[0])],
        )


def kept_months(county: str, span: Period, period: Period) -> list[KeptMonth]:
    """The kept months from the first of `span` on, without a gap; those of `period` in all their parts. One
    statement."""
    asked = Q(first__range=(period.first, period.last))
    parts = [Case(When(asked, then=F(name)), default=None) for name in ("due", "pairs", "flows", "refusals")]
    rows = MonthCount.objects.filter(county=county, first__range=(span.first, span.last))
    known = {row[0]: row for row in rows.values_list("first", "counted_at", "trend", *parts)}
    return [KeptMonth(*(part or [] for part in known[first])) for first in _unbroken(span, known)]


def _unbroken(span: Period, known: dict) -> Iterator[date]:
    for month in span.months:
        if month not in known:
            return
        yield month


def count_months() -> int:
    """Count what is over and not kept, or was counted more than a day ago; safe to run twice and side by side.
    Returns how many months."""
    moment = now()
    this = moment.astimezone(CST).date().replace(day=1)
    months = [shifted(this, -back) for back in range(1, MONTHS + 1)]
    fresh = set(MonthCount.objects.filter(counted_at__gt=moment - FRESH).values_list("county", "first"))
    counties = County.objects.order_by("pk").values_list("pk", flat=True)
    stale = [(county, month) for county in counties for month in months if (county, month) not in fresh]
    for county, month in stale:
        keep_month(county, month, moment)
    return len(stale)


def keep_month(county: str, month: date, moment: datetime) -> None:
    """Five statements."""
    span = Period(month, month)
    due, _trend, pairs, flows, refusals = astuple(tally(county, span, span, moment))
    rows = {
        "due": [(*clause, total, kept) for *clause, _month, total, kept in due],
        "trend": summed(((organ, nature), total, kept) for organ, *_clause, nature, _month, total, kept in due),
        "pairs": pairs,
        "flows": flows,
        "refusals": refusals,
    }
    MonthCount.objects.update_or_create(county_id=county, first=month, defaults=rows | {"counted_at": moment})


@shared_task(name="supervision.count_months")
def count_months_daily() -> None:
    """Every day, and whatever was missed before."""
    count_months()
