"""A confirmed change of the calendar reaches the open clocks, in batches, once per clock and version.

Until then their pages say 重新计算中 and no rung of theirs fires (`due.FIRES`). A rung already fired stays fired: the
entry corrects it, and those whom it told are told again.
"""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from coordination.kernel.calendar import WorkCalendar, changed_span, work_calendar
from coordination.kernel.clocks import OPEN, Clock
from coordination.kernel.clocks.project import date_clock, offices_of, project_rungs
from coordination.kernel.mechanisms import kept_rules
from coordination.kernel.now import CST
from coordination.kernel.sweep.redated import Redated, store


def redate(ids: list[int], moment: datetime) -> int:
    """Bring the clocks, whose matters are locked, to their county's calendar version; returns how many were behind.
    A constant number of statements for each county among them."""
    clocks = Clock.objects.filter(pk__in=ids, state__in=OPEN).select_related("matter", "organ")
    by_county: dict[str, list[Clock]] = {}
    for clock in clocks.prefetch_related("events"):
        by_county.setdefault(clock.county_id, []).append(clock)
    redated = [one for code, behind in by_county.items() for one in _county(code, behind, moment)]
    store(redated, moment)
    return len(redated)


def _county(code: str, clocks: Iterable[Clock], moment: datetime) -> list[Redated]:
    calendar = work_calendar(code)
    behind = [clock for clock in clocks if clock.calendar_version < calendar.version]
    offices = offices_of(code) if behind else {}
    return [_date(clock, calendar, offices, moment) for clock in behind]


def _date(clock: Clock, calendar: WorkCalendar, offices: dict, moment: datetime) -> Redated:
    """Count again, unless no changed day meets the clock. A paused clock gets its date when it is resumed."""
    redated = Redated(clock, clock.due_at)
    span = _changed(clock.county_id, clock.calendar_version, calendar.version)
    clock.calendar_version = calendar.version
    if clock.state == Clock.State.RUNNING and span and _meets(clock, *span):
        fired, waiting = clock.rungs[: clock.rung_index], clock.rungs[clock.rung_index :]
        rule = kept_rules(clock.county_id).period(clock.limit, clock.started_at, clock.facts)
        date_clock(clock, rule, calendar, clock.events.all())
        project_rungs(clock, rule, calendar, offices, clock.started_at)
        redated.keep_rungs(fired, waiting, moment)
    return redated


def _meets(clock: Clock, first: date, last: date) -> bool:
    """Whether a day from `first` to `last` lies between the start of the clock and the last of its moments."""
    moments = [datetime.fromisoformat(rung["at"]) for rung in clock.rungs]
    end = max([*moments, clock.overdue_at or clock.started_at, clock.due_at or clock.started_at])
    after_last = datetime.combine(last + timedelta(days=1), time.min, CST)
    return clock.started_at < after_last and end > datetime.combine(first, time.min, CST)


@lru_cache(maxsize=256)
def _changed(county: str, since: int, until: int) -> tuple[date, date] | None:
    """What two versions of a calendar say for ever: a notice in force is never edited, a version never used again."""
    return changed_span(county, since, until)
