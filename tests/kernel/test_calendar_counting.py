"""The count, told in dates: every check date of the design, pauses, hours, extensions, provisional years."""

from datetime import date, datetime, time, timedelta

import pytest

from coordination.kernel.calendar import Extension, Unit, Why, Within, compute
from coordination.kernel.calendar.files import calendar_from_files
from coordination.kernel.now import CST
from coordination.kernel.words import Refusal

CALENDAR = calendar_from_files(version=7)


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=CST)


def due(within, start, *pauses, **more):
    spans = [(at(since), until and at(until)) for since, until in pauses]
    return compute(Within.parse(within), at(start), CALENDAR, spans, **more)


@pytest.mark.rules("NW-1.1", "NW-2.1", "NW-3.15")
@pytest.mark.parametrize(
    ("within", "start", "last_day"),
    [
        ("3 working days", "2026-09-30 17:00", "2026-10-10"),  # a make-up Saturday after National Day
        ("5 working days", "2026-09-30 17:00", "2026-10-13"),
        ("7 working days", "2026-02-12 15:00", "2026-02-28"),  # over Spring Festival, ends on a make-up Saturday
        ("3 working days", "2026-02-25 10:00", "2026-02-28"),
        ("3 working days", "2026-09-18 10:00", "2026-09-22"),  # the make-up Sunday 09-20 counts
        ("3 working days", "2026-10-03 09:00", "2026-10-10"),  # starts on a holiday
        ("1 working day", "2026-11-20 23:59", "2026-11-23"),
        ("3 working days", "2020-01-29 09:00", "2020-02-05"),  # the extended Spring Festival
    ],
)
def test_working_days_end_at_midnight_of_the_nth_working_day(within, start, last_day):
    counted = due(within, start)
    assert counted.last_day == date.fromisoformat(last_day)
    assert counted.due_at == datetime.combine(counted.last_day + timedelta(days=1), time(0), CST)
    assert not counted.provisional
    assert counted.overdue_at == counted.due_at


@pytest.mark.rules("LAW-9", "NW-1.20")
def test_ninety_days_from_filing_roll_over_national_day():
    counted = due("90 days", "2026-07-05 09:00")
    assert counted.last_day == date(2026, 10, 8)
    assert [line.reason for line in counted.trace if line.date == date(2026, 10, 3)] == [Why.COUNTED]
    assert counted.trace[-1].reason == Why.ROLLED


def test_natural_days_that_end_on_a_make_up_saturday_do_not_roll():
    assert due("2 days", "2026-10-08 09:00").last_day == date(2026, 10, 10)


def test_natural_days_that_end_on_a_plain_working_day_do_not_roll():
    assert due("3 days", "2026-11-22 09:00").last_day == date(2026, 11, 25)


@pytest.mark.rules("NW-1.2", "NW-2.2", "NW-3.16")
def test_hours_run_through_nights_and_holidays():
    assert due("24 hours", "2026-09-30 20:15").due_at == at("2026-10-01 20:15")


def test_hours_that_end_at_midnight_have_the_day_before_as_last_day():
    counted = due("24 hours", "2026-11-23 00:00")
    assert (counted.due_at, counted.last_day) == (at("2026-11-24 00:00"), date(2026, 11, 23))


def test_same_day_ends_at_midnight_and_rolls_off_a_rest_day():
    assert due("same day", "2026-11-20 16:00").last_day == date(2026, 11, 20)
    assert due("same day", "2026-11-21 16:00").last_day == date(2026, 11, 23)
    assert due("same day", "2026-10-10 16:00").last_day == date(2026, 10, 10)


def test_a_strict_same_day_limit_does_not_roll():
    strict = Within.parse("same day", strict=True)
    assert compute(strict, at("2026-11-21 16:00"), CALENDAR).last_day == date(2026, 11, 21)


@pytest.mark.rules("NW-2.5")
def test_at_once_is_due_at_the_start_and_overdue_after_the_local_grace():
    counted = due("at once", "2026-11-21 16:00")
    assert (counted.due_at, counted.overdue_at) == (at("2026-11-21 16:00"), at("2026-11-21 18:00"))
    assert due("at once", "2026-11-21 16:00", grace=timedelta(minutes=30)).overdue_at == at("2026-11-21 16:30")


