"""The police pass on, file or do not; reconsideration, supervision of filing, handover and what comes back."""

from datetime import timedelta

import pytest

from coordination.kernel.clocks import OPEN, Clock
from coordination.kernel.matters import Participation
from coordination.kernel.now import now, travel_to
from coordination.kernel.steps import open_steps
from coordination.kernel.words import Refusal
from tests.county import at, ningwu, organ, person, upload  # noqa: F401
from tests.referrals.criminal.test_the_way_to_the_police import case_of, clock, crime  # noqa: F401


@pytest.mark.rules("LAW-14")
def test_not_theirs_the_police_pass_it_on_within_24_hours_of_their_acceptance(crime):  # noqa: F811
    other = organ("shigongan")
    transfer = crime.received()
    transfer = crime.told(transfer, "find_not_theirs", words="属于市公安局管辖")
    passing = clock(transfer, "pass_on")
    assert passing.due_at == transfer.received_at + timedelta(hours=24)
    assert clock(transfer, "decide_filing").state == "cancelled"
    with pytest.raises(Refusal, match="其他机关"):
        crime.told(transfer, "pass_on", passed_to=organ("gongan"), words="已转送")
    transfer = crime.told(transfer, "pass_on", passed_to=other, words="已转送市公安局，书面告知")
    assert (transfer.stage, transfer.police, transfer.holder) == ("passed_on", other, other)
    assert clock(transfer, "pass_on").state == "met"
    transfer = crime.received(transfer)
    running = Clock.objects.get(matter=transfer.pk, limit="criminal.decide_filing", state="running")
    assert running.organ == other


@pytest.mark.rules("LAW-15")
def test_the_three_days_of_the_police_roll_off_the_holiday_and_a_late_record_makes_nobody_late(crime):  # noqa: F811
    travel_to(at("2026-09-29 09:00"))
    transfer = crime.received()
    assert clock(transfer, "decide_filing").due_at == at("2026-10-09 00:00")
    travel_to(at("2026-10-12 09:00"))
    transfer = crime.filed(transfer, at=at("2026-10-08 15:00"))
    deciding = clock(transfer, "decide_filing")
    assert (deciding.state, deciding.ended_at) == ("met", at("2026-10-08 15:00"))
    assert not deciding.overdue(now())


@pytest.mark.rules("LAW-15", "LAW-5")
def test_not_filed_it_comes_with_reasons_and_the_head_may_let_the_case_revive(crime):  # noqa: F811
    transfer = crime.declined()
    assert (transfer.stage, transfer.holder) == ("not_filed", organ("shengtai"))
    assert transfer.not_filed_reasons == "数量未达追诉标准"
    assert "accept_not_filing" not in {s.step.name for s in open_steps(transfer, person(crime.officer), now())}
    transfer = crime.take(transfer, "accept_not_filing", crime.head, words="依法作行政处罚")
    assert (transfer.stage, case_of(transfer).criminal_open) == ("returned", False)
    assert not Clock.objects.filter(matter=transfer.pk, state__in=OPEN).exists()


@pytest.mark.rules("LAW-16")
def test_reconsideration_is_asked_within_three_days_and_decided_within_three(crime):  # noqa: F811
    transfer = crime.declined()
    assert clock(transfer, "ask_reconsideration").due_at == at("2026-09-25 00:00")
    travel_to(at("2026-09-24 16:00"))
    transfer = crime.reconsidering(transfer)
    assert transfer.stage == "reconsidering"
    again = clock(transfer, "reconsider")
    assert (again.organ, again.due_at) == (organ("gongan"), at("2026-09-29 00:00")), "09-27 is a holiday, a Sunday"
    paper = transfer.documents.get(key="criminal_reconsideration").html
    assert "数量未达追诉标准" in paper
    assert "称重记录证明数量超过三吨" in paper
    assert crime.filed(transfer).stage == "filed"


@pytest.mark.rules("LAW-16")
def test_too_late_for_reconsideration_the_procuratorate_remains(crime):  # noqa: F811
    transfer = crime.declined()
    travel_to(at("2026-09-25 09:00"))
    with pytest.raises(Refusal, match="建议人民检察院"):
        crime.reconsidering(transfer)
    assert crime.supervised(transfer).stage == "supervising"


@pytest.mark.rules("LAW-16")
def test_upheld_supervision_of_filing_is_asked_within_three_days(crime):  # noqa: F811
    travel_to(at("2026-09-28 09:00"))
    transfer = crime.told(crime.reconsidering(), "uphold", words="维持不予立案")
    asking = clock(transfer, "ask_supervision")
    assert (asking.organ, asking.due_at) == (organ("shengtai"), at("2026-10-09 00:00")), "10-01 to 10-07 are days off"
    assert not Participation.objects.filter(matter=transfer.pk, organ=organ("jianchayuan")).exists()
    transfer = crime.supervised(transfer)
    assert clock(transfer, "ask_supervision").state == "met"
    assert Participation.objects.filter(matter=transfer.pk, organ=organ("jianchayuan")).exists()
    assert "维持不予立案的复议决定通知书" in transfer.documents.get(key="criminal_supervision_request").html
    ordered = crime.told(transfer, "order_filing", words="不立案理由不能成立")
    assert crime.filed(ordered).stage == "filed"


