"""Three duties of administrators in different hands; what they do to accounts stands in a log that nobody changes."""

from datetime import date

import pytest
from axes.models import AccessFailureLog
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from coordination.kernel.accounts import appoint, device_of, separated_duties
from coordination.kernel.duties import Duty
from coordination.kernel.organs import Delegation, Organ, Post, User, posts_of
from tests.county import organ, person
from tests.logins import type_password

pytestmark = pytest.mark.django_db
ACCOUNTS = "admin:kernel_account_changelist"


@pytest.fixture(autouse=True)
def county(ningwu):
    return ningwu


def of(client, login: str):
    client.force_login(person(login))
    return client


@pytest.fixture
def security(client):
    return of(client, "admin.security")


def pages(client, kind: str) -> set[str]:
    """The names of the models whose page of this kind opens for the client."""
    found = set()
    for model in admin.site._registry:
        address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{kind}")
        if client.get(address).status_code == 200:
            found.add(model._meta.model_name)
    return found


def changing() -> dict[str, set[str]]:
    """By duty, the models that its pages change."""
    found: dict[str, set[str]] = {duty: set() for duty in Duty}
    for model, page in admin.site._registry.items():
        found[page.duty].add(model._meta.model_name)
    return found


def act(client, action: str, *logins: str):
    chosen = [person(login).pk for login in logins]
    return client.post(reverse(ACCOUNTS), {"action": action, "_selected_action": chosen})


def test_what_each_duty_may_add_is_nobody_elses(client):
    added = {duty: pages(of(client, f"admin.{duty}"), "add") for duty in Duty}
    assert added[Duty.SYSTEM] >= {"organ", "user", "item", "holding", "calendarnotice", "mechanismoverride", "webhook"}
    assert added[Duty.SECURITY] == {"post", "delegation"}
    assert added[Duty.AUDIT] == set()
    assert not added[Duty.SYSTEM] & added[Duty.SECURITY]


def test_each_reads_what_is_his_and_the_others_little_or_nothing(client):
    read = {duty: pages(of(client, f"admin.{duty}"), "changelist") for duty in Duty}
    own = changing()
    assert all(own[duty] <= read[duty] for duty in Duty)
    assert read[Duty.AUDIT] == own[Duty.AUDIT]
    assert read[Duty.AUDIT] >= {"logentry", "login", "failedlogin", "entry", "checkpoint", "materialaccess"}
    assert read[Duty.SYSTEM] == own[Duty.SYSTEM]
    assert read[Duty.SECURITY] - own[Duty.SECURITY] == {"user", "organ"}, "to choose from, not to change"


def test_a_page_that_says_no_duty_is_not_there():
    """The keys of phones, the tokens of programs, groups and permissions: what other packages would show."""
    labels = {model._meta.label for model in admin.site._registry}
    assert not {label for label in labels if label.split(".")[0] in ("otp_totp", "otp_static", "auth")}


def test_the_system_administrator_changes_a_certificate_and_no_right(client):
    system = of(client, "admin.system")
    officer = person("yangfangkou.officer1")
    form = system.get(reverse("admin:kernel_user_change", args=[officer.pk])).context["adminform"].form
    assert not {"is_active", "is_staff", "is_superuser", "duty", "password", "groups"} & {*form.fields}
    facts = {name: form.initial.get(name) or "" for name in form.fields}
    address = reverse("admin:kernel_user_change", args=[officer.pk])
    raised = {"certificate_state": "suspended", "duty": "system", "is_staff": "on", "is_superuser": "on"}
    assert system.post(address, facts | raised).status_code == 302
    after = person(officer.username)
    assert (after.certificate_state, after.duty, after.is_staff, after.is_superuser) == ("suspended", "", False, False)
    assert "执法证状态：valid → suspended" in LogEntry.objects.latest("pk").get_change_message()
    post = {"user": officer.pk, "organ": organ("sifa").pk, "role": "supervisor", "since": "2026-09-01"}
    assert system.post(reverse("admin:kernel_post_add"), post).status_code == 403
    assert system.get(reverse("admin:kernel_item_import")).status_code == 200
    assert of(client, "admin.security").get(reverse("admin:kernel_item_import")).status_code == 403