def test_promptly_has_no_due_date():
    counted = due("promptly", "2026-11-21 16:00")
    assert counted.due_at is counted.overdue_at is counted.last_day is None
    assert not counted.paused
    assert "promptly" in counted.notes


def test_days_end_at_the_close_of_business_where_a_county_says_so():
    assert due("3 working days", "2026-09-30 17:00", day_ends=time(17, 30)).due_at == at("2026-10-10 17:30")
    assert due("24 hours", "2026-09-30 20:15", day_ends=time(17, 30)).due_at == at("2026-10-01 20:15")


@pytest.mark.rules("QX-4.13")
def test_the_pause_day_counts_as_used_and_the_resume_day_does_not_count():
    counted = due("7 working days", "2026-09-21 09:00", ("2026-09-23 10:00", "2026-09-29 16:00"))
    assert counted.last_day == date(2026, 10, 12)
    paused = [line.date.day for line in counted.trace if line.reason == Why.PAUSED]
    assert paused == [24, 25, 26, 27, 28, 29]


def test_overlapping_pauses_are_merged():
    once = due("7 working days", "2026-09-21 09:00", ("2026-09-23 10:00", "2026-09-29 16:00"))
    twice = due(
        "7 working days",
        "2026-09-21 09:00",
        ("2026-09-25 10:00", "2026-09-29 16:00"),
        ("2026-09-23 10:00", "2026-09-28 16:00"),
    )
    assert once.due_at == twice.due_at


def test_a_pause_moves_natural_days_before_the_roll():
    counted = due("90 days", "2026-07-05 09:00", ("2026-07-10 09:00", "2026-07-12 09:00"))
    assert counted.last_day == date(2026, 10, 8)  # 10-05 is a holiday: it rolls
    assert due("90 days", "2026-07-05 09:00", ("2026-07-10 09:00", "2026-07-16 09:00")).last_day == date(2026, 10, 9)


def test_a_limit_never_ends_on_a_paused_day():
    counted = due("3 days", "2026-11-18 09:00", ("2026-11-21 12:00", "2026-11-25 09:00"))
    assert counted.last_day == date(2026, 11, 26)  # the third day is Saturday 11-21; it would roll to Monday, paused


def test_hours_stop_to_the_second():
    counted = due("24 hours", "2026-11-23 08:00:00", ("2026-11-23 10:00:30", "2026-11-23 11:30:45"))
    assert counted.due_at == at("2026-11-24 09:30:15")


def test_overlapping_pauses_of_an_hour_clock_count_once():
    pauses = ("2026-11-23 10:00", "2026-11-23 12:00"), ("2026-11-23 11:00", "2026-11-23 13:00")
    assert due("24 hours", "2026-11-23 08:00", *pauses).due_at == at("2026-11-24 11:00")


@pytest.mark.parametrize("within", ["7 working days", "24 hours", "10 days", "same day"])
def test_an_open_pause_has_no_due_date(within):
    counted = due(within, "2026-11-23 08:00", ("2026-11-23 10:00", None))
    assert counted.due_at is None
    assert counted.overdue_at is None
    assert counted.paused
    assert counted.trace[-1].reason == Why.STOPPED


@pytest.mark.parametrize("until", [None, "2026-12-20 09:00"])
@pytest.mark.parametrize("within", ["1 working day", "24 hours", "1 day"])
def test_an_overdue_clock_cannot_be_paused_into_health(within, until):
    counted = due(within, "2026-11-23 08:00", ("2026-12-01 10:00", until))
    assert counted.due_at == due(within, "2026-11-23 08:00").due_at


def test_a_resumption_before_its_pause_is_refused():
    with pytest.raises(Refusal) as refusal:
        due("3 working days", "2026-11-23 08:00", ("2026-11-25 10:00", "2026-11-24 10:00"))
    assert refusal.value.field == "pause"


def test_an_extension_is_a_definite_moment_and_does_not_roll():
    extension = Extension(at("2026-11-29 00:00"), at("2026-11-24 09:00"))
    counted = due("3 working days", "2026-11-20 09:00", extension=extension)
    assert (counted.due_at, counted.last_day) == (at("2026-11-29 00:00"), date(2026, 11, 28))
    assert counted.notes == ("extended",)


