"""`manage.py verify` counts what must be 0 after any fault, and finds each kind of loss."""

import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection

from coordination.kernel.clocks import Claim, Clock
from coordination.kernel.matters import Matter
from coordination.kernel.notices import Notice
from coordination.kernel.now import travel_to
from coordination.kernel.sweep import run
from tests.county import at, organ


@pytest.fixture
def swept(story) -> Clock:
    """A sending clock whose reminder has fired, on a matter of which a paper was issued."""
    case = story.found_other(story.case())
    story.sent()
    travel_to(at("2026-09-23 08:31"))
    run()
    return Clock.objects.get(matter=case, limit="referrals.send")


def verified() -> dict:
    """What is not 0."""
    said, code = StringIO(), 0
    try:
        call_command("verify", "--json", stdout=said)
    except SystemExit as ended:
        code = ended.code
    counts = {name: count for name, count in json.loads(said.getvalue()).items() if count}
    assert code == bool(counts)
    return counts


def without_guard(table: str, statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(statement)
        assert cursor.rowcount


def lose_a_claim(clock: Clock) -> None:
    Claim.objects.filter(clock=clock).delete()


def lose_a_notice(clock: Clock) -> None:
    Notice.objects.filter(matter=clock.matter_id).delete()


def hide_from_the_sweep(clock: Clock) -> None:
    Clock.objects.filter(pk=clock.pk).update(next_rung_at=None)


def let_it_wait(clock: Clock) -> None:
    for moment in ("2026-09-25 09:00", "2026-09-25 09:05"):
        travel_to(at(moment))
        run()
    Claim.objects.filter(clock=clock, rung="overdue").delete()
    Clock.objects.filter(pk=clock.pk).update(rung_index=1, next_rung_at=at("2026-09-25 00:00"))


def claim_twice(clock: Clock) -> None:
    claim = Claim.objects.get(clock=clock)
    Claim.objects.create(
        clock=clock, term=2, rung=claim.rung, due=claim.due, claimed_at=claim.claimed_at, entry=claim.entry
    )


def claim_early(clock: Clock) -> None:
    Claim.objects.filter(clock=clock).update(claimed_at=at("2026-09-23 08:29"))


def claim_after_the_end(clock: Clock) -> None:
    first = clock.matter.entries.order_by("seq").first()
    Clock.objects.filter(pk=clock.pk).update(ended_by=first)


def move_without_a_step(clock: Clock) -> None:
    Matter.objects.filter(pk=clock.matter_id).update(stage="archived")


def sort_wrongly(clock: Clock) -> None:
    Matter.objects.filter(pk=clock.matter_id).update(next_due_at=at("2026-12-01 00:00"))


def let_in_unseen(clock: Clock) -> None:
    """As a load of rows does that switches triggers off."""
    let_in = (
        "INSERT INTO kernel_participation (matter_id, kind, organ_id, side, since) VALUES ({}, '{}', {}, 'one', now())"
    )
    matter = clock.matter
    without_guard("kernel_participation", let_in.format(matter.pk, matter.kind, organ("shuili").pk))


def lose_a_paper(clock: Clock) -> None:
    without_guard("kernel_issueddocument", "DELETE FROM kernel_issueddocument WHERE serial = 1")


def change_the_journal(clock: Clock) -> None:
    without_guard("kernel_entry", "UPDATE kernel_entry SET before = 'lead' WHERE step LIKE 'rung.%'")


def test_all_is_well_in_a_county_that_works(swept):
    assert Claim.objects.filter(clock=swept).count() == 1
    assert Notice.objects.filter(matter=swept.matter).exists()
    said = StringIO()
    call_command("verify", stdout=said)
    assert "重复触发" in said.getvalue()
    assert verified() == {}


@pytest.mark.parametrize(
    ("harm", "found"),
    [
        (lose_a_claim, {"missing", "unclaimed"}),
        (lose_a_notice, {"half"}),
        (hide_from_the_sweep, {"unseen"}),
        (let_it_wait, {"waiting", "unclaimed"}),
        (claim_twice, {"duplicate"}),
        (claim_early, {"early"}),
        (claim_after_the_end, {"after_the_end"}),
        (move_without_a_step, {"stage"}),
        (sort_wrongly, {"next_due"}),
        (let_in_unseen, {"unfound"}),
        (lose_a_paper, {"numbers"}),
        (change_the_journal, {"journal"}),
    ],
)
def test_each_kind_of_loss_is_found_under_its_name(swept, harm, found):
    harm(swept)
    assert set(verified()) == found
