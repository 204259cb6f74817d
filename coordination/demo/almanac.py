"""When things happen in the demonstration: counted from its present, so that the lamps are right on whatever day it
is started, also at a weekend."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property

from coordination.kernel.calendar import WorkCalendar
from coordination.kernel.now import CST


@dataclass(frozen=True)
class Almanac:
    """Moments before `present`, in working days or in plain time."""

    present: datetime
    calendar: WorkCalendar

    @cached_property
    def today(self) -> date:
        """The present day if it is worked, else the next one that is: day 0 of every tale."""
        return self.calendar.working_day(self.present.astimezone(CST).date(), 0)

    def day(self, number: int, clock: str) -> datetime:
        """`clock` (09:20) on the working day `number` before day 0; -1 and less have always passed."""
        return datetime.combine(self.calendar.working_day(self.today, number), time.fromisoformat(clock), CST)

    def ago(self, **span: float) -> datetime:
        """So many hours or minutes before the present, whatever day that is."""
        return (self.present - timedelta(**span)).astimezone(CST).replace(second=0, microsecond=0)
