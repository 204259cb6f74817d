"""When a rung falls."""

from datetime import datetime

import pytest

from coordination.kernel.calendar import RungAt, Within, compute, rung_moment
from coordination.kernel.calendar.files import calendar_from_files
from coordination.kernel.now import CST
from coordination.kernel.words import Refusal

CALENDAR = calendar_from_files()


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=CST)


def rung(spec, within, start):
    due = compute(Within.parse(within), at(start), CALENDAR)
    moment = rung_moment(spec, at(start), due.overdue_at, CALENDAR, due.within)
    return moment and moment.isoformat(" ", "minutes").removesuffix("+08:00")


@pytest.mark.parametrize(
    ("spec", "within", "start", "moment"),
    [
        ("1 working day before", "3 working days", "2026-11-19 17:00", "2026-11-23 08:30"),
        ("1 working day before", "3 working days", "2026-09-30 17:00", "2026-10-09 08:30"),
        ("due", "3 working days", "2026-11-19 17:00", "2026-11-25 00:00"),
        ("1 working day after", "3 working days", "2026-11-19 17:00", "2026-11-25 08:30"),
        ("3 working days after", "3 working days", "2026-09-25 17:00", "2026-10-10 08:30"),
        ("3 hours before", "24 hours", "2026-11-21 16:00", "2026-11-22 13:00"),
        ("4 hours after", "24 hours", "2026-11-21 16:00", "2026-11-22 20:00"),
        ("1 working day after", "24 hours", "2026-11-21 16:00", "2026-11-23 08:30"),
        ("30 % left", "24 hours", "2026-11-21 16:00", "2026-11-22 08:48"),
        ("30 % left", "90 days", "2026-07-05 09:00", "2026-09-11 08:30"),  # 27 days before 10-08
        ("30 % left", "10 working days", "2026-11-09 17:00", "2026-11-18 08:30"),  # three of ten are left
        ("30 % left", "3 working days", "2026-11-19 17:00", "2026-11-23 08:30"),  # never less than one
        ("due", "at once", "2026-11-21 16:00", "2026-11-21 18:00"),
        ("30 days before", "90 days", "2026-03-02 16:00", "2026-05-02 08:30"),
        ("2 working days after start", "promptly", "2026-11-20 16:00", "2026-11-24 08:30"),
        ("at start", "promptly", "2026-11-20 16:00", "2026-11-20 16:00"),
        ("due", "promptly", "2026-11-20 16:00", None),
        ("1 working day before", "1 working day", "2026-11-20 16:00", None),  # would fall on the start day's morning
        ("3 hours before", "1 hour", "2026-11-20 16:00", None),
    ],
)
def test_a_rung_falls(spec, within, start, moment):
    assert rung(spec, within, start) == moment


@pytest.mark.parametrize(
    "spec", ["", "soon", "1 week before", "0 working days before", "1 working day", "100 % left", "0 % left", "left"]
)
def test_an_unknown_rung_is_refused(spec):
    with pytest.raises(Refusal, match="1 working day before"):
        RungAt.parse(spec)


def test_without_its_within_a_share_is_one_of_elapsed_time():
    hours = rung_moment("50 % left", at("2026-11-20 09:00"), at("2026-11-20 15:00"), CALENDAR)
    days = rung_moment("50 % left", at("2026-11-20 00:00"), at("2026-11-24 00:00"), CALENDAR)
    assert (hours, days) == (at("2026-11-20 12:00"), at("2026-11-20 08:30"))
