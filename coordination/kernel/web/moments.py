"""How moments and dates are written for people: 2026-11-24（周二）17:30; the exclusive end of a day is its 24:00."""

from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from coordination.kernel.now import CST

#: Monday first, as date.weekday() counts.
WEEKDAYS = tuple(gettext_noop(day) for day in ("周一", "周二", "周三", "周四", "周五", "周六", "周日"))


def day_words(day: date, year: bool = True) -> str:
    """`2026-11-24（周二）`; without the year `11-24（周二）`."""
    written = f"{day:%Y-%m-%d}" if year else f"{day:%m-%d}"
    return _("%(day)s（%(weekday)s）") % {"day": written, "weekday": _(WEEKDAYS[day.weekday()])}


def moment_words(moment: datetime, year: bool = True) -> str:
    """A moment as it happened, to the minute: `2026-11-24（周二）17:30`."""
    local = moment.astimezone(CST)
    return f"{day_words(local.date(), year)}{local:%H:%M}"


def end_words(end: datetime, year: bool = True) -> str:
    """An exclusive end: the midnight after a day is that day's 24:00."""
    last = last_day(end)
    local = end.astimezone(CST)
    return moment_words(local, year) if last == local.date() else f"{day_words(last, year)}24:00"


def last_day(end: datetime) -> date:
    """The last day that lies before the exclusive end: midnight belongs to the day that it closes."""
    return (end.astimezone(CST) - timedelta(microseconds=1)).date()
