"""What a dispute does to the matter below: who holds it meanwhile, that no clock stops, and where the decision moves
it."""

import pytest

from coordination.kernel.clocks import Clock
from coordination.kernel.matters import Link, Participation
from coordination.kernel.now import now
from coordination.kernel.steps import open_steps
from coordination.kernel.words import Refusal
from disputes.models import Dispute
from referrals.models import Referral
from tests.county import at, organ, person, upload
from tests.disputes.tale import MEETING, OBJECTION


def running(referral: Referral) -> set[str]:
    return set(Clock.objects.filter(matter=referral, state="running").values_list("limit", flat=True))


def assert_nobody_objects(story, referral: Referral, login: str) -> None:
    """It is refused, and no button leads there."""
    assert "object" not in {one.step.name for one in open_steps(referral, person(login), now())}
    with pytest.raises(Refusal, match="提出管辖异议”已经办理或者现在不需要办理"):
        story.take(referral, "object", login, **OBJECTION)


@pytest.mark.rules("NW-1.17", "LAW-3", "QX-5.5")
def test_the_interim_holder_is_always_named_and_goes_on(story):
    dispute = story.raised()
    assert dispute.keeper == organ("zhujian")  # it had accepted before it objected
    shown = dispute.sections_for(person(story.bureau))[0]
    assert "宁武县住房和城乡建设局" in str(shown["facts"])
    assert "不停止执法活动" in shown["words"]
    assert "不停止执法活动" in dispute.documents.get().html


@pytest.mark.rules("QX-5.5")
def test_no_clock_of_the_matter_below_stops_but_the_one_to_talk_which_goes_over(story):
    sent = story.sent()
    before = running(sent)
    assert "referrals.answer" in before
    assert running(story.raised(sent).about) == before
    talked = story.negotiated()
    before = running(talked)
    dispute = story.raised(talked)
    assert before - running(dispute.about) == {"referrals.negotiate"}
    assert Clock.objects.get(matter=talked, limit="referrals.negotiate").state == "moved"


@pytest.mark.rules("LAW-3", "NW-1.19")
def test_decided_for_the_receiver_the_referral_goes_on_where_it_stood_and_is_objected_to_no_more(story):
    referral = story.decided("receiver").about.as_child()
    assert (referral.stage, referral.holder) == ("accepted", organ("zhujian"))
    assert "referrals.file" in running(referral)
    assert_nobody_objects(story, referral, story.receiver)
    assert not Dispute.may_open_from(referral, person(story.officer))


@pytest.mark.rules("LAW-3", "NW-1.19")
def test_decided_for_the_sender_the_case_is_open_again_there(story):
    referral = story.decided("sender").about.as_child()
    assert (referral.stage, referral.holder) == ("taken_back", organ("yangfangkou"))
    assert referral.case.stage == "verifying"
    assert running(referral) == set()
    filed = story.take(referral.case, "file_case", story.officer, words="依决定立案")  # the catalogue says another
    assert (filed.stage, filed.designated) == ("filed", True)


@pytest.mark.rules("LAW-3", "NW-1.19")
def test_a_designated_third_organ_has_new_clocks_and_receives_from_whoever_keeps_the_matter(story):
    referral = story.decided("designated", organ("shuili")).about.as_child()
    assert (referral.stage, referral.receiver) == ("served", organ("shuili"))
    assert (referral.holder, referral.keeper) == (organ("zhujian"), organ("zhujian"))
    assert Participation.objects.filter(matter=referral, organ=organ("shuili")).exists()
    assert running(referral) == {"referrals.answer", "referrals.hand_over"}
    assert Clock.objects.get(matter=referral, limit="referrals.hand_over", state="running").organ == organ("zhujian")
    assert_nobody_objects(story, referral, "shuili.officer1")
    sealed = upload(referral, story.receiver, "scan", "盖章交接单")
    officers = [person("zhujian.officer1"), person("zhujian.officer2")]
    handed = story.take(referral, "confirm_sent", story.receiver, officers=officers, sealed_scan=sealed)
    sealed = upload(handed, "shuili.officer1", "scan", "双方盖章交接单")
    facts = {"receiver_person": "王芳", "sealed_scan": sealed, "checked": list(handed.lines())}
    assert story.take(handed, "confirm_received", "shuili.officer1", **facts).holder == organ("shuili")


