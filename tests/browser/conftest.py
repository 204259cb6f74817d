"""A real browser for tests: Debian's Chromium, offline, with eyes (axe, screenshots) and a guard at the door."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, ViewportSize, sync_playwright

from coordination.kernel.fonts import fontconfig_file
from coordination.local.old_browser import obtainable
from tests.browser.eyes import DESK, sign_in

# Playwright's own loop runs in the thread of the test; Django's guard against that has nothing to protect here.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

# The smoke test in the oldest kernel needs npm to fetch that kernel once; without it there is no such test.
collect_ignore = [] if obtainable() else ["test_old_kernel.py"]


def pytest_report_header() -> str:
    return "Chromium 83: " + ("tested" if obtainable() else "left out, for npm is missing")


CHROMIUM = os.environ.get("CSX_CHROMIUM", "/usr/bin/chromium")
FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
]


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """One Chromium for all tests; its letters are the installation's, so that pictures agree on every machine."""
    if not Path(CHROMIUM).exists():
        pytest.fail(f"{CHROMIUM} is missing: apt-get install chromium, or name another in CSX_CHROMIUM.")
    environment = {**os.environ, "FONTCONFIG_FILE": str(fontconfig_file())}
    started = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS, env=environment)
    yield started
    started.close()


class Guard:
    """What a page may not do: ask another host for anything, report an error, leave a request unanswered."""

    def __init__(self, context: BrowserContext) -> None:
        self.faults: list[str] = []
        context.on("request", self._asked)
        context.on("console", lambda message: self._said(message.type, message.text))
        context.on("weberror", lambda error: self.faults.append(f"script: {error.error}"))

    def _asked(self, request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in ("data", "blob") and address.hostname not in ("localhost", "127.0.0.1"):
            self.faults.append(f"asked {address.hostname}: {request.url}")

    def _said(self, kind: str, text: str) -> None:
        # A page that answers 403, 404 or 422 is a page, and Chromium reports its status as an error.
        if kind == "error" and not text.startswith("Failed to load resource: the server responded with a status of 4"):
            self.faults.append(f"console: {text}")


@pytest.fixture
def open_page(browser: Browser, live_server) -> Iterator[Callable[..., Page]]:
    """`open_page(size=PHONE, scripts=False, user=…)`: a page; what it did wrong fails the test at the end."""
    opened: list[tuple[BrowserContext, Guard]] = []

    def opening(size: tuple[int, int] = DESK, scripts: bool = True, user=None) -> Page:
        phone = size[0] < DESK[0]
        context = browser.new_context(
            base_url=live_server.url,
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            viewport=ViewportSize(width=size[0], height=size[1]),
            device_scale_factor=2 if phone else 1,
            is_mobile=phone,
            has_touch=phone,
            java_script_enabled=scripts,
        )
        opened.append((context, Guard(context)))
        if user is not None:
            sign_in(context, live_server.url, user)
        return context.new_page()

    yield opening
    for context, _guard in opened:
        context.close()
    faults = [fault for _context, guard in opened for fault in guard.faults]
    assert not faults, faults
