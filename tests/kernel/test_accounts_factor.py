"""The second factor: whoever supervises or administers shows a code beside the password, in every session."""

import re
from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone
from django_otp.plugins.otp_static.models import StaticToken
from rest_framework.test import APIClient

from coordination.demo.load import DEMO_TOTP_KEY
from coordination.kernel.accounts import ApiToken, Phone, device_of, new_recovery_codes, reset_second_factor
from coordination.kernel.organs import Delegation, Post
from tests.county import organ, person
from tests.english_pages import Browser, foreign_words
from tests.logins import code_for, half_login, type_password

pytestmark = pytest.mark.django_db
FACTOR = "/account/second-factor/"
SUPERVISOR = "sifa.supervisor1"


@pytest.fixture(autouse=True)
def county(ningwu):
    return ningwu


def show(client, code: str, **more):
    return client.post(FACTOR, {"code": code, **more})


def test_a_supervisor_types_his_password_and_then_the_code_and_goes_where_he_wanted(client):
    client.get("/directory/")
    assert type_password(client, SUPERVISOR, next="/directory/").url == "/directory/"
    gate = client.get("/directory/")
    assert gate.url == f"{FACTOR}?next=/directory/"
    page = client.get(gate.url)
    assert 'autocomplete="one-time-code"' in page.content.decode()
    assert show(client, code_for(person(SUPERVISOR)), next="/directory/").url == "/directory/"
    assert client.get("/directory/").status_code == 200


@pytest.mark.parametrize("login", [SUPERVISOR, "admin", "admin.audit"])
def test_with_the_password_alone_nothing_opens_but_the_gate_the_language_and_the_way_out(client, login):
    half_login(client, person(login))
    shut = ["/", "/cases/", "/account/", "/account/password/", "/directory/", "/admin/", "/notices/", "/api/schema/"]
    for path in shut:
        answer = client.get(path)
        assert answer.status_code in (302, 401, 403), path
        assert answer.status_code != 302 or answer.url.startswith(FACTOR), path
    for path in ("/drafts/?for=/cases/new/", "/account/token/", "/account/elsewhere/", "/cases/new/"):
        assert client.post(path).url.startswith(FACTOR), path
    assert not ApiToken.objects.filter(user__username=login).exists()
    assert client.post("/language/", {"language": "en", "next": FACTOR}).url == FACTOR
    assert client.post("/logout/").status_code == 302
    assert client.get("/account/").url.startswith("/login/")


def test_an_officer_is_asked_for_his_password_alone(client):
    type_password(client, "yangfangkou.officer1")
    assert client.get("/").status_code == 200


def test_whoever_stands_in_for_a_supervisor_shows_a_code_on_those_days(client):
    deputy, post = person("sifa.legal"), Post.objects.get(user__username=SUPERVISOR, role="supervisor")
    half_login(client, deputy)
    assert client.get("/").status_code == 200
    Delegation.objects.create(post=post, to=deputy, since=date(2026, 9, 21), until=date(2026, 9, 22))
    assert client.get("/").url.startswith(FACTOR)


def test_a_wrong_code_is_refused_and_each_one_makes_the_wait_twice_as_long(client):
    half_login(client, person(SUPERVISOR))
    assert "验证码不正确或者已经用过" in show(client, "000000").content.decode()
    assert "请等待" in show(client, code_for(person(SUPERVISOR))).content.decode()
    device = device_of(person(SUPERVISOR))
    assert device.throttling_failure_count == 1
    later = timezone.now() - timedelta(seconds=5)
    Phone.objects.filter(pk=device.pk).update(throttling_failure_count=5, throttling_failure_timestamp=later)
    assert "请等待 16 秒" in show(client, code_for(person(SUPERVISOR))).content.decode()
    earlier = timezone.now() - timedelta(seconds=17)
    Phone.objects.filter(pk=device.pk).update(throttling_failure_timestamp=earlier)
    assert show(client, code_for(person(SUPERVISOR))).status_code == 302


