"""Months that are over: kept once a day, told with their time, the same numbers as counted anew, and no leak."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from coordination.kernel.clocks import Clock
from coordination.kernel.matters import Matter
from coordination.kernel.now import now, travel_to
from supervision.figures import figures, period_of
from supervision.figures.months import MONTHS, MonthCount, count_months
from tests.county import Story, at, organ
from tests.supervision.looking import DESK, SEPTEMBER, client, september, shown

pytestmark = pytest.mark.django_db
PARTS = ("law", "local", "by_organ", "by_clause", "by_month", "matrix", "flows", "ping_pong", "refusals", "open")


def counted(organs=None, **how) -> dict:
    moment = now()
    found = figures("ningwu", period_of({"from": "2026-08", "to": "2026-10"}, moment), moment, organs, **how)
    return {part: getattr(found, part) for part in PARTS}


@pytest.mark.rules("NW-2.21")
def test_what_is_kept_gives_the_numbers_that_are_counted_anew(busy):
    assert count_months() == MONTHS
    assert counted() == counted(anew=True)
    own = [organ("yangfangkou").pk]
    assert counted(own) == counted(own, anew=True)
    assert counted()["law"].total > 0


def test_a_month_is_kept_when_it_is_over_and_counted_anew_after_a_day(busy):
    count_months()
    assert not MonthCount.objects.filter(first__gte="2026-10-01").exists()
    assert count_months() == 0
    travel_to(at("2026-10-13 09:00"))
    assert count_months() == MONTHS


def test_the_desk_says_when_former_months_were_counted(busy):
    page = client("sifa.supervisor1").get(DESK + september())
    assert page.context["kept_at"] is None
    count_months()
    page = client("sifa.supervisor1").get(DESK + september())
    assert page.context["kept_at"] is not None
    assert "以往月份的数字统计于" in page.content.decode()


def test_a_kept_month_asks_nothing_of_the_clocks_of_that_month(busy):
    count_months()
    travel_to(at("2026-11-02 09:00"))
    count_months()
    moment = now()
    with CaptureQueriesContext(connection) as queries:
        figures("ningwu", period_of(SEPTEMBER, moment), moment)
    asked = [query["sql"] for query in queries]
    assert len(asked) == 3
    assert not any("date_trunc" in sql.lower() or "referrals_referral" in sql for sql in asked)


def test_what_accuses_the_reader_is_in_no_number_and_in_no_list(busy):
    """Kept of the whole county, and yet not shown to whom a matter of it is hidden from (信访工作条例 art. 30)."""
    count_months()
    due = f"/supervision/due/{september(which='due')}"
    before, listed = counted(), shown(due)
    late = Clock.objects.filter(overdue_at__lt=at("2026-10-01 00:00")).latest("overdue_at")
    Matter.objects.filter(pk=late.matter_id).update(hidden_organ=organ("sifa"))
    hidden = {late.matter_id: late.matter.kind}
    assert counted(hidden=hidden) == counted(hidden=hidden, anew=True) != before
    assert shown(due) < listed
    page = client("sifa.supervisor1").get(DESK + september()).context
    for one in page["counters"]:
        if "/due/" in one["url"]:
            assert shown(one["url"]) == one["size"]


def test_the_months_and_lists_of_a_county_stand_in_an_index(story: Story):
    story.found_other(story.case())
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    newest = Clock.objects.filter(county="ningwu", overdue_at__gt=at("2026-09-01 00:00")).order_by("overdue_at", "pk")
    assert "clock_due" in newest[:1001].explain()