def test_a_security_administrator_gives_nobody_a_post_who_is_himself(security):
    me = person("admin.security")
    post = {"user": me.pk, "organ": organ("sifa").pk, "role": "supervisor", "since": "2026-09-01"}
    refused = security.post(reverse("admin:kernel_post_add"), post)
    assert "不能给自己授予岗位" in refused.content.decode()
    held = Post.objects.get(user__username="yangfangkou.head", role="principal_head")
    days = {"post": held.pk, "to": me.pk, "since": "2026-09-21", "until": "2026-09-22"}
    assert "不能给自己授予岗位" in security.post(reverse("admin:kernel_delegation_add"), days).content.decode()
    own = reverse("admin:kernel_account_change", args=[me.pk])
    assert security.post(own, {"duty": "audit", "posts-TOTAL_FORMS": 0, "posts-INITIAL_FORMS": 0}).status_code == 403
    assert (posts_of(me), person("admin.security").duty) == ((), "security")
    other = post | {"user": person("sifa.legal").pk}
    assert security.post(reverse("admin:kernel_post_add"), other).status_code == 302


def test_he_cannot_lengthen_a_post_or_a_delegation_of_his_own(security):
    me = person("admin.security")
    post = Post.objects.create(user=me, organ=organ("sifa"), role="registry", since=date(2026, 1, 1))
    held = Post.objects.get(user__username="yangfangkou.head", role="principal_head")
    given = Delegation.objects.create(post=held, to=me, since=date(2026, 9, 21), until=date(2026, 9, 22))
    for row in (post, given):
        address = reverse(f"admin:kernel_{row._meta.model_name}_change", args=[row.pk])
        assert security.post(address, {"until": "2027-01-01"}).status_code == 403


def test_an_account_that_is_closed_is_out_at_once_and_stays_in_the_journal(security, client):
    officer = type(client)()
    type_password(officer, "yangfangkou.officer2")
    assert officer.get("/").status_code == 200
    act(security, "close_accounts", "yangfangkou.officer2")
    assert officer.get("/").status_code == 302
    assert not person("yangfangkou.officer2").is_active
    act(security, "open_accounts", "yangfangkou.officer2")
    assert person("yangfangkou.officer2").is_active
    assert officer.get("/").status_code == 302, "the old session stays ended"


def test_his_own_account_is_another_ones_to_act_on(security):
    answer = security.post(
        reverse(ACCOUNTS),
        {"action": "close_accounts", "_selected_action": [person("admin.security").pk]},
        follow=True,
    )
    assert "须由另一名安全管理员办理" in answer.content.decode()
    assert person("admin.security").is_active


def test_a_lost_phone_is_reset_by_the_security_administrator_alone(security, client):
    act(security, "renew_factor", "sifa.supervisor1")
    assert device_of(person("sifa.supervisor1")) is None
    for duty in ("system", "audit"):
        act(of(client, f"admin.{duty}"), "renew_factor", "sifa.supervisor2")
        assert device_of(person("sifa.supervisor2")) is not None


def test_a_duty_is_appointed_in_one_county_and_taken_away(security):
    officer = person("xianfu.registry")
    address = reverse("admin:kernel_account_change", args=[officer.pk])
    below = {"posts-TOTAL_FORMS": 0, "posts-INITIAL_FORMS": 0}
    assert security.post(address, {"duty": "system", "duty_county": "ningwu", **below}).status_code == 302
    after = person("xianfu.registry")
    assert (after.duty, after.duty_county_id, after.is_staff, after.is_superuser) == ("system", "ningwu", True, False)
    assert "管理职责：— → system" in LogEntry.objects.latest("pk").get_change_message()
    security.post(address, {"duty": "", **below})
    assert not person("xianfu.registry").is_staff


# The log


