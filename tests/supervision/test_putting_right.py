"""责令限期整改 stands on one clause, and that clause covers breaches of information sharing alone (NW-4.27)."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from coordination.kernel.documents import IssuedDocument
from coordination.kernel.steps import perform
from coordination.kernel.words import Refusal
from supervision.authority import Appointment
from supervision.models import Order
from tests.county import organ, person
from tests.infosharing.tale import SharingStory
from tests.supervision.tale import OrderStory

pytestmark = pytest.mark.django_db
DEPARTMENT = "zhujian.officer1"


@pytest.fixture
def story(ningwu) -> OrderStory:
    return OrderStory()


def ordered(story: OrderStory, **facts) -> Order:
    return story.order(DEPARTMENT, **({"paper": "rectification", "supervised": organ("yangfangkou")} | facts))


def form_of(login: str, query: str = "") -> str:
    client = Client()
    client.force_login(person(login))
    answer = client.get(reverse("supervision:new") + query)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.rules("NW-4.27", "NW-4.28", "NW-4.29")
def test_the_paper_cites_the_situation_of_its_clause(story):
    order = ordered(story, situation="leaked")
    assert order.rule_missed == "执法信息共享工作机制 三（五）2（违反规定泄露行政执法信息，造成严重后果）"
    story.take(order, "issue", "zhujian.approver", words="同意")
    paper = IssuedDocument.objects.get(matter=order).html
    assert "三（五）所列“违反规定泄露行政执法信息，造成严重后果”。依据该规定，现责令" in paper
    assert f"未遵守的规定：{order.rule_missed}" in paper


@pytest.mark.rules("NW-4.27", "NW-4.28")
def test_nothing_but_a_breach_of_information_sharing_is_ordered_to_be_put_right(story):
    for facts in ({"about": story.sent(), "supervised": organ("shengtai")}, {"situation": ""}):
        with pytest.raises(Refusal, match="行政执法监督意见书"):
            ordered(story, **facts)


@pytest.mark.rules("NW-4.27")
def test_a_draft_from_before_goes_out_with_its_situation_or_not_at_all(story):
    order = ordered(story)
    Order.objects.filter(pk=order.pk).update(situation="")
    with pytest.raises(Refusal) as caught:
        perform(order, "issue", person("zhujian.approver"), words="同意")
    assert caught.value.field == "situation"
    told = {name: getattr(order, name) for name in ("supervised", "title", "source", "facts_found", "finding")}
    told |= {"clock": None, "rule_missed": order.rule_missed, "requirement": "补报", "answer_by": date(2026, 9, 28)}
    revised = story.take(order, "revise", DEPARTMENT, **told, situation="destroyed")
    assert "三（五）3" in revised.rule_missed, "the clause follows the situation"
    assert story.take(revised, "issue", "zhujian.approver", words="同意").stage == "issued"


@pytest.mark.rules("NW-4.27", "LAW-23")
def test_other_papers_name_no_situation(story):
    assert story.order(situation="leaked").situation == ""
    assert "违反信息共享规定的情形" not in form_of("sifa.supervisor1")


@pytest.mark.rules("NW-4.27", "LAW-23", "LAW-24")
def test_the_form_says_which_paper_is_the_right_one_otherwise(story):
    page = form_of(DEPARTMENT)
    assert "其他情形请联系县司法局发出行政执法监督意见书，或者报请县人民政府督办" in page
    assert "不共享或不按要求共享行政执法信息" in page


@pytest.mark.rules("NW-4.27", "LAW-24")
def test_a_department_writes_out_of_what_it_may_write_about(story):
    referral, record = story.sent(), SharingStory().shared()
    assert not Order.may_open_from(referral, person("shengtai.officer1"))
    assert Order.may_open_from(record, person("shengtai.officer1"))
    by, appointed = organ("xianfu"), organ("shengtai")
    facts = {"reference": "宁政办发〔2026〕5号", "scope": "移送", "since": date(2026, 1, 1)}
    Appointment.objects.create(county=by.county, by=by, organ=appointed, **facts)
    assert Order.may_open_from(referral, person("shengtai.officer1")), "it follows up in the government's name"
    page = form_of("shengtai.officer1", f"?from={referral.number}")
    assert "督办通知书" in page
    assert 'value="rectification"' not in page
