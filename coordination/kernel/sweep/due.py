"""Which clocks are due, or behind the calendar, and the lock on their matters.

Each question is answered from a partial index, however many clocks run. Matters are locked before anything is read of
their clocks, and never waited for: one in the middle of a step is left to the next pass.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from django.db import connection

from coordination.kernel.now import CST

#: The calendar version of every county: a clock of an older version waits for its new date and does not fire.
CALENDARS = """(SELECT y.code, COALESCE(max(n.version), 0) AS version FROM kernel_county y LEFT JOIN
    kernel_calendarnotice n ON n.county_id IS NULL OR n.county_id = y.code GROUP BY y.code) AS calendar"""
CLOCKS = f"kernel_clock c JOIN {CALENDARS} ON calendar.code = c.county_id JOIN kernel_matter m ON m.id = c.matter_id"
FIRES = "c.state = 'running' AND c.next_rung_at <= %(moment)s AND c.calendar_version >= calendar.version"
SOUND = "NOT EXISTS (SELECT FROM kernel_sweepfault f WHERE f.clock_id = c.id)"
LOCK = "FOR NO KEY UPDATE OF m SKIP LOCKED"

#: The one question of an idle pass, from the heads of three indexes.
WAITING = f"""SELECT
    EXISTS (SELECT FROM {CALENDARS} CROSS JOIN LATERAL (SELECT FROM kernel_clock c WHERE c.county_id = calendar.code
        AND c.state IN ('running', 'paused') AND c.calendar_version < calendar.version
        ORDER BY c.calendar_version LIMIT 1) AS lagging),
    EXISTS (SELECT FROM kernel_clock c WHERE c.next_rung_at <= %(moment)s),
    EXISTS (SELECT FROM kernel_sweepfault f WHERE f.retry_at <= %(moment)s)"""
LOCK_DUE = f"SELECT c.id FROM {CLOCKS} WHERE {FIRES} AND {SOUND} ORDER BY c.next_rung_at LIMIT %(size)s {LOCK}"
# The order is the index's: without it the planner expects many to lag, and reads every open clock to find none.
LOCK_LAGGING = f"""SELECT lagging.id FROM {CALENDARS} CROSS JOIN LATERAL (SELECT c.id, c.matter_id FROM kernel_clock c
    WHERE c.county_id = calendar.code AND c.state IN ('running', 'paused') AND c.calendar_version < calendar.version
    AND {SOUND} ORDER BY c.calendar_version LIMIT %(size)s) AS lagging JOIN kernel_matter m ON m.id = lagging.matter_id
    LIMIT %(size)s {LOCK}"""
LOCK_THESE = f"SELECT c.id FROM {CLOCKS} WHERE c.id = ANY(%(ids)s) {LOCK}"
READ_DUE = f"""SELECT c.id, c.matter_id, m.stage, m.title, c.organ_id, o.short_name, c.term, c.title, c.within, c.basis,
    c.due_at, c.rungs, c.rung_index FROM {CLOCKS} JOIN kernel_organ o ON o.id = c.organ_id
    WHERE {FIRES} AND c.id = ANY(%(ids)s) ORDER BY c.next_rung_at, c.id"""


class Waiting(NamedTuple):
    """Whether anything may have to be done: clocks behind the calendar, due rungs, faults to try again."""

    lagging: bool
    due: bool
    faults: bool


@dataclass
class DueClock:
    """What firing needs of a clock, read under its matter's lock; `rungs` as the clock has stored them."""

    id: int
    matter_id: int
    stage: str
    matter_title: str
    organ_id: int
    organ: str
    term: int
    title: str
    within: str
    basis: str
    due_at: datetime | None
    rungs: str
    rung_index: int

    def __post_init__(self) -> None:
        self.rungs: list[dict] = json.loads(self.rungs)
        self.due_at = self.due_at and self.due_at.astimezone(CST)

    def pass_rungs(self, moment: datetime) -> list[dict]:
        """The rungs that are due, passed by in order: after an outage several at once."""
        passed = []
        while self.rung_index < len(self.rungs) and self._at(self.rung_index) <= moment:
            passed.append(self.rungs[self.rung_index])
            self.rung_index += 1
        return passed

    def next_rung_at(self) -> datetime | None:
        return self._at(self.rung_index) if self.rung_index < len(self.rungs) else None

    def _at(self, position: int) -> datetime:
        return moment_in(self.rungs[position]["at"])


@lru_cache(4096)
def moment_in(text: str) -> datetime:
    """A rung's moment in local time. Many clocks have rungs at the same moments of the day."""
    return datetime.fromisoformat(text).astimezone(CST)


def waiting(moment: datetime) -> Waiting:
    """What a pass has to look at."""
    with connection.cursor() as cursor:
        cursor.execute(WAITING, {"moment": moment})
        return Waiting(*cursor.fetchone())


def lock_due(moment: datetime, size: int) -> list[int]:
    """Clocks with a due rung, the oldest first, whose matters nobody else holds. Those set aside are not among them."""
    return _ids(LOCK_DUE, moment=moment, size=size)


def lock_lagging(size: int) -> list[int]:
    """Open clocks that a confirmed calendar change has not yet reached, whose matters nobody else holds."""
    return _ids(LOCK_LAGGING, size=size)


def lock_these(ids: list[int]) -> list[int]:
    """Those of the clocks whose matters nobody else holds."""
    return _ids(LOCK_THESE, ids=ids)


def read_due(ids: list[int], moment: datetime) -> list[DueClock]:
    """The clocks among `ids` that are still due.

    A statement of its own, hence a new snapshot: what a step has met or paused before the lock was had is seen here.
    """
    with connection.cursor() as cursor:
        cursor.execute(READ_DUE, {"ids": ids, "moment": moment})
        return [DueClock(*row) for row in cursor.fetchall()]


def _ids(words: str, **parameters) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(words, parameters)
        return [row[0] for row in cursor.fetchall()]