def test_what_is_done_to_accounts_posts_and_duties_is_read_by_the_audit_administrator(security, client):
    act(security, "issue_password", "yangfangkou.officer2")
    row = {"user": person("sifa.legal").pk, "organ": organ("sifa").pk, "role": "supervisor", "since": "2026-09-01"}
    security.post(reverse("admin:kernel_post_add"), row)
    log = of(client, "admin.audit").get(reverse("admin:admin_logentry_changelist")).content.decode()
    for words in ("陆云舟", "发放初始密码", "白允帆", "司法局 执法监督人员", "汤梅野"):
        assert words in log, words


def test_the_log_is_in_the_language_of_the_law_whoever_acts(security):
    security.cookies["django_language"] = "en"
    act(security, "renew_factor", "sifa.supervisor1")
    assert LogEntry.objects.latest("pk").change_message == "重置二次验证"


def test_nobody_changes_or_deletes_a_line_of_the_log(security, client):
    act(security, "unlock", "yangfangkou.officer2")
    line = LogEntry.objects.latest("pk")
    for login in ("admin.audit", "admin"):
        reader = of(client, login)
        assert reader.get(reverse("admin:admin_logentry_change", args=[line.pk])).status_code == 200
        assert reader.post(reverse("admin:admin_logentry_delete", args=[line.pk]), {"post": "yes"}).status_code == 403
        assert reader.post(reverse("admin:admin_logentry_change", args=[line.pk]), {"what": ""}).status_code == 403
    for statement in ("UPDATE django_admin_log SET change_message = ''", "DELETE FROM django_admin_log"):
        with pytest.raises(DatabaseError, match="is refused"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_the_application_has_no_right_to_try(as_app_role):
    with as_app_role(), connection.cursor() as cursor:
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            cursor.execute("DELETE FROM django_admin_log WHERE id < 0")
        cursor.execute("SELECT count(*) FROM django_admin_log")


def test_the_audit_administrator_sees_who_failed_to_log_in_but_no_word_of_a_matter(client, story):
    referral = story.sent()
    type_password(client, "yangfangkou.officer1", "wrong")
    auditor = of(client, "admin.audit")
    failures = auditor.get(reverse("admin:kernel_failedlogin_changelist")).content.decode()
    assert "yangfangkou.officer1" in failures
    assert AccessFailureLog.objects.count() == 1
    journal = auditor.get(reverse("admin:kernel_entry_changelist")).content.decode()
    assert (referral.number in journal, referral.title in journal) == (True, False)
    assert auditor.get(reverse("matter", args=[referral.number])).status_code == 404


def test_a_countys_auditor_reads_of_his_county_alone(client, security):
    abroad = Organ.objects.get(key="ningwu.sifa").county.__class__.objects.create(
        code="linxian", name="邻县", mechanism="ningwu"
    )
    act(security, "unlock", "yangfangkou.officer2")
    auditor = User.objects.create(username="lin.audit", name="邻县审计")
    appoint(auditor, Duty.AUDIT, abroad)
    log = of(client, "lin.audit").get(reverse("admin:admin_logentry_changelist")).content.decode()
    assert "解除登录锁定" not in log


# The command line


def test_the_first_administrators_are_appointed_on_the_server(capsys):
    call_command("appoint", "li.an", "security", "--name", "李安", "--county", "ningwu")
    user = person("li.an")
    assert (user.duty, user.duty_county_id, user.must_change_password) == ("security", "ningwu", True)
    password = capsys.readouterr().out.split("初始密码：")[1].split()[0]
    assert user.check_password(password)
    with pytest.raises(CommandError, match="--name"):
        call_command("appoint", "nobody.here", "audit")
    with pytest.raises(CommandError, match="没有这个县"):
        call_command("appoint", "li.an", "audit", "--county", "nowhere")


def warnings() -> list[tuple[str, str]]:
    return [(one.id, one.msg) for one in separated_duties(None, databases=["default"])]


def test_check_warns_of_whoever_holds_more_than_one_duty_and_of_a_duty_that_nobody_has():
    assert [code for code, words in warnings()] == ["kernel.W003"]
    assert "admin is a superuser" in warnings()[0][1]
    User.objects.filter(username="admin").update(is_active=False)
    assert warnings() == []
    User.objects.filter(username="admin.audit").update(is_active=False)
    assert [code for code, words in warnings()] == ["kernel.W005"]