def test_a_code_serves_once(client):
    half_login(client, person(SUPERVISOR))
    code = code_for(person(SUPERVISOR))
    assert show(client, code).status_code == 302
    client.logout()
    half_login(client, person(SUPERVISOR))
    assert "已经用过" in show(client, code).content.decode()


def test_the_code_is_remembered_for_the_session_alone(client):
    half_login(client, person(SUPERVISOR))
    before = client.session.session_key
    show(client, code_for(person(SUPERVISOR)))
    assert client.session.session_key != before
    assert client.get("/").status_code == 200
    client.post("/logout/")
    type_password(client, SUPERVISOR)
    assert client.get("/").url.startswith(FACTOR)


def test_the_gate_leads_to_no_other_host(client):
    half_login(client, person(SUPERVISOR))
    assert show(client, code_for(person(SUPERVISOR)), next="https://example.com/").url == "/"


# Enrolment


@pytest.fixture
def new_supervisor():
    """Somebody who has become a supervisor and has no phone enrolled."""
    user = person("sifa.legal")
    Post.objects.create(user=user, organ=organ("sifa"), role="supervisor", since=date(2026, 9, 1))
    return user


def enrolled(client, user) -> list[str]:
    """The recovery codes that the page shows once the first code is right."""
    half_login(client, user)
    client.get(FACTOR)
    page = show(client, code_for(user)).content.decode()
    return re.findall(r"<code>([A-Z2-7]{4}-[A-Z2-7]{4})</code>", page)


def test_a_new_supervisor_enrols_with_a_picture_or_with_the_key_in_words(client, new_supervisor):
    half_login(client, new_supervisor)
    page = client.get(client.get("/").url)
    told, device = page.content.decode(), Phone.objects.get(user=new_supervisor)
    assert "<svg" in told
    assert page.context["secret"].replace(" ", "") in device.config_url
    assert "no-store" in page.headers["Cache-Control"]
    assert not device.confirmed
    assert client.get(FACTOR).context["secret"] == page.context["secret"], "the key stays until it is confirmed"
    assert "验证码不正确" in show(client, "000000").content.decode()
    assert client.get("/").url.startswith(FACTOR)


def test_enrolling_gives_ten_recovery_codes_once_and_opens_the_door(client, new_supervisor):
    codes = enrolled(client, new_supervisor)
    assert len({*codes}) == 10
    assert client.get("/").status_code == 200
    assert codes[0] not in client.get(FACTOR).content.decode()
    kept = set(StaticToken.objects.values_list("token", flat=True))
    assert not kept & {code.replace("-", "").lower() for code in codes}, "only digests are kept"


def test_a_recovery_code_opens_the_door_once_however_it_is_written(client, new_supervisor):
    first, second = enrolled(client, new_supervisor)[:2]
    for written, status in ((first.lower(), 302), (first, 200), (second.replace("-", " "), 200)):
        client.logout()
        half_login(client, new_supervisor)
        assert show(client, written).status_code == status, written
    later = timezone.now() - timedelta(seconds=9)
    new_supervisor.staticdevice_set.update(throttling_failure_timestamp=later)
    assert show(client, second.replace("-", " ")).status_code == 302


def test_new_recovery_codes_void_the_former_ones(client, new_supervisor):
    former = enrolled(client, new_supervisor)
    show(client, code_for(new_supervisor))
    assert StaticToken.objects.filter(device__user=new_supervisor).count() == 10
    client.logout()
    half_login(client, new_supervisor)
    assert show(client, former[0]).status_code == 200


def test_another_phone_takes_a_code_of_the_old_one_and_a_new_login(client, new_supervisor):
    enrolled(client, new_supervisor)
    assert show(client, code_for(new_supervisor), renew="1").url == "/login/"
    assert device_of(new_supervisor) is None
    assert client.get("/").url.startswith("/login/")


