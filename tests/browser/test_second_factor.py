"""A supervisor's way in, in a real browser: the phone is enrolled once, and its code asked for at every login."""

import pytest
from django_otp.oath import TOTP
from playwright.sync_api import Page

from coordination.demo.load import DEMO_PASSWORD
from coordination.kernel.accounts import Phone, give_initial_password
from coordination.kernel.now import return_to_present
from tests.browser.eyes import DESK, PHONE, overhang, picture, troubles
from tests.browser.hands import press
from tests.county import ningwu, person
from tests.logins import code_for

__all__ = ["ningwu"]

pytestmark = pytest.mark.django_db(transaction=True)
SUPERVISOR = "sifa.supervisor1"
NEW = "Kuangye-7-Xiashan"


@pytest.fixture(autouse=True)
def present(ningwu):
    yield
    return_to_present()


def log_in(page: Page, password: str) -> None:
    page.goto("/directory/")
    page.fill("[name=username]", SUPERVISOR)
    page.fill("[name=password]", password)
    submit(page)


def submit(page: Page) -> None:
    press(page, page.locator("main form button[type=submit].btn-primary"))


def looked_at(page: Page, name: str) -> None:
    picture(page, name)
    assert not troubles(page)
    assert overhang(page) <= 0


def typed_from(page: Page) -> str:
    """What an authenticator shows into which the key on the page was typed by hand."""
    device = Phone.objects.get(user__username=SUPERVISOR)
    assert page.locator("code.secret").inner_text().replace(" ", "") in device.config_url
    return f"{TOTP(device.bin_key).token():06d}"


@pytest.mark.parametrize("size", [DESK, PHONE], ids=lambda size: f"{size[0]}px")
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "plain"])
def test_a_new_supervisor_enrols_changes_his_password_and_comes_back_with_a_code(open_page, size, scripts):
    Phone.objects.filter(user__username=SUPERVISOR).delete()
    first, name = give_initial_password(person(SUPERVISOR)), f"{size[0]}"
    page = open_page(size, scripts=scripts)
    log_in(page, first)
    assert page.locator(".qr svg").is_visible()
    if scripts:
        looked_at(page, f"enrol-{name}")
    page.fill("[name=code]", typed_from(page))
    submit(page)
    assert page.locator(".recovery code").count() == 10
    if scripts:
        looked_at(page, f"recovery-{name}")
    spare = page.locator(".recovery code").first.inner_text()
    press(page, page.get_by_text("已经保存，继续"))
    page.fill("[name=old_password]", first)
    page.fill("[name=new_password1]", NEW)
    page.fill("[name=new_password2]", NEW)
    if scripts:
        looked_at(page, f"password-{name}")
    submit(page)
    assert page.url.endswith("/directory/")
    page.context.clear_cookies()
    log_in(page, NEW)
    page.fill("[name=code]", spare)
    submit(page)
    assert page.url.endswith("/directory/")


@pytest.mark.parametrize("size", [DESK, PHONE], ids=lambda size: f"{size[0]}px")
def test_a_wrong_code_is_told_and_the_right_one_leads_where_one_was_going(open_page, size):
    page = open_page(size)
    log_in(page, DEMO_PASSWORD)
    looked_at(page, f"code-{size[0]}")
    page.fill("[name=code]", "000000")
    submit(page)
    assert "验证码不正确" in page.locator("main").inner_text()
    looked_at(page, f"code-wrong-{size[0]}")
    page.wait_for_timeout(1100)  # one wrong code costs a second
    page.fill("[name=code]", code_for(person(SUPERVISOR)))
    submit(page)
    assert page.url.endswith("/directory/")
    page.goto("/account/")
    looked_at(page, f"account-{size[0]}")
