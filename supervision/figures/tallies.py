"""What is counted of some months, as rows: from clocks, entries and referrals, in four grouped statements."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache

from django.db import connection
from django.db.models import Count, DateField, F, QuerySet
from django.db.models.functions import Coalesce, TruncMonth

from coordination.kernel.clocks import Clock
from coordination.kernel.journal import Entry
from coordination.kernel.now import CST
from coordination.kernel.web.workflows import workflows
from supervision.figures.duties import KEPT, fallen_due
from supervision.figures.period import Period

#: None: all there are.
Some = Collection[int] | None
#: Steps that say no to another organ, by how they are called.
REFUSING = ("refuse", "decline", "object", "reject")
#: A midnight belongs to the day that it closes.
INSTANT = timedelta(microseconds=1)
#: What is counted of referrals, each by its condition.
FLOWING = {
    "sent": "TRUE",
    "returned": "m.stage = 'taken_back'",
    "objected": "r.objected_at IS NOT NULL",
    "again": """EXISTS (SELECT FROM referrals_referral before
        WHERE before.origin_id = r.origin_id AND before.served_at < r.served_at)""",
}
#: The referrals of which something is counted.
SERVED = """FROM referrals_referral r JOIN kernel_matter m ON m.id = r.matter_ptr_id
    WHERE r.served_at >= %(since)s AND r.served_at < %(until)s AND m.county_id = %(county)s
    AND (%(organs)s::bigint[] IS NULL OR r.sender_id = ANY(%(organs)s) OR r.receiver_id = ANY(%(organs)s))"""
FLOWS = f"""SELECT r.sender_id, r.receiver_id,
    {", ".join(f"count(*) FILTER (WHERE {condition})" for condition in FLOWING.values())}
    {SERVED} AND (%(of)s::bigint[] IS NULL OR r.matter_ptr_id = ANY(%(of)s))
    GROUP BY r.sender_id, r.receiver_id"""
#: Of the duties in `due`, by who bears them and who else takes part in the matter.
PAIRS = """SELECT due.organ, other.organ_id, sum(due.total)::bigint, sum(due.kept)::bigint
    FROM ({due}) due, LATERAL (SELECT DISTINCT organ_id FROM kernel_participation
        WHERE matter_id = due.matter AND organ_id <> due.organ) other
    GROUP BY due.organ, other.organ_id"""


@dataclass
class Tally:
    """Rows of: `due` (organ, limit, title, basis, nature, month, total, kept), `trend` (nature, month, total, kept),
    `pairs` (bearer, other, total, kept), `flows` (sender, receiver, and FLOWING), `refusals` (organ, kind, step,
    count)."""

    due: list = field(default_factory=list)
    trend: list = field(default_factory=list)
    pairs: list = field(default_factory=list)
    flows: list = field(default_factory=list)
    refusals: list = field(default_factory=list)

    @property
    def taken_off(self) -> "Tally":
        """The same, with each number to be taken off."""
        keys = {"due": 6, "trend": 2, "pairs": 2, "flows": 2, "refusals": 3}
        return Tally(**{name: [_negative(row, of) for row in getattr(self, name)] for name, of in keys.items()})


def _negative(row: Sequence, of: int) -> tuple:
    """`of`: how many of its columns are its key."""
    return (*row[:of], *(-number for number in row[of:]))


def tally(
    county: str,
    span: Period,
    period: Period,
    moment: datetime,
    organs: Some = None,
    of: Mapping[int, str] | None = None,
) -> Tally:
    """The months of `span`; those of `period` among them in all their parts. `organs`: only what concerns these;
    `of`: only of these matters (with
    their kinds)."""
    clocks = Clock.objects.filter(county=county)
    clocks = clocks if organs is None else clocks.filter(organ__in=organs)
    clocks = clocks if of is None else clocks.filter(matter__in=of)
    told = Tally(due=list(_due(clocks, span, moment)))
    told.trend = summed(((nature, month), total, kept) for *_clause, nature, month, total, kept in told.due)
    if period.last >= span.first:
        inner = Period(max(span.first, period.first), period.last)
        told.pairs = list(_pairs(clocks, inner, moment))
        told.flows = _flows(county, inner, organs, of) if of is None or "referrals" in of.values() else []
        told.refusals = _refusals(county, inner, organs, of)
    return told


def _due(clocks: QuerySet[Clock], span: Period, moment: datetime):
    month = TruncMonth(F("overdue_at") - INSTANT, output_field=DateField(), tzinfo=CST)
    grouped = clocks.filter(fallen_due(span, moment)).annotate(month=month).order_by()
    columns = ("organ", "limit", "title", "basis", "nature", "month")
    return grouped.values_list(*columns).annotate(total=Count("*"), kept=Count("pk", filter=KEPT))


def summed(rows: Iterable[tuple[tuple, int, int]]) -> list[tuple]:
    """Of rows of a key, a total and how many of it were kept: each key once, with its sums."""
    sums: dict[tuple, tuple[int, int]] = {}
    for key, total, kept in rows:
        before = sums.get(key, (0, 0))
        sums[key] = (before[0] + total, before[1] + kept)
    return [(*key, *both) for key, both in sums.items()]


def _pairs(clocks: QuerySet[Clock], period: Period, moment: datetime) -> list[tuple]:
    of_matters = clocks.filter(fallen_due(period, moment)).order_by().values_list("organ", "matter")
    due, facts = of_matters.annotate(total=Count("*"), kept=Count("pk", filter=KEPT)).query.sql_with_params()
    return asked(PAIRS.format(due=due), facts)


def _flows(county: str, period: Period, organs: Some, of: Some) -> list[tuple]:
    """Referrals served in the period, from whom to whom; sent back ones; and those that came out of a case again."""
    return asked(FLOWS, {**served(county, period, organs), "of": array(of)})


def served(county: str, period: Period, organs: Some) -> dict:
    """What `SERVED` asks for."""
    return {"county": county, "since": period.since, "until": period.until, "organs": array(organs)}


def asked(sql: str, facts: dict | tuple) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, facts)
        return cursor.fetchall()


def array(some: Some) -> list[int] | None:
    return some if some is None else sorted(some)


@cache
def refusing() -> dict[tuple[str, str], str]:
    """(workflow, step) → its label: steps by which an organ says no to the one that began."""
    return {
        (kind, step.name): step.label
        for kind, model in workflows().items()
        for step in model.steps().values()
        if step.name.startswith(REFUSING) and not step.caused and model.SIDES[0] not in step.by
    }


def refused(county: str, period: Period, organs: Some) -> QuerySet[Entry]:
    """The entries in which an organ says no, by `refuser`: whoever records what an organ off the platform said does not
    say it; and some of other workflows that are called by the same names."""
    names = {name for _kind, name in refusing()}
    span = {"at__gte": period.since, "at__lt": period.until}
    said = Entry.objects.filter(step__in=names, matter__county=county, **span).order_by()
    said = said.annotate(refuser=Coalesce("on_behalf_of", "organ"))
    return said if organs is None else said.filter(refuser__in=organs)


def _refusals(county: str, period: Period, organs: Some, of: Some) -> list[tuple]:
    said = refused(county, period, organs)
    said = said if of is None else said.filter(matter__in=of)
    rows = said.values_list("refuser", "matter__kind", "step").annotate(count=Count("*"))
    return [row for row in rows if (row[1], row[2]) in refusing()]
