"""A complaint from the telephone to the archive, along each of its four routes."""

import pytest

from cases.models import Case
from complaints.models import Complaint
from coordination.kernel.clocks import Clock
from coordination.kernel.documents import IssuedDocument
from coordination.kernel.matters import Link, Participation
from coordination.kernel.notices import Notice
from coordination.kernel.now import now, travel_to
from coordination.kernel.words import Refusal
from tests.county import at, organ


def running(matter, limit: str) -> Clock:
    return Clock.objects.get(matter=matter, limit=limit, state="running")


def papers(matter) -> list[str]:
    return list(IssuedDocument.objects.filter(matter=matter).values_list("key", flat=True))


@pytest.mark.rules("NW-2.8", "NW-2.9", "NW-3.24", "NW-3.25", "JH-3.3", "QX-2.2", "YY-3.1")
def test_the_organ_asked_first_bears_it_and_is_shown_and_has_to_accept_promptly(told):
    complaint = told.complaint()
    assert complaint.stage == "registered"
    assert complaint.first_responsible == complaint.holder == organ("yangfangkou")
    clock = running(complaint, "complaints.accept")
    assert (clock.organ, clock.nature) == (organ("yangfangkou"), "local")
    assert clock.quote.endswith("应当及时受理")
    complaint = told.take(complaint, "accept", told.officer)
    assert complaint.stage == "verifying"
    assert complaint.handler.username == told.officer
    assert not Clock.objects.filter(matter=complaint, limit="complaints.accept", state="running").exists()


@pytest.mark.rules("NW-3.26", "NW-2.15", "JH-3.4", "QX-2.3")
def test_without_a_violation_the_organ_asked_answers_directly_and_concludes(told):
    complaint = told.answered()
    assert complaint.stage == "in_hand"
    assert running(complaint, "complaints.tell").organ == organ("yangfangkou")
    complaint = told.told(complaint, told.officer)
    assert (complaint.stage, papers(complaint)) == ("told", ["complaint_result_notice"])
    complaint = told.take(complaint, "conclude", told.officer)
    assert complaint.closed_at is not None
    assert told.take(complaint, "archive", told.officer, at=now()).stage == "archived"


@pytest.mark.rules("NW-2.10", "NW-3.27", "JH-3.5", "QX-2.4", "YY-3.2")
def test_what_is_its_own_becomes_a_case_and_the_complaint_learns_its_result(told):
    told.item = 44  # which the township holds
    complaint = told.verifying()
    about = told.item_of(complaint)
    complaint = told.take(complaint, "open_case", told.officer, about=about, words="现场核实属实")
    case = told.item_of(complaint).case
    assert (case.source, case.source_number, case.stage) == ("complaint", complaint.number, "verifying")
    assert Link.objects.filter(source=complaint, target=case, kind="complaint_case").exists()
    assert running(case, "cases.file")
    told.take(case, "decline_to_file", told.officer, words="违法行为轻微并及时改正")
    told.learn()
    about = told.item_of(complaint)
    assert about.state == "resulted"
    assert "违法行为轻微并及时改正" in about.result
    assert told.told(Complaint.objects.get(pk=complaint.pk), told.officer).stage == "told"


@pytest.mark.rules(
    "NW-2.11", "NW-2.12", "NW-2.8", "NW-3.28", "NW-3.71", "JH-3.6", "QX-2.5", "QX-2.6", "YY-3.3", "YY-3.4"
)
def test_first_responsibility_stays_until_the_handover_of_the_referral_is_complete(told):
    complaint = told.transferred()
    about = told.item_of(complaint)
    assert (about.state, about.case.stage) == ("to_refer", "verifying")
    assert about.case.competent_organ == organ("shengtai")
    assert running(about.case, "referrals.send").organ == organ("yangfangkou")
    referral = told.referral_of(complaint)
    complaint.refresh_from_db(fields=["holder", "first_responsible"])
    assert complaint.first_responsible == organ("yangfangkou")
    assert complaint.holder == organ("yangfangkou")  # who has not taken over bears nothing
    taking_part = Participation.objects.filter(matter=complaint).values_list("organ__key", flat=True)
    assert set(taking_part) == {"ningwu.yangfangkou"}
    told.accepted(referral)
    told.learn()
    complaint = Complaint.objects.get(pk=complaint.pk)
    assert complaint.first_responsible == complaint.holder == organ("shengtai")
    assert told.item_of(complaint).handler.username == told.receiver
    assert set(taking_part.all()) == {"ningwu.yangfangkou", "ningwu.shengtai"}


