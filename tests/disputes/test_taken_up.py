"""行政处罚法 art. 25: the common superior may designate without being asked, from whatever rung a dispute stands on."""

import pytest
from django.urls import reverse

from coordination.kernel.clocks import Clock
from coordination.kernel.matters import Participation
from coordination.kernel.notices import Notice
from coordination.kernel.now import now, travel_to
from coordination.kernel.steps import open_steps
from coordination.kernel.words import Refusal
from tests.county import at, organ, person
from tests.disputes.tale import MEETING


def running(dispute) -> dict[str, int]:
    clocks = Clock.objects.filter(matter=dispute, state="running").values_list("limit", flat=True)
    return {limit: [*clocks].count(limit) for limit in clocks}


def talking(story):
    return story.raised(story.objected())


def proposed(story):
    facts = {"outcome": "sender", "at": at("2026-09-21 08:50")} | MEETING
    return story.take(talking(story), "propose", story.receiver, **facts)


def untalked(story):
    return story.take(talking(story), "end_talks", story.officer, words="未成")


def asked(story):
    return story.raised()


def with_the_bureau(story):
    return story.in_hand()


@pytest.mark.rules("LAW-3")
@pytest.mark.parametrize("before", [talking, proposed, untalked, asked, with_the_bureau])
def test_the_common_superior_takes_a_dispute_up_from_any_rung_and_no_limit_of_the_old_one_runs_on(story, before):
    dispute = story.taken_up(before(story))
    assert (dispute.stage, dispute.body, dispute.holder) == ("in_hand", organ("xianfu"), organ("xianfu"))
    assert running(dispute) == {"disputes.settle": 1, "disputes.state": 2}
    assert Participation.objects.filter(matter=dispute, organ=organ("xianfu"), side="body").exists()
    assert story.decided("receiver", dispute=story.stated(story.stated(dispute, story.officer, "receiver"),
                                                          story.receiver, "sender")).stage == "decided"  # fmt: skip


@pytest.mark.rules("LAW-3")
def test_the_bureau_from_which_it_was_taken_is_told(story):
    dispute = story.taken_up(with_the_bureau(story))
    told = Notice.objects.filter(matter=dispute, entry__step="take_up").values_list("organ__key", flat=True)
    assert {"ningwu.sifa", "ningwu.yangfangkou", "ningwu.zhujian"} <= set(told)
    with pytest.raises(Refusal):
        story.take(dispute, "end_settling", story.bureau, words="调解未成")


@pytest.mark.rules("LAW-3")
def test_only_who_has_the_power_to_designate_and_only_about_jurisdiction(story):
    dispute = talking(story)
    assert "take_up" not in {one.step.name for one in open_steps(dispute, person(story.bureau), now())}
    assert "take_up" in {one.step.name for one in open_steps(dispute, person(story.government), now())}
    assert story.general().superior is None


@pytest.mark.rules("LAW-3")
def test_what_the_superior_of_a_bureau_off_the_platform_takes_up_is_recorded(story):
    story.department, story.receiver = "shengtai", "shengtai.officer1"
    dispute = story.on_paper(story.raised(story.negotiated()), "take_up", handler="市政府办公室", phone="0350-2")
    assert dispute.body == organ("xinzhou")


@pytest.mark.rules("LAW-3")
def test_the_staircase_says_which_rungs_it_never_stood_on(story):
    rungs = story.taken_up(talking(story)).rungs()
    assert [str(rung["words"]) for rung in rungs] == ["由上级直接受理", "未经过这一级", "处理中"]
    assert rungs[-1]["direct"]["quote"] == "也可以直接由共同的上一级行政机关指定管辖"


def test_the_staircase_says_when_each_rung_was_reached_and_why_its_end_is_when_it_is(story):
    dispute = untalked(story)
    travel_to(at("2026-09-22 10:00"))
    dispute = story.take(dispute, "apply", story.officer, request="请求调解", basis="清单", outcome="receiver")
    talks, mediation, ruling = dispute.stairs()["rungs"]
    assert "09-21" in talks["reached"]
    assert "09-22" in mediation["reached"]
    assert "09-24" in mediation["due"]["lamp"].absolute, "two working days to take it in hand"
    assert any("2026-09-24" in line or "9月24日" in line or "09-24" in line for line in mediation["due"]["explain"])
    assert "reached" not in ruling


def test_the_page_shows_the_dates_and_how_they_were_counted(story, client):
    client.force_login(person(story.bureau))
    page = client.get(reverse("matter", args=[asked(story).number])).content.decode()
    assert page.count("到这一级") == 1
    stairs = page.partition('<ol class="stairs">')[2].partition("双方陈述")[0]
    assert "怎么算的" in stairs
    assert "本地内部目标" in stairs
