"""The count against one written otherwise: sets and sorted lists of days, minutes ticked one by one.

The days come from chinesecalendar, not from our files, so that both the data and the algorithm are independent.
"""

from bisect import bisect_right
from datetime import date, datetime, timedelta

import chinese_calendar
from hypothesis import given, settings
from hypothesis import strategies as st

from coordination.kernel.calendar import Unit, Within, compute, rung_moment
from coordination.kernel.calendar.files import calendar_from_files
from coordination.kernel.now import CST

CALENDAR = calendar_from_files()
FIRST, LAST = date(2020, 1, 1), date(2026, 12, 31)
ALL = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]
WORKED = [day for day in ALL if chinese_calendar.is_workday(day)]
WORKED_SET = set(WORKED)

starts = st.integers(0, 6 * 365 * 1440).map(
    lambda minutes: datetime(2020, 1, 1, tzinfo=CST) + timedelta(minutes=minutes)
)
offsets = st.tuples(st.integers(-2 * 1440, 30 * 1440), st.integers(0, 12 * 1440))


def spans(start, minutes):
    return [(start + timedelta(minutes=a), start + timedelta(minutes=a + length)) for a, length in minutes]


def shut(pauses):
    """Every day that a pause takes out, as a set."""
    return {
        since.date() + timedelta(days=n)
        for since, until in pauses
        for n in range(1, (until.date() - since.date()).days + 1)
    }


@settings(max_examples=400, deadline=None)
@given(starts, st.integers(1, 60), st.lists(offsets, max_size=3))
def test_working_days_agree_with_a_sorted_list(start, number, minutes):
    pauses = spans(start, minutes)
    out = shut(pauses)
    usable = [day for day in WORKED if day not in out]
    expected = usable[bisect_right(usable, start.date()) + number - 1]
    counted = compute(Within(Unit.WORKING_DAYS, number), start, CALENDAR, pauses)
    assert counted.last_day == expected
    assert [line.date for line in counted.trace if line.counted] == [
        day for day in usable if start.date() < day <= expected
    ]


@settings(max_examples=400, deadline=None)
@given(starts, st.integers(1, 120), st.lists(offsets, max_size=3))
def test_natural_days_agree_with_a_sorted_list(start, number, minutes):
    pauses = spans(start, minutes)
    out = shut(pauses)
    nth = [day for day in ALL if day > start.date() and day not in out][number - 1]
    expected = nth if nth in WORKED_SET else min(day for day in WORKED if day > nth and day not in out)
    assert compute(Within(Unit.DAYS, number), start, CALENDAR, pauses).last_day == expected


@settings(max_examples=150, deadline=None)
@given(starts, st.integers(1, 72), st.lists(st.tuples(st.integers(-600, 6000), st.integers(0, 3000)), max_size=3))
def test_hours_agree_with_minutes_ticked_one_by_one(start, number, minutes):
    stopped = {minute for a, length in minutes for minute in range(a, a + length)}
    tick = elapsed = 0
    while elapsed < number * 60:
        elapsed += tick not in stopped
        tick += 1
    counted = compute(Within(Unit.HOURS, number), start, CALENDAR, spans(start, minutes))
    assert counted.due_at == start + timedelta(minutes=tick)


@settings(deadline=None)
@given(starts)
def test_same_day_is_the_first_working_day_from_the_day_on(start):
    expected = min(day for day in WORKED if day >= start.date())
    assert compute(Within(Unit.SAME_DAY), start, CALENDAR).last_day == expected


@settings(deadline=None)
@given(starts, st.integers(1, 20))
def test_a_later_start_is_never_due_earlier(start, number):
    within = Within(Unit.WORKING_DAYS, number)
    later = compute(within, start + timedelta(hours=7), CALENDAR)
    assert later.due_at >= compute(within, start, CALENDAR).due_at


@settings(deadline=None)
@given(starts, st.integers(1, 15), st.integers(1, 5))
def test_a_rung_n_working_days_before_leaves_exactly_n(start, number, before):
    due = compute(Within(Unit.WORKING_DAYS, number), start, CALENDAR)
    moment = rung_moment(f"{before} working days before", start, due.due_at, CALENDAR)
    if moment:
        assert CALENDAR.working_days(moment.date(), due.last_day) == before
        assert moment.date() in WORKED_SET
    else:
        assert before >= number
