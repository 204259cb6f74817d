"""时限计算器 in a real browser: reached by a link, for all readers, at every width, without scripts."""

import pytest

from coordination.kernel.calendar import seed_calendars
from tests.browser.eyes import DESK, NARROW, PHONE, overhang, picture, troubles
from tests.browser.hands import press
from tests.kernel.smallworld import small_world

pytestmark = pytest.mark.django_db(transaction=True)
LINK = "/calculator/?county=small&limit=referrals.send&start=2026-09-30+17:00"


@pytest.fixture
def officer():
    seed_calendars()
    return small_world().sender.user


@pytest.mark.parametrize("size", [DESK, PHONE, NARROW], ids=lambda size: f"{size[0]}px")
def test_axe_finds_nothing_and_nothing_scrolls_sideways(open_page, officer, size):
    page = open_page(size, user=officer)
    for name, address in {"answer": LINK, "empty": "/calculator/", "wrong": f"{LINK}x&within=soon&pause=x"}.items():
        page.goto(address)
        picture(page, f"calculator-{name}-{size[0]}")
        assert not troubles(page)
        assert overhang(page) <= 0


def test_a_sum_is_done_without_scripts(open_page, officer):
    page = open_page(scripts=False, user=officer)
    page.goto("/calculator/")
    page.select_option("[name=limit]", "cases.decide")
    page.fill("[name=start]", "2026-07-05T09:00")
    press(page, page.locator("main button[type=submit]"))
    assert "2026-10-08（周四）24:00" in page.locator("main").inner_text()
    assert "limit=cases.decide" in page.url
