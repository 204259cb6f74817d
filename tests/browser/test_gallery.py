"""Every component and screen of the gallery in a real browser: for all readers, at every width, offline."""

import gzip

import pytest

from coordination.kernel.web.components import SCREENS
from tests.browser.eyes import DESK, NARROW, PHONE, overhang, picture, troubles
from tests.browser.hands import press

pytestmark = pytest.mark.urls("tests.browser.urls")

FIRST_VIEW = 100 * 1024


def address(screen: str) -> str:
    return "/components/" if screen == "gallery" else f"/components/{screen}/"


@pytest.mark.parametrize("size", [DESK, PHONE, NARROW], ids=lambda size: f"{size[0]}px")
def test_axe_finds_nothing_and_nothing_scrolls_sideways(open_page, size):
    page, found = open_page(size), {}
    for screen in SCREENS:
        page.goto(address(screen))
        picture(page, f"{screen}-{size[0]}")
        found[screen] = [*troubles(page), *([f"{overhang(page)} px too wide"] if overhang(page) > 0 else [])]
    assert not {screen: faults for screen, faults in found.items() if faults}


def test_axe_finds_nothing_when_everything_is_unfolded(open_page):
    for size in (DESK, PHONE):
        page = open_page(size)
        page.goto(address("page"))
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        picture(page, f"page-unfolded-{size[0]}")
        assert not troubles(page)


def test_the_large_size_scrolls_no_further(open_page, live_server):
    page = open_page(NARROW)
    page.context.add_cookies([{"name": "size", "value": "large", "url": live_server.url}])
    for screen in ("desk", "page", "step"):
        page.goto(address(screen))
        assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "18.5px"
        assert overhang(page) <= 0


def test_every_screen_says_the_same_without_scripts(open_page):
    for screen in ("desk", "page", "step", "refused", "new"):
        with_scripts, without = open_page(), open_page(scripts=False)
        for page in (with_scripts, without):
            page.goto(address(screen))
        assert without.locator("main h1").inner_text() == with_scripts.locator("main h1").inner_text()
        assert without.locator("main a, main button[type=submit]").count() >= 1


def test_the_first_view_weighs_less_than_a_hundred_kilobytes(open_page):
    page, bodies = open_page(), []
    page.on("response", lambda response: bodies.append(response.body()))
    page.goto(address("desk"), wait_until="networkidle")
    assert len(bodies) >= 5
    assert sum(len(gzip.compress(body, 9)) for body in bodies) <= FIRST_VIEW


def test_a_refused_form_takes_the_reader_to_what_is_wrong(open_page):
    page = open_page()
    page.goto(address("refused"))
    assert page.evaluate("document.activeElement.id") == "wrong"
    page.get_by_role("link", name="请填写案由").click()
    assert page.evaluate("document.activeElement.name") == "title"


def test_a_row_is_added_without_a_round_trip(open_page):
    page = open_page()
    page.goto(address("step"))
    before = page.locator(".formset-row").count()
    page.get_by_role("button", name="再加一项物品").click()
    assert page.locator(".formset-row").count() == before + 1
    assert page.evaluate("document.activeElement.name") == f"form-{before}-name"
    assert page.locator("[name=form-TOTAL_FORMS]").input_value() == str(before + 1)


def test_a_long_choice_is_narrowed_by_typing(open_page):
    page = open_page()
    page.goto(address("step"))
    page.get_by_placeholder("输入单位名称、拼音或首字母筛选").fill("凤凰")
    assert page.locator("[name=receiver] option").all_inner_texts() == ["请选择", "凤凰镇人民政府"]


def test_narrowing_letter_by_letter_chooses_nothing_by_itself_and_keeps_what_was_chosen(open_page):
    page = open_page()
    page.goto(address("step"))
    box, choice = page.get_by_placeholder("输入单位名称、拼音或首字母筛选"), page.locator("[name=receiver]")
    every = choice.locator("option").all_inner_texts()
    box.press_sequentially("县")
    assert choice.input_value() == ""
    box.press_sequentially("林")
    assert choice.locator("option:checked").inner_text() == "县林业局"
    box.fill("")
    assert choice.locator("option").all_inner_texts() == every
    box.press_sequentially("镇")
    assert choice.locator("option").all_inner_texts() == ["请选择", "东寨镇人民政府", "凤凰镇人民政府", "县林业局"]
    assert choice.locator("option:checked").inner_text() == "县林业局"


def test_what_was_typed_survives_a_session_that_is_over(open_page):
    page = open_page()
    page.route("**/components/draft/", lambda route: route.fulfill(status=403))
    page.goto(address("step"))
    page.get_by_label("案由").fill("农田倾倒建筑垃圾")
    page.get_by_text("登录已过期；填写的内容已留在本页").wait_for()
    page.reload()
    page.get_by_role("button", name="恢复填写的内容").click()
    assert page.get_by_label("案由").input_value() == "农田倾倒建筑垃圾"


def test_what_was_sent_to_a_gate_is_offered_back_and_what_arrived_is_not(open_page):
    page = open_page()
    page.route("**/components/draft/", lambda route: route.fulfill(status=204))
    page.goto(address("step"))
    page.get_by_label("案由").fill("农田倾倒建筑垃圾")
    page.route(
        "**/components/step/", lambda route: route.continue_(method="GET", url=page.url.replace("step", "login"))
    )
    page.get_by_role("button", name="送达移送函").click()
    page.get_by_role("button", name="登录").wait_for()
    page.unroute("**/components/step/")
    page.goto(address("step"))
    page.get_by_role("button", name="恢复填写的内容").click()
    assert page.get_by_label("案由").input_value() == "农田倾倒建筑垃圾"
    press(page, page.get_by_role("button", name="送达移送函"))
    assert not page.get_by_role("button", name="恢复填写的内容").is_visible()


def test_a_draft_that_was_kept_says_when(open_page):
    page = open_page()
    page.route("**/components/draft/", lambda route: route.fulfill(status=204))
    page.goto(address("step"))
    page.locator("#id_place").fill("二马营村北 300 米")
    page.get_by_text("草稿已保存").wait_for()
    page.reload()
    assert page.get_by_role("button", name="恢复填写的内容").count() == 0
