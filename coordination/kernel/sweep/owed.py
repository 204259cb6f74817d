"""Reactions that a lost message left behind: a step owed on another matter is a row, and is done however late."""

import logging
from datetime import datetime

from django.db import connection
from django.db.models import F

from coordination.kernel.steps import Reaction
from coordination.kernel.steps.after import do_reaction
from coordination.kernel.sweep.isolation import ISOLATED

logger = logging.getLogger(__name__)
#: The queue has the first minute; then a try 2, 4, 8 … minutes after the entry, at last once a day.
OWED = """SELECT r.id FROM kernel_reaction r JOIN kernel_entry e ON e.id = r.entry_id WHERE r.done_at IS NULL AND
    e.at + interval '1 minute' * 2 ^ LEAST(r.tries, 11) + interval '1 day' * GREATEST(r.tries - 11, 0) <= %s
    ORDER BY r.tries, r.id LIMIT 100"""


def do_reactions(moment: datetime, faults: list[str]) -> int:
    """Do what is owed and was not done. Returns how many were; those that fail are reported and wait."""
    with connection.cursor() as cursor:
        cursor.execute(OWED, [moment])
        owed = [row[0] for row in cursor.fetchall()]
    return sum(_done(pk, faults) for pk in owed)


def _done(pk: int, faults: list[str]) -> bool:
    try:
        do_reaction(pk)
    except ISOLATED as fault:
        if not connection.is_usable():
            raise
        logger.error("reaction %s cannot be done (%s)", pk, type(fault).__name__)
        words = f"{type(fault).__name__}: {fault}".replace("\0", "")[:200]
        Reaction.objects.filter(pk=pk).update(tries=F("tries") + 1, fault=words)
        faults.append(f"reaction {pk}: {words}")
        return False
    return True
