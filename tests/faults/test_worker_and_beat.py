"""A real worker and a real beat on a real broker, killed and started again: late, never lost, never twice."""

import pytest

from coordination.kernel.clocks import Claim, Clock
from coordination.kernel.now import now
from coordination.kernel.sweep import SweepRun, silent_since
from coordination.local.process import until
from tests.faults.conftest import ALL_RUNGS
from tests.faults.invariants import counted

pytestmark = pytest.mark.django_db(transaction=True)
WORKER = ("worker", "--concurrency=1", "--loglevel=WARNING", "--without-gossip", "--without-mingle")
BEAT = ("beat", "--scheduler=celery.beat:Scheduler", "--loglevel=WARNING", "--pidfile=")


def celery(app: str, *arguments: str) -> tuple[str, ...]:
    return ("-m", "celery", "-A", app, *arguments)


def swept() -> bool:
    return not Clock.objects.filter(next_rung_at__lte=now()).exists()


def test_a_worker_that_starts_sweeps_at_once_though_no_beat_and_no_broker_are_there(due, launch):
    due(20, ALL_RUNGS)
    launch(*celery("coordination.celery", *WORKER))
    assert until(swept, 60)
    assert until(lambda: SweepRun.objects.filter(claimed__gt=0).exists(), 20)
    assert silent_since(now()) is None
    assert counted().wrong == {}


def test_worker_and_beat_killed_and_started_again_sweep_everything_once(due, launch, broker):
    due(1500, ALL_RUNGS)
    quick = {"REDIS_URL": broker.url}
    beat = launch(*celery("tests.faults.quick", *BEAT), **quick)
    worker = launch(*celery("tests.faults.quick", *WORKER), **quick)
    assert until(lambda: Claim.objects.exists(), 60)
    worker.kill()
    beat.kill()
    before = Claim.objects.count()
    launch(*celery("tests.faults.quick", *BEAT), **quick)
    launch(*celery("tests.faults.quick", *BEAT), **quick)
    launch(*celery("tests.faults.quick", *WORKER), **quick)
    assert until(swept, 60)
    counts = counted()
    assert before < 6000 == counts.claims
    assert counts.wrong == {}
