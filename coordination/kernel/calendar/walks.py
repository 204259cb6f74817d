"""One walk over the days (or hours) for each kind of limit. Each returns where it ends and what it met on the way."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from coordination.kernel.calendar.days import ONE_DAY, WorkCalendar
from coordination.kernel.calendar.pauses import Span, excluded
from coordination.kernel.calendar.trace import TraceLine, Why
from coordination.kernel.calendar.within import Unit, Within
from coordination.kernel.now import CST


class Walked(NamedTuple):
    """The end of a walk: the last day, the exclusive end, the lines, and whether an unconfirmed year was touched."""

    last_day: date | None
    due_at: datetime | None
    trace: list[TraceLine]
    provisional: bool = False


class Course(NamedTuple):
    """What every walk needs: closed pauses in order, and the close of business that ends a last day (None: 24:00)."""

    within: Within
    start: datetime
    calendar: WorkCalendar
    pauses: list[Span]
    day_ends: time | None = None

    def paused_days(self) -> list[tuple[date, date]]:
        return [(since.date(), until.date()) for since, until in self.pauses]

    def ends(self, day: date) -> datetime:
        """The exclusive end of `day`."""
        if self.day_ends is None:
            return datetime.combine(day + ONE_DAY, time(0), CST)
        return datetime.combine(day, self.day_ends, CST)

    def rest(self, day: date) -> TraceLine:
        """The line of a day that is off."""
        name = self.calendar.name(day)
        return TraceLine(day, False, None, Why.HOLIDAY if name else Why.WEEKEND, name)


def working_days(course: Course) -> Walked:
    """The n-th working day after the start day; never needs a roll."""
    calendar, spans, number, day = course.calendar, course.paused_days(), 0, course.start.date()
    trace, provisional = [TraceLine(day, False, None, Why.START)], False
    while number < course.within.number:
        day += ONE_DAY
        provisional = provisional or calendar.provisional(day)
        if excluded(day, spans):
            trace.append(TraceLine(day, False, None, Why.PAUSED))
        elif calendar.works(day):
            number += 1
            trace.append(TraceLine(day, True, number, Why.COUNTED, calendar.name(day)))
        else:
            trace.append(course.rest(day))
    return Walked(day, course.ends(day), trace, provisional)


def natural_days(course: Course) -> Walked:
    """The n-th day after the start day, then the roll."""
    spans, number, day = course.paused_days(), 0, course.start.date()
    trace = [TraceLine(day, False, None, Why.START)]
    while number < course.within.number:
        day += ONE_DAY
        if excluded(day, spans):
            trace.append(TraceLine(day, False, None, Why.PAUSED))
        else:
            number += 1
            trace.append(TraceLine(day, True, number, Why.COUNTED))
    return _rolled(course, day, trace)


def same_day(course: Course) -> Walked:
    """The day on which the thing was formed; rolls off a rest day unless `strict`."""
    day = course.start.date()
    trace = [TraceLine(day, True, None, Why.FORMED)]
    return Walked(day, course.ends(day), trace) if course.within.strict else _rolled(course, day, trace)


def _rolled(course: Course, day: date, trace: list[TraceLine]) -> Walked:
    """From a last day that is off to the first that is not; a day that a pause excludes cannot be the last one."""
    calendar, spans, last = course.calendar, course.paused_days(), day
    provisional = calendar.provisional(day)
    while not calendar.works(last) or (last > day and excluded(last, spans)):
        last += ONE_DAY
        provisional = provisional or calendar.provisional(last)
        trace.append(TraceLine(last, False, None, Why.PAUSED) if excluded(last, spans) else course.rest(last))
    if last > day:
        trace[-1] = TraceLine(last, False, None, Why.ROLLED, calendar.name(last))
    return Walked(last, course.ends(last), trace, provisional)


def hours(course: Course) -> Walked:
    """Start + n hours through nights and holidays; pauses stop the count to the second."""
    at, left = course.start, timedelta(hours=course.within.number)
    trace = [_at(at, Why.RUNS)]
    for since, until in course.pauses:
        if since >= at + left:
            break
        left -= max(since - at, timedelta(0))
        at = max(until, at)
        trace += [_at(since, Why.STOPPED), _at(until, Why.RESUMED)]
    due_at = at + left
    trace.append(_at(due_at, Why.DUE))
    return Walked((due_at - timedelta(microseconds=1)).date(), due_at, trace)


def at_once(course: Course) -> Walked:
    """Due at the start; when it counts as overdue is the county's grace."""
    return Walked(course.start.date(), course.start, [_at(course.start, Why.DUE)])


def promptly(course: Course) -> Walked:
    """No number in the source, no date."""
    return Walked(None, None, [_at(course.start, Why.RUNS)])


def stated(course: Course, until: datetime, why: Why = Why.STATED) -> Walked:
    """A definite date; each excluded day before it moves it on by one. It does not roll: somebody wrote it down."""
    spans, day = course.paused_days(), course.start.date()
    last_day = (until - timedelta(microseconds=1)).date()
    trace = [TraceLine(day, False, None, Why.START), TraceLine(last_day, True, None, why, moment=until)]
    moved, end = 0, last_day
    while day < end:
        day += ONE_DAY
        if excluded(day, spans):
            trace.append(TraceLine(day, False, None, Why.PAUSED))
            moved, end = moved + 1, end + ONE_DAY
    if moved:
        trace.append(TraceLine(end, True, None, Why.SHIFTED))
    return Walked(end, until + timedelta(days=moved), trace)


def _at(moment: datetime, why: Why) -> TraceLine:
    return TraceLine(moment.date(), why is Why.DUE, None, why, moment=moment)


WALKS: dict[Unit, Callable[[Course], Walked]] = {
    Unit.WORKING_DAYS: working_days,
    Unit.DAYS: natural_days,
    Unit.HOURS: hours,
    Unit.SAME_DAY: same_day,
    Unit.AT_ONCE: at_once,
    Unit.PROMPTLY: promptly,
}
