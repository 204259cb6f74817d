"""The calendar files against two independent packages, day by day, 2020–2026."""

from datetime import date, timedelta

import chinese_calendar
import holidays
import pytest

from coordination.kernel.calendar.files import calendar_from_files, national_notices

YEARS = range(2020, 2027)
CALENDAR = calendar_from_files()


def days_of(year):
    first = date(year, 1, 1)
    return [first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days)]


@pytest.mark.parametrize("year", YEARS)
def test_every_day_agrees_with_chinesecalendar(year):
    differing = [day for day in days_of(year) if CALENDAR.works(day) != chinese_calendar.is_workday(day)]
    assert differing == []


@pytest.mark.parametrize("year", YEARS)
def test_every_day_agrees_with_holidays(year):
    china = holidays.country_holidays("CN", years=range(2019, 2028))
    differing = [day for day in days_of(year) if CALENDAR.works(day) != china.is_working_day(day)]
    assert differing == []


def test_every_year_has_its_notice_with_number_and_date():
    assert {notice.year for notice in national_notices()} == set(YEARS)
    for notice in national_notices():
        assert notice.reference.startswith("国办发明电〔")
        assert notice.reference.endswith("号")
        assert str(notice.year) in notice.title
        assert notice.title.startswith("国务院办公厅关于")
        assert notice.issued.year in (notice.year - 1, notice.year)


def test_the_longer_spring_festival_of_2020_takes_back_the_make_up_saturday():
    assert not CALENDAR.works(date(2020, 2, 1))
    assert CALENDAR.works(date(2020, 2, 3))


def test_a_notice_may_name_a_day_of_the_year_before():
    assert not CALENDAR.works(date(2022, 12, 31))
    assert CALENDAR.name(date(2022, 12, 31)) == "元旦"


def test_a_make_up_day_always_falls_on_a_weekend():
    assert all(day.weekday() >= 5 for day, said in CALENDAR.days.items() if said.works)


def test_from_november_on_the_next_years_notice_is_wanted():
    assert CALENDAR.wanted_year(date(2026, 10, 31)) is None
    assert CALENDAR.wanted_year(date(2026, 11, 1)) == 2027
    assert CALENDAR.wanted_year(date(2027, 3, 1)) == 2027
    assert CALENDAR.wanted_year(date(2025, 12, 1)) is None


def test_a_year_without_a_notice_is_provisional():
    assert CALENDAR.provisional(date(2027, 1, 1))
    assert not CALENDAR.provisional(date(2026, 12, 31))