@pytest.mark.rules("LAW-16", "LAW-5")
def test_the_procuratorate_finds_the_reasons_sound_and_the_case_revives(crime):  # noqa: F811
    transfer = crime.told(crime.supervised(crime.declined()), "confirm_not_filing", words="不立案理由成立")
    assert (transfer.stage, case_of(transfer).criminal_open) == ("returned", False)


@pytest.mark.rules("LAW-15", "LAW-16")
def test_supervision_is_not_asked_while_the_time_of_the_police_runs_but_when_it_is_over(crime):  # noqa: F811
    transfer = crime.received()
    with pytest.raises(Refusal, match="期限尚未届满"):
        crime.supervised(transfer)
    travel_to(at("2026-09-25 00:00"))
    transfer = crime.supervised(transfer)
    assert "未在规定期限内作出是否立案的决定" in transfer.documents.get(key="criminal_supervision_request").html


@pytest.mark.rules("LAW-17")
def test_filed_property_and_material_are_handed_over_within_three_days_against_signature(crime):  # noqa: F811
    case = crime.case()
    case.properties.create(name="废矿物油", quantity=6, unit="吨", stored_at="厂区仓库")
    transfer = crime.filed(crime.received(crime.sent(crime.approved(crime.reported(crime.group(case))))))
    handing = clock(transfer, "hand_over")
    assert (handing.organ, handing.due_at) == (organ("shengtai"), at("2026-09-25 00:00"))
    assert "hand_over" not in {one.step.name for one in open_steps(transfer, person(crime.officer), now())}
    transfer = crime.handed_over(transfer)
    assert (transfer.stage, clock(transfer, "hand_over").state) == ("handed_over", "met")
    sheet = transfer.documents.get(key="criminal_handover_sheet").html
    for words in (
        "废矿物油",
        "厂区仓库",
        "涉嫌犯罪案件情况的调查报告",
        "现场照片",
        "宁公立〔2026〕9号",
        "接收单位（印章）",
    ):
        assert words in sheet, words


@pytest.mark.rules("LAW-18")
def test_a_fine_given_before_is_set_off_against_the_criminal_fine(crime):  # noqa: F811
    sent = crime.sent(crime.approved(crime.reported(crime.group(earlier_fine=20000))))
    transfer = crime.handed_over(crime.filed(crime.received(sent)))
    judged = {"at": now(), "result": "判处罚金五万元", "criminal_fine": 50000}
    with pytest.raises(Refusal, match="依法折抵"):
        crime.take(transfer, "conclude", crime.officer, **judged)
    with pytest.raises(Refusal, match="不能超过"):
        crime.take(transfer, "conclude", crime.officer, fine_set_off=30000, **judged)
    transfer = crime.take(transfer, "conclude", crime.officer, fine_set_off=20000, **judged)
    assert (transfer.stage, transfer.fine_set_off, transfer.closed_at is None) == ("concluded", 20000, False)
    assert not case_of(transfer).criminal_open


@pytest.mark.rules("LAW-5")
def test_what_the_police_send_back_is_handled_administratively_again(crime):  # noqa: F811
    transfer = crime.told(crime.filed(), "return_case", words="犯罪事实显著轻微，不需要追究刑事责任")
    assert (transfer.stage, transfer.holder) == ("returned", organ("shengtai"))
    case = case_of(transfer)
    assert not case.criminal_open
    assert crime.group(case).stage == "verifying", "new facts may lead to another transfer"


def test_a_notice_cannot_be_older_than_what_it_answers(crime):  # noqa: F811
    transfer = crime.received()
    with pytest.raises(Refusal, match="不能早于公安机关接受时间"):
        crime.filed(transfer, at=at("2026-09-20 09:00"))
    with pytest.raises(Refusal, match="不能晚于现在"):
        crime.filed(transfer, at=at("2026-09-22 09:00"))


@pytest.mark.rules("LAW-14")
def test_police_that_use_the_platform_sign_for_themselves(crime):  # noqa: F811
    sent = crime.sent()
    officer = person("zhujian.officer1")
    officer.posts.create(organ=organ("gongan"), role="officer", since=at("2026-01-01 00:00").date())
    transfer = crime.take(sent, "sign_receipt", "zhujian.officer1", at=now(), received_by="李警官")
    receipt = transfer.documents.get(key="criminal_receipt")
    assert receipt.organ == organ("gongan")
    assert sent.documents.get(key="criminal_transfer_form").number in receipt.html


@pytest.mark.rules("LAW-14")
def test_what_happened_in_the_same_minute_was_not_before(crime):  # noqa: F811
    """Forms know minutes, the sending stands to the second: a receipt of the minute that the form proposes is taken."""
    travel_to(now().replace(second=40, microsecond=0))
    sent = crime.sent()
    minute = now().replace(second=0, microsecond=0)
    assert crime.received(sent, at=minute).received_at == minute
