"""The notices in the database: two persons, versions, provisional years, a county's own days."""

from datetime import date, datetime

import pytest
from django.db import IntegrityError, connection, transaction

from coordination.kernel.calendar import (
    CalendarDay,
    CalendarNotice,
    Day,
    Within,
    calendar_version,
    changed_span,
    compute,
    confirm,
    record_notice,
    seed_calendars,
    work_calendar,
)
from coordination.kernel.calendar.files import calendar_from_files
from coordination.kernel.now import CST
from coordination.kernel.organs import County, User
from coordination.kernel.words import Refusal

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 10, 9, tzinfo=CST)


@pytest.fixture(autouse=True)
def no_notices(db):
    """Each tale begins before any notice, whatever the test database has been given to live on."""
    CalendarNotice.objects.all().delete()


@pytest.fixture
def people():
    return [User.objects.create(username=f"notices-{name}", name=name) for name in ("甲", "乙")]


@pytest.fixture
def county():
    return County.objects.create(code="first", name="甲县", mechanism="ningwu")


def notice_of_2027(**more):
    days = [(date(2027, 1, 1), Day(False, "元旦")), (date(2027, 1, 9), Day(True, "元旦"))]
    return record_notice(2027, "2027年放假安排（测试）", "测试〔2026〕1号", date(2026, 11, 5), days, **more)


def test_seeding_brings_the_files_into_force_and_repeating_it_changes_nothing(county):
    assert seed_calendars() == 8
    version, days = calendar_version("first"), CalendarDay.objects.count()
    assert seed_calendars() == 0
    assert (calendar_version("first"), CalendarDay.objects.count()) == (version, days)


def test_the_database_pictures_the_files(county):
    seed_calendars()
    pictured, filed = work_calendar("first"), calendar_from_files()
    assert (dict(pictured.days), pictured.official) == (dict(filed.days), filed.official)


def test_without_notices_every_year_is_provisional():
    assert work_calendar("first").provisional(date(2026, 3, 2))
    assert calendar_version("first") == 0


def test_two_different_persons_bring_a_notice_into_force(people, county):
    seed_calendars()
    before = work_calendar("first")
    notice = confirm(notice_of_2027(), people[0], AT)
    assert not notice.in_force
    assert work_calendar("first") is before
    with pytest.raises(Refusal, match="两人"):
        confirm(notice, people[0], AT)
    notice = confirm(notice, people[1], AT)
    assert notice.version > before.version == work_calendar("first", before.version).version
    after = work_calendar("first")
    assert (after.version, after.provisional(date(2027, 6, 1))) == (notice.version, False)
    assert (after.works(date(2027, 1, 1)), after.works(date(2027, 1, 9))) == (False, True)


def test_a_notice_in_force_cannot_be_confirmed_again(people):
    notice = notice_of_2027()
    for person in people:
        confirm(notice, person, AT)
    with pytest.raises(Refusal, match="已经生效"):
        confirm(notice, people[0], AT)


def test_the_database_refuses_a_notice_in_force_that_one_person_entered(people):
    notice = notice_of_2027()
    with pytest.raises(IntegrityError), transaction.atomic():
        CalendarNotice.objects.filter(pk=notice.pk).update(
            version=999, in_force_at=AT, confirmed_by_first=people[0], confirmed_by_second=people[0]
        )


def test_a_county_may_add_days_of_its_own_and_others_do_not_see_them(people, county):
    other = County.objects.create(code="other", name="某县", mechanism="ningwu")
    seed_calendars()
    festival = [(date(2026, 11, 24), Day(False, "县庆"))]
    notice = record_notice(2026, "县庆放假（测试）", "某政发〔2026〕1号", date(2026, 11, 2), festival, county=other)
    for person in people:
        confirm(notice, person, AT)
    start, within = datetime(2026, 11, 20, 9, tzinfo=CST), Within.parse("3 working days")
    assert compute(within, start, work_calendar("other")).last_day == date(2026, 11, 26)
    assert compute(within, start, work_calendar("first")).last_day == date(2026, 11, 25)
    assert calendar_version("other") > calendar_version("first")


def test_a_county_day_does_not_make_a_year_official(people, county):
    festival = [(date(2027, 5, 12), Day(False, "县庆"))]
    notice = record_notice(2027, "县庆放假（测试）", "宁政发〔2026〕1号", date(2026, 11, 2), festival, county=county)
    for person in people:
        confirm(notice, person, AT)
    assert work_calendar("first").provisional(date(2027, 5, 12))


def test_the_change_spans_the_year_that_became_official(people, county):
    seed_calendars()
    before = calendar_version("first")
    notice = notice_of_2027()
    for person in people:
        confirm(notice, person, AT)
    assert changed_span("first", before, calendar_version("first")) == (date(2027, 1, 1), date(2027, 12, 31))
    assert changed_span("first", before, before) is None


def test_a_version_that_was_rolled_back_is_never_given_again(people):
    with transaction.atomic():
        seed_calendars()
        lost = calendar_version()
        transaction.set_rollback(True)
    seed_calendars()
    assert calendar_version() > lost


def test_a_known_version_costs_one_query_and_none_if_passed_in(django_assert_num_queries, county):
    seed_calendars()
    version = work_calendar("first").version
    with django_assert_num_queries(1):
        work_calendar("first")
    with django_assert_num_queries(0):
        work_calendar("first", version)
    assert not connection.needs_rollback
