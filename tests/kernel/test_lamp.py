"""The time lamp 时限灯: what it says at a moment, and in which order its states outrank one another."""

from datetime import date, datetime
from types import SimpleNamespace

import pytest

from coordination.kernel.now import CST
from coordination.kernel.web.lamp import STATES, Lamp, lamp
from coordination.kernel.web.moments import end_words, moment_words

HOLIDAYS = {date(2026, 10, day) for day in range(1, 8)}
MAKE_UP = {date(2026, 10, 10)}


def works(day: date) -> bool:
    return day in MAKE_UP or (day.weekday() < 5 and day not in HOLIDAYS)


CALENDAR = SimpleNamespace(works=works)


def at(words: str) -> datetime:
    return datetime.fromisoformat(words).replace(tzinfo=CST)


def shown(moment: str, **changes) -> Lamp:
    """The lamp of a limit of 3 working days from Friday 2026-11-20, due at the end of Wednesday 11-25."""
    fields = {
        "within": "3 working days",
        "started_at": at("2026-11-20 10:00"),
        "due_at": at("2026-11-26 00:00"),
        "ended_at": None,
        "state": "running",
        "provisional": False,
        "nature": "statutory",
    } | changes
    fields.setdefault("overdue_at", fields["due_at"])
    return lamp(SimpleNamespace(**fields), at(moment), CALENDAR)


def test_time_in_plenty_is_told_in_working_days_and_never_in_mere_days():
    found = shown("2026-11-20 11:00")
    assert (found.state, found.relative, found.absolute) == ("plenty", "剩 3 个工作日", "11-25（周三）24:00 截止")


def test_the_weekend_takes_no_working_day_away():
    assert shown("2026-11-22 09:00").relative == shown("2026-11-20 11:00").relative == "剩 3 个工作日"


def test_amber_begins_one_working_day_before_the_end():
    assert shown("2026-11-23 18:00").state == "plenty"
    assert (shown("2026-11-24 18:00").state, shown("2026-11-24 18:00").relative) == ("near", "剩 1 个工作日")


def test_amber_begins_at_thirty_percent_of_a_long_limit():
    long = {"within": "10 working days", "started_at": at("2026-11-11 10:00"), "due_at": at("2026-11-26 00:00")}
    assert shown("2026-11-20 09:00", **long).state == "near"
    assert shown("2026-11-19 09:00", **long).state == "plenty"


def test_on_the_last_day_it_is_due_today_until_three_hours_before_the_end():
    assert (shown("2026-11-25 09:00").state, shown("2026-11-25 09:00").relative) == ("today", "今日到期")
    assert (shown("2026-11-25 21:30").state, shown("2026-11-25 21:30").relative) == ("hours", "剩 2 小时")
    assert shown("2026-11-25 23:30").relative == "剩 30 分钟"


def test_overdue_is_counted_in_working_days_over_holidays_and_make_up_days():
    late = {"due_at": at("2026-10-01 00:00")}
    assert shown("2026-10-05 09:00", **late).relative == "已超期"
    assert shown("2026-10-10 09:00", **late).relative == "已超期 3 个工作日"
    assert shown("2026-10-10 09:00", **late).absolute == "应于 09-30（周三）24:00 前办结"


def test_overdue_outranks_a_pause():
    assert shown("2026-11-27 09:00", state="paused").state == "overdue"
    assert shown("2026-11-24 09:00", state="paused", due_at=None).state == "paused"


def test_an_hour_limit_is_told_in_hours_and_turns_solid_on_its_last_day():
    hours = {"within": "24 hours", "started_at": at("2026-11-20 16:00"), "due_at": at("2026-11-21 16:00")}
    assert (shown("2026-11-20 17:00", **hours).state, shown("2026-11-20 17:00", **hours).relative) == (
        "near",
        "剩 23 小时",
    )
    assert (shown("2026-11-21 08:00", **hours).state, shown("2026-11-21 08:00", **hours).relative) == (
        "hours",
        "剩 8 小时",
    )
    assert shown("2026-11-21 18:00", **hours).relative == "已超期 2 小时"
    assert shown("2026-11-24 15:00", **hours).relative == "已超期 71 小时"
    assert shown("2026-11-24 17:30", **hours).relative == "已超期 3 日 1 小时"


def test_an_at_once_limit_counts_the_grace_of_the_county_and_says_so():
    once = {"within": "at once", "due_at": at("2026-11-20 10:00"), "overdue_at": at("2026-11-20 12:00")}
    found = shown("2026-11-20 10:30", **once)
    assert (found.state, found.relative, found.absolute) == ("hours", "剩 1 小时", "应即时办理，12:00 起记为超期")
    assert shown("2026-11-20 12:00", **once).state == "overdue"


def test_natural_days_are_told_as_days():
    days = {"within": "90 days", "started_at": at("2026-10-07 10:00"), "due_at": at("2027-01-06 00:00")}
    found = shown("2026-11-24 09:00", **days, provisional=True)
    assert (found.relative, found.absolute) == ("剩 42 日", "2027-01-05（周二）24:00 截止")
    assert found.provisional


def test_promptly_has_no_end_and_shows_the_time_that_has_passed():
    found = shown("2026-11-24 09:00", within="promptly", due_at=None, nature="local", provisional=True)
    assert (found.state, found.relative, found.absolute) == ("elapsed", "已 2 个工作日", "应当及时办理")
    assert found.local
    assert not found.provisional


def test_what_was_done_in_time_is_plain_and_what_was_late_stays_marked():
    assert shown("2026-12-30 09:00", ended_at=at("2026-11-25 17:00")).relative == "按期办结"
    late = shown("2026-12-30 09:00", ended_at=at("2026-11-27 10:12"))
    assert (late.state, late.relative) == ("closed_late", "超期 2 个工作日办结")
    assert late.absolute == "2026-11-27（周五）10:12 办结"
    assert shown("2026-12-30 09:00", due_at=None, ended_at=at("2026-11-25 17:00")).relative == "已办结"


def test_a_midnight_that_ends_a_day_is_written_as_its_24_hours():
    assert end_words(at("2026-11-25 00:00")) == "2026-11-24（周二）24:00"
    assert end_words(at("2026-11-24 17:30")) == moment_words(at("2026-11-24 17:30")) == "2026-11-24（周二）17:30"


def test_a_lamp_of_an_unknown_state_is_refused():
    with pytest.raises(ValueError, match="a lamp is one of"):
        Lamp("green", "", "")
    assert len(set(STATES)) == len(STATES)
