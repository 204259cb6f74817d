"""What Ningwu's file says, asked as the flows ask it."""

from datetime import datetime, timedelta

import pytest

from coordination.kernel.calendar.files import calendar_from_files
from coordination.kernel.mechanisms import Rules, mechanism_file
from coordination.kernel.now import CST
from coordination.kernel.words import Refusal

RULES = Rules(mechanism_file("ningwu"), mechanism_file("national"))
CALENDAR = calendar_from_files()
AT = datetime(2026, 9, 30, 17, tzinfo=CST)


def period(key, **facts):
    return RULES.period(key, AT, facts)


@pytest.mark.rules("NW-1.1", "NW-2.1", "NW-3.15")
def test_a_normal_referral_is_sent_in_three_working_days():
    sending = period("referrals.send", urgency="normal", direction="up", bearer="township", ongoing="no")
    assert str(sending.within) == "3 working days"
    assert (sending.nature, sending.source, sending.branch) == ("statutory", "ningwu", "")
    assert len(sending.also) == 2
    assert sending.count(AT, CALENDAR).due_at == datetime(2026, 10, 11, tzinfo=CST)


@pytest.mark.rules("NW-1.2", "NW-2.2", "NW-3.16")
def test_an_urgent_one_in_24_hours():
    sending = period("referrals.send", urgency="urgent")
    assert (str(sending.within), sending.branch) == ("24 hours", "urgency=urgent")


@pytest.mark.rules("NW-2.3", "NW-2.4", "NW-2.5")
def test_a_major_one_at_once_with_a_local_grace():
    sending = period("referrals.send", urgency="major")
    assert str(sending.within) == "at once"
    assert sending.grace == timedelta(hours=2)
    assert [rung.key for rung in sending.rungs] == ["overdue", "supervise", "report"]


def test_a_specially_urgent_one_is_read_as_urgent_and_says_that_this_is_a_reading():
    sending = period("referrals.send", urgency="specially_urgent")
    assert (str(sending.within), sending.nature) == ("24 hours", "reading")
    assert "特别紧急" in sending.reading


@pytest.mark.rules("NW-1.20", "LAW-7")
@pytest.mark.parametrize(
    ("key", "days"), [("referrals.file", 5), ("cases.file", 5), ("referrals.answer", 3), ("referrals.return_result", 7)]
)
def test_a_limit_without_a_number_runs_on_a_local_target_and_says_so(key, days):
    filing = period(key)
    assert str(filing.stated) == "promptly"
    assert filing.within.number == days
    assert filing.local
    assert filing.target_basis
    assert {rung.level for rung in filing.rungs} == {"remind", "overdue"}  # never reported upwards


@pytest.mark.rules("LAW-9", "LAW-10")
@pytest.mark.parametrize(
    ("key", "within", "nature"),
    [
        ("cases.decide", "90 days", "reading"),
        ("cases.serve_decision", "7 working days", "statutory"),
        ("cases.preserve", "7 working days", "statutory"),
        ("criminal.send", "24 hours", "statutory"),
        ("criminal.approve", "3 days", "reading"),
    ],
)
def test_statutory_limits_are_inherited(key, within, nature):
    statutory = period(key)
    assert (str(statutory.within), statutory.nature, statutory.source) == (within, nature, "national")


@pytest.mark.rules("NW-1.5", "NW-2.7", "NW-3.17", "NW-3.51")
def test_a_township_tells_of_a_major_hazard_at_once_and_of_others_promptly():
    assert str(period("cases.notify_ongoing", bearer="township", urgency="major").within) == "at once"
    assert str(period("cases.notify_ongoing", bearer="department", urgency="major").stated) == "promptly"
    assert str(period("cases.notify_ongoing", bearer="township", urgency="urgent").stated) == "promptly"


@pytest.mark.rules("NW-3.52")
def test_the_notified_department_dispatches_at_once():
    assert str(period("cases.dispatch").within) == "at once"


def test_no_clock_of_ningwu_can_be_paused():
    assert not any(limit.pause_basis for limit in RULES.limits().values())


@pytest.mark.rules("NW-1.7", "NW-1.8", "NW-1.13", "NW-3.19")
def test_options_carry_their_basis():
    assert RULES.option("referrals.min_officers") == 2
    assert RULES.option("referrals.receipt_accepts") is RULES.option("referrals.handover_sheet") is True
    assert RULES.option_source("referrals.min_officers").clause.basis == "案件移送制度 三（四）"
    assert RULES.option_source("referrals.approval").clause.nature == "local"


@pytest.mark.rules("NW-1.17", "NW-1.18", "NW-1.19", "NW-3.61", "NW-3.62")
def test_a_dispute_climbs_three_rungs():
    rungs = RULES.dispute_rungs("jurisdiction")
    assert [(rung.body, rung.act) for rung in rungs] == [
        ("parties", "negotiate"),
        ("justice_bureau", "mediate"),
        ("government", "rule"),
    ]
    assert RULES.dispute_rungs("weather") == ()


def test_the_eight_places_where_the_documents_clash_name_both_bases_and_the_choice():
    clashes = mechanism_file("ningwu").clashes
    assert {clash.id for clash in clashes} == {
        "dispute_ladder",
        "major",
        "ongoing_act",
        "handover_sheet",
        "two_officers",
        "sharing",
        "complaint_route",
        "first_responsible",
    }
    assert all(len({clause.basis for _value, clause in clash.sides}) == 2 or clash.id == "sharing" for clash in clashes)


def test_an_unknown_limit_is_refused_with_the_name_of_the_county():
    with pytest.raises(Refusal, match="宁武县"):
        period("referrals.sned")


def test_an_unknown_mechanism_is_refused_with_those_that_exist():
    with pytest.raises(Refusal, match="ningwu"):
        mechanism_file("nigwu")
