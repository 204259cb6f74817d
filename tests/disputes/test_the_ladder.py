"""The county's ladder, rung by rung: talks, the justice bureau's mediation, the government's ruling."""

import pytest

from coordination.kernel.clocks import Clock
from coordination.kernel.matters import Matter
from coordination.kernel.notices import Notice
from coordination.kernel.organs import Organ
from coordination.kernel.words import Refusal
from disputes.models import Dispute
from referrals.models import Referral
from tests.county import at, organ, person
from tests.disputes.tale import MEETING, PAPER, TALK


def acts(dispute: Dispute) -> list[tuple[str, str | None]]:
    names = dict(Organ.objects.values_list("pk", "key"))
    return [(rung["act"], names.get(rung["organ"], "").partition(".")[2]) for rung in dispute.ladder]


@pytest.mark.rules("NW-1.17", "NW-1.18", "NW-1.19", "NW-3.61", "NW-3.62")
def test_a_dispute_about_a_referral_climbs_from_talks_to_the_justice_bureau_to_the_government(story):
    dispute = story.raised()
    assert acts(dispute) == [("negotiate", ""), ("mediate", "sifa"), ("rule", "xianfu")]
    assert (dispute.stage, dispute.body, dispute.rung) == ("applied", organ("sifa"), 1)
    assert dispute.documents.get().key == "dispute_application"
    assert all(rung["basis"].startswith("案件移送制度") and rung["quote"] for rung in dispute.ladder)


def accusing(story, accused: str) -> Referral:
    """What came out of a complaint against `accused` and is disputed between two others."""
    referral = story.negotiated()
    Referral.objects.filter(pk=referral.pk).update(hidden_organ=organ(accused))
    return Referral.fetch(referral.pk)


@pytest.mark.rules("LAW-20", "NW-1.18", "NW-1.19")
def test_a_body_that_is_accused_is_no_rung_of_the_ladder(story):
    """信访工作条例 art. 30: nothing of it is passed on to whom it accuses, nor does he decide on it."""
    dispute = story.raised(accusing(story, "sifa"))
    assert acts(dispute) == [("negotiate", ""), ("rule", "xianfu")]
    assert (dispute.stage, dispute.body) == ("applied", organ("xianfu"))


@pytest.mark.rules("LAW-20", "NW-1.19")
def test_where_the_government_is_accused_whoever_stands_above_it_rules(story):
    above = Organ.objects.create(
        county=organ("xianfu").county, key="ningwu.shifu", name="忻州市人民政府", kind="government", off_platform=True
    )
    Organ.objects.filter(pk=organ("xianfu").pk).update(superior=above)
    dispute = story.raised(accusing(story, "xianfu"))
    assert acts(dispute) == [("negotiate", ""), ("mediate", "sifa"), ("rule", "shifu")]
    assert dispute.direct_rung is None
    Organ.objects.filter(pk=organ("xianfu").pk).update(superior=None)
    assert acts(story.raised(accusing(story, "xianfu"))) == [("negotiate", ""), ("mediate", "sifa")]


@pytest.mark.rules("NW-1.17", "LAW-3")
def test_without_talks_on_record_it_begins_with_talks(story):
    dispute = story.raised(story.objected())
    assert (dispute.stage, dispute.body, dispute.rung) == ("negotiating", None, 0)
    bound = Clock.objects.filter(matter=dispute, limit="disputes.negotiate", state="running")
    assert {clock.organ_id for clock in bound} == set(dispute.parties)
    talked = story.take(dispute, "record_talks", story.receiver, at=at("2026-09-21 08:50"), **TALK)
    failed = story.take(talked, "end_talks", story.officer, words="两次协商未成")
    assert failed.stage == "unsettled"
    asked = story.take(failed, "apply", story.receiver, request="请求调解", basis="权责清单", outcome="sender")
    assert (asked.stage, asked.body) == ("applied", organ("sifa"))


@pytest.mark.rules("NW-1.17", "LAW-3", "LX-7.18")
def test_either_side_alone_raises_it_and_nobody_else(story):
    referral = story.negotiated()
    assert Dispute.may_open_from(Referral.fetch(referral.pk), person("zhujian.officer1"))
    assert not Dispute.may_open_from(Referral.fetch(referral.pk), person("shuili.officer1"))
    with pytest.raises(Refusal, match="双方"):
        story.raised(referral, "shuili.officer1")
    dispute = story.raised(referral, story.receiver, outcome="sender")
    assert (dispute.applicant, dispute.respondent) == (organ("zhujian"), organ("yangfangkou"))


@pytest.mark.rules("NW-1.18")
def test_silence_is_no_consent_the_sender_may_take_up_a_letter_that_nobody_answers(story):
    dispute = story.raised(story.sent())
    assert dispute.about.as_child().stage == "in_dispute"
    assert Clock.objects.get(matter=dispute.about, limit="referrals.answer").state == "running"


@pytest.mark.rules("NW-1.18", "NW-1.17")
def test_mediation_that_both_accept_ends_it_with_minutes_and_moves_the_referral(story):
    dispute = story.heard()
    offered = story.take(dispute, "propose_settlement", story.bureau, outcome="receiver", at=at("2026-09-21 09:00"),
                         **MEETING)  # fmt: skip
    assert offered.stage == "proposed"
    once = story.take(offered, "consent", story.officer, signer="张镇长")
    assert once.stage == "proposed"
    assert not once.documents.filter(key="dispute_minutes").exists()
    agreed = story.take(once, "consent", story.receiver, signer="李局长")
    assert agreed.stage == "agreed"
    assert agreed.documents.get(key="dispute_minutes").organ == organ("sifa")
    referral = agreed.about.as_child()
    assert (referral.stage, referral.designated) == ("accepted", True)


