"""Periodic duties: opened by the day's task as the county asks, done by records with proof, hours that add up."""

from datetime import date
from decimal import Decimal

import pytest

from coordination.kernel.catalogue import Holding
from coordination.kernel.clocks import Clock, explain
from coordination.kernel.journal import Entry
from coordination.kernel.mechanisms import MechanismOverride
from coordination.kernel.now import travel_to
from coordination.kernel.organs import Organ, in_force
from coordination.kernel.steps import perform, system_birth
from coordination.kernel.words import Refusal
from supervision.duties.models import PeriodicDuty, cycle_of
from supervision.duties.opening import open_duties
from tests.county import at, organ, person, upload

pytestmark = pytest.mark.django_db


def asks(key: str, value) -> None:
    """The county asks for it from now on."""
    facts = {"kind": "option", "key": key, "value": value, "basis": "县文件", "since": date(2026, 1, 1)}
    MechanismOverride.objects.create(county=organ("sifa").county, made_by=person("sifa.head"), **facts)


def givers() -> set[int]:
    today = in_force(date(2026, 9, 21))
    held = Holding.objects.filter(today, mode__in=["devolved", "entrusted"], holder__kind__in=Organ.TOWNSHIPS)
    return set(held.exclude(devolved_from=None).values_list("devolved_from", flat=True))


def recorded(duty: PeriodicDuty, **facts) -> PeriodicDuty:
    login = Organ.objects.get(pk=duty.bearer_id).posts.filter(role="officer").first().user.username
    proof = upload(duty, login, "scan", "签到表")
    known = {"on": date(2026, 9, 18), "hours": None, "people": 30, "words": "集中培训", "proof": proof}
    perform(duty, "record", person(login), **(known | facts))
    return PeriodicDuty.objects.get(pk=duty.pk)


@pytest.mark.rules("NW-3.67", "NW-2.18")
def test_every_department_that_gave_items_away_owes_training_once_a_year(ningwu):
    assert open_duties() > 0
    owed = PeriodicDuty.objects.filter(duty="training")
    assert set(owed.values_list("bearer", flat=True)) == givers() != set()
    one = owed.first()
    assert (one.opened_by, one.stage, one.holder) == (None, "owed", one.bearer)
    entry = Entry.objects.get(matter=one)
    assert (entry.step, entry.actor, entry.words["who"]) == ("fall_due", None, "系统")
    assert open_duties() == 0, "what is there is not opened again"
    travel_to(at("2027-01-01 00:10"))
    assert open_duties() == len(givers()), "the new year begins, the list of duties is signed once"


@pytest.mark.rules("NW-3.67")
def test_it_runs_to_the_end_of_its_year_as_a_local_target(ningwu):
    open_duties()
    clock = Clock.objects.filter(matter__kind="duties", limit="duties.fulfil", facts__duty="training").first()
    assert (clock.started_at, clock.due_at) == (at("2026-01-01 00:00"), at("2027-01-01 00:00"))
    assert clock.nature == "local"
    assert explain(clock).due.due_at == clock.due_at


@pytest.mark.rules("NW-3.66")
def test_the_list_of_duties_is_owed_promptly_and_done_by_its_signed_copy(ningwu):
    open_duties()
    duty = PeriodicDuty.objects.filter(duty="duty_list", bearer=organ("shengtai")).first()
    assert Clock.objects.get(matter=duty).due_at is None
    duty = recorded(duty, words="与各乡镇签订移交清单")
    perform(duty, "conclude", person("shengtai.officer1"))
    assert PeriodicDuty.objects.get(pk=duty.pk).stage == "done"
    travel_to(at("2027-01-02 09:00"))
    open_duties()
    assert PeriodicDuty.objects.filter(duty="duty_list", bearer=organ("shengtai")).count() == 1


@pytest.mark.rules("QX-9.3", "QX-9.2")
def test_forty_hours_add_up_and_not_one_less_is_enough(ningwu):
    asks("duties.training_hours", 40)
    open_duties()
    duty = PeriodicDuty.objects.get(duty="training", bearer=organ("shengtai"))
    with pytest.raises(Refusal, match="学时"):
        recorded(duty)
    for hours in (Decimal(16), Decimal("23.5")):
        duty = recorded(duty, hours=hours)
    with pytest.raises(Refusal, match=r"还差 0\.5 学时"):
        perform(duty, "conclude", person("shengtai.officer1"))
    duty = recorded(duty, hours=Decimal("0.5"))
    perform(duty, "conclude", person("shengtai.officer1"))
    assert (duty.hours_done, duty.times_done) == (40, 3)
    assert not Clock.objects.filter(matter=duty, state="running").exists()


@pytest.mark.rules("YY-7.1")
def test_guidance_is_owed_to_each_township_that_holds_something(ningwu):
    asks("duties.guidance", "yearly")
    open_duties()
    pairs = set(PeriodicDuty.objects.filter(duty="guidance").values_list("bearer", "about_organ"))
    assert len(pairs) > len(givers())
    assert all(about for _bearer, about in pairs)


@pytest.mark.rules("NW-2.19", "LX-7.10", "LX-8.1", "QX-9.3")
def test_other_counties_ask_for_other_duties(ningwu):
    asks("duties.meeting", "half-yearly")
    asks("duties.evaluation", "yearly")
    asks("duties.bureau_training", "yearly")
    open_duties()
    meeting = PeriodicDuty.objects.get(duty="meeting")
    assert (meeting.bearer, meeting.cycle_first, meeting.cycle_last) == (
        organ("sifa"), date(2026, 7, 1), date(2026, 12, 31),
    )  # fmt: skip
    assert meeting.title == "召开联席会议（2026年下半年）"
    assert PeriodicDuty.objects.get(duty="evaluation").bearer == organ("sifa")
    trained = PeriodicDuty.objects.filter(duty="training", bearer=organ("sifa"))
    assert trained.count() == Organ.objects.filter(kind__in=Organ.TOWNSHIPS).count()


def test_what_is_off_is_not_owed(ningwu):
    asks("duties.training", "off")
    asks("duties.duty_list", "off")
    assert open_duties() == 0


def test_a_cycle_is_a_year_a_half_year_or_once_for_all():
    assert cycle_of(date(2026, 6, 30), "half-yearly") == (date(2026, 1, 1), date(2026, 6, 30))
    assert cycle_of(date(2026, 7, 1), "half-yearly") == (date(2026, 7, 1), date(2026, 12, 31))
    assert cycle_of(date(2026, 7, 1), "once") == (date(2026, 1, 1), None)


def test_a_record_needs_its_proof_and_lies_in_its_cycle(ningwu):
    open_duties()
    duty = PeriodicDuty.objects.get(duty="training", bearer=organ("shengtai"))
    facts = {"on": date(2026, 9, 18), "words": "培训"}
    with pytest.raises(Refusal) as caught:
        perform(duty, "record", person("shengtai.officer1"), **facts)
    assert caught.value.field == "proof"
    for day in (date(2025, 12, 31), date(2026, 9, 22)):
        with pytest.raises(Refusal, match="本期内"):
            recorded(duty, on=day)


def test_nobody_gives_birth_to_what_the_system_owes_and_the_system_to_nothing_else(ningwu):
    with pytest.raises(ValueError, match="begin"):
        system_birth(type(PeriodicDuty.objects.model()), "record", organ("sifa"))
