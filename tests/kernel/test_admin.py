"""The admin: people, posts and organs are ended and not deleted; rules are added and not changed; a county's own
administrator reaches his county; matters are found by whoever may see them and changed by nobody."""

from datetime import date

import pytest
from django.urls import reverse

from coordination.kernel.accounts import appoint
from coordination.kernel.documents import NumberSeries
from coordination.kernel.duties import Duty
from coordination.kernel.journal import seal
from coordination.kernel.mechanisms import MechanismOverride, period
from coordination.kernel.now import now
from coordination.kernel.organs import County, Delegation, Organ, Post, User, posts_of
from tests.county import at, organ, person


@pytest.fixture
def admin(client, ningwu):
    client.force_login(person("admin"))
    return client


@pytest.fixture
def abroad(ningwu) -> County:
    """Another county beside, with an organ and somebody in it."""
    abroad = County.objects.create(code="linxian", name="邻县", mechanism="ningwu")
    there = Organ.objects.create(
        county=abroad, key="linxian.fu", kind="government", name="邻县人民政府", short_name="邻县政府", sort_key="l"
    )
    stranger = User.objects.create(username="stranger", name="邻县某人")
    Post.objects.create(user=stranger, organ=there, role="registry", since=date(2026, 1, 1))
    return abroad


def of_the_county(client, duty: str):
    """The county government's registry clerk, with a duty in his county."""
    user = person("xianfu.registry")
    appoint(user, duty, County.objects.get(code="ningwu"))
    client.force_login(user)
    return client


@pytest.fixture
def county_admin(client, abroad):
    return of_the_county(client, Duty.SYSTEM)


@pytest.fixture
def county_security(client, abroad):
    return of_the_county(client, Duty.SECURITY)


def page(name: str, *args) -> str:
    return reverse(f"admin:kernel_{name}", args=args)


def said(response) -> str:
    return response.content.decode()


def test_every_list_opens_and_every_form_shows(admin, story):
    story.sent()
    seal(now())
    for name in (
        "county",
        "organ",
        "user",
        "account",
        "post",
        "delegation",
        "mechanismoverride",
        "calendarnotice",
        "numberseries",
    ):
        assert admin.get(page(f"{name}_changelist")).status_code == 200, name
        assert admin.get(page(f"{name}_changelist"), {"q": "阳"}).status_code in (200, 302), name
    for name in ("organ", "user", "post", "delegation", "mechanismoverride", "calendarnotice"):
        assert admin.get(page(f"{name}_add")).status_code == 200, name
    for row in (organ("sifa"), person("yangfangkou.officer1"), Post.objects.first(), Delegation.objects.first()):
        assert admin.get(page(f"{row._meta.model_name}_change", row.pk)).status_code == 200, row


def test_nothing_that_others_name_can_be_deleted(admin):
    for row in (County.objects.get(), organ("sifa"), person("yangfangkou.officer1"), Post.objects.first()):
        assert admin.get(page(f"{row._meta.model_name}_delete", row.pk)).status_code == 403


def below(total: int, **row) -> dict:
    """The management form of the posts below an account."""
    numbers = {"posts-TOTAL_FORMS": total, "posts-INITIAL_FORMS": 0}
    return numbers | {f"posts-0-{name}": value for name, value in row.items()}


def test_a_new_person_is_entered_by_one_gets_a_post_from_another_and_acts_through_it_from_that_day(admin):
    entered = {"username": "new.officer", "name": "新来的", "certificate_state": "none"}
    answer = admin.post(page("user_add"), entered)
    assert answer.status_code == 302, said(answer)
    assert not person("new.officer").is_active
    row = {"organ": organ("yangfangkou").pk, "role": "officer", "since": "2026-09-21"}
    answer = admin.post(page("account_change", person("new.officer").pk), {"duty": ""} | below(1, **row))
    assert answer.status_code == 302, said(answer)
    assert [str(post) for post in posts_of(person("new.officer"))] == ["阳方口镇 执法人员"]


