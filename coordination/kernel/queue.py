"""Handing work to Celery: the database row is the truth, the queue only a hint.

A stopped, full or hung Redis never fails a user's request; the sweep finds what a lost message left behind.
"""

import logging
import time

from django.db import transaction
from kombu.exceptions import KombuError
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)
#: After a failure nobody waits for the broker again for so many seconds: a hung one costs a second each time.
PAUSE = 10.0
#: What a broker can raise: stopped or hung (kombu's OperationalError, OSError), full or read-only (RedisError).
FAULTS = (KombuError, RedisError, OSError)


class _Broker:
    """What this process knows of the broker's health."""

    silent_until = 0.0


def enqueue(task, *args) -> None:
    """Ask for `task(*args)` once the present transaction is committed. `args` are primary keys; the task is safe to
    run twice and its row is found again by a periodic task, so a broker that is away costs only time."""
    transaction.on_commit(lambda: _send(task, args))


def _send(task, args) -> None:
    if time.monotonic() < _Broker.silent_until:
        return
    try:
        task.apply_async(args=args, retry=False, ignore_result=True)
    except FAULTS as fault:
        _Broker.silent_until = time.monotonic() + PAUSE
        logger.warning("queue unavailable, %s and what follows are left to the sweep: %s", task.name, fault)
