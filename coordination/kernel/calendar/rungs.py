"""When a rung of the escalation ladder falls: `1 working day before`, `due`, `30 % left`, `4 hours after` …

Rungs counted in days fall at 08:30, when people are at their desks; `due` and hours fall at the moment itself.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache

from django.utils.translation import gettext as _

from coordination.kernel.calendar.days import WorkCalendar
from coordination.kernel.calendar.within import Unit, Within
from coordination.kernel.now import CST
from coordination.kernel.words import Refusal

MORNING = time(8, 30)
_FORM = re.compile(r"(?:(\d{1,3}) (working day|day|hour)s? (before|after|after start)|(\d{1,2}) ?% left|at start|due)")


@dataclass(frozen=True, slots=True)
class RungAt:
    """A parsed rung moment. `anchor`: before, after (the due moment), after start, left (per cent), at start, due."""

    anchor: str
    number: int = 0
    unit: str = ""

    @classmethod
    @cache
    def parse(cls, text: str) -> "RungAt":
        """Read the words of a mechanism file. Refusal if they are not of a known form."""
        found = _FORM.fullmatch(" ".join(text.lower().split()))
        if not found or (found[1] or found[4]) == "0":
            hint = _(
                "无法识别的提醒时点“%(text)s”。请写成 1 working day before、due、1 working day after、"
                "3 hours before、30 %% left、2 working days after start 或 at start。"
            )
            raise Refusal(hint % {"text": text}, field="at", code="rung")
        if found[4]:
            return cls("left", int(found[4]))
        return cls(found[3], int(found[1]), found[2]) if found[1] else cls(found[0])


def rung_moment(
    at: str, start: datetime, due: datetime | None, calendar: WorkCalendar, within: Within | None = None
) -> datetime | None:
    """The moment of a rung between `start` and beyond `due` (the moment from which the duty counts as overdue).

    None: the rung does not fall, because there is no due moment or because it would not be after the start (only
    `at start` falls on the start itself). `within` tells `30 % left` what to count, as the lamp does; without it the
    share is one of elapsed time, exact unless `due` is a midnight.
    """
    rung = RungAt.parse(at)
    if rung.anchor == "at start":
        return start
    if rung.anchor == "after start":
        moment = _counted(rung, start.astimezone(CST).date(), start, 1, calendar)
    elif due is None:
        return None
    else:
        moment = _by_due(rung, start, due.astimezone(CST), calendar, within)
    return moment if moment > start else None


def _by_due(rung: RungAt, start: datetime, due: datetime, calendar: WorkCalendar, within: Within | None) -> datetime:
    if rung.anchor == "due":
        return due
    if rung.anchor == "left":
        return _share(rung.number, start, due, calendar, within)
    return _counted(rung, _last_day(due), due, -1 if rung.anchor == "before" else 1, calendar)


def _counted(rung: RungAt, day: date, moment: datetime, sign: int, calendar: WorkCalendar) -> datetime:
    if rung.unit == "hour":
        return moment + sign * timedelta(hours=rung.number)
    if rung.unit == "day":
        return _morning(day + sign * timedelta(days=rung.number))
    return _morning(calendar.working_day(day, sign * rung.number))


def _share(percent: int, start: datetime, due: datetime, calendar: WorkCalendar, within: Within | None) -> datetime:
    """When `percent` of the time is left: exact by the hour, else on a working morning, when the lamp turns amber."""
    if within and within.unit in (Unit.WORKING_DAYS, Unit.DAYS):
        left = max(1, within.number * percent // 100)
        day = _last_day(due) - timedelta(days=left)
        return _morning(
            calendar.working_day(_last_day(due), -left) if within.unit is Unit.WORKING_DAYS else _worked(day, calendar)
        )
    moment = due - (due - start) * percent / 100
    by_hour = within is not None or due.time() != time(0)
    return moment if by_hour else _morning(_worked(moment.astimezone(CST).date(), calendar))


def _worked(day: date, calendar: WorkCalendar) -> date:
    """`day`, or the last working day before it."""
    return day if calendar.works(day) else calendar.working_day(day, -1)


def _last_day(due: datetime) -> date:
    return (due - timedelta(microseconds=1)).date()


def _morning(day: date) -> datetime:
    return datetime.combine(day, MORNING, CST)
