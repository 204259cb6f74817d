"""The sweep's other two triggers: a timer in every worker, and the start of a worker.

The timer counts by the machine's monotonic clock: a beat that stands still because the wall clock has jumped does not
stop the sweep, nor does a broker that is away. It runs in the worker's main process, beside the consumer.
"""

import logging
import threading
from collections.abc import Callable

from celery.signals import worker_init, worker_ready, worker_shutting_down
from django.db import connections

from coordination.kernel.notices import deliver
from coordination.kernel.queue import enqueue
from coordination.kernel.sweep.passing import run

logger = logging.getLogger(__name__)
EVERY = 60.0
#: So long the first pass waits for the worker to have its broker and its processes; it does not wait for ever.
PATIENCE = 5.0


def pass_and_tell() -> None:
    """One pass, and a reminder to the mails that beat may have forgotten."""
    run()
    enqueue(deliver)


class Timer(threading.Thread):
    """Sweeps when it is woken or out of patience, then every so many seconds until it is stopped; no fault ends it."""

    def __init__(self, every: float = EVERY, work: Callable[[], None] = pass_and_tell) -> None:
        super().__init__(name="sweep", daemon=True)
        self.every, self.work = every, work
        self.awake, self.stopped = threading.Event(), threading.Event()

    def run(self) -> None:
        self.awake.wait(PATIENCE)
        while not self.stopped.is_set():
            self._once()
            self.stopped.wait(self.every)

    def _once(self) -> None:
        try:
            self.work()
        except Exception:
            logger.exception("the sweep failed; the next pass is in %s s", self.every)
        finally:
            connections.close_all()

    def stop(self) -> None:
        self.stopped.set()
        self.awake.set()


_timers: list[Timer] = []


@worker_init.connect
def start_timer(**_kwargs) -> None:
    """A worker begins; with no broker it would never be ready, and nobody would sweep."""
    _timers.append(Timer())
    _timers[-1].start()


@worker_ready.connect
def wake_timers(**_kwargs) -> None:
    """Its processes are there: what came due while nothing ran is swept at once."""
    for timer in _timers:
        timer.awake.set()


@worker_shutting_down.connect
def stop_timers(**_kwargs) -> None:
    for timer in _timers:
        timer.stop()
