"""The sender's case may have moved on while its referral was under way: no way out of the referral is blocked by it."""

import pytest

from cases.flow import IN_HAND, MAY_PASS
from cases.flow import Stage as CaseStage
from cases.models import Case
from coordination.kernel.clocks import OPEN, Clock
from coordination.kernel.matters import Matter
from coordination.kernel.now import now, travel_to
from coordination.kernel.steps import open_steps
from coordination.kernel.steps.perform import system_step
from coordination.kernel.words import Refusal
from referrals.models import Referral
from tests.county import at, organ, person, upload

OBJECTION = {"finding": "排污口位于河道管理范围内", "legal_basis": "河道管理条例", "proposal": "请协商"}


def stands_at(case_id: int, stage: str) -> None:
    """Put the case where its own steps might have brought it meanwhile."""
    Matter.objects.filter(pk=case_id).update(stage=stage)


def confirmed(story, receiver: str, referral):
    sealed = upload(referral, story.officer, "scan", "移送方盖章交接单")
    officers = [person(story.officer), person(story.second)]
    referral = story.take(referral, "confirm_sent", story.officer, officers=officers, sealed_scan=sealed)
    return taken_over(story, receiver, referral)


def taken_over(story, receiver: str, referral):
    sealed = upload(referral, receiver, "scan", "双方盖章交接单")
    lines = list(referral.lines())
    return story.take(referral, "confirm_received", receiver, receiver_person="王芳", sealed_scan=sealed, checked=lines)


def in_dispute(referral) -> Referral:
    """A dispute has been opened about it; how that comes about is told in tests/disputes."""
    system_step(referral.pk, "enter_dispute", referral.entries.last())
    return Referral.objects.get(pk=referral.pk)


def settled(referral, outcome: str, designated=None) -> Referral:
    told = {"outcome": outcome, "designated": designated, "body": "宁武县人民政府", "words": "宁政指〔2026〕1号"}
    system_step(referral.pk, "abide_by", referral.entries.last(), **told)
    return Referral.objects.get(pk=referral.pk)


@pytest.mark.rules("NW-1.1")
def test_a_referral_can_be_withdrawn_wherever_its_case_stands(story):
    drafts = {stage: story.draft() for stage in ("suspended", "not_filed", "closed")}
    for stage, referral in drafts.items():
        stands_at(referral.origin_id, stage)
        assert story.take(referral, "withdraw", story.officer, words="不再移送").stage == "withdrawn"
        running = Clock.objects.filter(matter=referral.origin_id, limit="referrals.send", state="running").exists()
        assert running == (stage in IN_HAND)


@pytest.mark.rules("NW-1.17")
@pytest.mark.parametrize(("before", "after"), [("filed", "filed"), ("closed", "verifying"), ("archived", "verifying")])
def test_taken_back_a_case_in_hand_goes_on_and_one_that_was_over_is_open_again(story, before, after):
    referral = story.take(story.sent(), "object", story.receiver, **OBJECTION)
    stands_at(referral.origin_id, before)
    story.take(referral, "agree_return", story.officer, again="own", words="由我镇办理")
    case = Case.objects.get(pk=referral.origin_id)
    assert case.stage == after
    assert case.closed_at is None


@pytest.mark.rules("LAW-7", "NW-1.17")
@pytest.mark.parametrize(
    ("stands", "owed"), [("verifying", True), ("lead", True), ("transferred", True), ("filed", False)]
)
def test_taken_back_as_ones_own_it_is_to_be_decided_whether_to_file(story, stands, owed):
    """行政处罚法 art. 54: promptly. It had been another's, and nothing ran for it here any more."""
    referral = story.take(story.sent(), "object", story.receiver, **OBJECTION)
    stands_at(referral.origin_id, stands)
    travel_to(at("2026-09-24 10:00"))
    taken = story.take(referral, "agree_return", story.officer, again="own", words="由我镇办理")
    running = Clock.objects.filter(matter=referral.origin_id, state="running", limit="cases.file")
    assert [clock.started_at for clock in running] == ([taken.closed_at] if owed else [])
    assert not Clock.objects.filter(matter=referral.origin_id, state="running", limit="referrals.send").exists()


