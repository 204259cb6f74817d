"""How long a login lives, what it tells of the last one, and what becomes of a form that is left open too long."""

from datetime import timedelta
from urllib.parse import quote

import pytest
from axes.models import AccessAttempt
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from coordination.kernel.accounts import give_initial_password
from coordination.kernel.accounts.sessions import forget_sessions
from coordination.kernel.drafts import Draft
from coordination.kernel.now import travel_to
from coordination.kernel.web import gate
from tests.county import at, person
from tests.logins import code_for, type_password

pytestmark = pytest.mark.django_db
OFFICER = "yangfangkou.officer1"
MINUTE, HOUR = 60, 3600


@pytest.fixture(autouse=True)
def county(ningwu):
    return ningwu


@pytest.fixture
def later(monkeypatch):
    """`later(minutes)`: the server's clock goes on."""
    clock = [gate.server_time()]
    monkeypatch.setattr(gate, "server_time", lambda: clock[0])

    def on(seconds: float) -> None:
        clock[0] += seconds

    return on


@pytest.fixture
def officer(client, later):
    type_password(client, OFFICER)
    assert client.get("/").status_code == 200
    return client


# The end of a session


def test_a_session_that_is_left_alone_for_half_an_hour_is_over(officer, later):
    later(29 * MINUTE)
    assert officer.get("/").status_code == 200
    later(30 * MINUTE)
    assert officer.get("/directory/").url == "/login/?next=/directory/"
    assert officer.get("/").status_code == 302


def test_how_long_it_may_be_left_alone_is_a_setting(officer, later, settings):
    settings.SESSION_IDLE_SECONDS = 5 * MINUTE
    later(6 * MINUTE)
    assert officer.get("/").status_code == 302


def test_after_a_working_day_it_is_over_however_busy_one_is(officer, later):
    for _quarter in range(39):
        later(15 * MINUTE)
        assert officer.get("/").status_code == 200
    later(15 * MINUTE)
    assert officer.get("/").status_code == 302


def test_travelled_time_moves_no_session(officer):
    travel_to(at("2027-09-21 09:00"))
    assert officer.get("/").status_code == 200


def test_a_form_that_is_sent_too_late_comes_back_as_it_was_typed(officer, later, story):
    case = story.case()
    address = reverse("step", args=[case.number, "verify"])
    officer.get(address)
    later(2 * HOUR)
    typed = {"words": "已到现场核实，情况属实", "version": case.version}
    gone = officer.post(address, typed)
    assert gone.url == f"/login/?next={quote(address)}"
    assert "已存为草稿" in officer.get(gone.url).content.decode()
    back = type_password(officer, OFFICER, next=address)
    assert back.url == address
    assert "已到现场核实，情况属实" in officer.get(back.url).content.decode()
    assert not case.entries.filter(step="verify").exists(), "nothing was done meanwhile"


def test_what_the_page_saves_by_itself_is_kept_too(officer, later):
    later(HOUR)
    answer = officer.post(f"{reverse('draft')}?for=/cases/new/", {"title": "河道采砂"})
    assert answer.status_code == 302
    assert Draft.objects.get(user=person(OFFICER), key="/cases/new/").fields == {"title": ["河道采砂"]}


def test_a_forged_request_leaves_no_draft_behind(later):
    forger = Client(enforce_csrf_checks=True)
    forger.force_login(person(OFFICER))
    forger.get("/")
    later(HOUR)
    assert forger.post("/cases/new/", {"title": "假"}).status_code == 403
    assert not Draft.objects.exists()


def test_whoever_only_pressed_a_button_begins_again_at_his_desk(officer, later):
    later(HOUR)
    assert officer.post(reverse("notices-read")).url == "/login/?next=/"


def test_a_program_that_uses_a_session_is_refused_when_it_is_over(officer, later):
    assert officer.get("/api/v1/cases/").status_code == 200
    later(HOUR)
    assert officer.get("/api/v1/cases/").status_code == 401


# The login


def test_a_login_begins_a_new_session(client):
    client.get("/login/")
    client.post("/language/", {"language": "en"})
    client.session.save()
    before = client.session.session_key
    type_password(client, OFFICER)
    assert client.session.session_key != before


def test_the_account_page_tells_the_last_login_and_the_failed_tries_since(client):
    type_password(client, OFFICER)
    assert "这是您第一次登录" in client.get("/account/").content.decode()
    client.post("/logout/")
    for _each in range(2):
        type_password(client, OFFICER, "wrong")
    type_password(client, OFFICER)
    told = client.get("/account/").content.decode()
    assert f"上次登录：{timezone.localtime():%Y-%m-%d}" in told
    assert "此后有 2 次输错密码" in told
    client.post("/logout/")
    type_password(client, OFFICER)
    assert "此后没有人输错过密码" in client.get("/account/").content.decode()


def test_all_other_sessions_are_left_from_the_account_page(officer):
    elsewhere = Client()
    type_password(elsewhere, OFFICER)
    assert elsewhere.get("/").status_code == 200
    officer.post(reverse("leave-elsewhere"))
    assert officer.get("/").status_code == 200
    assert elsewhere.get("/").status_code == 302