def test_a_post_is_ended_and_its_history_stays(admin):
    post = Post.objects.get(user__username="yangfangkou.officer2", role="officer")
    change = page("post_change", post.pk)
    assert "结束日期不能早于开始日期" in said(admin.post(change, {"until": "2020-01-01"}))
    moved = {"until": "2026-09-20", "organ": organ("sifa").pk, "role": "supervisor", "since": "2026-09-01"}
    assert admin.post(change, moved).status_code == 302
    post.refresh_from_db()
    assert (post.organ, post.role, post.until) == (organ("yangfangkou"), "officer", date(2026, 9, 20))
    assert "officer" not in {one.role for one in posts_of(person("yangfangkou.officer2"))}


def test_a_deputy_acts_for_the_days_of_the_delegation(admin):
    post = Post.objects.get(user__username="yangfangkou.head", role="principal_head")
    days = {"since": "2026-09-21", "until": "2026-09-25"}
    myself = admin.post(page("delegation_add"), days | {"post": post.pk, "to": post.user_id})
    assert "代行人不能是本人" in said(myself)
    backward = {"post": post.pk, "to": person("yangfangkou.approver").pk, "since": "2026-09-21", "until": "2026-09-20"}
    assert "结束日期不能早于开始日期" in said(admin.post(page("delegation_add"), backward))
    assert admin.post(page("delegation_add"), backward | days).status_code == 302
    assert post in posts_of(person("yangfangkou.approver"))


def test_a_countys_administrator_reaches_his_own_county_alone(county_admin):
    organs = said(county_admin.get(page("organ_changelist")))
    assert "阳方口镇" in said(county_admin.get(page("organ_changelist"), {"q": "阳方口"}))
    assert "邻县" not in organs
    there = Organ.objects.get(key="linxian.fu")
    assert county_admin.get(page("organ_change", there.pk)).status_code == 302
    assert "邻县" not in said(county_admin.get(page("organ_add")))
    assert "邻县某人" not in said(county_admin.get(page("user_changelist"), {"q": "stranger"}))
    assert county_admin.get(page("user_change", person("stranger").pk)).status_code == 302


def test_a_countys_security_administrator_reaches_the_accounts_of_his_own_county_alone(county_security):
    accounts = said(county_security.get(page("account_changelist")))
    assert "yangfangkou.officer2" in said(county_security.get(page("account_changelist"), {"q": "yangfangkou"}))
    assert "stranger" not in accounts
    assert county_security.get(page("account_change", person("stranger").pk)).status_code == 302
    assert county_security.get(page("account_change", person("admin").pk)).status_code == 302


def test_whoever_is_no_administrator_finds_no_admin(client, ningwu):
    client.force_login(person("yangfangkou.officer1"))
    answer = client.get(reverse("admin:index"), follow=True)
    assert (answer.status_code, "没有管理职责" in said(answer)) == (403, True)


# Local rules


OVERRIDE = {
    "county": "ningwu",
    "kind": "limit",
    "key": "referrals.send",
    "branch": "",
    "value": "2 working days",
    "basis": "宁武县司法局通知〔2026〕3号",
    "since": "2026-09-22",
}


def test_a_local_rule_holds_from_its_day_on_and_names_who_made_it(admin):
    answer = admin.post(page("mechanismoverride_add"), OVERRIDE)
    assert answer.status_code == 302, said(answer)
    row = MechanismOverride.objects.get()
    assert (row.value, row.made_by.username) == ("2 working days", "admin")
    before, after = (period("ningwu", "referrals.send", at(f"2026-09-{day} 09:00"), {}) for day in (21, 22))
    assert (str(before.within), str(after.within), after.nature) == ("3 working days", "2 working days", "local")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"key": "referrals.sned"}, "没有“referrals.sned”这一时限"),
        ({"key": "cases.decide"}, "法定时限，县不能改变"),
        ({"value": "two days"}, "无法识别"),
        ({"branch": "urgency=whenever"}, "没有这一情形"),
        ({"since": "2026-09-21"}, "明天或以后的日期"),
        ({"basis": "无"}, "依据的文件名称和文号"),
        ({"basis": ""}, "必填|必须"),
        ({"kind": "option", "key": "referrals.approval", "value": "maybe"}, "应与原值 True 同类"),
        ({"kind": "option", "key": "referrals.aproval", "value": "true"}, "没有“referrals.aproval”这一选项"),
    ],
)
def test_a_local_rule_that_cannot_be_is_refused_by_field(admin, change, words):
    answer = admin.post(page("mechanismoverride_add"), OVERRIDE | change)
    assert answer.status_code == 200
    errors = answer.context["adminform"].form.errors
    assert set(errors) <= set(OVERRIDE)
    assert any(word in errors.as_text() for word in words.split("|")), errors
    assert not MechanismOverride.objects.exists()


