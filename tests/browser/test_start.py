"""发现并移送 in the hand: from an officer's photographs to a letter that waits for approval, on a telephone."""

import re
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import Page

from coordination.kernel.catalogue import Item
from coordination.kernel.materials import DraftFile, Material
from referrals.models import Referral
from tests.browser.eyes import DESK, NARROW, PHONE, overhang, picture, troubles
from tests.browser.hands import press
from tests.county import Story, organ, person

pytestmark = pytest.mark.django_db(transaction=True)
LARGE = (3000, 2000)


def photograph(name: str, size: tuple[int, int] = LARGE) -> dict:
    stream = BytesIO()
    Image.effect_noise(size, 40).convert("RGB").save(stream, "JPEG", quality=92)
    return {"name": name, "mimeType": "image/jpeg", "buffer": stream.getvalue()}


def onward(page: Page) -> None:
    page.get_by_role("button", name="下一步").click()


def look(page: Page, name: str, size: tuple[int, int], faults: dict) -> None:
    picture(page, f"start-{name}-{size[0]}")
    found = [*troubles(page), *(["too wide"] if overhang(page) > 0 else [])]
    if found:
        faults[name] = found


def tell_what_and_where(page: Page) -> None:
    item = Item.objects.get(number=53)
    page.fill("[name=title]", "洗煤点未取得排污许可证排污")
    box = page.locator("[name=item]").locator("xpath=preceding-sibling::input")
    box.type("wqdpwxkz")
    assert page.locator("[name=item]").evaluate("select => select.options.length") < 12
    page.select_option("[name=item]", str(item.pk))
    page.fill("[name=place_text]", "后窑湾村东侧河道旁")
    page.fill("[name=basic_facts]", "巡查发现该洗煤点废水经明渠排入土坑，负责人不能出示排污许可证。")


@pytest.mark.rules("NW-1.1", "NW-1.8", "NW-1.10")
@pytest.mark.parametrize("size", [PHONE, NARROW], ids=lambda size: f"{size[0]}px")
def test_three_photographs_and_a_letter_from_the_telephone(open_page, story: Story, size):
    page, faults = open_page(size, user=story.officer), {}
    page.goto("/")
    press(page, page.locator(".tabbar").get_by_text("拍照"))
    page.locator("tr.chosen", has_text="一般").wait_for()
    page.get_by_label("紧急", exact=True).check()
    page.locator("tr.chosen", has_text="24小时").wait_for()
    look(page, "urgency", size, faults)
    onward(page)
    tell_what_and_where(page)
    look(page, "what", size, faults)
    onward(page)
    page.locator("#competence", has_text=organ("shengtai").name).wait_for()
    look(page, "whose", size, faults)
    onward(page)
    onward(page)
    names = ["现场检查记录.jpg", "排污口.jpg", "土坑.jpg"]
    page.locator("#files input[multiple]").set_input_files([photograph(name) for name in names])
    page.locator(".draft-files > li >> nth=2").wait_for(timeout=60_000)
    assert page.locator(".uploads li").count() == 0
    assert all(file.size < len(photograph("a.jpg")["buffer"]) for file in DraftFile.objects.all())
    onward(page)
    for login in (story.officer, story.second):
        page.get_by_label(person(login).name).check()
    look(page, "who", size, faults)
    onward(page)
    assert {"排污口.jpg", organ("shengtai").name} <= {*re.split("[、\n]", page.locator("[data-summary]").inner_text())}
    look(page, "check", size, faults)
    page.get_by_role("button", name="登记并提交审批").click()
    page.locator("#files .field-bad", has_text="请添加案源材料").wait_for()  # what is wrong opens its page
    page.locator(".draft-files select").first.select_option("source_material")
    look(page, "files", size, faults)
    onward(page)
    onward(page)
    page.get_by_role("button", name="登记并提交审批").click()
    page.get_by_role("heading", name="已登记并提交审批").wait_for()
    look(page, "started", size, faults)
    referral = Referral.objects.get()
    assert (referral.stage, referral.urgency) == ("awaiting_approval", "urgent")
    assert list(Material.objects.filter(matter_id=referral.pk).values_list("title", flat=True)) == [
        name.removesuffix(".jpg") for name in names
    ]
    assert not faults


