"""The demonstration: a county that lives, told through the steps, right on whatever day it is started."""

import json
from collections import Counter
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client
from django.urls import reverse

from assistance.flow import Stage as AssistanceStage
from assistance.models import Assistance
from cases.flow import Stage as CaseStage
from cases.models import Case
from coordination.demo.accounts import accounts
from coordination.demo.almanac import Almanac
from coordination.demo.load import DEMO_PASSWORD, NINGWU
from coordination.demo.plan import PLAN
from coordination.kernel import journal
from coordination.kernel.calendar import weekends_only, work_calendar
from coordination.kernel.clocks import Claim, Clock
from coordination.kernel.documents import IssuedDocument, render_document
from coordination.kernel.duties import Duty
from coordination.kernel.journal import Entry
from coordination.kernel.materials import Material, verify_files
from coordination.kernel.matters import Matter, Participation
from coordination.kernel.notices import Level, Notice
from coordination.kernel.now import now
from coordination.kernel.organs import Organ, Role
from coordination.kernel.steps.after import Reaction
from coordination.kernel.verifier import Verifier
from coordination.kernel.web.lamp import lamp
from disputes.models import Dispute
from referrals.flow import Stage as ReferralStage
from referrals.models import Referral
from tests.county import at

# Without this mark pytest makes no test database at all, and the copy would be one of the real one.
pytestmark = pytest.mark.django_db


def test_assistance_goes_up_down_and_across_and_what_was_given_is_on_paper(living_county):
    directions = {one.limit_facts()["direction"] for one in Assistance.objects.select_related("asker", "helper")}
    assert directions == {"up", "down", "across"}
    assert Assistance.objects.filter(extended_to__isnull=False).exists()
    given = Assistance.objects.filter(stage=AssistanceStage.CONCLUDED)
    assert all(Material.objects.filter(matter=one.origin, title="执法协助意见书").exists() for one in given)


def test_every_lamp_occurs_that_ningwu_has(living_county):
    calendar, moment = work_calendar("ningwu"), now()
    lamps = [lamp(clock, moment, calendar) for clock in Clock.objects.all()]
    states = Counter(one.state for one in lamps)
    assert set(states) == {
        "overdue",
        "today",
        "hours",
        "near",
        "plenty",
        "elapsed",
        "closed_in_time",
        "closed_late",
    }
    assert any(one.provisional for one in lamps)
    assert any(one.local for one in lamps)
    assert min(states.values()) >= 2


def test_there_are_about_sixty_tales_and_every_one_is_told(living_county):
    assert len(PLAN) == len({line.key for line in PLAN}) >= 60
    registered = Entry.objects.filter(step="register", matter__kind="cases").count()
    assert registered >= sum(line.key.startswith("s") for line in PLAN)
    assert living_county.matters == Matter.objects.count() > 100


def test_matters_go_up_down_and_across(living_county):
    directions = {referral.limit_facts()["direction"] for referral in Referral.objects.select_related("sender")}
    assert directions == {"up", "down", "across"}


def test_the_journal_verifies_and_is_sealed(living_county):
    with journal.snapshot():
        verifier = Verifier(journal.public_keys())
        assert list(verifier.run(journal.records())) == []
    assert verifier.counts.unsealed == 0
    assert verifier.counts.entries == living_county.entries


def test_the_journal_is_in_the_order_of_time(living_county):
    moments = list(Entry.objects.order_by("pk").values_list("at", flat=True))
    assert moments == sorted(moments)
    assert moments[-1] <= now()


def test_every_timeline_is_chronological(living_county):
    for matter in Matter.objects.all():
        entries = list(Entry.objects.filter(matter=matter).order_by("seq"))
        assert [e.seq for e in entries] == list(range(1, len(entries) + 1))
        assert [e.at for e in entries] == sorted(e.at for e in entries)
        assert entries[-1].after == matter.stage


def test_every_matter_has_one_holder_who_takes_part(living_county):
    for matter in Matter.objects.select_related("holder"):
        assert Participation.objects.filter(matter=matter, organ=matter.holder).exists(), matter


def test_no_clock_stands_without_its_entries(living_county):
    for clock in Clock.objects.select_related("started_by", "ended_by"):
        assert clock.started_by.matter_id == clock.matter_id
        assert clock.open == (clock.ended_at is None)
        assert clock.open or clock.ended_by.matter_id == clock.matter_id
        assert clock.next_rung_at is None or clock.next_rung_at > now()


def test_every_level_of_notice_has_been_given_and_nothing_is_owed(living_county):
    assert set(Notice.objects.values_list("level", flat=True)) == set(Level.values)
    assert not Notice.objects.filter(fanned_out=False).exists()
    assert not Reaction.objects.filter(done_at=None).exists()


def test_warnings_are_recorded_when_they_fall_due_not_later(living_county):
    claims = Claim.objects.select_related("clock__started_by")
    in_time = [claim for claim in claims if claim.due >= claim.clock.started_by.at]
    assert len(in_time) > 100
    assert max(claim.claimed_at - claim.due for claim in in_time) < timedelta(minutes=2)


