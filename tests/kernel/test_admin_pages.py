"""Every page of the admin stands in a table here with the duty that it belongs to; the admin shows it to that duty, to
those that may look besides, and to nobody else. What has no page says why."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.urls import reverse

from coordination.kernel.admin.bounds import Permitted
from coordination.kernel.duties import Duty
from coordination.kernel.matters import Matter
from coordination.kernel.organs import County, Organ
from coordination.kernel.webhooks import Webhook
from tests.county import organ, person

pytestmark = pytest.mark.django_db

#: By duty, what it administers or, in the case of the auditor, reads.
PAGES = {
    Duty.SYSTEM: {
        "kernel.County",
        "kernel.Organ",
        "kernel.User",
        "kernel.CalendarNotice",
        "kernel.MechanismOverride",
        "kernel.Item",
        "kernel.Holding",
        "kernel.Entrustment",
        "kernel.NumberSeries",
        "kernel.SealSetting",
        "kernel.Webhook",
        "kernel.WebhookCall",
        "supervision.Appointment",
    },
    Duty.SECURITY: {"kernel.Account", "kernel.Post", "kernel.Delegation"},
    Duty.AUDIT: {
        "admin.LogEntry",
        "complaints.Reveal",
        "kernel.Checkpoint",
        "kernel.Entry",
        "kernel.FailedLogin",
        "kernel.Login",
        "kernel.MaterialAccess",
        "kernel.Matter",
        "kernel.Seal",
    },
}
#: Pages that another duty may look at without changing anything.
LOOKED_AT = {Duty.SECURITY: {"kernel.User", "kernel.Organ"}}
#: Rows that belong to a matter, a page or a ledger of their workflow, shown there.
BELOW = {
    "assistance.ConsultedArchive",
    "cases.Measure",
    "cases.Property",
    "complaints.ComplaintItem",
    "disputes.Application",
    "disputes.Statement",
    "infosharing.Batch",
    "infosharing.Division",
    "infosharing.Exported",
    "infosharing.Filing",
    "infosharing.Reading",
    "infosharing.Subscription",
    "infosharing.Version",
    "jointops.Answer",
    "jointops.FollowUp",
    "jointops.OrganOutcome",
    "jointops.Reply",
    "kernel.CalendarDay",
    "kernel.CheckpointLeaf",
    "kernel.Claim",
    "kernel.Clock",
    "kernel.ClockEvent",
    "kernel.EntryWords",
    "kernel.EvidenceReview",
    "kernel.IssuedDocument",
    "kernel.Link",
    "kernel.Material",
    "kernel.MaterialCheck",
    "kernel.Participation",
    "kernel.SealedScan",
    "supervision.Accountability",
    "supervision.Assessment",
    "supervision.DutyRecord",
}
#: A person's own, and nobody else's to look into; tokens are voided on the page of accounts.
PERSONAL = {
    "complaints.Identity",
    "kernel.ApiToken",
    "kernel.Draft",
    "kernel.DraftFile",
    "kernel.Notice",
    "kernel.NoticeRead",
    "kernel.NoticeSwitch",
    "kernel.Phone",
}
#: The program's own working, watched on 系统状态 and by the commands.
WORKING = {
    "kernel.Answered",
    "kernel.ApiUse",
    "kernel.Delivery",
    "kernel.Event",
    "kernel.Reaction",
    "kernel.SearchWords",
    "kernel.SweepFault",
    "kernel.SweepRun",
    "kernel.TimeShift",
    "supervision.MonthCount",
}
OTHERS = ("django", "django_otp", "rest_framework", "axes")
OURS = {model for model in apps.get_models() if model.__module__.split(".")[0] not in OTHERS}


@pytest.fixture(autouse=True)
def county(ningwu):
    return ningwu


def shown_to(client, login: str) -> set[str]:
    """The models that the front page of the admin lists for somebody."""
    client.force_login(person(login))
    listed = client.get(reverse("admin:index")).context["app_list"]
    return {one["model"]._meta.label for app in listed for one in app["models"]}


def test_every_registered_page_stands_in_the_table_under_its_duty():
    registered = {duty: set() for duty in Duty}
    for model, page in admin.site._registry.items():
        registered[page.duty].add(model._meta.label)
    assert registered == PAGES


@pytest.mark.parametrize("duty", list(Duty))
def test_a_duty_finds_its_pages_and_those_that_it_may_look_at(client, duty):
    assert shown_to(client, f"admin.{duty}") == PAGES[duty] | LOOKED_AT.get(duty, set())


@pytest.mark.parametrize("duty", list(Duty))
def test_what_it_does_not_find_it_does_not_reach_by_the_address_either(client, duty):
    client.force_login(person(f"admin.{duty}"))
    mine = PAGES[duty] | LOOKED_AT.get(duty, set())
    for model in admin.site._registry:
        address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        assert (client.get(address).status_code == 200) == (model._meta.label in mine), address


def test_who_has_no_duty_finds_no_admin_at_all(client):
    for login in ("yangfangkou.officer1", "sifa.supervisor1", "xianfu.registry"):
        client.force_login(person(login))
        assert client.get(reverse("admin:index")).status_code in (302, 403), login


def subclasses(base: type) -> set[type]:
    return {base} | {below for one in base.__subclasses__() for below in subclasses(one)}


def test_no_page_of_ours_is_lost_because_it_says_no_duty():
    """The site leaves out a page without a duty, silently: that is meant for other packages alone."""
    roots = {model.__module__.split(".")[0] for model in OURS}
    ours = {one for one in subclasses(admin.ModelAdmin) if one.__module__.split(".")[0] in roots}
    ours -= {one for one in ours if one.__subclasses__()}  # on which pages stand, and which are none themselves
    assert len(ours) > 20
    assert {one.__name__ for one in ours if not issubclass(one, Permitted)} == set()


def test_every_model_has_a_page_or_says_why_not():
    pages = set().union(*PAGES.values())
    matters = {model._meta.label for model in OURS if issubclass(model, Matter)}
    unsaid = {model._meta.label for model in OURS if model._meta.managed} - pages - matters
    assert unsaid - BELOW - PERSONAL - WORKING == set()
    assert (BELOW | PERSONAL | WORKING) & pages == set()


def test_a_countys_administrator_finds_the_webhooks_of_his_own_organs(client):
    abroad = County.objects.create(code="linxian", name="邻县", mechanism="ningwu")
    there = Organ.objects.create(
        county=abroad, key="linxian.fu", kind="government", name="邻县人民政府", short_name="邻县政府", sort_key="l"
    )
    theirs = Webhook.objects.create(organ=there, url="https://linxian.example/events")
    Webhook.objects.create(organ=organ("shengtai"), url="https://ningwu.example/events")
    system = person("admin.system")
    system.duty_county = County.objects.get(code="ningwu")
    system.save()
    client.force_login(system)
    listed = client.get(reverse("admin:kernel_webhook_changelist")).content.decode()
    assert "ningwu.example" in listed
    assert "linxian.example" not in listed
    assert client.get(reverse("admin:kernel_webhook_change", args=[theirs.pk])).status_code == 302
