"""The time lamp 时限灯: what a duty's time looks like at a moment. Two lines, relative and absolute, and a state.

The relative line keeps the unit of the limit (个工作日 is never shortened to 天); overdue outranks every other state.
Derived on every read, so that a page is right though the sweep sleeps.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from coordination.kernel.now import CST
from coordination.kernel.web.moments import end_words, last_day

STATES = ("plenty", "near", "today", "hours", "overdue", "paused", "closed_late", "closed_in_time", "elapsed", "none")
#: Amber begins at one working day or at this share of the limit, whichever is more (interface.md, The time lamp).
NEAR_SHARE = 0.3
#: A limit that ends within this time is told in hours, whatever its unit.
LAST_HOURS = timedelta(hours=3)
#: More hours than these are told in days and hours: nobody reads 293 hours.
MANY_HOURS = 72
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)

Works = Callable[[date], bool]

PHRASES = {
    ("left", "working days"): ngettext_lazy("剩 %(n)d 个工作日", "剩 %(n)d 个工作日", "n"),
    ("left", "days"): ngettext_lazy("剩 %(n)d 日", "剩 %(n)d 日", "n"),
    ("left", "hours"): ngettext_lazy("剩 %(n)d 小时", "剩 %(n)d 小时", "n"),
    ("left", "minutes"): ngettext_lazy("剩 %(n)d 分钟", "剩 %(n)d 分钟", "n"),
    ("over", "working days"): ngettext_lazy("已超期 %(n)d 个工作日", "已超期 %(n)d 个工作日", "n"),
    ("over", "days"): ngettext_lazy("已超期 %(n)d 日", "已超期 %(n)d 日", "n"),
    ("over", "hours"): ngettext_lazy("已超期 %(n)d 小时", "已超期 %(n)d 小时", "n"),
    ("late", "working days"): ngettext_lazy("超期 %(n)d 个工作日办结", "超期 %(n)d 个工作日办结", "n"),
    ("late", "days"): ngettext_lazy("超期 %(n)d 日办结", "超期 %(n)d 日办结", "n"),
    ("late", "hours"): ngettext_lazy("超期 %(n)d 小时办结", "超期 %(n)d 小时办结", "n"),
    ("left", "days and hours"): gettext_lazy("剩 %(d)d 日 %(h)d 小时"),
    ("over", "days and hours"): gettext_lazy("已超期 %(d)d 日 %(h)d 小时"),
    ("late", "days and hours"): gettext_lazy("超期 %(d)d 日 %(h)d 小时办结"),
    ("since", "working days"): ngettext_lazy("已 %(n)d 个工作日", "已 %(n)d 个工作日", "n"),
}
#: How a limit's unit is counted out loud; at once and same day have no unit of their own.
COUNTED_IN = {"day": "days", "days": "days", "hour": "hours", "hours": "hours", "at once": "hours"}


@dataclass(frozen=True)
class Lamp:
    """What the component `{% lamp %}` shows. `local`: a target of the county's own, not a statutory limit."""

    state: str
    relative: str
    absolute: str
    provisional: bool = False
    local: bool = False

    def __post_init__(self) -> None:
        if self.state not in STATES:
            raise ValueError(f"a lamp is one of {', '.join(STATES)}, not {self.state!r}")


@dataclass(frozen=True)
class Time:
    """The plain values behind a lamp: `due_at` is the exclusive end, `overdue_at` adds the grace where there is one."""

    within: str  # as the mechanism writes it: "3 working days", "24 hours", "same day", "at once", "promptly"
    started_at: datetime
    due_at: datetime | None = None
    overdue_at: datetime | None = None
    ended_at: datetime | None = None
    paused: bool = False

    @property
    def unit(self) -> str:
        """What is counted: working days, days or hours."""
        return COUNTED_IN.get(self.within.lstrip("0123456789 "), "working days")


