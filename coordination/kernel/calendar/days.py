"""Which days are worked: an immutable picture of the confirmed notices, for counting without a query."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from types import MappingProxyType
from typing import NamedTuple

ONE_DAY = timedelta(days=1)
NOVEMBER = 11


class Day(NamedTuple):
    """What a notice says of a day: worked or not, and the holiday to which it belongs."""

    works: bool
    name: str


@dataclass(frozen=True, slots=True, eq=False)
class WorkCalendar:
    """Working days of one county at one version: weekends off, except as the notices say.

    `days` holds only what the notices name; `official` the years whose national notice is confirmed. A date in any
    other year is provisional (暂定): weekends are all that is known of it.
    """

    days: Mapping[date, Day] = field(default_factory=dict)
    official: frozenset[int] = frozenset()
    version: int = 0

    def __post_init__(self) -> None:
        object.__setattr__(self, "days", MappingProxyType(dict(self.days)))
        object.__setattr__(self, "official", frozenset(self.official))

    def works(self, day: date) -> bool:
        """Whether `day` is a working day."""
        known = self.days.get(day)
        return day.weekday() < 5 if known is None else known.works

    def provisional(self, day: date) -> bool:
        """Whether the year of `day` still lacks a confirmed national notice."""
        return day.year not in self.official

    def wanted_year(self, today: date) -> int | None:
        """The year whose notice ought to be entered now: this one, or from 1 November the next; None if all is there.
        The State Council gives it out in October or November."""
        due = [today.year, today.year + 1] if today.month >= NOVEMBER else [today.year]
        return next((year for year in due if year not in self.official), None)

    def name(self, day: date) -> str:
        """The holiday that a notice connects with `day` (off, or worked in exchange); empty for plain days."""
        known = self.days.get(day)
        return known.name if known else ""

    def working_day(self, day: date, number: int) -> date:
        """The `number`-th working day after `day` (before it, if negative); 0: `day` itself or the next working one."""
        step = ONE_DAY if number >= 0 else -ONE_DAY
        if number == 0:
            while not self.works(day):
                day += step
        for _nth in range(abs(number)):
            day += step
            while not self.works(day):
                day += step
        return day

    def working_days(self, after: date, until: date) -> int:
        """How many working days lie in (after, until]; 0 if `until` is not later."""
        return sum(self.works(after + timedelta(days=n)) for n in range(1, (until - after).days + 1))


def weekends_only(official: Iterable[int] = ()) -> WorkCalendar:
    """A calendar that knows no notice: what a provisional year looks like."""
    return WorkCalendar(official=frozenset(official))
