"""Many sweepers at once, killed in the middle: each due rung once, with entry and notice, and no chain broken."""

import json
import multiprocessing
import os
import random
import signal
import time

import pytest
from django.db import connections

from coordination.kernel.clocks import Claim, Clock
from coordination.kernel.sweep import SweepFault, run
from coordination.local.process import until
from tests.faults.conftest import ALL_RUNGS
from tests.faults.invariants import counted

pytestmark = pytest.mark.django_db(transaction=True)
CLOCKS = 5000


def left() -> int:
    return Clock.objects.exclude(next_rung_at=None).filter(rung_index=0).count()


def test_eight_sweepers_at_once_three_of_them_killed_in_the_middle_of_5000_clocks(due, launch):
    due(CLOCKS)
    sweepers = [launch("manage.py", "sweep", "--json", "--batch", "25") for _each in range(8)]
    assert until(lambda: Claim.objects.count() > 500, 120)
    for victim in sweepers[:3]:
        victim.kill()
    done = [json.loads(sweeper.words().splitlines()[-1]) for sweeper in sweepers[3:]]
    assert sum(one["claimed"] > 0 for one in done) > 1, "more than one sweeper had work"
    assert [one["faults"] for one in done] == [[]] * 5
    run()
    counts = counted()
    assert counts.claims == CLOCKS
    assert counts.wrong == {}


def test_sweepers_killed_again_and_again_lose_nothing_and_repeat_nothing_after_a_long_outage(due):
    due(1500, ALL_RUNGS)
    random.seed(20261122)
    sweepers, kills = [_fork() for _each in range(3)], 0
    while left() and kills < 30:
        time.sleep(random.uniform(0.02, 0.12))
        victim = random.randrange(3)
        if sweepers[victim].is_alive():
            os.kill(sweepers[victim].pid, signal.SIGKILL)
            kills += 1
        sweepers[victim].join()
        sweepers[victim] = _fork()
    for sweeper in sweepers:
        sweeper.join(60)
    run()
    counts = counted()
    assert kills >= 3
    assert counts.claims == 4 * 1500
    assert counts.wrong == {}


def _fork() -> multiprocessing.Process:
    """A sweeper that starts at once; it must inherit no connection."""
    connections.close_all()
    process = multiprocessing.get_context("fork").Process(target=run, args=(10,), daemon=True)
    process.start()
    return process


def test_a_row_that_fails_only_at_commit_is_isolated_too(due):
    """Foreign keys are checked at the end of the transaction: the batch is already written when it turns out bad."""
    due(9)
    bad = Clock.objects.filter(limit="referrals.send").order_by("pk")[4]
    Clock.objects.filter(pk=bad.pk).update(rungs=[{**bad.rungs[0], "tells": [[999_999_999, "officer"]]}])
    assert run().claimed == 8
    assert SweepFault.objects.get().clock == bad
    assert Claim.objects.count() == 8
