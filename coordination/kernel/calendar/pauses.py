"""Time that does not count. A pause needs a clause; here it is only arithmetic.

Excluded days are the d with pause day < d <= resume day: the day of the pause counts as used, the day of the
resumption does not count. Hour clocks stop to the second.
"""

from collections.abc import Iterable
from datetime import date, datetime

from django.utils.translation import gettext as _

from coordination.kernel.now import CST
from coordination.kernel.words import Refusal

#: (from, to); to None: the pause still lasts.
Span = tuple[datetime, datetime | None]


def in_cst(moment: datetime, field: str = "start") -> datetime:
    """`moment` in Asia/Shanghai. Refusal without a time zone or outside the years that calendars can speak of."""
    if moment.tzinfo is None:
        raise Refusal(_("时间缺少时区，请写成 2026-09-30T17:00+08:00。"), field=field, code="naive")
    if not 2000 <= moment.year < 2100:
        raise Refusal(_("时间应在 2000 年至 2099 年之间。"), field=field, code="range")
    return moment.astimezone(CST)


def merged(pauses: Iterable[Span]) -> list[Span]:
    """The pauses in order, overlapping and touching ones joined; an open one swallows all that follow."""
    joined: list[Span] = []
    for since, until in sorted(map(_checked, pauses), key=lambda span: span[0]):
        if joined and _reaches(joined[-1][1], since):
            since, last = joined.pop()
            until = None if last is None or until is None else max(last, until)
        joined.append((since, until))
    return joined


def _checked(span: Span) -> Span:
    since, until = in_cst(span[0], "pause"), span[1] and in_cst(span[1], "pause")
    if until and until < since:
        raise Refusal(_("恢复时间不能早于暂停时间。"), field="pause", code="pause")
    return since, until


def _reaches(until: datetime | None, moment: datetime) -> bool:
    return until is None or moment <= until


def excluded(day: date, spans: list[tuple[date, date]]) -> bool:
    """Whether `day` does not count because of a pause; `spans` are (pause day, resume day)."""
    return any(since < day <= until for since, until in spans)
