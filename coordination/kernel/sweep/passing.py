"""One pass over the clocks, from the first statement to the heartbeat."""

import time
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta

from celery import shared_task
from django.db import connection

from coordination.kernel.mechanisms import keeping_rules
from coordination.kernel.notices import deliver
from coordination.kernel.now import now
from coordination.kernel.queue import enqueue
from coordination.kernel.sweep.due import lock_due, lock_lagging, lock_these, waiting
from coordination.kernel.sweep.firing import fire
from coordination.kernel.sweep.isolation import Work, swept
from coordination.kernel.sweep.redating import redate
from coordination.kernel.sweep.rows import SweepFault, beat

#: Clocks in one transaction.
BATCH = 500
#: Clocks set aside that one pass tries again.
RETRIES = 50
#: Seconds after which a pass leaves the rest to the next one, below the queue's time limit for a task.
BUDGET = 200.0


@dataclass
class Pass:
    """What one pass did: rungs claimed, batches, clocks dated anew, SQL statements, seconds, faults."""

    claimed: int = 0
    batches: int = 0
    redated: int = 0
    statements: int = 0
    seconds: float = 0.0
    faults: list[str] = field(default_factory=list)

    def as_dict(self) -> dict:
        return asdict(self)

    def count(self, execute, sql, params, many, context):
        """For `connection.execute_wrapper`."""
        self.statements += 1
        return execute(sql, params, many, context)


@keeping_rules()
def run(batch: int = BATCH) -> Pass:
    """One pass: batches until nothing is due. What is late is recorded as late, never lost, never twice."""
    result, begun = Pass(), time.monotonic()
    with connection.execute_wrapper(result.count):
        moment = now()
        _do_what_waits(moment, batch, begun + BUDGET, result)
        finished = moment + timedelta(seconds=time.monotonic() - begun)
        beat(moment, finished, result.claimed, len(result.faults))
    if result.claimed or result.redated:
        enqueue(deliver)
    result.seconds = round(time.monotonic() - begun, 4)
    return result


def _do_what_waits(moment: datetime, batch: int, end: float, result: Pass) -> None:
    """Clocks get their new dates before they fire: what the calendar has moved away does not."""
    there = waiting(moment)
    if there.lagging:
        result.redated = _batches(lambda: lock_lagging(batch), redate, moment, end, result)
    if there.due or result.redated:
        result.claimed = _batches(lambda: lock_due(moment, batch), fire, moment, end, result)
    if there.faults:
        result.claimed += _retry(moment, result)


def _batches(lock, work: Work, moment: datetime, end: float, result: Pass) -> int:
    total, found = 0, True
    while found and time.monotonic() < end:
        found, done = swept(lock, work, moment, result.faults)
        total, result.batches = total + done, result.batches + found
    return total


def _retry(moment: datetime, result: Pass) -> int:
    """Try what was set aside, each clock alone."""
    due = SweepFault.objects.filter(retry_at__lte=moment).order_by("retry_at").values_list("pk", flat=True)
    alone = [lambda pk=pk: lock_these([pk]) for pk in due[:RETRIES]]
    return sum(swept(lock, _mend, moment, result.faults)[1] for lock in alone)


def _mend(ids: list[int], moment: datetime) -> int:
    redate(ids, moment)
    claimed = fire(ids, moment)
    SweepFault.objects.filter(pk__in=ids).delete()
    return claimed


@shared_task(name="kernel.sweep")
def sweep() -> None:
    """One pass over the clocks."""
    run()
