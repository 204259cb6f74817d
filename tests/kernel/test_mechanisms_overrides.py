"""Local overrides: dated, marked local, never against the law."""

from datetime import date, datetime

import pytest
from django.core.exceptions import ValidationError

from coordination.kernel.mechanisms import (
    MechanismOverride,
    check_override,
    mechanism_file,
    option,
    option_source,
    period,
    rules_of,
)
from coordination.kernel.now import CST
from coordination.kernel.organs import County, User

pytestmark = pytest.mark.django_db
BEFORE, AFTER = datetime(2026, 8, 31, 23, 59, tzinfo=CST), datetime(2026, 9, 1, tzinfo=CST)


@pytest.fixture
def override():
    """Adds an override of Ningwu from 2026-09-01 on, checked as the admin checks it."""
    county = County.objects.create(code="nw", name="宁武县", mechanism="ningwu")
    person = User.objects.create(username="overrides", name="管理员")

    def add(key, value, kind="limit", branch="", since=date(2026, 9, 1)):
        row = MechanismOverride(
            county=county, kind=kind, key=key, branch=branch, value=value, basis="县司法局通知", since=since,
            made_by=person)  # fmt: skip
        check_override(row, mechanism_file("ningwu"), mechanism_file("national"))
        row.save()

    return add


def test_an_override_holds_from_its_day_on_and_is_local(override):
    override("referrals.send", "2 working days")
    assert str(period("nw", "referrals.send", BEFORE, {}).within) == "3 working days"
    sending = period("nw", "referrals.send", AFTER, {})
    assert (str(sending.within), str(sending.stated), sending.nature) == ("2 working days", "3 working days", "local")
    assert sending.target_basis == "县司法局通知"
    assert sending.quote  # the source stays beside it


def test_an_override_of_one_branch_leaves_the_others(override):
    override("referrals.send", "12 hours", branch="urgency=urgent")
    assert str(period("nw", "referrals.send", AFTER, {"urgency": "urgent"}).within) == "12 hours"
    assert str(period("nw", "referrals.send", AFTER, {"urgency": "normal"}).within) == "3 working days"


def test_the_latest_override_that_began_wins(override):
    override("referrals.answer", "5 working days")
    override("referrals.answer", "1 working day", since=date(2026, 10, 1))
    october = datetime(2026, 10, 2, tzinfo=CST)
    assert str(period("nw", "referrals.answer", AFTER, {}).within) == "5 working days"
    assert str(period("nw", "referrals.answer", october, {}).within) == "1 working day"


def test_an_option_is_overridden_with_its_basis(override):
    override("referrals.approval", False, kind="option")
    assert option("nw", "referrals.approval", BEFORE) is True
    assert option("nw", "referrals.approval", AFTER) is False
    assert option_source("nw", "referrals.approval", AFTER).clause.basis == "县司法局通知"


def test_a_day_that_a_paper_names_ends_as_the_days_of_the_county_do(override):
    """民法典 art. 203: at 24:00, or at the close of business that a county has set."""
    override("clocks.day_ends", "17:30", kind="option")
    day = date(2026, 10, 9)
    assert rules_of("nw").end_of(day, BEFORE) == datetime(2026, 10, 10, tzinfo=CST)
    assert rules_of("nw").end_of(day, AFTER) == datetime(2026, 10, 9, 17, 30, tzinfo=CST)


def test_a_limit_without_a_number_in_law_may_be_given_a_target(override):
    override("cases.file", "2 working days")
    filing = period("nw", "cases.file", AFTER, {})
    assert (str(filing.within), str(filing.stated), filing.local) == ("2 working days", "promptly", True)


@pytest.mark.rules("LAW-9", "LAW-10")
@pytest.mark.parametrize(
    ("key", "value", "kind", "branch", "field"),
    [
        ("cases.decide", "120 days", "limit", "", "key"),
        ("cases.serve_decision", "30 days", "limit", "", "key"),
        ("referrals.sned", "2 working days", "limit", "", "key"),
        ("referrals.send", "two days", "limit", "", "value"),
        ("referrals.send", "2 working days", "limit", "urgency=normal", "branch"),
        ("referrals.aproval", True, "option", "", "key"),
        ("referrals.approval", "yes", "option", "", "value"),
        ("referrals.min_officers", True, "option", "", "value"),
    ],
)
def test_what_a_county_may_not_set_is_refused_by_field(override, key, value, kind, branch, field):
    with pytest.raises(ValidationError) as refusal:
        override(key, value, kind, branch)
    assert set(refusal.value.message_dict) == {field}


def test_the_rules_of_a_county_cost_one_query(override, django_assert_num_queries):
    override("referrals.send", "2 working days")
    override("referrals.approval", False, kind="option")
    with django_assert_num_queries(1):
        rules = rules_of("nw")
        rules.period("referrals.send", AFTER, {})
        rules.option("referrals.approval", AFTER)


def test_a_county_without_overrides_has_its_file(django_assert_num_queries):
    County.objects.create(code="nw", name="宁武县", mechanism="ningwu")
    with django_assert_num_queries(1):
        assert rules_of("nw").county.id == "ningwu"


def test_a_code_that_is_no_county_yet_is_taken_for_a_file():
    assert rules_of("ningwu").county.id == "ningwu"
