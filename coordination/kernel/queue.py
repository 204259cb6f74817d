"""Handing work to Celery: the database row is the truth, the queue only a hint.

A stopped, full or hung Redis never fails a user's request; the sweep finds what a lost message left behind.
"""

import logging

from django.db import transaction
from kombu.exceptions import OperationalError

logger = logging.getLogger(__name__)


def enqueue(task, *args) -> None:
    """Ask for `task(*args)` once the present transaction is committed. `args` are primary keys; the task is safe to
    run twice and its row is found again by a periodic task, so a broker that is away costs only time."""
    transaction.on_commit(lambda: _send(task, args))


def _send(task, args) -> None:
    try:
        task.apply_async(args=args, retry=False, ignore_result=True)
    except (OperationalError, OSError) as fault:
        logger.warning("queue unavailable, %s%s is left to the sweep: %s", task.name, args, fault)