@pytest.mark.rules("NW-1.1", "LAW-7")
def test_what_is_found_to_be_anothers_is_not_to_be_filed_here(story):
    case = story.case()
    Matter.objects.filter(pk=case.pk).update(stage="verifying")
    verify = Clock.objects.filter(matter=case, limit="cases.verify")
    verify.update(limit="cases.file")
    story.found_other(case)
    assert set(Clock.objects.filter(matter=case, state="running").values_list("limit", flat=True)) == {"referrals.send"}


def test_what_was_decided_meanwhile_cannot_be_handed_over_and_the_receiver_is_told_whom_to_ask(story):
    referral = story.sent()
    stands_at(referral.origin_id, CaseStage.DECIDED)
    assert CaseStage.DECIDED not in MAY_PASS
    with pytest.raises(Refusal, match="阳方口镇承办的关联事项当前环节是“已决定”.*请先与该单位核对"):
        confirmed(story, story.receiver, referral)


@pytest.mark.rules("LAW-3")
def test_a_designated_organ_receives_what_had_been_handed_over_before_from_whoever_keeps_it(story):
    disputed = in_dispute(story.take(story.accepted(), "object", story.receiver, **OBJECTION))
    moved = settled(disputed, "designated", organ("shuili"))
    assert (moved.keeper, moved.holder) == (organ("shengtai"), organ("shengtai"))
    with pytest.raises(Refusal, match="生态环境宁武分局"):
        confirmed(story, "shuili.officer1", moved)
    sealed = upload(moved, "shengtai.officer1", "scan", "移交方盖章交接单")
    officers = [person("shengtai.officer1"), person("shengtai.officer2")]
    moved = story.take(moved, "confirm_sent", "shengtai.officer1", officers=officers, sealed_scan=sealed)
    received = taken_over(story, "shuili.officer1", moved)
    assert received.holder == organ("shuili")
    sheet = received.documents.filter(key="handover_sheet_done").latest("pk")
    assert "<th>移送单位</th><td>忻州市生态环境局宁武分局</td>" in sheet.html


@pytest.mark.rules("LAW-3")
def test_a_decision_for_the_sender_ends_the_referral_and_every_clock_of_it(story):
    asked = {"items": "检测报告", "why": "核对浓度", "by_day": at("2026-09-25 00:00").date()}
    referral = story.take(story.accepted(), "ask_supplement", story.receiver, **asked)
    ended = settled(in_dispute(story.take(referral, "object", story.receiver, **OBJECTION)), "sender")
    assert (ended.stage, ended.closed_at is None, ended.next_due_at) == ("taken_back", False, None)
    assert not Clock.objects.filter(matter=ended, state__in=OPEN).exists()


def test_an_organ_off_the_platform_files_by_a_record_and_no_case_is_opened_for_it_here(story):
    referral = story.approved(story.draft(receiver=organ("gongan"), choice_reason="涉嫌治安违法"))
    referral = story.sent(referral, service_method="in_person")
    Matter.objects.filter(pk=referral.pk).update(stage="accepted")
    type(referral).objects.filter(pk=referral.pk).update(designated=True)
    scan = upload(referral, story.officer, "scan", "立案告知书")
    filed = story.take(referral, "file_case", story.officer, words="公安已立案", behalf={"scan": scan})
    assert filed.stage == "filed"
    assert not Case.objects.filter(holder=organ("gongan")).exists()


@pytest.mark.rules("LAW-3", "NW-1.13")
def test_a_designated_organ_is_offered_no_objection_and_nothing_of_the_former_receiver(story):
    former = story.take(story.sent(service_method="post"), "sign_for", story.receiver, signer="王芳")
    former = story.take(former, "object", story.receiver, **OBJECTION, competent_organ=organ("linye"))
    told = {"told_at": former.sent_at, "oral_outcome": "refused", "supplement_asked_at": former.sent_at}
    Referral.objects.filter(pk=former.pk).update(**told)
    moved = settled(in_dispute(former), "designated", organ("shuili"))
    assert (moved.service_method, moved.oral_outcome, moved.signed_at, moved.told_at) == ("", "", None, None)
    assert (moved.opinion_organ, moved.supplement_open) == (None, False)
    assert moved.objected_at, "that it was objected to is counted"
    offered = {one.step.name for one in open_steps(moved, person("shuili.officer1"), now())}
    assert "sign_for" in offered
    assert "object" not in offered
