"""English is longer than Chinese: every screen keeps its shape, at the desk and in the hand."""

import pytest
from playwright.sync_api import Page

from tests.browser.eyes import DESK, NARROW, picture, sign_in, troubles
from tests.county import Story

pytestmark = pytest.mark.django_db(transaction=True)

SCREENS = {
    "desk": "/",
    "list": "/referrals/",
    "new": "/cases/new/",
    "catalogue": "/catalogue/?q=paiwu",
    "item": "/catalogue/ningwu/53/",
    "directory": "/directory/",
    "organ": "/directory/ningwu.yangfangkou/",
    "calculator": "/calculator/?county=ningwu&limit=referrals.send&start=2026-09-30T17:00",
    "inbox": "/notices/",
    "account": "/account/",
    "verify": "/verify/",
}


def too_wide(page: Page) -> bool:
    """Whether a reader must scroll sideways; a phone widens its own window to the page, so that is no measure."""
    return page.evaluate("document.documentElement.scrollWidth") > page.viewport_size["width"]


@pytest.mark.parametrize("size", [DESK, NARROW], ids=lambda size: f"{size[0]}px")
def test_english_screens_are_clean_and_fit(open_page, live_server, story: Story, size):
    referral = story.sent()
    matter = f"/m/{referral.number}"
    screens = SCREENS | {
        "matter": f"{matter}/",
        "materials": f"{matter}/materials/",
        "step": f"{matter}/confirm_received/",
    }
    page = open_page(size)
    sign_in(page.context, live_server.url, story.receiver)
    page.context.add_cookies([{"name": "django_language", "value": "en", "url": live_server.url}])
    found = {}
    for name, address in screens.items():
        assert page.goto(address).ok, address
        picture(page, f"english-{name}-{size[0]}")
        found[name] = [*troubles(page), *(["too wide"] if too_wide(page) else [])]
        assert page.locator("html").get_attribute("lang") == "en"
    assert not {name: faults for name, faults in found.items() if faults}