@pytest.mark.rules("NW-2.12", "NW-2.13", "YY-3.5")
def test_the_letter_names_the_complaint_and_nobody_and_the_complainant_is_told_of_the_transfer(told):
    complaint = told.transferred()
    told.referral_of(complaint)
    letter = IssuedDocument.objects.get(key="lead_letter")
    assert f"投诉举报登记编号：{complaint.number}" in letter.html
    clock = running(complaint, "complaints.tell_transfer")
    assert clock.organ == organ("yangfangkou")
    complaint = told.take(complaint, "tell_transfer", told.officer, way="telephone", at=now())
    notice = IssuedDocument.objects.get(key="complaint_transfer_notice")
    assert "移送宁武县" in notice.html or organ("shengtai").name in notice.html
    assert not complaint.transfer_word_owed


@pytest.mark.rules("NW-2.14", "NW-2.15", "NW-3.34", "JH-3.12", "QX-2.12", "YY-3.6", "YY-3.7")
def test_the_receiver_tells_the_complainant_and_returns_the_result_to_the_sender(told):
    complaint = told.transferred()
    referral = told.accepted(told.referral_of(complaint))
    declined = {"reasons": "经核查已改正", "legal_basis": "行政处罚法第三十三条"}
    told.take(referral, "decline_to_file", told.receiver, **declined)
    told.learn()
    complaint = Complaint.objects.get(pk=complaint.pk)
    assert running(complaint, "complaints.tell").organ == organ("shengtai")
    with pytest.raises(Refusal, match="告知处理结果"):
        told.told(complaint, told.officer)
    complaint = told.told(complaint, told.receiver)
    assert complaint.stage == "told"
    with pytest.raises(Refusal, match="移送情况"):
        told.take(complaint, "conclude", told.officer)
    complaint = told.take(complaint, "tell_transfer", told.officer, way="telephone", at=now())
    assert told.take(complaint, "conclude", told.officer).stage == "concluded"


@pytest.mark.rules("NW-2.14", "NW-2.15", "NW-2.8")
def test_the_end_of_the_receivers_case_owes_the_result_to_two_and_neither_waits_for_the_other(told):
    complaint = told.transferred()
    referral = told.accepted(told.referral_of(complaint))
    assert Link.objects.filter(source=complaint, target=referral, kind="complaint_referral").exists()
    told.take(complaint, "tell_transfer", told.officer, way="telephone", at=now())
    filed = told.take(referral, "file_case", told.receiver, words="立案")
    own = told.decided(Case.objects.get(pk=filed.links_out.get(kind="filed_case").target_id), "shengtai.legal")
    told.take(own, "serve_decision", told.receiver, at=now(), words="直接送达")
    told.take(own, "record_execution", told.receiver, at=now(), words="已缴清")
    told.take(own, "close", told.receiver, words="结案")
    told.learn()
    assert running(referral, "referrals.return_result").organ == organ("shengtai")
    assert running(complaint, "complaints.tell").organ == organ("shengtai")
    assert told.item_of(complaint).result == "罚款二万元"
    complaint = told.told(Complaint.objects.get(pk=complaint.pk), told.receiver)
    assert complaint.stage == "told"
    with pytest.raises(Refusal, match="还没有反馈处理结果"):
        told.take(complaint, "conclude", told.officer)
    told.take(referral, "return_result", told.receiver, result="罚款二万元", decision_number="1", executed="已缴清")
    told.learn()
    assert told.take(Complaint.objects.get(pk=complaint.pk), "conclude", told.officer).stage == "concluded"


@pytest.mark.rules("NW-2.15")
def test_where_secrecy_was_asked_for_the_organ_asked_relays_the_result(told):
    complaint = told.transferred(told.verifying(asks_secrecy=True))
    referral = told.accepted(told.referral_of(complaint))
    told.take(referral, "decline_to_file", told.receiver, reasons="已改正", legal_basis="第三十三条")
    told.learn()
    complaint = Complaint.objects.get(pk=complaint.pk)
    assert running(complaint, "complaints.tell").organ == organ("yangfangkou")
    assert told.told(complaint, told.officer).stage == "told"


