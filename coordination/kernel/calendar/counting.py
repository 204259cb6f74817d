"""Counting: from a start and a `within` to the due moment, with the reasoning. Pure: no query, no present time.

Law: 民法典 arts. 201, 203 (the start day is not counted; hours run at once; a last day on a holiday rolls; it ends at
24:00, or at close of business where a county says so); 行政处罚法 art. 85 (working days).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from coordination.kernel.calendar.days import WorkCalendar
from coordination.kernel.calendar.pauses import Span, in_cst, merged
from coordination.kernel.calendar.trace import NOTES, TraceLine, Why
from coordination.kernel.calendar.walks import WALKS, Course, Walked, stated
from coordination.kernel.calendar.within import Unit, Within

#: How long an at-once duty may take before it counts as overdue, where a county sets nothing else. Not statutory.
GRACE = timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class Extension:
    """A definite exclusive end, told at `granted_at`, before expiry. Only later pauses still move it. `ordered`: the
    paper that began the duty named it from the first, and nothing was extended."""

    until: datetime
    granted_at: datetime
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Due:
    """When a limit ends. `due_at` is the exclusive end, aware (next midnight for day limits); None: no number in the
    source, or paused (`paused`). `overdue_at` differs from it only for at-once limits (plus the grace)."""

    within: Within
    start: datetime
    due_at: datetime | None = None
    overdue_at: datetime | None = None
    last_day: date | None = None
    provisional: bool = False
    paused: bool = False
    trace: tuple[TraceLine, ...] = ()
    notes: tuple[str, ...] = ()
    calendar_version: int = 0

    @property
    def explanations(self) -> list[str]:
        """The notes in words."""
        return [str(NOTES[note]) for note in self.notes]


def compute(
    within: Within,
    start: datetime,
    calendar: WorkCalendar,
    pauses: Iterable[Span] = (),
    day_ends: time | None = None,
    grace: timedelta = GRACE,
    extension: Extension | None = None,
) -> Due:
    """The due moment of `within` from `start` (aware), and why.

    `pauses` are (from, to), to None while it lasts; `day_ends` is the close of business that ends a last day
    (None: 24:00); `grace` applies to at-once limits alone. A pause that begins when the limit has ended changes
    nothing: a clock already overdue cannot be paused into health. Refusal for a start without time zone.
    """
    spans = _since(merged(pauses), extension)
    course = Course(within, in_cst(start), calendar, [span for span in spans if span[1]], day_ends)
    walked = _stated(course, extension) if extension else WALKS[within.unit](course)
    if walked.due_at and spans and spans[-1][1] is None and spans[-1][0] < walked.due_at:
        return _paused(course, spans[-1][0], walked.trace)
    return _due(course, walked, grace, extension)


def _stated(course: Course, extension: Extension) -> Walked:
    return stated(course, in_cst(extension.until, "until"), Why.ORDERED if extension.ordered else Why.STATED)


def _since(spans: list[Span], extension: Extension | None) -> list[Span]:
    return [span for span in spans if span[0] >= extension.granted_at] if extension else spans


def _due(course: Course, walked: Walked, grace: timedelta, extension: Extension | None) -> Due:
    within, due_at = course.within, walked.due_at
    overdue_at = due_at + grace if due_at and within.unit is Unit.AT_ONCE else due_at
    notes = _notes(course, walked.provisional, extension)
    return Due(
        within,
        course.start,
        due_at,
        overdue_at,
        walked.last_day,
        walked.provisional,
        False,
        tuple(walked.trace),
        notes,
        course.calendar.version,
    )


def _paused(course: Course, since: datetime, trace: list[TraceLine]) -> Due:
    """No due date while a pause lasts (暂停中); the lines up to it stay."""
    lines = [line for line in trace if line.date <= since.date() and (line.moment is None or line.moment <= since)]
    lines.append(TraceLine(since.date(), False, None, Why.STOPPED, moment=since))
    notes = ("paused", *_notes(course, False, None))
    return Due(
        course.within,
        course.start,
        paused=True,
        trace=tuple(lines),
        notes=notes,
        calendar_version=course.calendar.version,
    )


def _notes(course: Course, provisional: bool, extension: Extension | None) -> tuple[str, ...]:
    unit = course.within.unit
    first = unit.name.lower() + ("_strict" if course.within.strict else "")
    if extension:
        first = "ordered" if extension.ordered else "extended"
    ends = ("day_ends",) if course.day_ends and unit in (Unit.WORKING_DAYS, Unit.DAYS, Unit.SAME_DAY) else ()
    return (first, *ends, *(("provisional",) if provisional else ()))
