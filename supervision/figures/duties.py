"""Which duties are counted. The desk counts by these conditions and its lists show by them, so that both agree.

口径: a duty belongs to the month in which it falls due. It was kept if it was done before it fell due; what is carried
on elsewhere, replaced or paused, or falls away before its day, is not counted. Once its day is past, nothing that is
done later changes how it is counted.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from coordination.kernel.clocks import Clock
from coordination.kernel.matters import Participation
from coordination.kernel.mechanisms.tables import LOCAL
from coordination.kernel.now import CST
from supervision.figures.period import Period

State = Clock.State
#: Done before its end.
KEPT = Q(state=State.MET, ended_at__lt=F("overdue_at"))
#: Still owed, done, or given up only after its end.
COUNTED = Q(state__in=[State.RUNNING, State.MET]) | Q(state=State.CANCELLED, ended_at__gte=F("overdue_at"))
NATURES = {"local": Q(nature=LOCAL), "law": ~Q(nature=LOCAL)}


def fallen_due(period: Period, moment: datetime) -> Q:
    """Duties whose exclusive end lies in the period and is past: midnight belongs to the day that it closes."""
    return COUNTED & Q(overdue_at__gt=period.since, overdue_at__lte=min(period.until, moment))


def overdue(moment: datetime) -> Q:
    return Q(state=State.RUNNING, overdue_at__lte=moment)


def due_today(moment: datetime) -> Q:
    tomorrow = datetime.combine(moment.astimezone(CST).date() + timedelta(days=1), time.min, CST)
    return Q(state=State.RUNNING, overdue_at__gt=moment, overdue_at__lte=tomorrow)


@dataclass(frozen=True)
class Choice:
    """What a list of duties shows: `which` of them, and narrower: borne by `organ`, under `limit` or `basis`, of a
    nature, between a township and a department."""

    which: str = "overdue"
    organ: int | None = None
    limit: str = ""
    basis: str = ""
    nature: str = ""
    township: int | None = None
    department: int | None = None


WHICH = ("overdue", "today", "due", "late", "kept")


def choice_of(query: Mapping[str, str]) -> Choice:
    """What an address asks for; what makes no sense is left out."""
    number = {name: int(v) for name in ("organ", "township", "department") if (v := query.get(name, "")).isdecimal()}
    number = {name: value for name, value in number.items() if value < 2**31}
    word = {name: query.get(name, "").replace("\0", "")[:120] for name in ("limit", "basis")}
    nature = query.get("nature", "") if query.get("nature") in NATURES else ""
    which = query.get("which", "") if query.get("which") in WHICH else WHICH[0]
    return Choice(which, **number, **word, nature=nature)


def chosen(choice: Choice, period: Period, moment: datetime) -> QuerySet[Clock]:
    """The duties of every county that a choice names; the caller narrows them to what the reader may count."""
    due = fallen_due(period, moment)
    conditions = {
        "overdue": overdue(moment),
        "today": due_today(moment),
        "due": due,
        "late": due & ~KEPT,
        "kept": due & KEPT,
    }
    found = Clock.objects.filter(conditions[choice.which])
    named = {name: value for name in ("organ", "limit", "basis") if (value := getattr(choice, name))}
    found = found.filter(NATURES.get(choice.nature, Q()), **named)
    return _between(found, choice) if choice.township and choice.department else found


def _between(clocks: QuerySet[Clock], choice: Choice) -> QuerySet[Clock]:
    """Borne by one of the two on a matter in which the other takes part."""
    pair = (choice.township, choice.department)
    parted = Q(pk__in=[])
    for bearer, other in (pair, pair[::-1]):
        there = Exists(Participation.objects.filter(matter=OuterRef("matter"), organ=other))
        parted |= Q(there, organ=bearer)
    return clocks.filter(parted)
