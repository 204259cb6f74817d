"""登记投诉举报 in a real browser: what may be the same is shown while one types, and a name leaves no trace behind."""

import pytest

from complaints.models import Complaint
from tests.browser.eyes import DESK, PHONE, overhang, troubles
from tests.browser.hands import press
from tests.complaints.tale import NAME, ComplaintStory
from tests.county import organ

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("size", [DESK, PHONE], ids=lambda size: f"{size[0]}px")
def test_what_may_be_the_same_is_shown_while_somebody_types(open_page, story, size):
    earlier = ComplaintStory().complaint()
    page = open_page(size, user=story.officer)
    page.goto("/complaints/new/")
    page.fill("[name=title]", earlier.title)
    page.select_option("[name=place]", str(organ("yangfangkou").pk))
    page.locator("#similar", has_text=earlier.number).wait_for()
    assert troubles(page) == []
    assert overhang(page) <= 0


def test_whoever_goes_back_finds_no_name(open_page, story):
    page = open_page(DESK, user=story.officer)
    page.goto("/complaints/new/")
    for name, words in {
        "title": "夜间倾倒建筑垃圾",
        "place_text": "后窑湾村东",
        "reported": "夜间有货车倾倒建筑垃圾。",
        "sealed_name": NAME,
        "sealed_phone": "13900001234",
    }.items():
        page.fill(f"[name={name}]", words)
    page.select_option("[name=place]", str(organ("yangfangkou").pk))
    press(page, page.get_by_role("button", name="登记投诉举报").last)
    page.get_by_text(Complaint.objects.get().number).first.wait_for()
    page.go_back()
    page.locator("[name=sealed_name]").wait_for()
    assert page.locator("[name=sealed_name]").input_value() == ""
