"""The language of the screens is Chinese until somebody switches it."""

import pytest
from django.test import Client

from coordination.kernel.now import travel_to
from coordination.kernel.sweep import run
from tests.county import at, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(ningwu):
    client = Client()
    client.force_login(person("yangfangkou.officer1"))
    return client


def test_a_browser_that_prefers_english_still_shows_the_language_of_the_law(client):
    page = client.get("/", headers={"Accept-Language": "en-US,en"})
    assert page.headers["Content-Language"] == "zh-hans"
    assert "工作台" in page.text


def test_the_switch_turns_every_later_page_to_english(client):
    client.post("/language/", {"language": "en", "next": "/account/"})
    page = client.get("/")
    assert page.headers["Content-Language"] == "en"
    assert 'lang="en"' in page.text


@pytest.mark.parametrize("address", ["/login/?next=/cases/", "/verify/"])
def test_who_is_not_logged_in_switches_too_and_stays_where_he_was(db, address):
    stranger = Client()
    shown = stranger.get(address).text
    assert 'action="/language/"' in shown
    assert f'name="next" value="{address}"' in shown
    assert stranger.post("/language/", {"language": "en", "next": address}).url == address
    assert 'lang="en"' in stranger.get(address).text


def test_the_inbox_tells_what_was_stored_in_the_language_of_the_law(story):
    story.found_other(story.case())
    travel_to(at("2026-09-23 08:31"))
    run()
    story.take(story.draft(), "submit", story.officer)
    reader = Client()
    reader.force_login(person(story.officer))
    assert "临期提醒：移送有管辖权的一方——" in reader.get("/notices/").text
    approver = Client()
    approver.force_login(person(story.approver))
    for client in (reader, approver):
        client.post("/language/", {"language": "en", "next": "/"})
    assert "Reminder: Transfer to the competent organ – " in reader.get("/notices/").text
    assert ": Submit for approval – " in approver.get("/notices/").text