#: Where the button of the next page is, as soon as the page has been turned and a second later.
TURNED = """async () => {
  const button = Array.from(document.querySelectorAll(".form-foot .btn-primary")).find((each) => !each.hidden);
  button.click();
  const places = [button.getBoundingClientRect().top];
  await new Promise((done) => setTimeout(done, 1000));
  return places.concat(button.getBoundingClientRect().top);
}"""


@pytest.mark.parametrize("size", [DESK, PHONE, NARROW], ids=lambda size: f"{size[0]}px")
def test_the_button_stays_under_the_finger(open_page, story: Story, size):
    """Neither the word that a draft is kept nor a scroll of its own may move it between down and up."""
    page = open_page(size, user=story.officer)
    page.goto("/referrals/start/")
    foot = page.locator(".form-foot")
    height = foot.bounding_box()["height"]
    page.get_by_label("紧急", exact=True).check()
    page.get_by_text("草稿已保存").wait_for()
    assert foot.bounding_box()["height"] == height
    page.evaluate("window.scrollTo({top: document.body.scrollHeight, behavior: 'instant'})")
    at_once, later = page.evaluate(TURNED)
    assert at_once == later


def test_the_original_is_sent_where_it_is_wanted_and_a_failed_one_is_tried_again(open_page, story: Story):
    page, photo = open_page(DESK, user=story.officer), photograph("原图.jpg", (2400, 1600))
    page.goto("/cases/new/")
    page.get_by_label("上传原图").check()
    page.route("**/drafts/files/**", lambda route: route.fulfill(status=403))
    page.locator("#files input[multiple]").set_input_files([photo])
    page.get_by_text("登录已过期，请在新窗口登录后重试").wait_for()
    page.unroute("**/drafts/files/**")
    page.get_by_role("button", name="重试").click()
    page.locator(".draft-files > li").wait_for()
    assert DraftFile.objects.get().size == len(photo["buffer"])


def test_a_draft_comes_back_after_reloading_with_its_photographs(open_page, story: Story):
    page = open_page(PHONE, user=story.officer)
    page.goto("/cases/new/")
    page.fill("[name=title]", "农田倾倒建筑垃圾")
    page.locator("#files input[multiple]").set_input_files([photograph("现场.jpg", (640, 480))])
    page.get_by_text("草稿已保存").wait_for()
    page.wait_for_url("**draft=*")
    page.reload()
    assert page.locator("[name=title]").input_value() == "农田倾倒建筑垃圾"
    assert page.locator(".draft-file-name").inner_text().startswith("现场.jpg")


def test_without_script_it_is_one_long_form(open_page, story: Story):
    page = open_page(DESK, scripts=False, user=story.officer)
    page.goto("/referrals/start/")
    item = Item.objects.get(number=53)
    page.fill("[name=title]", "洗煤点未取得排污许可证排污")
    page.select_option("[name=item]", str(item.pk))
    page.fill("[name=place_text]", "后窑湾村东侧河道旁")
    page.fill("[name=basic_facts]", "巡查发现该洗煤点废水经明渠排入土坑，负责人不能出示排污许可证。")
    page.locator("#files input[multiple]").set_input_files([photograph(f"{n}.jpg", (64, 48)) for n in "12"])
    press(page, page.get_by_role("button", name="上传所选文件"))
    page.locator(".draft-files select").first.select_option("source_material")
    page.get_by_label(person(story.second).name).check()
    picture(page, "start-without-script")
    press(page, page.get_by_role("button", name="登记并提交审批").last)
    assert "已登记并提交审批" in page.locator("main").inner_text()
