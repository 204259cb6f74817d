"""The limits of complaints: three laws, the county's own words, and the counties that say it differently."""

import pytest

from complaints.models import Complaint
from coordination.kernel.clocks import Clock
from coordination.kernel.mechanisms import MechanismOverride
from coordination.kernel.now import now, travel_to
from coordination.kernel.organs import County
from coordination.kernel.words import Refusal
from tests.county import at, organ, person

CLERK = "shichang.officer1"


def clock(complaint, limit: str) -> Clock:
    return Clock.objects.get(matter=complaint, limit=limit)


def override(kind: str, key: str, value: str, since: str) -> None:
    MechanismOverride.objects.create(
        county=County.objects.get(), kind=kind, key=key, value=value, basis="县政府通知",
        since=at(since).date(), made_by=person("admin"),
    )  # fmt: skip


@pytest.mark.rules("LAW-19")
def test_a_petitioner_is_told_in_writing_within_fifteen_days(told):
    complaint = told.complaint(channel="petition")
    assert clock(complaint, "complaints.petition_receipt").due_at == at("2026-10-09 00:00")  # 10-06 is a holiday
    complaint = told.take(complaint, "accept", told.officer)
    facts = {"at": now(), "words": "由本镇核实，六十日内答复"}
    complaint = told.take(complaint, "tell_receipt", told.officer, **facts)
    assert clock(complaint, "complaints.petition_receipt").state == "met"


@pytest.mark.rules("LAW-19")
def test_a_petition_without_name_and_address_owes_nobody_a_receipt(told):
    complaint = told.complaint(channel="petition", anonymous=True, sealed_name="", sealed_phone="")
    assert not Clock.objects.filter(matter=complaint, limit="complaints.petition_receipt").exists()


@pytest.mark.rules("LAW-19")
def test_a_petition_passed_on_from_above_is_objected_to_within_five_working_days(told):
    with pytest.raises(Refusal, match="转送、交办的机关"):
        told.complaint(channel="petition", medium="passed_on")
    complaint = told.complaint(channel="petition", medium="passed_on", passed_on_by="县信访局")
    assert clock(complaint, "complaints.petition_object").due_at == at("2026-09-30 00:00")
    complaint = told.take(complaint, "return_assigned", told.officer, words="不属于本镇职权，应由县自然资源局办理")
    assert complaint.stage == "returned"
    with pytest.raises(Refusal):
        told.take(told.complaint(), "return_assigned", told.officer, words="不是转送的")


@pytest.mark.rules("LAW-21")
def test_the_market_regulation_department_decides_on_a_complaint_in_seven_working_days(told):
    complaint = told.complaint("shichang.officer1", sector="market", title="买到过期食品")
    assert clock(complaint, "complaints.market_accept").due_at == at("2026-10-09 00:00")
    complaint = told.take(complaint, "accept", "shichang.officer1")
    assert clock(complaint, "complaints.market_accept").state == "met"
    assert not Clock.objects.filter(matter=told.complaint(sector="market"), limit="complaints.market_accept").exists()


@pytest.mark.rules("LAW-21")
def test_before_april_2026_who_reported_under_his_name_was_told_of_the_filing_decision_in_five_working_days(told):
    travel_to(at("2026-04-14 09:00"))
    complaint = not_filed(told, received_at=at("2026-04-13 09:00"))
    assert clock(complaint, "complaints.tell_filing").due_at == at("2026-04-22 00:00")
    assert clock(complaint, "complaints.tell_filing").basis == "市场监督管理投诉举报处理暂行办法 第三十一条"
    complaint = told.take(complaint, "tell_filing", CLERK, way="telephone", at=now())
    assert not complaint.filing_word_owed


@pytest.mark.rules("LAW-21")
def test_the_law_of_april_2026_sets_no_limit_for_the_word_of_the_filing_decision(told):
    complaint = not_filed(told)
    assert not Clock.objects.filter(matter=complaint, limit="complaints.tell_filing").exists()
    assert not complaint.filing_word_owed
    with pytest.raises(Refusal):
        told.take(complaint, "tell_filing", CLERK, way="telephone", at=now())


