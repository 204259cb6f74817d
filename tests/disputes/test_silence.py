"""Silence is no consent: what nobody answers locks nobody in, and whoever waits for an answer owes no talks."""

import pytest

from coordination.kernel.clocks import Clock
from coordination.kernel.now import now, travel_to
from coordination.kernel.steps import open_steps
from coordination.kernel.words import Refusal
from disputes.models import Dispute
from tests.county import at, organ, person
from tests.disputes.tale import MEETING

ASKED = {"request": "请求处理", "basis": "权责清单", "outcome": "sender"}


def proposed(story) -> Dispute:
    """By the receiver, in talks; the sender is to answer."""
    facts = {"outcome": "sender", "at": at("2026-09-21 08:50")} | MEETING
    return story.take(story.raised(story.objected()), "propose", story.receiver, **facts)


def mediated(story) -> Dispute:
    facts = {"outcome": "receiver", "at": at("2026-09-21 09:00")} | MEETING
    return story.take(story.heard(), "propose_settlement", story.bureau, **facts)


def recommended(story) -> Dispute:
    """Where a county's ladder says so (金湖)."""
    dispute = story.heard()
    dispute.ladder[1]["act"] = "recommend"
    Dispute.objects.filter(pk=dispute.pk).update(ladder=dispute.ladder)
    facts = {
        "outcome": "receiver",
        "finding": "清单第53项",
        "words": "由住建局办理",
        "reply_by": at("2026-09-28 00:00").date(),
    }
    return story.take(dispute, "recommend", story.bureau, **facts)


def ended(dispute, limit: str) -> list[tuple[str, str]]:
    clocks = Clock.objects.filter(matter=dispute, limit=f"disputes.{limit}").order_by("pk")
    return [(clock.organ.key.partition(".")[2], clock.state) for clock in clocks]


def offered(dispute, login: str) -> set[str]:
    return {one.step.name for one in open_steps(dispute, person(login), now()) if not one.behalf}


@pytest.mark.rules("NW-1.18", "NW-3.62", "JH-7.4")
@pytest.mark.parametrize("who", ["officer", "receiver"])
def test_either_side_may_end_talks_over_a_proposal_that_nobody_answers_and_ask_the_next_rung(story, who):
    login = getattr(story, who)
    dispute = story.take(proposed(story), "end_talks", login, words="对方一直没有答复")
    assert (dispute.stage, dispute.holder) == ("unsettled", organ("yangfangkou"))
    assert ended(dispute, "answer") == [("yangfangkou", "cancelled")], "it was not answered"
    assert set(ended(dispute, "negotiate")) == {("yangfangkou", "met"), ("zhujian", "met")}
    assert len(ended(dispute, "escalate")) == 2
    assert story.take(dispute, "apply", login, **ASKED).stage == "applied"


@pytest.mark.rules("NW-1.17")
def test_whoever_waits_for_an_answer_owes_no_talks_until_it_is_refused(story):
    dispute = proposed(story)
    assert set(ended(dispute, "negotiate")) == {("yangfangkou", "running"), ("zhujian", "met")}
    travel_to(at("2026-09-23 10:00"))
    again = story.take(dispute, "refuse", story.officer, words="材料应先补齐")
    running = Clock.objects.filter(matter=again, limit="disputes.negotiate", state="running")
    assert {clock.organ.key for clock in running} == {"ningwu.yangfangkou", "ningwu.zhujian"}
    assert running.get(organ=organ("zhujian")).started_at.date() == at("2026-09-23 10:00").date()
    assert ended(again, "answer") == [("yangfangkou", "met")]


@pytest.mark.rules("NW-1.17")
@pytest.mark.parametrize("stands", [proposed, mediated, recommended])
def test_the_applicant_may_give_up_what_nobody_answers(story, stands):
    gone = story.take(stands(story), "withdraw", story.officer, words="不再坚持")
    assert (gone.stage, bool(gone.closed_at)) == ("withdrawn", True)
    assert not Clock.objects.filter(matter=gone, state="running").exists()