def test_whoever_enrols_of_his_own_will_is_asked_from_the_next_login_on(client):
    officer = person("yangfangkou.officer1")
    enrolled(client, officer)
    client.post("/logout/")
    type_password(client, officer.username)
    assert client.get("/").url.startswith(FACTOR)


# Programs


def program(token: str):
    made = APIClient()
    made.credentials(HTTP_AUTHORIZATION=f"Token {token}")
    return made


def test_a_supervisors_token_is_made_on_his_own_page_after_the_code_and_shown_once(client):
    half_login(client, person(SUPERVISOR))
    show(client, code_for(person(SUPERVISOR)))
    key = client.post(reverse("token")).context["token"]
    assert program(key).get("/api/v1/cases/").status_code == 200
    assert key not in client.get("/account/").content.decode()
    client.post(reverse("token"), {"void": "1"})
    assert program(key).get("/api/v1/cases/").status_code == 401


def test_a_token_that_is_older_than_the_second_factor_counts_no_more(client, new_supervisor):
    key = ApiToken.make(new_supervisor)
    refused = program(key).get("/api/v1/cases/")
    assert (refused.status_code, "二次验证" in refused.json()["detail"]) == (401, True)
    enrolled(client, new_supervisor)
    assert program(key).get("/api/v1/cases/").status_code == 401
    key = client.post(reverse("token")).context["token"]
    assert program(key).get("/api/v1/cases/").status_code == 200
    reset_second_factor(new_supervisor)
    assert program(key).get("/api/v1/cases/").status_code == 401


def test_a_browser_that_has_not_shown_the_code_cannot_use_the_api_either(client):
    half_login(client, person(SUPERVISOR))
    refused = client.get("/api/v1/cases/")
    assert (refused.status_code, "完成登录" in refused.json()["detail"]) == (401, True)
    show(client, code_for(person(SUPERVISOR)))
    assert client.get("/api/v1/cases/").status_code == 200


# The demonstration


def test_the_demo_gives_its_supervisors_and_administrators_a_known_key_and_tells_the_code(capsys):
    for login in (SUPERVISOR, "xianfu.supervisor", "admin", "admin.security"):
        assert device_of(person(login)).bin_key == DEMO_TOTP_KEY
    code_for(person(SUPERVISOR))
    call_command("totp", SUPERVISOR)
    assert re.match(r"\d{6}（还有 \d+ 秒更换）", capsys.readouterr().out)
    with pytest.raises(CommandError, match="没有启用"):
        call_command("totp", "yangfangkou.officer1")


def test_outside_the_demonstration_nobody_is_told_a_code(settings):
    settings.TIME_TRAVEL = False
    with pytest.raises(CommandError, match="演示环境"):
        call_command("totp", SUPERVISOR)


def test_codes_are_bound_to_the_installation(settings):
    user = person(SUPERVISOR)
    new_recovery_codes(user)
    kept = set(StaticToken.objects.values_list("token", flat=True))
    settings.SECRET_KEY = "another"
    new_recovery_codes(user)
    assert not kept & set(StaticToken.objects.values_list("token", flat=True))


def test_the_pages_of_the_gate_are_english_to_whoever_reads_english(new_supervisor):
    browser = Browser()
    browser.open("/login/")
    half_login(browser.client, new_supervisor)
    browser.open(FACTOR)
    browser.send(FACTOR, 200, code="000000")
    Phone.objects.update(throttling_failure_count=0)
    browser.send(FACTOR, 200, code=code_for(new_supervisor))
    for path in (FACTOR, "/account/", "/account/password/"):
        browser.open(path)
    browser.send("/account/password/", 200, old_password="x", new_password1="short", new_password2="short")
    browser.send(reverse("token"), 200)
    browser.client.post("/logout/")
    for _each in range(5):
        answer = type_password(browser.client, "yangfangkou.officer1", "wrong")
    assert answer.status_code == 429
    assert foreign_words(answer.content.decode(), browser.data) == []
    assert browser.left == {}