def lamp(clock, moment: datetime, calendar) -> Lamp:
    """The lamp of a `clocks.Clock` (or of anything with its fields) at `moment`; `calendar` answers `works(date)`."""
    time = Time(clock.within, clock.started_at, clock.due_at, clock.overdue_at, clock.ended_at, clock.state == "paused")
    unsure = clock.provisional and clock.due_at is not None and clock.ended_at is None
    return Lamp(*tell(time, moment.astimezone(CST), calendar.works), unsure, clock.nature == "local")


def tell(time: Time, moment: datetime, works: Works) -> tuple[str, str, str]:
    """State, relative line and absolute line, in the order in which the states outrank one another."""
    if time.ended_at:
        return _ended(time, works)
    if time.overdue_at and moment >= time.overdue_at:
        return "overdue", _past("over", time, moment, works) or _("已超期"), _("应于 %s 前办结") % _end(time, moment)
    if time.paused:
        return "paused", _("已暂停"), _("暂停期间不计入时限")
    if not time.due_at:
        days = working_days(time.started_at.astimezone(CST).date(), moment.date(), works)
        since = _say("since", "working days", days) if days else _("不足 1 个工作日")
        return "elapsed", since, _("应当及时办理")
    state, relative = _running(time, moment, works)
    if time.within == "at once":  # due as it starts: the time that counts for people is the county's grace
        return state, relative, _("应即时办理，%s 起记为超期") % f"{time.overdue_at.astimezone(CST):%H:%M}"
    return state, relative, _("%s 截止") % _end(time, moment)


def _running(time: Time, moment: datetime, works: Works) -> tuple[str, str]:
    left, last = time.overdue_at - moment, last_day(time.due_at)
    if time.unit == "hours" or left <= LAST_HOURS:
        soon = left <= LAST_HOURS or last == moment.date()
        whole = time.due_at - time.started_at
        return "hours" if soon else _near(left, max(DAY, whole * NEAR_SHARE)), _hours(left)
    if last <= moment.date():
        return "today", _("今日到期")
    days = working_days(moment.date(), last, works)
    whole = working_days(time.started_at.astimezone(CST).date(), last, works)
    counted = (last - moment.date()).days if time.unit == "days" else days
    return _near(days, max(1, whole * NEAR_SHARE)), _say("left", time.unit, counted)


def _near(left, limit) -> str:
    return "near" if left <= limit else "plenty"


def _hours(left: timedelta) -> str:
    return _say("left", "hours", left // HOUR) if left >= HOUR else _say("left", "minutes", max(1, left // MINUTE))


def _past(kind: str, time: Time, until: datetime, works: Works) -> str:
    """How long past the end `until` lies, in the unit of the limit; empty when it is less than one unit."""
    last, day = last_day(time.due_at), until.astimezone(CST).date()
    amounts = {
        "hours": lambda: (until - time.overdue_at) // HOUR,
        "days": lambda: (day - last).days,
        "working days": lambda: working_days(last, day, works),
    }
    amount = amounts[time.unit]()
    return _say(kind, time.unit, amount) if amount else ""


def _ended(time: Time, works: Works) -> tuple[str, str, str]:
    absolute = _("%s 办结") % end_words(time.ended_at)
    if time.overdue_at and time.ended_at >= time.overdue_at:
        return "closed_late", _past("late", time, time.ended_at, works) or _("超期办结"), absolute
    return "closed_in_time", _("按期办结") if time.due_at else _("已办结"), absolute


def _say(kind: str, unit: str, n: int) -> str:
    if unit == "hours" and n >= MANY_HOURS:
        return PHRASES[kind, "days and hours"] % {"d": n // 24, "h": n % 24}
    return PHRASES[kind, unit] % {"n": n}


def _end(time: Time, moment: datetime) -> str:
    """The end; its year is said only when it is not the present one."""
    return end_words(time.due_at, year=last_day(time.due_at).year != moment.year)


def working_days(after: date, until: date, works: Works) -> int:
    """Working days d with after < d ≤ until; none when `until` is not later."""
    return sum(works(after + DAY * n) for n in range(1, (until - after).days + 1))
