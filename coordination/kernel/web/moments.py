"""How moments and dates are written for people: 2026-11-24（周二）17:30; the exclusive end of a day is its 24:00."""

from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from coordination.kernel.now import CST

#: Monday first, as date.weekday() counts.
WEEKDAYS = (
    gettext_noop("周一"),
    gettext_noop("周二"),
    gettext_noop("周三"),
    gettext_noop("周四"),
    gettext_noop("周五"),
    gettext_noop("周六"),
    gettext_noop("周日"),
)


def day_words(day: date, year: bool = True) -> str:
    """`2026-11-24（周二）`; without the year `11-24（周二）`."""
    written = f"{day:%Y-%m-%d}" if year else f"{day:%m-%d}"
    return _("%(day)s（%(weekday)s）") % {"day": written, "weekday": _(WEEKDAYS[day.weekday()])}


def moment_words(moment: datetime, year: bool = True) -> str:
    """A moment as it happened, to the minute: `2026-11-24（周二）17:30`."""
    local = moment.astimezone(CST)
    return _timed(local.date(), f"{local:%H:%M}", year)


def end_words(end: datetime, year: bool = True) -> str:
    """An exclusive end: the midnight after a day is that day's 24:00."""
    last = last_day(end)
    local = end.astimezone(CST)
    return moment_words(local, year) if last == local.date() else _timed(last, "24:00", year)


def _timed(day: date, time: str, year: bool) -> str:
    return _("%(day)s%(time)s") % {"day": day_words(day, year), "time": time}


def last_day(end: datetime) -> date:
    """The last day that lies before the exclusive end: midnight belongs to the day that it closes."""
    return (end.astimezone(CST) - timedelta(microseconds=1)).date()
