"""异议: negotiation before anything else, and the ways out of it (案件移送制度 四（十）). What a dispute does to a
referral is told in tests/disputes/test_the_matter_below.py."""

import pytest

from coordination.kernel.clocks import Claim, Clock
from coordination.kernel.now import travel_to
from coordination.kernel.sweep import sweep
from coordination.kernel.words import Refusal
from referrals.models import Referral
from tests.county import at, organ

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
    assert Clock.objects.get(matter=case, state="running").limit == "cases.file"  # nothing is to be sent


@pytest.mark.rules("NW-1.1", "NW-1.17")
def test_whoever_takes_it_back_says_whose_it_is_then(story, objected):
    """Its own, or another organ's: the new sending limit runs toward somebody, and the next letter goes there."""
    unsaid = ({"again": "again"}, {"again": "again", "competent_organ": organ("yangfangkou")})
    for facts in (*unsaid, {"again": "own", "competent_organ": organ("shuili")}):
        with pytest.raises(Refusal) as refused:
            story.take(objected, "agree_return", story.officer, words="经协商", **facts)
        assert refused.value.field == "competent_organ"
    facts = {"again": "again", "competent_organ": organ("shuili"), "words": "经协商属县水利局管辖"}
    taken = story.take(objected, "agree_return", story.officer, **facts)
    case = taken.case
    assert "该案应由宁武县水利局管辖，我单位将重新移送。" in taken.documents.get(key="return_note").html
    assert (case.stage, case.competent_organ) == ("verifying", organ("shuili"))
    assert Clock.objects.get(matter=case, limit="referrals.send", state="running").organ == organ("yangfangkou")
    assert Referral.first_initial(case, case.competence_found_at)["receiver"] == organ("shuili")
    assert story.draft(case).choice_reason == "经协商属县水利局管辖"


@pytest.mark.rules("NW-1.17")
def test_an_objection_given_up_goes_on_where_it_stood(story, objected):
    again = story.take(objected, "give_up_objection", story.receiver, words="经协商属我局管辖")
    assert again.stage == "accepted"
    assert Clock.objects.filter(matter=again, limit="referrals.file", state="running").exists()


@pytest.mark.rules("NW-1.17")
def test_the_sender_is_not_late_with_a_handover_that_the_receiver_objects_to(story):
    referral = story.take(story.sent(), "object", story.receiver, **REASONS)
    travel_to(at("2026-10-12 09:00"))
    sweep()
    assert not Clock.objects.filter(matter=referral, limit="referrals.hand_over", state="running").exists()
    assert not Claim.objects.filter(clock__matter=referral, clock__limit="referrals.hand_over").exists()
    again = story.take(referral, "give_up_objection", story.receiver, words="经协商属我局管辖")
    assert again.stage == "served"
    handover = Clock.objects.get(matter=again, limit="referrals.hand_over", state="running")
    assert (handover.organ, handover.due_at) == (organ("yangfangkou"), at("2026-10-15 00:00"))