def test_uploads_are_real_and_complete(living_county):
    assert {"image/jpeg", "application/pdf"} == set(Material.objects.values_list("mime", flat=True))
    assert verify_files().sound


def test_every_kind_of_paper_has_been_issued_and_can_be_printed(living_county):
    issued = set(IssuedDocument.objects.values_list("key", flat=True))
    assert {"transfer_letter", "lead_letter", "handover_sheet_done", "objection", "result_letter"} <= issued
    assert {"ongoing_notice", "report_to_government", "legal_review_opinion", "case_filing"} <= issued
    last = IssuedDocument.objects.order_by("pk").last()
    render_document(last.pk)
    last.refresh_from_db()
    assert last.printed, last.fault


def test_what_an_organ_off_the_platform_did_is_recorded_on_its_behalf(living_county):
    police = Organ.objects.get(key="ningwu.gongan")
    referral = Referral.objects.get(receiver=police)
    assert referral.stage == ReferralStage.CONCLUDED
    recorded = set(Entry.objects.filter(matter=referral, on_behalf_of=police).values_list("step", flat=True))
    assert recorded == {"sign_for", "confirm_received", "file_case", "return_result"}
    assert not Case.objects.filter(holder=police).exists()


def test_a_designated_organ_takes_over_what_had_been_handed_over_and_files(living_county):
    referral = Referral.objects.get(designated=True, receiver__key="ningwu.shichang")
    assert referral.stage == ReferralStage.FILED
    assert referral.holder == referral.receiver
    assert referral.origin.stage == CaseStage.TRANSFERRED


def test_a_case_is_disputed_and_a_dispute_was_taken_up_by_the_common_superior(living_county):
    about = Dispute.objects.filter(about__kind="cases")
    assert {"negotiating", "concluded"} <= set(about.values_list("stage", flat=True))
    taken_up = about.get(taken_up_from=0)
    assert (taken_up.body, taken_up.outcome) == (taken_up.superior, "competent")
    assert taken_up.about.participations.filter(organ=taken_up.body, side="ruling").exists()
    assert Referral.objects.filter(origin=taken_up.about_id, designated=True).exists()


def test_disputes_stand_on_every_rung_and_are_settled_by_every_body(living_county):
    bodies = set(Dispute.objects.exclude(outcome="").values_list("body__key", flat=True))
    assert bodies == {"ningwu.sifa", "ningwu.xianfu", "ningwu.xinzhou"}
    papers = set(IssuedDocument.objects.filter(matter__kind="disputes").values_list("key", flat=True))
    assert papers == {"dispute_application", "dispute_minutes", "dispute_designation"}


def test_each_shown_account_opens_the_desk_with_the_shown_password(living_county):
    shown = accounts()
    assert {Role.OFFICER.label, Role.APPROVER.label, Role.SUPERVISOR.label} <= {one.role for one in shown}
    supervisor, administrator = (
        next(one for one in shown if one.role == role) for role in (Role.SUPERVISOR.label, Duty.AUDIT.label)
    )
    for one in (*shown[:3], supervisor, administrator):
        client = Client()
        client.post(reverse("login"), {"username": one.login, "password": one.password})
        if one.code:
            assert client.get("/").status_code == 302, one.login
            client.post(reverse("second-factor"), {"code": one.code})
        assert client.get("/").status_code == 200, one.login


def test_a_second_run_says_so_and_changes_nothing(living_county):
    before = Entry.objects.count()
    said = StringIO()
    call_command("demo", "--json", stdout=said)
    assert json.loads(said.getvalue()) == {"loaded": True}
    assert Entry.objects.count() == before


def test_the_accounts_are_a_table_that_says_that_nobody_exists(living_county):
    said = StringIO()
    call_command("demo", "--accounts", stdout=said)
    assert "虚构" in said.getvalue()
    assert DEMO_PASSWORD in said.getvalue()
    said = StringIO()
    call_command("demo", "--accounts", "--json", stdout=said)
    assert {"login", "password", "code", "organ", "role", "name"} == set(json.loads(said.getvalue())[0])


def test_it_is_refused_where_time_may_not_be_travelled(settings):
    settings.TIME_TRAVEL = False
    with pytest.raises(CommandError, match="演示"):
        call_command("demo")


@pytest.mark.parametrize("present", ["2026-11-25 00:05", "2026-11-28 12:00", "2026-11-29 23:50", "2027-01-01 09:00"])
def test_day_minus_one_has_passed_on_whatever_day_it_is_started(present):
    almanac = Almanac(at(present), weekends_only())
    assert almanac.day(-1, "23:59") < almanac.present
    assert almanac.day(0, "00:00").date() >= almanac.present.date()


def test_every_scenario_is_in_the_plan():
    words = [path.read_text(encoding="utf-8") for path in (NINGWU / "scenarios").glob("*.toml")]
    assert sum(one.count('\nkey = "') for one in words) == len(PLAN)