@pytest.mark.rules("NW-1.19", "NW-3.62")
def test_what_mediation_cannot_settle_the_government_rules_on_application_of_either_side(story):
    dispute = story.before_the_government()
    assert (dispute.body, dispute.rung_act) == (organ("xianfu"), "rule")
    decided = story.decided("receiver", dispute=dispute)
    assert (decided.stage, decided.outcome) == ("decided", "receiver")
    paper = decided.documents.get(key="dispute_designation")
    assert paper.organ == organ("xianfu")
    assert "现指定该案由<b>宁武县住房和城乡建设局</b>管辖" in paper.html
    assert "第二十五条" in paper.html


@pytest.mark.rules("NW-1.19")
def test_on_the_last_rung_there_is_nobody_further_up(story):
    with pytest.raises(Refusal, match="最后一级"):
        dispute = story.before_the_government()
        dispute.ladder[-1]["act"] = "coordinate"
        Dispute.objects.filter(pk=dispute.pk).update(ladder=dispute.ladder)
        story.take(dispute, "end_settling", story.government, words="协调未成")


@pytest.mark.rules("NW-1.19")
def test_the_head_signs_what_another_drafted_or_gives_it_back(story):
    dispute = story.before_the_government()
    facts = {"outcome": "sender", "finding": "经查", "words": "由移送方办理"}
    drafted = story.take(dispute, "draft_decision", story.government, **facts)
    back = story.take(drafted, "return_draft", "xianfu.head", words="请补充理由")
    assert back.stage == "in_hand"


def test_an_application_that_is_given_back_may_be_made_again(story):
    back = story.take(story.raised(), "return_application", story.bureau, words="请补充协商记录")
    assert (back.stage, back.rung) == ("unsettled", 0)
    again = story.take(back, "apply", story.officer, request="请求调解", basis="权责清单", outcome="sender")
    assert (again.stage, again.rung, again.body) == ("applied", 1, organ("sifa"))


@pytest.mark.rules("LAW-3")
def test_the_common_superior_is_computed_and_not_always_the_county(story):
    """A bureau that the city manages has its common superior with a township in the city, which is off the platform."""
    story.department, story.receiver = "shengtai", "shengtai.officer1"
    dispute = story.raised(story.negotiated())
    assert acts(dispute)[-1] == ("rule", "xinzhou")


@pytest.mark.rules("LAW-3", "NW-1.19")
def test_what_a_superior_off_the_platform_decides_is_recorded_with_its_paper(story):
    story.department, story.receiver = "shengtai", "shengtai.officer1"
    dispute = story.unsettled()
    dispute = story.take(dispute, "apply", story.officer, request="请求指定管辖", basis="行政处罚法第二十五条",
                         outcome="receiver")  # fmt: skip
    dispute = story.on_paper(dispute, "accept", handler="市政府办公室", phone="0350-2")
    facts = {"outcome": "receiver", "finding": "经查", "words": "由受移送方管辖", **PAPER}
    decided = story.on_paper(dispute, "draft_decision", **facts)
    assert decided.stage == "decided"
    assert decided.about.as_child().stage == "accepted"


@pytest.mark.rules("LX-7.18", "LX-7.19")
def test_two_townships_may_disagree_about_duties_in_general(story):
    dispute = story.general(respondent=organ("dongzhai"))
    assert dispute.about is None
    assert acts(dispute) == [("negotiate", ""), ("coordinate", "sifa"), ("decide", "xianfu")]
    assert {rung["nature"] for rung in dispute.ladder} == {"local"}


def test_a_body_does_not_judge_its_own_dispute(story):
    dispute = story.general(respondent=organ("sifa"))
    assert acts(dispute) == [("negotiate", ""), ("decide", "xianfu")]


def test_with_nobody_but_oneself_there_is_no_dispute(story):
    with pytest.raises(Refusal, match="与本单位"):
        story.general(respondent=organ("yangfangkou"))
    with pytest.raises(Refusal, match="对方单位|发生争议"):
        story.general(respondent=None)
    with pytest.raises(Refusal, match="事由"):
        story.general(title="")


@pytest.mark.rules("NW-1.19", "LAW-3")
def test_the_organ_that_is_designated_is_told_and_reads_why(story):
    """The matter goes to it by itself; why, stands in the dispute."""
    facts = {"outcome": "designated", "designated": organ("shuili"), "finding": "经查", "words": "由县水利局负责"}
    drafted = story.take(story.before_the_government(), "draft_decision", story.government, **facts)
    mine = Matter.objects.visible_to(person("shuili.officer1")).filter(pk=drafted.pk)
    assert not mine.exists()
    signed = story.take(drafted, "decide", "xianfu.head")
    assert mine.exists()
    assert Notice.objects.filter(matter=signed, organ=organ("shuili")).exists()


@pytest.mark.rules("LX-7.18", "LAW-3")
def test_about_duties_nothing_but_the_dispute_tells_an_organ_that_they_are_its_own_now(story):
    dispute = story.take(story.general(), "end_talks", story.officer, words="协商未果")
    for body in (story.bureau, story.government):
        dispute = story.take(dispute, "apply", story.officer, request="请求明确职责", basis="三定方案",
                             outcome="respondent")  # fmt: skip
        dispute = story.stated(story.in_hand(dispute, body), story.officer, "respondent")
        dispute = story.stated(dispute, story.receiver, "applicant")
        if body == story.bureau:
            dispute = story.take(dispute, "end_settling", body, words="双方坚持各自意见")
    dispute = story.decided("designated", organ("shuili"), dispute)
    assert Matter.objects.visible_to(person("shuili.officer1")).filter(pk=dispute.pk).exists()
    assert Notice.objects.filter(matter=dispute, organ=organ("shuili")).exists()
