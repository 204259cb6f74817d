"""A decision that a party records for a body off the platform: which paper it is, of which day, and who recorded it."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from coordination.kernel.notices import Notice
from coordination.kernel.now import travel_to
from coordination.kernel.words import Refusal
from disputes.models import Dispute
from tests.county import at, organ, person
from tests.disputes.tale import PAPER

DECISION = {"outcome": "receiver", "finding": "经查", "words": "由受移送方管辖"}
ASKED = {"request": "请求指定管辖", "basis": "行政处罚法第二十五条", "outcome": "receiver"}


@pytest.fixture
def in_the_city(story) -> Dispute:
    """Before the city's government, which is off the platform."""
    story.department, story.receiver = "shengtai", "shengtai.officer1"
    dispute = story.take(story.unsettled(), "apply", story.officer, **ASKED)
    return story.on_paper(dispute, "accept", handler="市政府办公室", phone="0350-2")


def page(dispute: Dispute, login: str) -> str:
    client = Client()
    client.force_login(person(login))
    return client.get(reverse("matter", args=[dispute.number])).content.decode()


@pytest.mark.rules("LAW-3", "NW-1.19")
@pytest.mark.parametrize(
    ("paper", "field", "words"),
    [
        ({"decision_number": ""}, "decision_number", "文号"),
        ({"decided_on": None}, "decided_on", "日期"),
        ({"decided_on": date(2026, 9, 22)}, "decided_on", "不能晚于今天"),
        ({"decided_on": date(2026, 9, 20)}, "decided_on", "不能早于提请"),
    ],
)
def test_it_has_a_number_and_a_day_between_the_application_and_today(story, in_the_city, paper, field, words):
    with pytest.raises(Refusal, match=words) as caught:
        story.on_paper(in_the_city, "draft_decision", **(DECISION | PAPER | paper))
    assert caught.value.field == field


@pytest.mark.rules("LAW-3", "NW-1.19")
def test_page_and_journal_say_which_paper_it_is_and_who_recorded_it(story, in_the_city):
    travel_to(at("2026-09-23 10:00"))
    decided = story.on_paper(in_the_city, "draft_decision", **DECISION, **PAPER)
    assert (decided.stage, decided.decision_number, decided.decided_on) == ("decided", *PAPER.values())
    assert decided.recorded_by == organ("yangfangkou")
    told = dict(map(tuple, decided.entries.get(step="draft_decision").words["facts"]))
    assert told["决定书文号"] == PAPER["decision_number"]
    assert told["决定日期"] == "2026-09-21"
    assert told["决定的记录"] == "由阳方口镇人民政府代为记录"
    for login in (story.officer, story.receiver):
        shown = page(decided, login)
        assert PAPER["decision_number"] in shown
        assert "由阳方口镇人民政府代为记录" in shown


@pytest.mark.rules("LAW-3", "NW-1.19")
def test_the_other_side_is_told_who_recorded_it(story, in_the_city):
    decided = story.on_paper(in_the_city, "draft_decision", **DECISION, **PAPER)
    told = Notice.objects.filter(matter=decided, entry__step="draft_decision", organ=organ("shengtai"))
    assert told.get().title == f"阳方口镇：代为记录争议处理决定——{decided.title}"


@pytest.mark.rules("LAW-3", "NW-1.19")
def test_a_signature_that_is_recorded_is_known_by_its_paper_too_and_its_own_organ_is_told(story):
    drafted = story.take(story.before_the_government(), "draft_decision", story.government, **DECISION)
    with pytest.raises(Refusal, match="文号"):
        story.on_paper(drafted, "decide")
    decided = story.on_paper(drafted, "decide", **PAPER)
    assert (decided.recorded, decided.decision_number) == (True, PAPER["decision_number"])
    told = Notice.objects.filter(matter=decided, entry__step="decide").values_list("organ__key", "title")
    assert dict(told) == dict.fromkeys(
        ("ningwu.zhujian", "ningwu.xianfu"), f"阳方口镇：代为记录争议处理决定——{decided.title}"
    )


@pytest.mark.rules("NW-1.19")
def test_whoever_decides_on_the_platform_is_asked_for_no_number_and_both_sides_are_told(story):
    client = Client()
    client.force_login(person(story.government))
    dispute = story.before_the_government()
    fields = client.get(reverse("step", args=[dispute.number, "draft_decision"])).context["form"].fields
    assert not {*PAPER} & {*fields}
    decided = story.decided("receiver", dispute=dispute)
    assert (decided.recorded, decided.decision_number, decided.decided_on) == (False, "", None)
    told = Notice.objects.filter(matter=decided, entry__step="decide").values_list("organ__key", flat=True)
    assert {"ningwu.yangfangkou", "ningwu.zhujian"} <= set(told)


@pytest.mark.rules("LAW-3")
def test_the_form_of_a_record_asks_for_both(story, in_the_city):
    client = Client()
    client.force_login(person(story.officer))
    shown = client.get(reverse("step", args=[in_the_city.number, "draft_decision"]) + "?behalf=1")
    assert [shown.context["form"].fields[name].required for name in PAPER] == [True, True]
