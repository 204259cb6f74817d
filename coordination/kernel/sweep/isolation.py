"""A bad row is isolated: a batch that fails is halved until the clock that spoils it stands alone and is set aside.

All the others are swept at once; the bad one is reported and later tried again, alone, with growing delay.
"""

import logging
from collections.abc import Callable
from datetime import datetime

from django.db import DatabaseError, connection, transaction

from coordination.kernel.sweep.due import lock_these
from coordination.kernel.sweep.rows import set_aside
from coordination.kernel.words import Refusal

logger = logging.getLogger(__name__)
#: What one bad row can raise; anything else is a fault of the sweep itself and must be loud.
ISOLATED = (DatabaseError, LookupError, ValueError, TypeError, AttributeError, ArithmeticError, Refusal)

#: Locks the matters of some clocks and names those clocks; then works on them and says how much came of it.
Lock = Callable[[], list[int]]
Work = Callable[[list[int], datetime], int]


def swept(lock: Lock, work: Work, moment: datetime, faults: list[str]) -> tuple[bool, int]:
    """`work` on what `lock` finds, in one transaction: whether anything was found, and how much was done.

    Raises only when the database is away: then there is nothing to isolate, and the next pass catches up.
    """
    ids: list[int] = []
    try:
        with transaction.atomic():
            ids = lock()
            return bool(ids), work(ids, moment) if ids else 0
    except ISOLATED as fault:
        if not ids or not connection.is_usable():
            raise
        return True, _isolate(ids, work, moment, faults, fault)


def _isolate(ids: list[int], work: Work, moment: datetime, faults: list[str], fault: Exception) -> int:
    if len(ids) == 1:
        logger.error("clock %s cannot be swept (%s) and is set aside", ids[0], type(fault).__name__)
        set_aside(ids[0], fault, moment)
        faults.append(f"clock {ids[0]}: {type(fault).__name__}: {fault}"[:300])
        return 0
    half = len(ids) // 2
    return sum(swept(lambda part=part: lock_these(part), work, moment, faults)[1] for part in (ids[:half], ids[half:]))
