"""From the login to accepting the most urgent matter: three clicks, counted in a real browser."""

import pytest
from playwright.sync_api import Page

from coordination.demo.load import DEMO_PASSWORD
from coordination.kernel.now import return_to_present
from referrals.models import Referral
from tests.browser.eyes import DESK, PHONE, overhang, picture, troubles
from tests.browser.hands import press
from tests.county import Story, ningwu, person, story, upload
from tests.county import picture as photograph

__all__ = ["ningwu", "story"]

pytestmark = pytest.mark.django_db(transaction=True)


class Hand:
    """A person at the screen: types, chooses, drops files; every press of a link or a button is counted."""

    def __init__(self, page: Page) -> None:
        self.page, self.clicks = page, 0

    def press(self, words: str) -> None:
        press(self.page, self.page.locator("main").get_by_text(words, exact=False).locator("visible=true").first)
        self.clicks += 1


@pytest.fixture
def ready(story: Story) -> Referral:
    """A referral that was signed for, its sheet confirmed by the sender: accepting it is all that is left."""
    referral = story.sent()
    story.take(referral, "sign_for", story.receiver, signer="毛佳强")
    scan = upload(referral, story.officer, "scan", "移送方盖章交接单")
    officers = [person(story.officer), person("yangfangkou.officer2")]
    story.take(referral, "confirm_sent", story.officer, officers=officers, sealed_scan=scan)
    return referral


@pytest.mark.parametrize("size", [DESK, PHONE], ids=lambda size: f"{size[0]}px")
def test_from_login_to_accepting_the_most_urgent_matter_are_three_clicks(open_page, live_server, story, ready, size):
    receiver = person(story.receiver)
    receiver.set_password(DEMO_PASSWORD)
    receiver.save()
    page = open_page(size)
    hand = Hand(page)
    page.goto("/")
    page.fill("[name=username]", story.receiver)
    page.fill("[name=password]", DEMO_PASSWORD)
    hand.press("登录")
    picture(page, f"three-clicks-desk-{size[0]}")
    assert page.locator("main .rows-next a.btn").first.inner_text().startswith("核对交接并受理")
    hand.press("核对交接并受理")
    picture(page, f"three-clicks-form-{size[0]}")
    assert not troubles(page)
    assert overhang(page) <= 0
    page.fill("[name=receiver_person]", "毛佳强")
    for box in page.locator("[name=checked]").all():
        box.press("Space") if not box.is_checked() else None
    page.set_input_files(
        "[name=sealed_scan_upload]", {"name": "交接单.jpg", "mimeType": "image/jpeg", "buffer": photograph().read()}
    )
    press(page, page.locator("main form button[type=submit].btn-primary"))
    hand.clicks += 1
    assert Referral.objects.get(pk=ready.pk).stage == "accepted"
    assert hand.clicks == 3


@pytest.fixture(autouse=True)
def present():
    yield
    return_to_present()
