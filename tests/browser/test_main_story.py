"""The main job in a real browser: from the officer's login to the sender's conclusion, by hand and by three people."""

from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page

from cases.models import Case
from coordination.demo.load import DEMO_PASSWORD
from coordination.kernel.now import now, return_to_present
from coordination.kernel.organs import County
from referrals.models import Referral
from tests.browser.eyes import DESK, NARROW, PHONE, overhang, picture, troubles
from tests.browser.hands import press
from tests.county import Story, live_in
from tests.county import picture as photograph

OFFICER, APPROVER, RECEIVER, LEGAL = (
    "yangfangkou.officer1",
    "yangfangkou.approver",
    "shengtai.officer1",
    "shengtai.legal",
)


@pytest.fixture
def county(transactional_db):
    if not County.objects.exists():
        live_in()
    return_to_present()


def local(minutes_ago: int) -> str:
    return f"{now() - timedelta(minutes=minutes_ago):%Y-%m-%dT%H:%M}"


def log_in(page: Page, login: str) -> None:
    page.goto("/login/")
    page.fill("[name=username]", login)
    page.fill("[name=password]", DEMO_PASSWORD)
    press(page, page.locator("main button[type=submit]").first)


def follow(page: Page, label: str) -> None:
    press(page, page.locator("main").get_by_role("link", name=label, exact=True).first)


def submit(page: Page) -> None:
    press(page, page.locator("main form .form-foot button[type=submit]").first)
    refusals = page.locator("main [role=alert], main .alert").all_inner_texts()
    assert page.locator("main form .form-foot").count() == 0, refusals


def choose(page: Page, name: str, label: str) -> None:
    """Choose in a select by the text of an option."""
    value = page.locator(f"select[name={name}] option", has_text=label).first.get_attribute("value")
    page.select_option(f"select[name={name}]", value)


def add_file(page: Page, tmp_path: Path, kind: str, title: str) -> None:
    file = tmp_path / f"{title}.jpg"
    file.write_bytes(photograph().read())
    press(page, page.locator("#materials a", has_text="添加").first)
    page.select_option("select[name=kind]", kind)
    page.fill("input[name=title]", title)
    page.set_input_files("input[name=files]", str(file))
    press(page, page.locator("form[enctype] button[type=submit]").first)
    assert title in page.locator("main").inner_text()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_one_referral_whole(county, open_page, tmp_path, scripts):
    officer, approver, receiver = (open_page(DESK, scripts=scripts) for _each in range(3))
    log_in(officer, OFFICER)
    case = _register_and_find(officer, tmp_path)
    referral = _draft_and_approve(officer, approver, case)
    _send_and_confirm(officer, referral, tmp_path)
    _receive(receiver, referral, tmp_path)
    referral.refresh()
    assert referral.stage == "accepted"
    picture(receiver, "story-accepted-1280")
    assert not scripts or not troubles(receiver)


class Shown:
    """A referral as the database has it, by number."""

    def __init__(self, number: str) -> None:
        self.number = number
        self.refresh()

    def refresh(self) -> None:
        self.row = Referral.objects.get(number=self.number)

    @property
    def stage(self) -> str:
        return self.row.stage


def _register_and_find(page: Page, tmp_path: Path) -> Case:
    page.goto("/")
    follow(page, "登记线索")
    page.fill("[name=title]", "洗煤点未取得排污许可证排污")
    choose(page, "item", "未取得排污许可证")
    choose(page, "place", "阳方口镇")
    page.fill("[name=place_text]", "后窑湾村东侧河道旁")
    page.fill("[name=discovered_at]", local(30))
    page.fill("[name=basic_facts]", "巡查发现该洗煤点废水经明渠排入土坑，负责人不能出示排污许可证。")
    page.fill("[name=subject_name]", "宁武县𬭚达洗选有限公司")
    picture(page, "story-register-1280")
    submit(page)
    add_file(page, tmp_path, "source_material", "现场检查记录")
    case = Case.objects.get(title="洗煤点未取得排污许可证排污")
    page.goto(f"/m/{case.number}/")
    add_file(page, tmp_path, "photo", "现场照片")
    page.goto(f"/m/{case.number}/")
    follow(page, "认定属于其他单位管辖")
    assert "生态环境" in page.locator("select[name=competent_organ] option:checked").inner_text()
    submit(page)
    assert "移送有管辖权的一方" in page.locator("main").inner_text()
    picture(page, "story-case-1280")
    return Case.objects.get(pk=case.pk)


def _draft_and_approve(page: Page, approver: Page, case: Case) -> Shown:
    follow(page, "起草移送函")
    for box in page.locator("[name=officers]").all()[:2]:
        box.check()
    for box in page.locator("[name=materials]").all():
        box.check()
    submit(page)
    referral = Shown(Referral.objects.get(origin=case).number)
    follow(page, "提交审批")
    submit(page)
    log_in(approver, APPROVER)
    press(approver, approver.locator("main table a.btn", has_text="批准").first)
    submit(approver)
    return referral


def _send_and_confirm(page: Page, referral: Shown, tmp_path: Path) -> None:
    page.goto(f"/m/{referral.number}/")
    follow(page, "移送")
    submit(page)
    add_file(page, tmp_path, "scan", "移送方盖章交接单")
    page.goto(f"/m/{referral.number}/")
    follow(page, "移送方确认交接单")
    for box in page.locator("[name=officers]").all()[:2]:
        box.check()
    choose(page, "sealed_scan", "移送方盖章交接单")
    submit(page)


def _receive(page: Page, referral: Shown, tmp_path: Path) -> None:
    """From the login to the accepting step: the desk's first row, its one button."""
    log_in(page, RECEIVER)
    assert "洗煤点" in page.locator("main table").inner_text()
    page.goto(f"/m/{referral.number}/")
    follow(page, "签收")
    page.fill("[name=signer]", "毛佳强")
    submit(page)
    follow(page, "核对交接并受理")
    page.fill("[name=receiver_person]", "毛佳强")
    for box in page.locator("[name=checked]").all():
        box.check()
    sealed = tmp_path / "双方盖章交接单.jpg"
    sealed.write_bytes(photograph().read())
    page.set_input_files("input[name=sealed_scan_upload]", str(sealed))
    submit(page)


@pytest.mark.parametrize("size", [DESK, PHONE, NARROW], ids=lambda size: f"{size[0]}px")
def test_the_screens_of_the_main_job_are_clean_at_every_width(county, open_page, size):
    story = Story()
    referral = story.accepted()
    page = open_page(size, user=story.receiver)
    faults = {}
    for address in (
        "/",
        "/cases/",
        "/referrals/",
        f"/m/{referral.number}/",
        f"/m/{referral.number}/object/",
        f"/m/{referral.number}/materials/",
        "/cases/new/",
        "/notices/",
        "/account/",
        "/catalogue/",
        "/directory/",
        "/search/?q=洗煤",
    ):
        page.goto(address)
        picture(page, f"real{address.replace('/', '-').replace('?', '-')}{size[0]}")
        found = [*troubles(page), *([f"{overhang(page)} px too wide"] if overhang(page) > 0 else [])]
        if found:
            faults[address] = found
    assert not faults