@pytest.mark.rules("NW-1.19", "JH-7.6")
@pytest.mark.parametrize("stands", [mediated, recommended])
def test_what_the_body_has_put_forward_and_nobody_answers_goes_up(story, stands):
    dispute = story.take(stands(story), "consent", story.officer, signer="张镇长")
    dispute = story.take(dispute, "end_settling", story.bureau, words="一方未答复")
    assert dispute.stage == "unsettled"
    assert set(ended(dispute, "answer")) == {("yangfangkou", "met"), ("zhujian", "cancelled")}
    asked = story.take(dispute, "apply", story.officer, **ASKED)
    assert (asked.stage, asked.body) == ("applied", organ("xianfu"))


@pytest.mark.rules("NW-1.18")
def test_the_talks_are_not_ended_where_the_body_mediates_nor_the_mediation_by_who_has_not_put_it_forward(story):
    for login in (story.officer, story.receiver):
        assert not offered(mediated(story), login) & {"end_talks", "end_settling", "proceed"}
    assert "end_settling" not in offered(proposed(story), story.bureau)


@pytest.mark.rules("NW-1.18", "NW-1.19")
def test_when_the_time_to_answer_is_over_the_body_hears_and_mediates_on(story):
    dispute = mediated(story)
    with pytest.raises(Refusal, match="09-24.*24:00 届满"):
        story.take(dispute, "proceed", story.bureau, words="双方未答复")
    travel_to(at("2026-09-25 00:30"))
    on = story.take(dispute, "proceed", story.bureau, words="双方未答复")
    assert (on.stage, on.awaited) == ("in_hand", [])
    assert {state for _organ, state in ended(on, "answer")} == {"cancelled"}
    heard = story.take(on, "hear", story.bureau, at=now(), participants="双方", words="再次听取意见")
    facts = {"outcome": "sender", "at": now()} | MEETING
    assert story.take(heard, "propose_settlement", story.bureau, **facts).stage == "proposed"


@pytest.mark.rules("JH-7.5")
def test_a_recommendation_is_waited_for_as_long_as_its_paper_says(story):
    dispute = recommended(story)
    travel_to(at("2026-09-28 10:00"))
    with pytest.raises(Refusal, match="2026-09-28"):
        story.take(dispute, "proceed", story.bureau, words="双方未答复")
    travel_to(at("2026-09-29 00:30"))
    assert story.take(dispute, "proceed", story.bureau, words="双方未答复").stage == "in_hand"


@pytest.mark.rules("NW-1.19")
def test_a_body_with_the_last_word_decides_though_nobody_answered_what_it_had_proposed(story):
    dispute = story.before_the_government()
    dispute.ladder[-1]["act"] = "coordinate"
    Dispute.objects.filter(pk=dispute.pk).update(ladder=dispute.ladder)
    facts = {"outcome": "receiver", "at": now()} | MEETING
    dispute = story.take(dispute, "propose_settlement", story.government, **facts)
    travel_to(at("2026-09-25 00:30"))
    dispute = story.take(dispute, "proceed", story.government, words="双方未答复")
    assert story.decided("receiver", dispute=dispute).stage == "decided"


@pytest.mark.rules("NW-1.17", "NW-3.61")
def test_nobody_has_talked_about_a_matter_before_it_was_found(story):
    dispute = story.raised(story.objected())
    talk = {"participants": "双方", "words": "未达成一致"}
    with pytest.raises(Refusal, match="不能早于.*2026-09-21") as caught:
        story.take(dispute, "record_talks", story.officer, at=at("2020-01-01 10:00"), **talk)
    assert caught.value.field == "at"
    with pytest.raises(Refusal, match="不能晚于现在"):
        story.take(dispute, "record_talks", story.officer, at=at("2026-09-22 10:00"), **talk)
    assert story.take(dispute, "record_talks", story.officer, at=at("2026-09-21 08:00"), **talk)
    general = story.general()
    assert story.take(general, "record_talks", story.officer, at=at("2020-01-01 10:00"), **talk), (
        "nothing to compare with"
    )
