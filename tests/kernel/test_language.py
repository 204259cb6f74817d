"""The language of the screens is Chinese until somebody switches it."""

import pytest
from django.core import mail
from django.test import Client

from coordination.kernel.notices.delivering import deliver
from coordination.kernel.now import travel_to
from coordination.kernel.organs import User
from coordination.kernel.steps import perform
from coordination.kernel.sweep import run
from tests.county import at, person
from tests.logins import type_password

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


def mailed(login: str) -> str:
    """Everything that has been mailed to a person, subjects and bodies."""
    return "\n".join(letter.subject + letter.body for letter in mail.outbox if letter.to == [f"{login}@example.test"])


@pytest.fixture
def two_readers(story):
    """The officer's screens speak English, the approver's Chinese; both have an address."""
    for login in (story.officer, story.approver):
        User.objects.filter(username=login).update(email=f"{login}@example.test")
    reader = Client()
    reader.force_login(person(story.officer))
    reader.post("/language/", {"language": "en", "next": "/"})
    return story


def test_a_mail_speaks_the_language_of_its_readers_screens(two_readers):
    story = two_readers
    case = story.found_other(story.case())
    travel_to(at("2026-09-23 08:31"))
    run()
    deliver()
    english, chinese = mailed(story.officer), mailed(story.approver)
    assert f"[Reminder] Transfer to the competent organ ({case.number})" in english
    assert "“Transfer to the competent organ”, due by 2026-09-24 24:00" in english
    assert f"【临期提醒】移送有管辖权的一方（{case.number}）" in chinese


def test_a_digest_speaks_it_too(two_readers):
    story = two_readers
    referral = story.sent()
    perform(referral, "sign_for", person("shengtai.registry"), signer="叶佳辉")
    asked = {"items": "现场照片", "why": "核对", "by_day": at("2026-09-25 00:00").date()}
    perform(referral, "ask_supplement", person(story.receiver), **asked)
    mail.outbox.clear()
    travel_to(at("2026-09-21 16:31"))
    deliver()
    told = mailed(story.officer)
    assert "[Digest] 2 notices" in told
    assert "[Notice] Approve (" in told
    assert [word for word in ("办理", "汇总", "要求补充", "【", "（") if word in told] == []


def test_what_was_chosen_before_the_login_is_kept_with_the_person(ningwu):
    login, stranger = "yangfangkou.officer1", Client()
    stranger.post("/language/", {"language": "en", "next": "/login/"})
    assert person(login).language == "zh-hans"
    type_password(stranger, login)
    assert person(login).language == "en"


def test_another_browser_takes_on_the_language_of_whoever_logs_in(ningwu):
    User.objects.filter(username="yangfangkou.officer1").update(language="en")
    other = Client()
    type_password(other, "yangfangkou.officer1")
    assert other.get("/").headers["Content-Language"] == "en"


def test_a_language_that_is_not_installed_is_not_kept(client):
    client.post("/language/", {"language": "fr", "next": "/"})
    assert person("yangfangkou.officer1").language == "zh-hans"
