"""国务院令第310号 as a tale in travelled time: from the special group to the police, and what comes back."""

from datetime import timedelta

import pytest

from cases.models import Case
from coordination.kernel.clocks import Clock
from coordination.kernel.now import now, travel_to
from coordination.kernel.organs import Actor, Delegation, Post
from coordination.kernel.steps import open_steps, perform
from coordination.kernel.words import Refusal
from referrals.criminal.forms import GroupForm
from referrals.models import CriminalTransfer
from tests.county import at, ningwu, organ, person, upload  # noqa: F401
from tests.referrals.criminal.tale import CriminalStory


@pytest.fixture
def crime(ningwu) -> CriminalStory:  # noqa: F811
    return CriminalStory()


def clock(transfer, limit: str) -> Clock:
    return Clock.objects.get(matter=transfer.pk, limit=f"criminal.{limit}")


def case_of(transfer) -> Case:
    return Case.objects.get(pk=transfer.origin_id)


@pytest.mark.rules("LAW-5", "LAW-12", "NW-3.63")
def test_a_special_group_takes_it_up_and_the_duty_to_transfer_promptly_runs(crime):
    transfer = crime.group()
    assert transfer.stage == "verifying"
    assert transfer.people() == [person("shengtai.officer1"), person("shengtai.officer2")]
    assert clock(transfer, "refer").due_at is None
    assert case_of(transfer).criminal_open


@pytest.mark.rules("LAW-12", "LAW-6")
def test_one_officer_alone_or_one_without_a_certificate_is_no_group(crime):
    with pytest.raises(Refusal, match="2 名以上.*现有 1 名有效"):
        crime.group(members=[person("shengtai.officer1")])
    with pytest.raises(Refusal, match="2 名以上"):
        crime.group(members=[person("shengtai.officer1"), person("shengtai.assistant")])
    with pytest.raises(Refusal, match="2 名以上"):
        crime.group(members=[person("shengtai.officer1"), person("yangfangkou.officer1")])
    assert not CriminalTransfer.objects.exists()


@pytest.mark.rules("LAW-12")
def test_it_goes_to_the_police_of_the_same_level_and_the_form_offers_no_other(crime):
    case = crime.case()
    with pytest.raises(Refusal, match="同级公安机关"):
        crime.group(case, police=organ("shigongan"))
    acting = Actor(person(crime.officer), Post.objects.get(user=person(crime.officer), role="officer"))
    form = GroupForm(matter=CriminalTransfer(), actor=acting, moment=now(), initial={"case": case})
    assert set(form.fields["police"].queryset) == {organ("gongan")}
    assert set(form.fields["procuratorate"].queryset) == {organ("jianchayuan")}


@pytest.mark.rules("LAW-12")
def test_the_head_has_three_natural_days_and_the_last_one_rolls_off_the_holiday(crime):
    travel_to(at("2026-09-29 16:00"))
    transfer = crime.reported()
    due = clock(transfer, "approve")
    assert due.due_at == at("2026-10-09 00:00"), "10-02 is a holiday; the first day after it that works is 10-08"
    assert (due.organ, due.nature) == (organ("shengtai"), "reading")


@pytest.mark.rules("LAW-12")
def test_three_days_over_a_weekend_that_works_do_not_roll(crime):
    travel_to(at("2026-09-17 16:00"))
    assert clock(crime.reported(), "approve").due_at == at("2026-09-21 00:00"), "Sunday 09-20 is a make-up day"


@pytest.mark.rules("LAW-12")
def test_only_the_principal_head_approves_or_who_stands_in_for_him(crime):
    transfer = crime.reported()
    for login in ("shengtai.approver", "shengtai.officer2", "shengtai.legal"):
        assert "approve" not in {one.step.name for one in open_steps(transfer, person(login), now())}
        with pytest.raises(Refusal, match="由.*主要负责人办理"):
            perform(transfer, "approve", person(login), words="同意")
    post = Post.objects.get(user=person("shengtai.head"), role="principal_head")
    today = now().date()
    Delegation.objects.create(post=post, to=person("shengtai.approver"), since=today, until=today)
    assert crime.take(transfer, "approve", "shengtai.approver", words="同意").stage == "approved"


@pytest.mark.rules("LAW-12")
def test_nobody_approves_the_report_that_he_made(crime):
    transfer = crime.reported()
    Post.objects.create(user=person("shengtai.officer1"), organ=organ("shengtai"), role="principal_head", since=now())
    with pytest.raises(Refusal, match="不能审批自己起草"):
        crime.take(transfer, "approve", "shengtai.officer1", words="同意")


