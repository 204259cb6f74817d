"""异议: negotiation before anything else, and the ways out of it (案件移送制度 四（十）)."""

import pytest

from coordination.kernel.clocks import Clock
from coordination.kernel.organs import Organ
from coordination.kernel.words import Refusal
from tests.county import at, organ, upload

REASONS = {"finding": "排污口位于河道管理范围内", "legal_basis": "河道管理条例", "proposal": "请协商"}


@pytest.fixture
def objected(story):
    return story.take(story.accepted(), "object", story.receiver, **REASONS)


@pytest.mark.rules("NW-1.17", "LAW-3")
def test_an_objection_opens_a_negotiation_and_is_put_in_writing(story, objected):
    assert objected.stage == "objected"
    assert objected.documents.filter(key="objection").exists()
    assert Clock.objects.filter(matter=objected, limit="referrals.negotiate", state="running").exists()
    talks = {"at": at("2026-09-21 09:00"), "participants": "双方分管领导", "words": "未达成一致"}
    assert story.take(objected, "negotiate", story.officer, **talks).stage == "negotiating"


@pytest.mark.rules("NW-1.17")
def test_the_holder_bears_the_matter_while_both_talk(story, objected):
    assert objected.holder == organ("shengtai")


@pytest.mark.rules("NW-1.17")
def test_the_sender_takes_it_back_and_the_case_is_open_again(story, objected):
    taken = story.take(objected, "agree_return", story.officer, again="own", words="由我镇办理")
    assert taken.stage == "taken_back"
    assert taken.closed_at
    assert taken.holder == organ("yangfangkou")
    case = taken.case
    assert case.stage == "verifying"
    assert case.closed_at is None
    assert not Clock.objects.filter(matter=case, state="running").exists()


@pytest.mark.rules("NW-1.17")
def test_an_objection_given_up_goes_on_where_it_stood(story, objected):
    again = story.take(objected, "give_up_objection", story.receiver, words="经协商属我局管辖")
    assert again.stage == "accepted"
    assert Clock.objects.filter(matter=again, limit="referrals.file", state="running").exists()


@pytest.mark.rules("LAW-3")
def test_either_side_alone_takes_it_up_and_the_decision_moves_the_matter(story, objected):
    disputed = story.take(objected, "open_dispute", story.receiver, words="协商不成")
    assert disputed.stage == "in_dispute"
    scan = upload(disputed, story.officer, "scan", "指定管辖决定书")
    decision = {"body": "宁武县人民政府", "words": "宁政指〔2026〕1号", "decision_scan": scan}
    moved = story.take(
        disputed, "abide_by", story.officer, outcome="designated", designated=organ("shuili"), **decision
    )
    assert moved.stage == "served"
    assert moved.receiver == organ("shuili")
    with pytest.raises(Refusal, match="不能再提出异议"):
        story.take(moved, "object", "shuili.officer1", **REASONS)


@pytest.mark.rules("LAW-3")
def test_a_decision_needs_its_paper(story, objected):
    disputed = story.take(objected, "open_dispute", story.officer, words="协商不成")
    with pytest.raises(Refusal, match="扫描件|决定书"):
        story.take(disputed, "abide_by", story.officer, body="县政府", outcome="receiver", words="x")


@pytest.mark.rules("NW-1.17")
def test_the_justice_bureau_is_told_of_a_dispute(story, objected):
    disputed = story.take(objected, "open_dispute", story.officer, words="协商不成")
    told = Organ.objects.filter(notices__matter=disputed, kind="justice_bureau")
    assert told.exists()
