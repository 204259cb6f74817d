"""Statements side by side: the body reads both, a side reads the other's when both are in or the time is over."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from coordination.kernel.now import now, travel_to
from coordination.kernel.words import Refusal
from tests.county import at, person
from tests.disputes.tale import MEETING

SECRET = "我局只管在建工地，该处已竣工移交。"


def page(client, dispute, login: str) -> str:
    client.force_login(person(login))
    return client.get(reverse("matter", args=[dispute.number])).content.decode()


@pytest.fixture
def one_in(story):
    return story.stated(story.in_hand(), story.receiver, "sender", words=SECRET)


@pytest.mark.rules("NW-1.18", "LAW-3")
def test_the_body_and_the_writer_read_it_at_once_the_other_side_waits(client, story, one_in):
    assert SECRET in page(client, one_in, story.bureau)
    assert SECRET in page(client, one_in, story.receiver)
    other = page(client, one_in, story.officer)
    assert SECRET not in other
    assert "双方都提交或者期限届满后" in other


def test_when_both_are_in_each_reads_the_other(client, story, one_in):
    both = story.stated(one_in, story.officer, "receiver")
    assert SECRET in page(client, both, story.officer)


def test_when_the_time_is_over_it_is_open_though_the_other_wrote_nothing(client, story, one_in):
    travel_to(at("2026-09-25 00:30"))  # three working days from Monday are over
    assert SECRET in page(client, one_in, story.officer)


def test_the_timeline_and_the_notices_say_that_it_was_written_and_not_what(story, one_in):
    entry = one_in.entries.get(step="state")
    assert entry.words["facts"] == []


def test_a_side_writes_once_on_a_rung(story, one_in):
    with pytest.raises(Refusal):
        story.stated(one_in, story.receiver, "sender")


@pytest.mark.rules("NW-1.19")
def test_nobody_decides_before_both_were_heard_or_had_their_time(story):
    asked = {"request": "请求裁决", "basis": "清单", "outcome": "receiver"}
    dispute = story.in_hand(story.take(story.unsettled(), "apply", story.officer, **asked), story.government)
    facts = {"outcome": "sender", "finding": "经查", "words": "由移送方办理"}
    with pytest.raises(Refusal, match="尚未交齐"):
        story.take(dispute, "draft_decision", story.government, **facts)
    travel_to(at("2026-09-25 00:30"))
    assert story.take(dispute, "draft_decision", story.government, **facts).stage == "drafted"


def form_of(login: str, dispute, step: str) -> str:
    client = Client()
    client.force_login(person(login))
    return client.get(reverse("step", args=[dispute.number, step])).content.decode()


@pytest.mark.rules("NW-1.19")
def test_the_head_signs_with_the_draft_before_him_and_the_sides_read_it_when_it_is_signed(story):
    said = {"outcome": "sender", "finding": "经查阅清单。", "words": "由移送方办理，三日内交接。"}
    drafted = story.take(story.before_the_government(), "draft_decision", story.government, **said)
    names = {login: str(drafted.sections_for(person(login))) for login in ("xianfu.head", story.officer)}
    assert "三日内交接" in names["xianfu.head"]
    assert "三日内交接" not in names[story.officer]
    for step in ("decide", "return_draft"):
        page = form_of("xianfu.head", drafted, step)
        assert "三日内交接" in page, step
        assert "阳方口镇人民政府" in page, step


def read_by(login: str, dispute) -> str:
    """Everything that the page and the API tell him."""
    client = Client()
    client.force_login(person(login))
    addresses = reverse("matter", args=[dispute.number]), reverse("api-disputes-detail", args=[dispute.number])
    return "".join(client.get(address).content.decode() for address in addresses)


@pytest.mark.rules("NW-1.19")
def test_what_is_drafted_no_side_reads_anywhere_before_it_is_signed_and_then_both(story):
    said = {"outcome": "sender", "finding": "经查阅清单。", "words": "由移送方办理，三日内交接。"}
    dispute = story.take(story.before_the_government(), "draft_decision", story.government, **said)
    assert "三日内交接" in read_by("xianfu.head", dispute)
    for side in (story.officer, story.receiver):
        told = read_by(side, dispute)
        assert [words for words in said.values() if words in told] == []
    with translation.override("en"):
        signed = story.take(dispute, "decide", "xianfu.head")
    assert signed.entries.last().words["facts"][0][0] == "处理结果", "the journal is Chinese whoever signs"
    for side in (story.officer, story.receiver):
        assert "三日内交接" in read_by(side, signed)
        assert "经查阅清单" in read_by(side, signed)


@pytest.mark.rules("NW-1.19")
def test_a_draft_that_came_back_is_bettered_and_the_outcomes_name_the_organs(story):
    said = {"outcome": "sender", "finding": "经查阅清单。", "words": "由移送方办理，三日内交接。"}
    drafted = story.take(story.before_the_government(), "draft_decision", story.government, **said)
    back = story.take(drafted, "return_draft", "xianfu.head", words="请补充巡查记录")
    page = form_of(story.government, back, "draft_decision")
    assert "经查阅清单。" in page
    assert "三日内交接" in page
    assert f"（{drafted.respondent.name}）" in page


@pytest.mark.rules("JH-7.3")
def test_who_is_to_consent_reads_what_he_consents_to(story):
    at_talks = story.raised(story.objected())
    assert at_talks.step_initial("propose", now())["place"] == "", "the place of the meeting, not the township"
    facts = {"outcome": "receiver", "at": now(), **MEETING}
    proposed = story.take(at_talks, "propose", story.officer, **facts)
    assert "三日内交接" in str(proposed.sections_for(person(story.receiver)))
    for step in ("consent", "refuse"):
        assert "三日内交接" in form_of(story.receiver, proposed, step), step


@pytest.mark.rules("NW-1.18", "NW-1.19", "LAW-3")
def test_what_was_written_on_a_rung_that_is_left_stays_on_the_page_under_its_name(client, story, one_in):
    climbed = story.take(one_in, "end_settling", story.bureau, words="调解未成")
    asked = {"request": "请求裁决", "basis": "清单", "outcome": "receiver"}
    ruling = story.in_hand(story.take(climbed, "apply", story.officer, **asked), story.government)
    later = story.stated(ruling, story.receiver, "sender", words="政府环节的补充意见。")
    for login in (story.officer, story.receiver, story.government, "xianfu.head"):
        assert SECRET in page(client, later, login), "nobody writes on the former rung any more"
    assert "政府环节的补充意见" not in page(client, later, story.officer)
    shown = page(client, later, story.receiver)
    titles = "双方陈述意见：裁决（宁武县人民政府）", "双方陈述意见：调解（宁武县司法局）"
    assert shown.index(titles[0]) < shown.index("政府环节的补充意见") < shown.index(titles[1]) < shown.index(SECRET)