@pytest.mark.rules("LAW-12")
def test_approved_it_goes_to_the_police_within_24_hours_through_the_holiday(crime):
    travel_to(at("2026-09-30 20:15"))
    transfer = crime.approved()
    assert clock(transfer, "send").due_at == transfer.approved_at + timedelta(hours=24)
    travel_to(at("2026-10-01 19:00"))
    transfer = crime.sent(transfer)
    sending = clock(transfer, "send")
    assert (sending.state, sending.overdue(now())) == ("met", False)
    assert transfer.stage == "sent"
    assert clock(transfer, "refer").state == "met"


@pytest.mark.rules("LAW-12", "LAW-5")
def test_refused_the_reasons_are_on_record_and_the_case_goes_on_administratively(crime):
    transfer = crime.reported()
    with pytest.raises(Refusal, match="不予批准的理由"):
        crime.take(transfer, "refuse", "shengtai.head")
    transfer = crime.take(transfer, "refuse", "shengtai.head", refusal_reasons="数量尚未达到追诉标准")
    assert (transfer.stage, transfer.closed_at is None) == ("refused", False)
    assert "数量尚未达到追诉标准" in transfer.documents.get(key="criminal_refusal").html
    assert not case_of(transfer).criminal_open


@pytest.mark.rules("LAW-18", "LAW-5", "NW-3.64")
def test_a_fine_does_not_take_the_place_of_the_transfer(crime):
    transfer = crime.group()
    case = crime.take(case_of(transfer), "file_case", "shengtai.officer1", words="符合立案条件")
    crime.take(case, "ask_legal_review", "shengtai.officer1", words="拟罚款")
    crime.take(case, "pass_review", "shengtai.legal", words="程序合法")
    decision = {"decision_number": "宁环罚〔2026〕1号", "decision": "罚款"}
    with pytest.raises(Refusal, match="以罚代刑"):
        crime.take(case, "decide", "shengtai.officer1", **decision)
    crime.take(crime.reported(transfer), "refuse", "shengtai.head", refusal_reasons="不构成犯罪")
    assert crime.take(case, "decide", "shengtai.officer1", **decision).stage == "decided"


@pytest.mark.rules("LAW-18")
def test_one_case_has_one_open_transfer(crime):
    transfer = crime.group()
    assert not CriminalTransfer.may_open_from(case_of(transfer), person("shengtai.officer1"))
    with pytest.raises(Refusal, match="尚未办结的涉嫌犯罪移送"):
        crime.group(case_of(transfer))


@pytest.mark.rules("LAW-13")
def test_the_transfer_form_names_its_five_attachments_and_the_receipt_part(crime):
    transfer = crime.sent(crime.approved(crime.reported(crime.group(earlier_fine=20000, earlier_penalties="责令停产"))))
    form = transfer.documents.get(key="criminal_transfer_form")
    listed = transfer.documents.get(key="criminal_property_list")
    for words in (
        "1.&nbsp;</span><span>涉嫌犯罪案件移送书（即本件）",
        "2.&nbsp;</span><span>涉嫌犯罪案件情况的调查报告</span>",
        f"涉案物品清单（{listed.number}）：本案无涉案物品",
        "有关检验报告或者鉴定结论：无（废矿物油列入国家危险废物名录",
        "其他有关涉嫌犯罪的材料：现场检查记录、现场照片",
        "回执",
        "接受人签字",
        "抄送：宁武县人民检察院",
        "责令停产。上述处罚决定不停止执行",
        "已依法给予当事人罚款20000",
    ):
        assert words in form.html, words


@pytest.mark.rules("LAW-13")
def test_without_a_report_or_any_word_on_appraisal_nothing_is_proposed(crime):
    transfer = crime.group()
    with pytest.raises(Refusal, match="检验报告或者鉴定结论"):
        crime.reported(transfer, appraisal_note="")
    with pytest.raises(Refusal, match="调查报告"):
        crime.reported(transfer, investigation_report=None)


@pytest.mark.rules("LAW-13")
def test_an_appraisal_stands_among_the_attachments(crime):
    transfer = crime.group()
    tested = upload(transfer, crime.officer, "evidence", "危险废物鉴定意见")
    transfer = crime.sent(crime.approved(crime.reported(transfer, appraisals=[tested], appraisal_note="")))
    html = transfer.documents.get(key="criminal_transfer_form").html
    assert "有关检验报告或者鉴定结论：危险废物鉴定意见" in html
    assert "危险废物鉴定意见" in transfer.documents.get(key="criminal_report").html


@pytest.mark.rules("LAW-14", "LAW-15")
def test_the_police_sign_and_their_three_days_are_theirs(crime):
    sent = crime.sent()
    with pytest.raises(Refusal, match="书面凭证"):
        perform(sent, "sign_receipt", person(crime.officer), behalf={}, at=now(), received_by="李警官")
    transfer = crime.received(sent)
    deciding = clock(transfer, "decide_filing")
    assert deciding.organ == organ("gongan")
    assert deciding.due_at == at("2026-09-25 00:00")
    assert transfer.holder == organ("gongan")
    assert transfer.entries.order_by("-pk").first().on_behalf_of == organ("gongan")