def test_a_supervisor_who_leaves_elsewhere_stays_verified_here(client):
    type_password(client, "sifa.supervisor1")
    client.post("/account/second-factor/", {"code": code_for(person("sifa.supervisor1"))})
    client.post(reverse("leave-elsewhere"))
    assert client.get("/").status_code == 200


# The lock


def test_five_wrong_passwords_lock_the_account_at_this_address_and_say_until_when_and_whom_to_ask(client):
    for _each in range(4):
        assert type_password(client, OFFICER, "wrong").status_code == 200
    shut = type_password(client, OFFICER, "wrong")
    assert shut.status_code == 429
    until = timezone.localtime(AccessAttempt.objects.get().attempt_time + timedelta(minutes=15))
    for words in (f"{until:%H:%M} 以后可以再试", "陆云舟", "0350-0009003"):
        assert words in shut.content.decode(), words
    assert type_password(client, OFFICER).status_code == 429, "the right one does not open it"
    assert AccessAttempt.objects.get().attempt_time == until - timedelta(minutes=15), "nor does trying lengthen it"
    assert type_password(client, "yangfangkou.officer2").status_code == 302
    assert type_password(Client(REMOTE_ADDR="10.0.0.9"), OFFICER).status_code == 302


def test_the_lock_opens_by_itself_or_by_the_security_administrator(client):
    for _each in range(5):
        type_password(client, OFFICER, "wrong")
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=16))
    assert type_password(client, OFFICER).status_code == 302
    client.post("/logout/")
    for _each in range(5):
        type_password(client, OFFICER, "wrong")
    security = Client()
    security.force_login(person("admin.security"))
    action = {"action": "unlock", "_selected_action": [person(OFFICER).pk]}
    security.post(reverse("admin:kernel_account_changelist"), action)
    assert type_password(client, OFFICER).status_code == 302


# Passwords


def initial(login: str = OFFICER) -> str:
    return give_initial_password(person(login))


NEW = "Kuangye-7-Xiashan"


def changed(client, old: str, new: str):
    return client.post(reverse("password"), {"old_password": old, "new_password1": new, "new_password2": new})


def test_an_initial_password_opens_one_page_until_it_is_changed(client):
    first = initial()
    type_password(client, OFFICER, first)
    assert client.get("/directory/").url == "/account/password/?next=/directory/"
    assert client.post(reverse("token")).url.startswith("/account/password/")
    assert client.get("/api/v1/cases/").status_code == 401
    assert "不能与原密码相同" in changed(client, first, first).content.decode()
    assert changed(client, first, NEW).status_code == 302
    assert client.get("/directory/").status_code == 200
    client.post("/logout/")
    assert type_password(client, OFFICER, first).status_code == 200
    assert type_password(client, OFFICER, NEW).status_code == 302


@pytest.mark.parametrize(
    ("new", "why"),
    [("short-1A", "太短|10"), ("kuangyexiashan", "至少三种"), ("123456789012", "数字"), ("password-1A", "")],
)
def test_a_weak_password_is_refused_in_words(client, new, why):
    first = initial()
    type_password(client, OFFICER, first)
    answer = changed(client, first, new)
    if why:
        assert any(word in answer.content.decode() for word in why.split("|"))
        assert answer.status_code == 200
    else:
        assert answer.status_code == 302


def test_an_initial_password_that_nobody_has_used_in_a_week_opens_nothing(client):
    first = initial()
    travel_to(at("2026-09-28 09:01"))
    assert "初始密码已过有效期" in type_password(client, OFFICER, first).content.decode()
    assert client.get("/").status_code == 302
    second = initial()
    assert type_password(client, OFFICER, second).status_code == 302


def test_the_security_administrator_gives_it_on_paper_once(client, officer):
    security = Client()
    security.force_login(person("admin.security"))
    page = reverse("admin:kernel_account_changelist")
    given = security.post(page, {"action": "issue_password", "_selected_action": [person(OFFICER).pk]})
    ((account, password),) = given.context["given"]
    assert (account.username, password in given.content.decode()) == (OFFICER, True)
    assert officer.get("/").status_code == 302, "what was open under the old password is shut"
    assert type_password(client, OFFICER, password).status_code == 302


def test_a_supervisors_first_login_takes_the_code_and_then_the_new_password(client):
    first = initial("sifa.supervisor1")
    type_password(client, "sifa.supervisor1", first)
    assert client.get("/account/password/").url.startswith("/account/second-factor/")
    client.post("/account/second-factor/", {"code": code_for(person("sifa.supervisor1"))})
    assert client.get("/").url.startswith("/account/password/")


def test_the_login_page_says_whom_to_ask_and_offers_no_reset_by_mail(client):
    told = client.get("/login/").content.decode()
    assert "由安全管理员核实身份后当面发放" in told
    assert "陆云舟" in told
    assert client.get("/password_reset/").status_code == 404


def test_sessions_that_are_long_over_are_forgotten_and_the_others_stay(officer):
    gone = Client()
    type_password(gone, OFFICER)
    Session.objects.filter(pk=gone.session.session_key).update(expire_date=timezone.now() - timedelta(hours=1))
    forget_sessions()
    assert Session.objects.count() == 1
    assert officer.get("/").status_code == 200
