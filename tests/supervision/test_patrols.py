"""What a patrol found: discovery, assignment, handling, feedback, evaluation; nothing closes before."""

from datetime import date

import pytest
from django.test import Client

from coordination.kernel.catalogue import Item
from coordination.kernel.clocks import Clock
from coordination.kernel.notices import Notice
from coordination.kernel.now import now
from coordination.kernel.steps import begin, open_steps, perform
from coordination.kernel.words import Refusal
from supervision.patrols.models import Patrol
from tests.county import at, organ, person

pytestmark = pytest.mark.django_db
OFFICER, LEADER, HANDLER = "yangfangkou.officer1", "yangfangkou.approver", "shengtai.officer1"


@pytest.fixture
def found(ningwu) -> Patrol:
    facts = {
        "village": "后窑湾村",
        "place_text": "河道边",
        "found_at": at("2026-09-21 08:30"),
        "title": "河道边堆放垃圾",
    }
    return begin(Patrol, "discover", person(OFFICER), **facts, item=Item.objects.get(number=53), words="约三立方米")


def take(patrol: Patrol, step: str, login: str, **facts) -> Patrol:
    perform(patrol, step, person(login), **facts)
    return Patrol.objects.get(pk=patrol.pk)


def assigned(patrol: Patrol) -> Patrol:
    return take(patrol, "assign", LEADER, handler=organ("shengtai"), handle_by=date(2026, 9, 25), words="尽快")


@pytest.mark.rules("LX-5.4")
def test_who_assigns_is_told_of_what_was_found(found):
    told = Notice.objects.filter(matter=found, organ=organ("yangfangkou"))
    assert set(told.values_list("role", flat=True)) == {"approver", "leader_in_charge"}


@pytest.mark.rules("LX-5.4", "LX-6.1", "LX-6.3", "LX-6.4")
def test_the_loop_is_closed_by_the_evaluation_and_by_nothing_before(found):
    patrol = assigned(found)
    assert Clock.objects.get(matter=patrol).due_at == at("2026-09-26 00:00")
    assert patrol.holder == organ("shengtai")
    for step, login, facts in (
        ("handle", HANDLER, {"words": "已清运"}),
        ("feed_back", HANDLER, {"result": "河道已清理"}),
        ("evaluate", LEADER, {"grade": "good", "words": "到位"}),
    ):
        assert patrol.closed_at is None
        patrol = take(patrol, step, login, **facts)
    assert (patrol.stage, patrol.closed_at is None) == ("evaluated", False)


@pytest.mark.rules("LX-5.4")
def test_no_step_skips_feedback_or_evaluation(found):
    patrol = take(assigned(found), "handle", HANDLER, words="已清运")
    assert [one.step.name for one in open_steps(patrol, person(LEADER), now())] == []
    with pytest.raises(Refusal):
        perform(patrol, "evaluate", person(LEADER), grade="good", words="到位")


def test_what_is_not_in_order_is_handled_again_by_the_same_day(found):
    patrol = take(assigned(found), "handle", HANDLER, words="已清运")
    patrol = take(take(patrol, "feed_back", HANDLER, result="完成"), "send_back", LEADER, words="仍有残留")
    assert (patrol.stage, patrol.handle_by) == ("assigned", date(2026, 9, 25))
    assert Clock.objects.filter(matter=patrol, state="running").count() == 1


def test_a_second_look_may_find_nothing(found):
    assert take(found, "find_nothing", LEADER, words="系临时堆放").closed_at is not None


def test_nothing_is_found_tomorrow_nor_handled_yesterday(found):
    with pytest.raises(Refusal, match="早于今天"):
        perform(found, "assign", person(LEADER), handler=organ("shengtai"), handle_by=date(2026, 9, 20), words="x")


def test_the_ledger_is_of_one_year_and_leads_to_the_others(found):
    client = Client()
    client.force_login(person("sifa.supervisor1"))
    this, before = (client.get(f"/supervision/ledger/?year={year}") for year in (2026, 2025))
    assert [(line["village"], line["total"]) for line in this.context["lines"]] == [("后窑湾村", 1)]
    assert before.context["lines"] == []
    assert "?year=2025" in this.content.decode()
