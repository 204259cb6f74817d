"""Why a clock is due when it is: the whole reasoning, for 怎么算的, the API and `manage.py due`."""

from dataclasses import dataclass

from coordination.kernel.calendar import Due, WorkCalendar, work_calendar
from coordination.kernel.clocks.project import due_of
from coordination.kernel.clocks.rows import Clock, ClockEvent
from coordination.kernel.mechanisms import Period, kept_rules


@dataclass(frozen=True)
class Explanation:
    """The start, each day counted or skipped and why, what moved the date, the clause with its quote."""

    clock: Clock
    rule: Period
    due: Due
    events: tuple[ClockEvent, ...]

    @property
    def current(self) -> bool:
        """False while a confirmed calendar change has not yet reached this clock (重新计算中)."""
        return not self.clock.open or self.due.calendar_version == self.clock.calendar_version


def explain(clock: Clock, calendar: WorkCalendar | None = None) -> Explanation:
    """The reasoning behind `clock`, computed afresh from its start, its rule and its events."""
    county = clock.matter.county_id
    rule = kept_rules(county).period(clock.limit, clock.started_at, clock.facts)
    events = tuple(clock.events.all())
    return Explanation(clock, rule, due_of(clock, rule, calendar or work_calendar(county), events), events)
