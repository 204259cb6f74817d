"""What browser tests see with: sizes, a way in, axe, the width of the page, pictures."""

from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client
from playwright.sync_api import BrowserContext, Page

from coordination.local.paths import var

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
DESK, PHONE, NARROW = (1280, 800), (390, 844), (320, 640)


def sign_in(context: BrowserContext, url: str, user) -> None:
    """Sign `user` (or the one of this username) in without the login page."""
    person = get_user_model().objects.get(username=user) if isinstance(user, str) else user
    client = Client()
    client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[-1])
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": url}])


def troubles(page: Page) -> list[str]:
    """What axe-core finds against WCAG 2.2 A and AA, one line each; empty when the page is clean."""
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": WCAG}}).response["violations"]
    return [f"{each['id']}: {node['html'][:160]}" for each in found for node in each["nodes"]]


def overhang(page: Page) -> int:
    """By how many pixels the page is wider than the window: sideways scroll."""
    return page.evaluate("document.documentElement.scrollWidth - window.innerWidth")


def picture(page: Page, name: str) -> Path:
    """A picture of the whole page in var/shots."""
    path = var() / "shots" / f"{name}.png"
    path.parent.mkdir(exist_ok=True)
    page.screenshot(path=path, full_page=True)
    return path
