"""A tale whose main steps are taken through the pages, by the people whose turn it is; the rest as the demo takes it.

A fact is typed into the field of its name; what the page already knows is left as it stands.
"""

from collections.abc import Callable
from datetime import date, datetime

from django.db.models import Model, QuerySet
from django.urls import reverse
from playwright.sync_api import Locator, Page

from coordination.demo.load import DEMO_PASSWORD
from coordination.demo.verbs import Tale
from coordination.kernel.accounts import needs_second_factor
from coordination.kernel.journal import Entry
from coordination.kernel.matters import Matter
from coordination.kernel.now import CST
from coordination.kernel.organs import Organ, User
from tests.browser.eyes import DESK, PHONE, overhang, picture, troubles
from tests.browser.hands import press
from tests.logins import code_for

#: The main points of the crossing tale: kind and step.
BY_HAND = {
    ("complaints", "register"),
    ("complaints", "accept"),
    ("complaints", "transfer"),
    ("complaints", "tell_transfer"),
    ("complaints", "tell_complainant"),
    ("referrals", "draft"),
    ("referrals", "approve"),
    ("referrals", "send"),
    ("referrals", "sign_for"),
    ("referrals", "object"),
    ("referrals", "confirm_received"),
    ("referrals", "return_result"),
    ("disputes", "raise_dispute"),
    ("disputes", "accept"),
    ("disputes", "state"),
    ("disputes", "end_settling"),
    ("disputes", "apply"),
    ("disputes", "draft_decision"),
    ("disputes", "decide"),
    ("cases", "decide"),
    ("infosharing", "record"),
    ("infosharing", "share"),
    ("supervision", "draft"),
    ("supervision", "issue"),
}
#: What a form leaves to the page that it was opened from.
KNOWN_TO_THE_PAGE = ("about", "case", "origin")


class ByHand(Tale):
    """`open_page` opens a window of the real browser; `looked` are the names of the pictures taken."""

    open_page: Callable[..., Page]

    def begin(self, model: type[Matter], step: str, user: User, /, *, organ: Organ, **facts) -> Matter:
        if (model.KIND, step) not in BY_HAND:
            return super().begin(model, step, user, organ=organ, **facts)
        origin = next((facts[name] for name in KNOWN_TO_THE_PAGE if facts.get(name)), None)
        page = self.logged_in(user)
        if origin is None:
            page.goto(reverse(f"{model.KIND}:new"))
        else:
            self.follow(page, origin, f"{reverse(f'{model.KIND}:new')}?from={origin.number}")
        self.fill_and_submit(page, f"{model.KIND}-{step}", facts)
        self.seen.clear()
        return model.objects.latest("pk")

    def do(self, matter: Matter, step: str, user: User, **facts) -> Entry:
        if (matter.KIND, step) not in BY_HAND:
            return super().do(matter, step, user, **facts)
        page = self.logged_in(user)
        self.follow(page, matter, reverse("step", args=[matter.number, step]))
        self.fill_and_submit(page, f"{matter.KIND}-{step}", facts)
        self.seen.clear()
        return Entry.objects.filter(matter=matter.pk, step=step).latest("pk")

    def tell_result(self, position: int = 1) -> None:
        """Who has to tell the complainant looks up first who that is, with a reason and his password."""
        page = self.logged_in(self.listener(self.about(position).teller))
        page.goto(reverse("matter", args=[self.complaint.number]))
        press(page, page.get_by_role("link", name="查看身份信息"))
        page.fill("[name=reason]", "电话告知处理结果")
        page.fill("[name=password]", DEMO_PASSWORD)
        press(page, page.locator("main form .form-foot button[type=submit]"))
        self.look(page, "complaints-identity")
        shown = page.locator("main").inner_text()
        assert self.scenario["sealed_name"] in shown, shown
        super().tell_result(position)

    def logged_in(self, user: User) -> Page:
        """A window of his own, through the login page, with the second factor where one is wanted."""
        page = self.open_page(DESK)
        page.goto("/login/")
        page.fill("[name=username]", user.username)
        page.fill("[name=password]", DEMO_PASSWORD)
        press(page, page.locator("main button[type=submit]").first)
        if needs_second_factor(user):
            page.fill("[name=code]", code_for(user))
            press(page, page.locator("main form button[type=submit].btn-primary"))
        return page

    def follow(self, page: Page, matter: Matter, address: str) -> None:
        """From the page of the matter by its own button, which may lie under 更多."""
        page.goto(reverse("matter", args=[matter.number]))
        button = page.locator(f'.page-acts a[href="{address}"]')
        if not button.is_visible():
            page.locator(".page-acts details.menu summary").click()
        press(page, button)

    def fill_and_submit(self, page: Page, name: str, facts: dict) -> None:
        for field, value in facts.items():
            fill(page, field, value)
        self.look(page, name)
        press(page, page.locator("main form .form-foot button[type=submit]").first)
        refused = page.locator("main [role=alert], main .alert").all_inner_texts()
        assert page.locator("main form .form-foot").count() == 0, (name, refused)
        self.look(page, f"{name}-done")

    def look(self, page: Page, name: str) -> None:
        """The page is clean and fits, on the desk and on the phone."""
        faults = troubles(page)
        for width, height in (PHONE, DESK):
            page.set_viewport_size({"width": width, "height": height})
            picture(page, f"tale-{name}-{width}")
            faults += [f"{overhang(page)} px too wide at {width}"] if overhang(page) > 0 else []
        assert not faults, (name, faults)


def fill(page: Page, name: str, value) -> None:
    """Type `value` into the field `name`, as its kind asks; a fact that the page does not ask for is left out."""
    field = page.locator(f"main form [name={name}]")
    if name in KNOWN_TO_THE_PAGE or not field.count():
        return
    kind = field.first.evaluate("one => one.tagName === 'SELECT' ? 'select' : one.type")
    if kind == "radio":
        page.locator(f'main form [name={name}][value="{typed(value)}"]').check()
    elif kind == "checkbox":
        tick(field, value)
    elif kind == "select":
        field.first.select_option(typed(value))
    elif kind != "hidden":
        field.first.fill(typed(value))


def tick(boxes: Locator, value) -> None:
    """The boxes of what is chosen are ticked, the others are not."""
    chosen = {typed(one) for one in value} if isinstance(value, list | tuple | set | QuerySet) else {typed(value)}
    alone = boxes.count() == 1 and boxes.first.get_attribute("value") in (None, "on")
    for box in boxes.all():
        box.set_checked(bool(value) if alone else box.get_attribute("value") in chosen)


def typed(value) -> str:
    """A fact as a form knows it."""
    if isinstance(value, Model):
        return str(value.pk)
    if isinstance(value, datetime):
        return f"{value.astimezone(CST):%Y-%m-%dT%H:%M}"
    if isinstance(value, date):
        return f"{value:%Y-%m-%d}"
    return "" if value is None else str(value)