def test_an_option_is_chosen_as_true_or_false(admin):
    option = {"kind": "option", "key": "referrals.approval", "value": "false"}
    assert admin.post(page("mechanismoverride_add"), OVERRIDE | option).status_code == 302
    assert MechanismOverride.objects.get().value is False


def test_a_local_rule_is_neither_changed_nor_deleted(admin):
    admin.post(page("mechanismoverride_add"), OVERRIDE)
    row = MechanismOverride.objects.get()
    assert admin.post(page("mechanismoverride_change", row.pk), OVERRIDE | {"value": "9 days"}).status_code == 403
    assert admin.post(page("mechanismoverride_delete", row.pk), {"post": "yes"}).status_code == 403
    row.refresh_from_db()
    assert row.value == "2 working days"


# For looking only


def test_an_administrator_without_a_post_finds_no_matter_and_no_entry(admin, story):
    referral = story.sent()
    for name in ("matter", "entry"):
        shown = said(admin.get(page(f"{name}_changelist")))
        assert referral.number not in shown
        assert referral.title not in shown
    assert admin.get(page("matter_change", referral.pk)).status_code == 302


def test_one_who_may_see_a_matter_finds_it_with_its_page_and_changes_nothing(admin, story):
    referral = story.sent()
    admin_user = person("admin")
    Post.objects.create(user=admin_user, organ=organ("sifa"), role="supervisor", since=date(2026, 1, 1))
    listed = said(admin.get(page("matter_changelist"), {"q": referral.number}))
    assert reverse("matter", args=[referral.number]) in listed
    assert "已送达" in listed
    entry = referral.entries.latest("seq")
    assert bytes(entry.hash).hex()[:16] in said(admin.get(page("entry_changelist")))
    for name, row in (("matter", referral), ("entry", entry)):
        assert admin.get(page(f"{name}_change", row.pk)).status_code == 200
        assert admin.post(page(f"{name}_change", row.pk), {"title": "改"}).status_code == 403
        assert admin.post(page(f"{name}_delete", row.pk), {"post": "yes"}).status_code == 403
        assert admin.get(page(f"{name}_add")).status_code == 403


def test_the_audit_administrator_reads_every_entry_and_is_led_to_no_page_that_is_closed_to_him(client, story):
    referral = story.sent()
    listed = said(of_the_county(client, Duty.AUDIT).get(page("entry_changelist")))
    assert referral.number in listed
    assert reverse("matter", args=[referral.number]) not in listed


def test_the_numbers_are_shown_with_whether_one_is_missing(admin, story):
    story.sent()
    assert NumberSeries.objects.exists()
    assert said(admin.get(page("numberseries_changelist"))).count("icon-yes") >= NumberSeries.objects.count()
    NumberSeries.objects.filter(pk=NumberSeries.objects.first().pk).update(last=99)
    assert "icon-no" in said(admin.get(page("numberseries_changelist")))
    assert admin.get(page("numberseries_add")).status_code == 403


def test_the_seals_of_the_journal_are_shown_by_their_codes(admin, story):
    story.case()
    (sealed, *_more) = seal(now())
    assert sealed.code in said(admin.get(page("checkpoint_changelist")))
    assert admin.get(page("checkpoint_delete", sealed.pk)).status_code == 403