@pytest.mark.rules("NW-2.16", "YY-3.8")
def test_only_where_no_contact_is_known_may_the_word_be_left_out(told):
    complaint = told.answered()
    unreachable = {"about": told.item_of(complaint), "words": "不愿意打电话"}
    with pytest.raises(Refusal) as refused:
        told.take(complaint, "note_unreachable", told.officer, **unreachable)
    assert refused.value.code == "stage"
    nameless = told.answered(told.verifying(anonymous=True, sealed_name="", sealed_phone=""))
    facts = {"about": told.item_of(nameless), "words": "匿名来电，没有留下联系方式"}
    nameless = told.take(nameless, "note_unreachable", told.officer, **facts)
    assert nameless.stage == "told"


@pytest.mark.rules(
    "NW-3.29",
    "NW-3.30",
    "NW-3.31",
    "NW-3.33",
    "NW-3.34",
    "NW-3.35",
    "NW-2.14",
    "JH-3.8",
    "JH-3.7",
    "JH-3.9",
    "JH-3.11",
    "QX-2.7",
    "QX-2.10",
    "QX-2.8",
    "QX-2.13",
)
def test_a_department_sends_the_complainant_to_the_township_and_tells_it(told):
    told.item = 44
    clerk = "zhujian.officer1"
    complaint = told.passed_on(told.verifying(clerk), clerk)
    assert papers(complaint) == ["complaint_transfer_notice"]
    notice = Notice.objects.filter(matter=complaint, organ=organ("yangfangkou")).latest("pk")
    assert "告知乡镇" in notice.title
    assert ["对乡镇调查处理的指导意见", "请核对用地手续"] in notice.entry.words["facts"]
    assert running(complaint, "complaints.take_up").organ == organ("yangfangkou")
    complaint = told.take(complaint, "take_up", told.officer, about=told.item_of(complaint))
    result = {"about": told.item_of(complaint), "result": "已责令清理，恢复原状。"}
    complaint = told.take(complaint, "record_result", told.officer, **result)
    assert running(complaint, "complaints.report_back").organ == organ("yangfangkou")
    complaint = told.told(complaint, told.officer)
    with pytest.raises(Refusal, match="还没有反馈"):
        told.take(complaint, "conclude", clerk)
    complaint = told.take(complaint, "report_back", told.officer, about=told.item_of(complaint))
    letter = IssuedDocument.objects.get(key="complaint_feedback")
    assert "已责令清理" in letter.html
    assert organ("zhujian").name in letter.html
    assert told.take(complaint, "conclude", clerk).stage == "concluded"


@pytest.mark.rules("NW-3.32", "JH-3.10", "QX-2.9")
def test_the_complainants_papers_go_to_the_township_without_his_name(told):
    told.item = 44
    clerk = "zhujian.officer1"
    complaint = told.verifying(clerk, has_papers=True)
    with pytest.raises(Refusal, match="应当移交乡镇"):
        told.passed_on(complaint, clerk)
    complaint = told.passed_on(complaint, clerk, papers="redacted")
    assert told.item_of(complaint).papers == "redacted"


@pytest.mark.rules("NW-2.11", "NW-3.30")
def test_the_county_says_who_carries_it_on_and_the_other_way_needs_a_reason(told):
    told.item = 44
    clerk = "zhujian.officer1"
    complaint = told.verifying(clerk)
    with pytest.raises(Refusal, match="登记并准备移送|移送有权处理的机关"):
        told.passed_on(complaint, clerk, choice_reason="")


def test_each_item_of_a_complaint_goes_its_own_way_and_it_ends_with_the_last(told):
    complaint = told.verifying()
    complaint = told.take(complaint, "add_item", told.officer, words="夜间噪声扰民")
    complaint = told.answered(complaint)
    assert complaint.stage == "verifying"
    complaint = told.told(complaint, told.officer)
    assert complaint.stage == "verifying"
    second = {"about": told.item_of(complaint, 2), "result": "已停止夜间作业。"}
    complaint = told.take(complaint, "answer", told.officer, **second)
    assert complaint.stage == "in_hand"
    assert told.told(complaint, told.officer, 2).stage == "told"
    assert not Clock.objects.filter(matter=complaint, state="running").exists()


