"""Steps, a first step and the login in a real browser: clean at both widths, with scripts and without."""

import pytest
from django.urls import reverse

from cases.models import Case
from tests.browser.eyes import DESK, PHONE, overhang, picture, troubles
from tests.browser.hands import press
from tests.county import Story, ningwu, person, story

__all__ = ["ningwu", "story"]

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def sent(live_server, story: Story):
    """A referral that has just been served on the department."""
    return story.sent()


@pytest.mark.parametrize("size", [DESK, PHONE], ids=lambda size: f"{size[0]}px")
def test_every_open_step_is_clean_and_fits(open_page, sent, story, size):
    found = {}
    for login in (story.receiver, story.officer):
        page = open_page(size, user=login)
        home = reverse("matter", args=[sent.number])
        page.goto(home)
        urls = page.locator("a.btn, .menu-body a").evaluate_all("all => all.map(a => a.getAttribute('href'))")
        for url in sorted({url for url in urls if url.startswith(home)}):
            page.goto(url)
            picture(page, f"step-{url.strip('/').split('/')[-1].split('?')[0]}-{size[0]}")
            found[f"{login} {url}"] = [*troubles(page), *(["too wide"] if overhang(page) > 0 else [])]
    assert found
    assert not {name: faults for name, faults in found.items() if faults}


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_an_officer_registers_a_lead_and_reads_when_it_is_due(open_page, story, live_server, scripts):
    page = open_page(PHONE if scripts else DESK, scripts=scripts, user=story.officer)
    page.goto(reverse("cases:new"))
    page.locator("[name=title]").fill("洗煤点未取得排污许可证排污")
    page.locator("[name=place]").select_option(label="阳方口镇")
    page.locator("[name=place_text]").fill("后窑湾村东")
    page.locator("[name=basic_facts]").fill("洗煤废水经明渠排入土坑，现场负责人不能出示排污许可证。")
    press(page, page.locator("main button[type=submit].btn-primary"))
    case = Case.objects.get()
    assert page.locator("main h1").inner_text().startswith(case.title)
    assert page.locator(".timeline li").count() >= 1


def test_what_is_missing_is_said_at_the_field_and_nothing_is_lost(open_page, story, live_server):
    page = open_page(user=story.officer)
    page.goto(reverse("cases:new"))
    page.locator("[name=title]").fill("洗煤点排污")
    press(page, page.locator("main button[type=submit].btn-primary"))
    page.locator("#wrong").wait_for()
    assert page.locator("[name=title]").input_value() == "洗煤点排污"
    assert "请填写具体地点" in page.locator("#wrong").inner_text()
    assert not Case.objects.exists()


def test_logging_in_leads_to_the_desk(open_page, story, live_server):
    user = person(story.officer)
    user.set_password("moutain-Road-2026")
    user.save()
    page = open_page(PHONE)
    page.goto(reverse("desk"))
    assert page.url.startswith(live_server.url + reverse("login"))
    picture(page, "login")
    assert not troubles(page)
    page.locator("[name=username]").fill(story.officer)
    page.locator("[name=password]").fill("wrong")
    press(page, page.get_by_role("button", name="登录"))
    assert not troubles(page)
    page.locator("[name=username]").fill(story.officer)
    page.locator("[name=password]").fill("moutain-Road-2026")
    press(page, page.get_by_role("button", name="登录"))
    assert page.locator("main h1").inner_text() == "工作台"
