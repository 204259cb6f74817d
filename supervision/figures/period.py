"""The months that are counted: a month, a quarter, a year, or from one month to another."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property

from django.utils.translation import gettext as _

from coordination.kernel.now import CST

MONTH = re.compile(r"(\d{4})-(\d{2})")
LONGEST = 36
TREND = 12


def shifted(month: date, by: int) -> date:
    """The first day of the month `by` months later."""
    number = month.year * 12 + month.month - 1 + by
    return date(number // 12, number % 12 + 1, 1)


@dataclass(frozen=True)
class Period:
    """Whole months, from the first of `first` to the end of `last` (each the first day of its month)."""

    first: date
    last: date

    @property
    def since(self) -> datetime:
        return datetime.combine(self.first, time.min, CST)

    @property
    def until(self) -> datetime:
        """The exclusive end."""
        return datetime.combine(shifted(self.last, 1), time.min, CST)

    @property
    def months(self) -> list[date]:
        count = (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1
        return [shifted(self.first, number) for number in range(count)]

    @property
    def trend(self) -> "Period":
        """The twelve months that end with this period."""
        return Period(shifted(self.last, 1 - TREND), self.last)

    @cached_property
    def query(self) -> str:
        return f"from={self.first:%Y-%m}&to={self.last:%Y-%m}"

    @property
    def words(self) -> str:
        one = {"year": self.first.year, "month": self.first.month}
        if self.first == self.last:
            return _("%(year)s 年 %(month)s 月") % one
        last = {"last_year": self.last.year, "last_month": self.last.month}
        return _("%(year)s 年 %(month)s 月至 %(last_year)s 年 %(last_month)s 月") % (one | last)


def period_of(query: Mapping[str, str], moment: datetime) -> Period:
    """The period that an address asks for; this month where it asks for none, or for none that there is."""
    this = _this_month(moment)
    if fault_of(query, moment):
        return Period(this, this)
    return Period(_month(query.get("from")), _month(query.get("to")))


def fault_of(query: Mapping[str, str], moment: datetime) -> str:
    """What is wrong with the period that an address asks for, in words that a person can act on; empty: nothing."""
    first, last = _month(query.get("from")), _month(query.get("to"))
    if not first or not last:
        return _("请选择统计期的起止月份。")
    if last < first:
        return _("统计期的起始月份晚于终止月份，请重新选择。")
    if last > _this_month(moment):
        return _("统计期不能晚于本月，请重新选择。")
    if first <= shifted(last, -LONGEST):
        return _("统计期最长 %d 个月，请缩短或者分段统计。") % LONGEST
    return ""


def _this_month(moment: datetime) -> date:
    return moment.astimezone(CST).date().replace(day=1)


def _month(text: str | None) -> date | None:
    found = MONTH.fullmatch(text or "")
    if not found or not 1 <= int(found[2]) <= 12 or not 2000 <= int(found[1]) <= 2999:
        return None
    return date(int(found[1]), int(found[2]), 1)


def presets(moment: datetime) -> list[tuple[str, Period]]:
    """What people ask for most."""
    this = _this_month(moment)
    quarter = shifted(this, -((this.month - 1) % 3))
    return [
        (_("本月"), Period(this, this)),
        (_("上月"), Period(shifted(this, -1), shifted(this, -1))),
        (_("本季度"), Period(quarter, this)),
        (_("本年"), Period(this.replace(month=1), this)),
    ]