def test_the_catalogue_says_whose_a_single_item_is_and_nothing_where_one_must_choose(told):
    complaint = told.verifying()
    known = complaint.step_initial("transfer", now())
    assert (known["competent"], known["item"].number) == (organ("shengtai"), 53)
    complaint = told.take(complaint, "add_item", told.officer, words="夜间噪声扰民")
    assert complaint.step_initial("transfer", now())["competent"] is None
    accusing = told.verifying(accused=organ("shengtai"))
    assert accusing.step_initial("transfer", now())["competent"] is None


def test_the_same_item_is_answered_once_whatever_the_page_showed(told):
    complaint = told.take(told.verifying(), "add_item", told.officer, words="夜间噪声扰民")
    about = told.item_of(complaint)
    told.answered(complaint)
    with pytest.raises(Refusal, match="待确定办理方式"):
        told.take(complaint, "answer", told.officer, about=about, result="又一次")


def test_a_referral_that_is_taken_back_brings_the_item_back_and_another_one_is_followed(told):
    complaint = told.transferred()
    referral = told.referral_of(complaint)
    objection = {"finding": "不在清单内", "legal_basis": "清单", "proposal": "会商"}
    told.take(referral, "object", told.receiver, **objection)
    told.learn()
    assert told.item_of(complaint).state == "disputed"
    agreed = {"again": "again", "competent_organ": referral.receiver, "words": "同意退回"}
    told.take(referral, "agree_return", told.officer, **agreed)
    told.learn()
    complaint = Complaint.objects.get(pk=complaint.pk)
    assert told.item_of(complaint).state == "to_refer"
    assert complaint.holder == complaint.first_responsible == organ("yangfangkou")
    told.accepted(told.referral_of(complaint))
    told.learn()
    assert told.item_of(complaint).state == "taken"


@pytest.mark.rules("NW-2.13", "YY-3.5")
def test_of_a_letter_that_came_back_nobody_is_told_unless_he_was_already(told):
    complaint = told.transferred()
    referral = told.referral_of(complaint)
    running(complaint, "complaints.tell_transfer")
    told.take(referral, "object", told.receiver, finding="不在清单内", legal_basis="清单", proposal="会商")
    agreed = {"again": "again", "competent_organ": referral.receiver, "words": "同意退回"}
    told.take(referral, "agree_return", told.officer, **agreed)
    told.learn()
    complaint = Complaint.objects.get(pk=complaint.pk)
    assert complaint.transferred_at is None
    assert Clock.objects.get(matter=complaint, limit="complaints.tell_transfer").state == "cancelled"
    with pytest.raises(Refusal, match="现在不需要"):
        told.take(complaint, "tell_transfer", told.officer, way="telephone", at=now())
    told.referral_of(complaint)  # the next letter owes its own word
    assert running(complaint, "complaints.tell_transfer")


@pytest.mark.rules("NW-2.8", "QX-2.6")
def test_taken_back_after_the_handover_the_first_responsibility_comes_back_too(told):
    complaint = told.transferred()
    referral = told.accepted(told.referral_of(complaint))
    told.learn()
    complaint = Complaint.objects.get(pk=complaint.pk)
    assert complaint.first_responsible == organ("shengtai")
    objection = {"finding": "不在清单内", "legal_basis": "清单", "proposal": "会商"}
    told.take(referral, "object", told.receiver, **objection)
    told.learn()
    assert Complaint.objects.get(pk=complaint.pk).first_responsible == organ("shengtai")  # nothing came back yet
    agreed = {"again": "again", "competent_organ": organ("linye"), "words": "同意退回"}
    told.take(referral, "agree_return", told.officer, **agreed)
    told.learn()
    complaint = Complaint.objects.get(pk=complaint.pk)
    assert complaint.holder == complaint.first_responsible == organ("yangfangkou")
    item = told.item_of(complaint)
    assert (item.state, item.responsible, item.handler) == ("to_refer", None, None)


def test_the_case_is_told_nothing_of_who_complained(told):
    told.transferred()
    case = Case.objects.get(source="complaint")
    assert "贺兰生" not in str(list(Case.objects.filter(pk=case.pk).values()))


def test_reactions_that_come_twice_or_late_change_nothing_more(told):
    complaint = told.transferred()
    told.accepted(told.referral_of(complaint))
    travel_to(at("2026-09-22 09:00"))
    told.learn()
    version = Complaint.objects.get(pk=complaint.pk).version
    told.learn()
    assert Complaint.objects.get(pk=complaint.pk).version == version