@pytest.mark.rules("LAW-21")
def test_a_market_complaint_keeps_the_law_of_the_day_on_which_it_was_received(told):
    complaint = told.complaint(CLERK, sector="market", received_at=at("2026-04-14 10:00"), title="买到过期食品")
    assert clock(complaint, "complaints.market_accept").basis == "市场监督管理投诉举报处理暂行办法 第十四条"
    complaint = told.complaint(CLERK, sector="market", received_at=at("2026-04-15 10:00"), title="买到过期食品")
    assert clock(complaint, "complaints.market_accept").basis == "市场监督管理投诉举报处理办法 第十五条"


def not_filed(told, **facts) -> Complaint:
    """A report to the market regulation department under the reporter's own name, whose case is not filed."""
    complaint = told.verifying(CLERK, sector="market", channel="report", title="无证经营食品", **facts)
    about = {"about": told.item_of(complaint), "words": "现场核实"}
    complaint = told.take(complaint, "open_case", CLERK, **about)
    told.take(told.item_of(complaint).case, "decline_to_file", CLERK, words="不予立案：证据不足")
    told.learn()
    return Complaint.objects.get(pk=complaint.pk)


@pytest.mark.rules("LAW-21", "NW-2.16")
def test_what_is_not_taken_up_is_told_with_the_reasons(told):
    complaint = told.complaint()
    facts = {"reasons": "同一事项法院已经受理"}
    with pytest.raises(Refusal, match="先把不予受理的理由告知"):
        told.take(complaint, "decline", told.officer, **facts)
    complaint = told.take(complaint, "decline", told.officer, **facts, way="telephone", at=now())
    assert (complaint.stage, complaint.closed_at is not None) == ("not_accepted", True)


def passed_on_and_ended(told):
    told.item = 44
    clerk = "zhujian.officer1"
    complaint = told.passed_on(told.verifying(clerk), clerk)
    complaint = told.take(complaint, "take_up", told.officer, about=told.item_of(complaint))
    result = {"about": told.item_of(complaint), "result": "已责令清理。"}
    return told.take(complaint, "record_result", told.officer, **result)


@pytest.mark.rules("JH-3.13")
def test_a_county_that_names_seven_working_days_for_the_report_back_says_so_in_a_period(told):
    override("limit", "complaints.report_back", "7 working days", "2026-09-01")
    complaint = passed_on_and_ended(told)
    assert clock(complaint, "complaints.report_back").due_at == at("2026-10-09 00:00")


@pytest.mark.rules("NW-2.8")
def test_by_the_first_handlers_responsibility_it_passes_as_soon_as_the_township_is_told(told):
    told.item = 44
    complaint = told.passed_on(told.verifying("zhujian.officer1"), "zhujian.officer1")
    assert complaint.first_responsible == organ("yangfangkou")


@pytest.mark.rules("NW-3.23", "NW-3.24", "JH-3.1", "JH-3.2", "QX-2.1", "QX-2.11")
def test_in_the_transition_period_the_organ_asked_first_bears_it_until_the_township_takes_it_up(told):
    override("option", "complaints.first_responsible", "asked", "2026-09-01")
    override("option", "complaints.first_responsible", "handler", "2026-10-01")
    told.item = 44
    complaint = told.passed_on(told.verifying("zhujian.officer1"), "zhujian.officer1")
    assert complaint.first_responsible == organ("zhujian")
    assert complaint.holder == organ("yangfangkou")
    complaint = told.take(complaint, "take_up", told.officer, about=told.item_of(complaint))
    assert complaint.first_responsible == organ("yangfangkou")


@pytest.mark.rules("JH-3.8", "QX-2.7", "YY-3.4")
def test_a_county_that_sends_the_complainant_himself_asks_for_a_reason_for_the_letter(told):
    override("option", "complaints.route", "complainant", "2026-09-01")
    told.item = 44
    complaint = told.verifying("zhujian.officer1")
    letter = {"about": told.item_of(complaint), "competent": organ("yangfangkou"), "found_at": now(), "words": "属实"}
    with pytest.raises(Refusal, match="告知向有管辖权的乡镇反映"):
        told.take(complaint, "transfer", "zhujian.officer1", **letter)
    complaint = told.passed_on(complaint, "zhujian.officer1", choice_reason="")
    assert told.item_of(complaint).state == "passed_on"
