"""An established breach of information sharing is put right by an order of the authority in charge (NW-4.27)."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from coordination.kernel.clocks import Clock
from coordination.kernel.matters import Matter
from coordination.kernel.now import now
from coordination.kernel.steps import begin
from coordination.kernel.words import Refusal
from infosharing.models import Breach
from supervision.models import Order
from tests.county import organ, person
from tests.infosharing.tale import SharingStory
from tests.supervision.tale import OrderStory

pytestmark = pytest.mark.django_db


@pytest.fixture
def breach(ningwu) -> Breach:
    """Established by the justice bureau: Yangfangkou has not shared what it should have."""
    sharing = SharingStory()
    facts = Breach.first_initial(sharing.shared(), now()) | {"breach_kind": "not_shared", "words": "逾期未共享检查信息"}
    recorded = begin(Breach, "record_breach", person(sharing.reader), **facts)
    return sharing.take(recorded, "establish", "sifa.supervisor1", finding="经查属实")


def drafted(breach: Breach, by: str = "sifa.supervisor1", **facts) -> Order:
    return begin(Order, "draft", person(by), **(Order.first_initial(breach, now()) | facts))


@pytest.mark.rules("NW-4.27", "NW-4.28")
def test_the_order_opens_from_the_breach_with_what_it_knows_and_runs_to_its_end(breach):
    order = drafted(breach, answer_by=date(2026, 10, 9))
    assert (order.paper, order.supervised, order.issuer) == ("rectification", organ("yangfangkou"), organ("sifa"))
    story = OrderStory()
    order = story.issued(order)
    words = order.documents.get(key="rectification_order").html
    for said in ("责令限期整改通知书", "逾期未共享检查信息", "不共享或不按要求共享", "2026年10月9日前完成"):
        assert said in words
    assert "生态环境" not in words, "who reported it is not told"
    assert Clock.objects.get(matter=order, limit="supervision.answer").organ == organ("yangfangkou")
    seen = Matter.objects.visible_to(person("yangfangkou.officer1"))
    assert seen.filter(pk=order.pk).exists()
    assert not seen.filter(pk=breach.pk).exists()


@pytest.mark.rules("NW-4.27")
def test_the_authority_orders_nobody_but_the_accused(breach):
    with pytest.raises(Refusal) as caught:
        drafted(breach, supervised=organ("ziran"))
    assert caught.value.field == "supervised"


@pytest.mark.rules("NW-4.27", "LAW-23")
def test_without_an_established_breach_the_bureau_orders_no_rectification(breach):
    OrderStory().take(breach, "rectify", "sifa.supervisor1", words="已整改")
    with pytest.raises(Refusal) as caught:
        drafted(breach, paper="rectification", supervised=organ("shengtai"), about=Breach.objects.get(pk=breach.pk))
    assert caught.value.field == "paper"
    with pytest.raises(Refusal, match="业务主管部门"):
        OrderStory().order(paper="rectification")


@pytest.mark.rules("NW-4.27")
def test_the_page_of_the_breach_leads_to_a_form_that_is_filled_in(breach):
    browser = Client()
    browser.force_login(person("sifa.supervisor1"))
    page = browser.get(reverse("matter", args=[breach.number])).content.decode()
    assert "发出督办（监督、整改）文书" in page
    address = page.partition("发出督办（监督、整改）文书")[0].rpartition('href="')[2].partition('"')[0]
    form = browser.get(address.replace("&amp;", "&")).content.decode()
    assert "责令限期整改通知书" in form
    assert "逾期未共享检查信息" in form
    assert "阳方口镇" in form.partition('name="supervised"')[2][:900]
