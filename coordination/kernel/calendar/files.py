"""The calendar files of coordination/calendars/: each year's notices of the State Council as data."""

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from coordination.kernel.calendar.days import Day, WorkCalendar

FOLDER = Path(__file__).resolve().parents[2] / "calendars"


@dataclass(frozen=True, slots=True)
class NoticeFile:
    """A notice as it stands in a file. `days` are those it names, in order of date."""

    year: int
    title: str
    reference: str
    issued: date
    days: tuple[tuple[date, Day], ...]


@cache
def national_notices(folder: Path = FOLDER) -> tuple[NoticeFile, ...]:
    """The notices of all files, oldest first, so that a later one overrides an earlier one."""
    notices = [_notice(raw) for path in folder.glob("*.toml") for raw in _read(path)["notice"]]
    return tuple(sorted(notices, key=lambda notice: notice.issued))


def calendar_from_files(version: int = 0) -> WorkCalendar:
    """The national calendar straight from the files: for tests and benchmarks. The product asks `work_calendar`."""
    notices = national_notices()
    days = overlay(notice.days for notice in notices)
    return WorkCalendar(days, frozenset(notice.year for notice in notices), version)


def overlay(layers: Iterable[Iterable[tuple[date, Day]]]) -> dict[date, Day]:
    """One picture out of several notices: what a later layer says of a day replaces what an earlier one says."""
    return {day: said for layer in layers for day, said in layer}


def _read(path: Path) -> dict:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _notice(raw: dict) -> NoticeFile:
    days = sorted(day for holiday in raw["holiday"] for day in _days(holiday))
    return NoticeFile(raw["year"], raw["title"], raw["reference"], raw["issued"], tuple(days))


def _days(holiday: dict) -> Iterator[tuple[date, Day]]:
    """`off` is [first, last]; `works` the days worked in exchange."""
    first, last = holiday["off"]
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number), Day(False, holiday["name"])
    for day in holiday.get("works", ()):
        yield day, Day(True, holiday["name"])
