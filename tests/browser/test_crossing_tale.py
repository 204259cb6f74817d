"""The tale that crosses all workflows, its main points in a real browser: whose turn it is logs in and takes the step
through the page, in travelled time; the rest is told as the demo tells it."""

import pytest
from django.urls import reverse

from coordination.demo.tales import crossing
from coordination.kernel.now import return_to_present
from tests.browser.by_hand import BY_HAND, ByHand
from tests.browser.hands import press
from tests.county import ningwu, person
from tests.demo.crossing.telling import Telling

__all__ = ["ningwu"]

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def telling(ningwu, open_page):
    told = Telling(ningwu, ByHand)
    told.tale.open_page = open_page
    yield told
    return_to_present()


@pytest.mark.rules("NW-2.8", "NW-2.15", "NW-1.17", "NW-1.18", "NW-1.19", "NW-4.22", "NW-2.21")
def test_the_main_points_are_done_by_the_people_whose_turn_it_is_through_pages(telling):
    told = telling.through(crossing.told_back)
    assert (told.complaint.stage, told.referral.stage, told.dispute.stage) == ("concluded",) * 3
    telling.wait("2026-11-13 09:00")
    page = told.logged_in(person("sifa.supervisor1"))
    page.goto(reverse("supervision"))
    told.look(page, "desk")
    press(page, page.locator(".counters a", has_text="当前超期"))
    told.look(page, "overdue")
    assert told.record.number in page.locator("main").inner_text()
    press(page, page.locator("main table a, main .matters a", has_text="远通土方运输队").first)
    told.look(page, "overdue-record")
    assert told.order.number in page.locator("main").inner_text()
    assert BY_HAND
