"""A bad row is isolated and tried again alone; the timer survives whatever goes wrong."""

import threading
from datetime import timedelta
from itertools import pairwise

import pytest
from django.db import DatabaseError

from coordination.kernel.clocks import Claim, Clock
from coordination.kernel.now import now, travel_to
from coordination.kernel.sweep import SweepFault, Timer, run
from coordination.kernel.sweep.due import lock_due
from tests.county import at
from tests.faults.copies import copies


@pytest.fixture
def many(story) -> list[Clock]:
    """Nine clocks whose first rung is due; the fifth cannot be read."""
    case = story.found_other(story.case())
    copies(case, 8)
    travel_to(at("2026-09-23 08:31"))
    clocks = list(Clock.objects.filter(limit="referrals.send").order_by("pk"))
    spoil(clocks[4])
    return clocks


def spoil(clock: Clock) -> None:
    Clock.objects.filter(pk=clock.pk).update(rungs=[{**clock.rungs[0], "at": "nonsense"}])


def later(**span) -> None:
    travel_to(now() + timedelta(**span))


def test_a_bad_row_is_set_aside_and_all_the_others_fire(many):
    done = run()
    assert done.claimed == 8
    assert len(done.faults) == 1
    assert SweepFault.objects.get().clock == many[4]
    assert "nonsense" in SweepFault.objects.get().words


def test_a_bad_row_heads_no_later_batch(many):
    run()
    assert lock_due(now(), 10) == []
    again = run()
    assert (again.claimed, again.faults) == (0, [])


def test_it_is_tried_again_alone_after_a_time_that_doubles(many):
    run()
    waits = []
    for _try in range(4):
        fault = SweepFault.objects.get()
        waits.append(fault.retry_at)
        travel_to(fault.retry_at)
        run()
    gaps = [round((after - before) / timedelta(minutes=1)) for before, after in pairwise(waits)]
    assert gaps == [2, 4, 8]
    assert SweepFault.objects.get().tries == 5


def test_once_mended_it_fires_late_and_is_forgotten(many):
    run()
    Clock.objects.filter(pk=many[4].pk).update(rungs=many[4].rungs)
    later(minutes=2)
    assert run().claimed == 1
    assert not SweepFault.objects.exists()
    assert Claim.objects.get(clock=many[4]).entry.words["clocks"][0]["late"] is False
    assert Claim.objects.count() == 9


def test_other_clocks_of_the_same_matter_go_on(many):
    twin = Clock.objects.get(pk=many[3].pk)
    twin.pk, twin._state.adding, twin.matter_id = None, True, many[4].matter_id
    twin.save(force_insert=True)
    run()
    assert Claim.objects.filter(clock=twin).exists()


def test_several_bad_rows_are_all_found(many):
    for clock in (many[0], many[8]):
        spoil(clock)
    assert run().claimed == 6
    assert SweepFault.objects.count() == 3


def test_a_claim_that_exists_already_spoils_only_its_own_clock(many):
    Clock.objects.filter(pk=many[4].pk).update(rungs=many[4].rungs)
    run()
    Clock.objects.filter(pk__in=[many[1].pk, many[2].pk]).update(rung_index=0, next_rung_at=now())
    Claim.objects.filter(clock=many[2]).delete()
    done = run()
    assert done.claimed == 1
    assert "one_claim" in done.faults[0]


def test_a_database_that_is_away_isolates_nothing_and_is_told(many, monkeypatch):
    monkeypatch.setattr("coordination.kernel.sweep.isolation.connection.is_usable", lambda: False)
    with pytest.raises(ValueError, match="nonsense"):
        run()
    assert not SweepFault.objects.exists()


def test_the_timer_sweeps_at_once_and_again_and_no_fault_ends_it(caplog):
    passes, enough = [], threading.Event()

    def work() -> None:
        passes.append(len(passes))
        if len(passes) == 4:
            enough.set()
        if len(passes) == 2:
            raise DatabaseError("the server is gone")

    timer = Timer(every=0.01, work=work)
    timer.start()
    timer.awake.set()
    assert enough.wait(10)
    timer.stop()
    timer.join(10)
    assert not timer.is_alive()
    assert "the server is gone" in caplog.text
