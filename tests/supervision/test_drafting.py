"""Drafting and answering an order: what is offered, what a day may be, what is said of a local target."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from coordination.kernel.clocks import Clock
from coordination.kernel.documents import IssuedDocument
from coordination.kernel.now import travel_to
from coordination.kernel.words import Refusal
from tests.county import at, organ, person
from tests.supervision.tale import OrderStory

pytestmark = pytest.mark.django_db
NEW = "起草督办（监督、整改）文书"


@pytest.fixture
def story(ningwu) -> OrderStory:
    return OrderStory()


def page(login: str, name: str):
    client = Client()
    client.force_login(person(login))
    return client.get(reverse(name))


@pytest.mark.rules("LAW-23", "LAW-24")
def test_whoever_has_no_paper_finds_no_button_and_no_form(story):
    assert NEW not in page("yangfangkou.officer1", "supervision:list").content.decode()
    refused = page("yangfangkou.officer1", "supervision:new")
    assert refused.status_code == 403
    assert "本单位没有可以起草的文书" in refused.content.decode()
    assert NEW in page("sifa.supervisor1", "supervision:list").content.decode()


@pytest.mark.rules("LAW-23", "LAW-24")
@pytest.mark.parametrize(
    ("login", "papers"),
    [
        ("sifa.supervisor1", ["opinion"]),
        ("xianfu.supervisor", ["follow_up"]),
        ("zhujian.officer1", ["rectification"]),
    ],
)
def test_only_the_papers_of_ones_own_authority_are_offered(story, login, papers):
    form = page(login, "supervision:new").context["form"]
    assert [value for value, _label in form.fields["paper"].choices] == papers


def test_no_government_and_not_oneself_is_offered_as_the_one_to_be_ordered(story):
    offered = page("sifa.supervisor1", "supervision:new").context["form"].fields["supervised"].queryset
    assert not offered.filter(kind="government").exists()
    assert not offered.filter(pk=organ("sifa").pk).exists()
    assert offered.filter(pk=organ("shengtai").pk).exists()


@pytest.mark.rules("NW-4.27")
def test_the_day_of_the_answer_is_not_past(story):
    with pytest.raises(Refusal) as caught:
        story.order(answer_by=date(2026, 9, 20))
    assert caught.value.field == "answer_by"
    assert story.order(answer_by=date(2028, 9, 20)).answer_by == date(2028, 9, 20)


@pytest.mark.rules("NW-4.27")
@pytest.mark.parametrize("day", [date(1990, 1, 1), date(2026, 9, 20), date(2026, 9, 24), date(2027, 5, 1)])
def test_what_was_ordered_was_done_after_it_was_ordered_and_not_tomorrow(story, day):
    order = story.issued()
    travel_to(at("2026-09-23 09:00"))
    with pytest.raises(Refusal) as caught:
        story.answered(order, done_on=day)
    assert caught.value.field == "done_on"


@pytest.mark.rules("NW-4.27")
@pytest.mark.parametrize("day", [date(2026, 9, 21), date(2026, 9, 23), None])
def test_on_the_day_of_the_order_and_today_it_may_be_done(story, day):
    order = story.issued()
    travel_to(at("2026-09-23 09:00"))
    assert story.answered(order, done_on=day).stage == "answered"


def about_verifying(story: OrderStory, **facts):
    """An opinion about the lead that nobody verifies: a county-internal target of five working days."""
    case = story.take(story.case(), "verify", story.officer, words="核实")
    clock = Clock.objects.get(matter=case, limit="cases.verify")
    known = {"about": case, "supervised": clock.organ, "clock": clock, "rule_missed": ""}
    return story.order(**(known | facts))


@pytest.mark.rules("LAW-24", "LAW-23")
def test_a_target_of_the_county_itself_is_no_rule_that_was_missed(story):
    order = about_verifying(story)
    assert order.rule_missed == ""
    paper = IssuedDocument.objects.get(matter=story.issued(order)).html
    assert "未遵守的规定" not in paper
    assert "本县内部工作目标为5个工作日" in paper
    assert "该期限是本县内部工作目标，不是法定时限" in paper


@pytest.mark.rules("LAW-24")
def test_the_clause_that_was_typed_stands_beside_the_target(story):
    order = about_verifying(story, rule_missed="案件移送制度 一（二）")
    paper = IssuedDocument.objects.get(matter=story.issued(order)).html
    assert "未遵守的规定：案件移送制度 一（二）。" in paper
    assert "不是法定时限" in paper


@pytest.mark.rules("LAW-24")
def test_a_rule_without_a_number_is_named_and_the_countys_own_number_is_called_its_own(story):
    referral = story.sent()
    clock = Clock.objects.get(matter=referral, limit="referrals.answer")
    assert clock.nature == "local"
    facts = {"about": referral, "supervised": clock.organ, "clock": clock, "rule_missed": ""}
    paper = IssuedDocument.objects.get(matter=story.issued(story.order(**facts))).html
    assert f"未遵守的规定：{clock.basis}“{clock.quote}”。" in paper
    assert "本县内部工作目标为3个工作日" in paper
    assert "不是法定时限。" in paper


def test_the_journal_tells_the_limit_as_the_form_does(story):
    order = about_verifying(story)
    facts = dict(order.entries.get(step="draft").words["facts"])
    assert facts["未按期履行的时限"] == "阳方口镇 · 核实线索 · 2026-09-29（周二）24:00"
    assert str(order.clock) == "核实线索 2026-09-29 24:00"
    order.clock.due_at = at("2026-09-28 17:30")
    assert str(order.clock) == "核实线索 2026-09-28 17:30"


@pytest.mark.parametrize("login", ["yangfangkou.officer1", "sifa.supervisor1", "shengtai.officer1"])
def test_the_list_asks_ten_statements_whoever_may_draft(story, django_assert_max_num_queries, login):
    story.order()
    client = Client()
    client.force_login(person(login))
    client.get("/supervision/orders/")  # once a minute the session writes down that it lives
    with django_assert_max_num_queries(10):
        assert client.get("/supervision/orders/").status_code == 200