def test_a_pause_after_an_extension_moves_it_and_an_earlier_one_does_not():
    extension = Extension(at("2026-12-05 00:00"), at("2026-11-24 09:00"))
    later = due("3 working days", "2026-11-20 09:00", ("2026-11-26 09:00", "2026-11-28 09:00"), extension=extension)
    assert later.due_at == at("2026-12-07 00:00")
    earlier = due("3 working days", "2026-11-20 09:00", ("2026-11-20 10:00", "2026-11-23 09:00"), extension=extension)
    assert earlier.due_at == at("2026-12-05 00:00")


def test_a_date_in_a_year_without_a_confirmed_notice_is_provisional():
    counted = due("3 working days", "2026-12-30 09:00")
    assert counted.last_day == date(2027, 1, 4)
    assert counted.provisional
    assert "provisional" in counted.notes
    assert not due("24 hours", "2026-12-31 20:00").provisional
    assert not due("3 working days", "2026-12-28 09:00").provisional
    assert due("30 days", "2026-12-15 09:00").provisional


def test_every_skipped_day_says_why():
    trace = due("3 working days", "2026-09-30 17:00").trace
    said = {(line.date.month, line.date.day): line.why for line in trace}
    assert "不计入" in said[9, 30]
    assert "国庆节" in said[10, 1]
    assert said[10, 8] == "计入，第 1 日"
    assert said[10, 10] == "国庆节调休上班，计入，第 3 日"
    assert [line.number for line in trace if line.counted] == [1, 2, 3]


def test_a_due_remembers_the_version_of_its_calendar():
    assert due("3 working days", "2026-09-30 17:00").calendar_version == 7


def test_a_start_without_a_time_zone_is_refused():
    with pytest.raises(Refusal):
        compute(Within.parse("1 day"), datetime.fromisoformat("2026-01-05 09:00"), CALENDAR)


def test_a_start_in_another_zone_is_counted_in_shanghai():
    utc = datetime.fromisoformat("2026-09-30T16:30:00+00:00")  # already 10-01 in Shanghai
    assert compute(Within.parse("1 day"), utc, CALENDAR).trace[0].date == date(2026, 10, 1)


@pytest.mark.parametrize(
    ("text", "unit", "number", "again"),
    [
        ("3 working days", Unit.WORKING_DAYS, 3, "3 working days"),
        ("1  Working Day", Unit.WORKING_DAYS, 1, "1 working day"),
        ("90 days", Unit.DAYS, 90, "90 days"),
        ("24 hours", Unit.HOURS, 24, "24 hours"),
        ("same day", Unit.SAME_DAY, 0, "same day"),
        ("at once", Unit.AT_ONCE, 0, "at once"),
        ("promptly", Unit.PROMPTLY, 0, "promptly"),
        ("3个工作日", Unit.WORKING_DAYS, 3, "3 working days"),
        ("3 工作日", Unit.WORKING_DAYS, 3, "3 working days"),
        ("90日", Unit.DAYS, 90, "90 days"),
        ("24小时", Unit.HOURS, 24, "24 hours"),
        ("当日", Unit.SAME_DAY, 0, "same day"),
        ("即时", Unit.AT_ONCE, 0, "at once"),
        ("及时", Unit.PROMPTLY, 0, "promptly"),
    ],
)
def test_within_is_read_and_written(text, unit, number, again):
    within = Within.parse(text)
    assert (within.unit, within.number, str(within)) == (unit, number, again)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "3",
        "three days",
        "0 days",
        "-1 days",
        "99999 days",
        "3 workdays",
        "working days",
        "1.5 hours",
        "日",
        "3 当日",
    ],
)
def test_within_that_cannot_be_read_is_refused_with_the_forms_that_can(text):
    with pytest.raises(Refusal, match="3 working days"):
        Within.parse(text)


def test_within_speaks_the_words_of_the_documents():
    assert [Within.parse(text).words for text in ("3 working days", "24 hours", "at once", "promptly")] == [
        "3个工作日",
        "24小时",
        "立即",
        "及时",
    ]
