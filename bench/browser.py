"""How long an office PC takes to show a page: Chromium with its processor four times slower, against the same browser
on a page of nothing but Bootstrap. What is compared is the browser's work, from the first byte to the end of loading.
"""

import statistics
from collections.abc import Callable, Iterable, Iterator

from django.conf import settings
from django.db import connections
from django.test import Client
from django.test.testcases import LiveServerThread
from django.test.utils import override_settings
from playwright.sync_api import Page, sync_playwright

from bench.figures import Figure
from tests.browser.eyes import DESK
from tests.county import person

CHROMIUM = "/usr/bin/chromium"
SLOWER, ROUNDS, MOST = 4, 15, 1.5
#: So long the browser keeps styles, scripts and signs, as where their names are those of their content.
LONG = 24 * 60 * 60
#: The first view and the desk have a target; a list and the longest form are for information. A first view finds
#: nothing kept of styles and scripts, neither does the bare page that it is compared with; later ones find all.
PAGES = {"/verify/": ("first view", MOST), "/": ("desk", MOST)}
PAGES |= {"/referrals/": ("list of referrals", None), "/referrals/start/": ("new referral", None)}
FIRST = "/verify/"
READY = """() => {
  const [all] = performance.getEntriesByType("navigation");
  return all.loadEventEnd - all.responseStart;
}"""
ROW = "<tr><th>宁武移2026-0034</th><td>农田倾倒建筑垃圾</td><td><a class='btn btn-primary' href='#'>签收</a></td></tr>"
BARE = f"""<!DOCTYPE html><html lang="zh-Hans"><meta charset="utf-8"><title>Bootstrap</title>
<link rel="stylesheet" href="{settings.STATIC_URL}bootstrap/css/bootstrap.min.css">
<body class="container"><h1>Bootstrap</h1><table class="table"><tbody>{ROW * 20}</tbody></table></body></html>"""


def browser(login: str = "shengtai.officer1") -> Iterator[Figure]:
    """A line for each page: how many times as long as the bare one it takes."""
    with override_settings(WHITENOISE_MAX_AGE=LONG):
        server = LiveServerThread("127.0.0.1", _with_bare, connections_override={}, port=0)
        server.daemon = True
        server.start()
        server.is_ready.wait()
    assert not server.error, server.error
    try:
        with sync_playwright() as running:
            chromium = running.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
            yield from _compared(_page(chromium, f"http://127.0.0.1:{server.port}", login))
            chromium.close()
    finally:
        server.terminate()
        connections.close_all()


def _with_bare(application: Callable) -> Callable:
    """The product, and the bare page beside it: were that put in by the browser's driver, nothing would be kept."""

    def answer(environ: dict, start: Callable) -> Iterable[bytes]:
        if environ["PATH_INFO"] != "/bare/":
            return application(environ, start)
        start("200 OK", [("Content-Type", "text/html; charset=utf-8")])
        return [BARE.encode()]

    return answer


def _page(chromium, url: str, login: str) -> Page:
    """A page whose processor is slow, signed in as `login`."""
    client = Client()
    client.force_login(person(login), backend=settings.AUTHENTICATION_BACKENDS[-1])
    context = chromium.new_context(base_url=url, viewport={"width": DESK[0], "height": DESK[1]})
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": url}])
    page = context.new_page()
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    return page


def _compared(page: Page) -> Iterator[Figure]:
    """One after the other in turns, so that what else the machine does falls on all alike."""
    tools = page.context.new_cdp_session(page)
    took = {view: [] for view in (("/bare/", FIRST), (FIRST, FIRST), ("/bare/", ""), *((path, "") for path in PAGES))}
    for _round in range(ROUNDS + 1):
        for (path, first), times in took.items():
            if first:
                tools.send("Network.clearBrowserCache")
            page.goto(path, wait_until="load")
            times.append(page.evaluate(READY))
    for path, (what, most) in PAGES.items():
        first = FIRST if path == FIRST else ""
        bare, ready = (statistics.median(took[each, first][1:]) for each in ("/bare/", path))
        title = f"{what} in Chromium, processor {SLOWER} × slower, over a bare Bootstrap page"
        yield Figure(title, ready / bare, "×", most=most, note=f"{ready:,.0f} ms, bare {bare:,.0f} ms")
