"""Many sweepers at once, killed in the middle: each due rung once, with entry and notice, and no chain broken."""

import json

import pytest

from coordination.kernel.clocks import Claim, Clock
from coordination.kernel.sweep import SweepFault, run
from coordination.local.process import until
from tests.faults.conftest import ALL_RUNGS
from tests.faults.invariants import counted

pytestmark = pytest.mark.django_db(transaction=True)
CLOCKS = 5000


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


def test_sweepers_killed_one_after_another_lose_nothing_and_repeat_nothing_after_a_long_outage(due, launch):
    """Each time an eighth of the work is done, one of eight sweepers dies in the middle of it."""
    rungs = 4 * len(due(2000, ALL_RUNGS))
    sweepers = [launch("manage.py", "sweep", "--batch", "10") for _each in range(8)]
    for eighth, victim in enumerate(sweepers[:-1], start=1):
        assert until(lambda share=eighth: Claim.objects.count() * 8 >= rungs * share, 120)
        assert victim.process.poll() is None, victim.words()
        victim.kill()
    sweepers[-1].words()
    run()
    counts = counted()
    assert counts.claims == rungs
    assert counts.wrong == {}


def test_a_row_that_fails_only_at_commit_is_isolated_too(due):
    """Foreign keys are checked at the end of the transaction: the batch is already written when it turns out bad."""
    due(9)
    bad = Clock.objects.filter(limit="referrals.send").order_by("pk")[4]
    Clock.objects.filter(pk=bad.pk).update(rungs=[{**bad.rungs[0], "tells": [[999_999_999, "officer"]]}])
    assert run().claimed == 8
    assert SweepFault.objects.get().clock == bad
    assert Claim.objects.count() == 8
