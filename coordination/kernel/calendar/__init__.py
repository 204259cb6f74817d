"""Working days and counting: whether a date is right, and whether one can see why.

`work_calendar(county)` pictures the notices in force; `compute()` counts on it with a trace; `rung_moment()` says when
to warn. Counting is pure; only the picture and the notices ask the database.
"""

from coordination.kernel.calendar.counting import GRACE, Due, Extension, compute
from coordination.kernel.calendar.days import Day, WorkCalendar, weekends_only
from coordination.kernel.calendar.notices import CalendarDay, CalendarNotice, confirm, record_notice
from coordination.kernel.calendar.picture import (
    calendar_version,
    changed_span,
    newest_version,
    seed_calendars,
    work_calendar,
)
from coordination.kernel.calendar.rungs import RungAt, rung_moment
from coordination.kernel.calendar.trace import NOTES, TraceLine, Why
from coordination.kernel.calendar.within import Unit, Within

__all__ = [
    "GRACE",
    "NOTES",
    "CalendarDay",
    "CalendarNotice",
    "Day",
    "Due",
    "Extension",
    "RungAt",
    "TraceLine",
    "Unit",
    "Why",
    "Within",
    "WorkCalendar",
    "calendar_version",
    "changed_span",
    "compute",
    "confirm",
    "newest_version",
    "record_notice",
    "rung_moment",
    "seed_calendars",
    "weekends_only",
    "work_calendar",
]
