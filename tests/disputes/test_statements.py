"""Statements side by side: the body reads both, a side reads the other's when both are in or the time is over."""

import pytest
from django.urls import reverse

from coordination.kernel.now import travel_to
from coordination.kernel.words import Refusal
from tests.county import at, person

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
    asked = {"request": "请求裁决", "basis": "清单"}
    dispute = story.in_hand(story.take(story.unsettled(), "apply", story.officer, **asked), story.government)
    facts = {"outcome": "sender", "finding": "经查", "words": "由移送方办理"}
    with pytest.raises(Refusal, match="尚未交齐"):
        story.take(dispute, "draft_decision", story.government, **facts)
    travel_to(at("2026-09-25 00:30"))
    assert story.take(dispute, "draft_decision", story.government, **facts).stage == "drafted"
