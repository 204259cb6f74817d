"""The step bar of a matter's page says where the matter stands, on its flow's main road or beside it."""

import pytest
from django.test import Client

from tests.county import person

OBJECTION = {"finding": "排污口位于河道管理范围内", "legal_basis": "河道管理条例", "proposal": "请协商"}


def bar(story, matter) -> list[tuple[str, str]]:
    client = Client()
    client.force_login(person(story.officer))
    progress = client.get(f"/m/{matter.number}/").context["progress"]
    return [(str(step["label"]), step["state"]) for step in progress]


@pytest.fixture
def accepted(story):
    return story.accepted()


def test_on_the_road_the_bar_is_the_road(story, accepted):
    shown = bar(story, accepted)
    assert [label for label, _state in shown] == [str(stage.label) for stage in accepted.PROGRESS]
    assert (accepted.get_stage_label(), "now") in shown


def test_beside_the_road_the_present_stage_stands_after_what_was_reached(story, accepted):
    objected = story.take(accepted, "object", story.receiver, **OBJECTION)
    states = [state for _label, state in bar(story, objected)]
    labels = [label for label, _state in bar(story, objected)]
    assert labels.index(objected.get_stage_label()) == labels.index(accepted.get_stage_label()) + 1
    assert states[labels.index(objected.get_stage_label())] == "now"
    assert states == sorted(states, key=["done", "now", "todo"].index)
    assert labels.count(objected.get_stage_label()) == 1


def test_of_what_ended_beside_the_road_nothing_is_to_come(story, accepted):
    objected = story.take(accepted, "object", story.receiver, **OBJECTION)
    ended = story.take(objected, "agree_return", story.officer, again="own", words="由我镇办理")
    shown = bar(story, ended)
    assert shown[-1] == (ended.get_stage_label(), "done")
    assert {state for _label, state in shown} == {"done"}
