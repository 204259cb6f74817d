"""The year of a register: the one that its address asks for, and those to turn to from it."""

from datetime import datetime

from django.http import HttpRequest

from coordination.kernel.now import CST
from coordination.kernel.web.request import moment_of


def year_of(request: HttpRequest) -> int:
    """`?year=2026`; this year where it asks for none, or for none that there is."""
    text, this = request.GET.get("year", ""), moment_of(request).year
    return int(text) if text.isdecimal() and len(text) == 4 and 2020 <= int(text) <= this + 1 else this


def beside(year: int, this: int) -> tuple[int, ...]:
    """The years to turn to from `year`: what has happened is in no year to come."""
    return tuple(each for each in (year - 1, year + 1) if each <= this)


def bounds(year: int) -> tuple[datetime, datetime]:
    """Its first moment, and the first after it."""
    return datetime(year, 1, 1, tzinfo=CST), datetime(year + 1, 1, 1, tzinfo=CST)
