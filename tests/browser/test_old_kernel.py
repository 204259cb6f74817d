"""Every main screen in Chromium 83, the oldest kernel of office browsers: it runs, it fits, nothing complains."""

import base64
import os

import pytest
from django.conf import settings
from django.test import Client

from coordination.kernel.fonts import fontconfig_file
from coordination.local.old_browser import install
from coordination.local.paths import var
from tests.browser.eyes import DESK, NARROW, PHONE
from tests.browser.old_kernel import Kernel, old_kernel
from tests.county import Story, person

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def kernel(live_server, story: Story):
    environment = {**os.environ, "FONTCONFIG_FILE": str(fontconfig_file())}
    client = Client()
    client.force_login(person(story.officer), backend=settings.AUTHENTICATION_BACKENDS[-1])
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    with old_kernel(install(), environment) as kernel:
        kernel.ask("Network.setCookie", name=settings.SESSION_COOKIE_NAME, value=cookie, url=live_server.url)
        yield kernel


def picture(kernel: Kernel, name: str) -> None:
    shot = kernel.ask("Page.captureScreenshot", format="png")["data"]
    folder = var() / "shots"
    folder.mkdir(exist_ok=True)
    (folder / f"old-{name}.png").write_bytes(base64.b64decode(shot))


@pytest.mark.parametrize("size", [DESK, PHONE, NARROW], ids=lambda size: f"{size[0]}px")
def test_every_main_screen_runs_and_fits_in_chromium_83(kernel, live_server, story, size):
    referral = story.sent()
    kernel.size(*size)
    screens = {
        "desk": "/",
        "list": "/referrals/?urgency=normal",
        "paper": "/referrals/?view=print",
        "new": "/cases/new/",
        "start": "/referrals/start/",
        "matter": f"/m/{referral.number}/",
        "materials": f"/m/{referral.number}/materials/",
        "calculator": "/calculator/",
        "catalogue": "/catalogue/",
        "notices": "/notices/",
        "drafts": "/drafts/",
    }
    assert "Chrome/83." in kernel.tell("navigator.userAgent")
    wide = {}
    for name, address in screens.items():
        kernel.goto(live_server.url + address)
        picture(kernel, f"{name}-{size[0]}")
        assert kernel.tell("document.querySelector('main h1').textContent"), name
        wide[name] = kernel.tell("document.documentElement.scrollWidth - window.innerWidth")
    assert not {name: pixels for name, pixels in wide.items() if pixels > 0}
    assert kernel.faults == []


def test_scripts_do_their_work_in_chromium_83(kernel, live_server):
    kernel.size(*PHONE)
    kernel.goto(live_server.url + "/referrals/start/")
    assert kernel.tell("document.querySelector('.wizard-at').textContent") == "第 1 步，共 7 步"
    kernel.tell("document.querySelector('.form-foot .btn-primary:not([hidden])').click()")
    assert kernel.tell("document.querySelector('.wizard-at').textContent") == "第 2 步，共 7 步"
    kernel.tell(
        "(() => { const box = document.querySelector('[name=item]').previousElementSibling;"
        " box.value = 'wqdpwxkz'; box.dispatchEvent(new Event('input', { bubbles: true })); })()"
    )
    assert kernel.tell("document.querySelector('[name=item]').selectedOptions[0].text").startswith("第53项")
    assert kernel.tell("document.querySelector('#files').classList.contains('live')")
    assert kernel.faults == []