@pytest.mark.rules("LAW-3")
def test_one_of_the_two_sides_is_no_third_organ(story):
    with pytest.raises(Refusal, match="双方以外"):
        story.decided("designated", organ("yangfangkou"))


@pytest.mark.rules("NW-1.17")
def test_talks_that_come_to_something_are_signed_by_the_other_and_move_the_referral(story):
    dispute = story.raised(story.objected())
    facts = {"outcome": "sender", "at": at("2026-09-21 08:50")} | MEETING
    offered = story.take(dispute, "propose", story.receiver, **facts)
    assert offered.awaited == [organ("yangfangkou").pk]
    with pytest.raises(Refusal, match="由阳方口镇的"):
        story.take(offered, "consent", story.receiver, signer="李局长")
    agreed = story.take(offered, "consent", story.officer, signer="张镇长")
    assert agreed.documents.get(key="dispute_minutes").organ == organ("zhujian")
    assert agreed.about.as_child().stage == "taken_back"
    assert story.take(agreed, "conclude", story.receiver, words="材料已退回").closed_at


@pytest.mark.rules("NW-1.17")
def test_what_is_refused_is_talked_about_again(story):
    dispute = story.raised(story.objected())
    facts = {"outcome": "sender", "at": at("2026-09-21 08:50")} | MEETING
    offered = story.take(dispute, "propose", story.receiver, **facts)
    again = story.take(offered, "refuse", story.officer, words="材料应先补齐")
    assert (again.stage, set(again.awaited)) == ("negotiating", set(again.parties))


@pytest.mark.rules("NW-1.17")
@pytest.mark.parametrize("before", ["sent", "objected", "negotiated"])
def test_a_dispute_that_is_given_up_leaves_the_referral_where_it_stood(story, before):
    referral = getattr(story, before)()
    stage, clocks = referral.stage, running(referral)
    dispute = story.raised(referral)
    gone = story.take(dispute, "withdraw", story.officer, words="双方继续协商")
    assert gone.closed_at
    assert not Clock.objects.filter(matter=gone, state="running").exists()
    referral = referral.as_child()
    assert (referral.stage, running(referral)) == (stage, clocks)


def test_both_pages_lead_to_each_other(story):
    dispute = story.raised()
    link = Link.objects.get(kind="dispute")
    assert (link.source_id, link.target_id) == (dispute.about_id, dispute.pk)


def test_each_step_of_the_dispute_that_moves_the_matter_is_the_cause_of_one_entry_there(story):
    dispute = story.decided("receiver")
    caused = dispute.about.entries.filter(cause__matter=dispute).values_list("step", "cause__step")
    shown = {("show_to_body", "raise_dispute"), ("show_to_body", "apply")}
    assert set(caused) == {("enter_dispute", "raise_dispute"), ("abide_by", "decide")} | shown


@pytest.mark.rules("LAW-3", "NW-1.13")
def test_what_was_the_former_receivers_is_not_shown_as_the_designated_organs(story):
    referral = story.negotiated()
    asked = {"service_method": "post", "oral_outcome": "refused", "told_at": referral.sent_at}
    asked |= {"supplement_asked_at": referral.sent_at, "differences": "少一页", "opinion_organ": organ("linye")}
    Referral.objects.filter(pk=referral.pk).update(**asked)
    dispute = story.raised(referral)
    dispute = story.take(story.heard(dispute), "end_settling", story.bureau, words="未成")
    asked = {"request": "请求裁决", "basis": "清单", "outcome": "sender"}
    dispute = story.heard(story.take(dispute, "apply", story.receiver, **asked), story.government)
    referral = story.decided("designated", organ("shuili"), dispute).about.as_child()
    assert (referral.service_method, referral.oral_outcome, referral.differences) == ("", "", "")
    assert (referral.told_at, referral.opinion_organ, referral.supplement_open) == (None, None, False)
    steps = {one.step.name for one in open_steps(referral, person(story.officer), now())}
    assert "supply" not in steps
    assert {"sign_for"} <= {one.step.name for one in open_steps(referral, person("shuili.officer1"), now())}


@pytest.mark.rules("LX-7.18", "QX-5.5")
def test_a_dispute_that_is_given_up_names_no_organ_that_acts_meanwhile(story):
    gone = story.take(story.raised(), "withdraw", story.officer, words="双方继续协商")
    over = gone.sections_for(person(story.bureau))[0]
    assert over["facts"] == [("结果", "申请已撤回")]
    assert "争议期间" not in str(gone.sections_for(person(story.bureau)))
