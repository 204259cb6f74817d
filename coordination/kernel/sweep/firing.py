"""Firing: every due rung of the locked clocks is claimed, recorded and told; then the clocks move on.

All in the caller's transaction, by seven statements however many clocks there are.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.utils.translation import gettext as _

from coordination.kernel import journal
from coordination.kernel.journal import Entry
from coordination.kernel.notices import Level
from coordination.kernel.sweep.due import DueClock, moment_in, read_due
from coordination.kernel.words import law_language

#: What fires later than this after its moment is recorded as late.
LATE_AFTER = timedelta(minutes=5)
# Columns as arrays: the ORM writes the same rows in three times the time.
CLAIM = """INSERT INTO kernel_claim (clock_id, term, rung, due, claimed_at, entry_id)
    SELECT g.clock_id, g.term, g.rung, g.due, %s, g.entry_id
    FROM unnest(%s::bigint[], %s::int[], %s::text[], %s::timestamptz[], %s::bigint[])
    AS g(clock_id, term, rung, due, entry_id)"""
TELL = """INSERT INTO kernel_notice (entry_id, matter_id, organ_id, role, level, title, created_at, fanned_out)
    SELECT g.entry_id, g.matter_id, g.organ_id, g.role, g.level, g.title, %s, false
    FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[], %s::text[], %s::text[], %s::text[])
    AS g(entry_id, matter_id, organ_id, role, level, title) JOIN kernel_matter m ON m.id = g.matter_id
    WHERE m.hidden_organ_id IS DISTINCT FROM g.organ_id"""
ADVANCE = """UPDATE kernel_clock c SET rung_index = g.rung_index, next_rung_at = g.next_rung_at
    FROM unnest(%s::bigint[], %s::int[], %s::timestamptz[]) AS g(id, rung_index, next_rung_at) WHERE c.id = g.id"""


class Spoken:
    """The words that a batch says over and over, put into the language of the law once."""

    def __init__(self) -> None:
        self.levels = {level.value: str(level.label) for level in Level}
        self.system, self.late = _("系统"), _("应于此时触发，已补记")


@dataclass(frozen=True)
class Firing:
    """A rung of a clock that fires now."""

    clock: DueClock
    rung: dict

    @property
    def at(self) -> datetime:
        return moment_in(self.rung["at"])

    def row(self, spoken: Spoken, moment: datetime) -> dict:
        """As the journal takes it. A rung that fires late says when it should have."""
        clock, late = self.clock, moment - self.at > LATE_AFTER
        return {
            "matter_id": clock.matter_id,
            "step": f"rung.{self.rung['level']}",
            "stage": clock.stage,
            "organ_id": clock.organ_id,
            "words": {
                "label": spoken.levels[self.rung["level"]],
                "who": spoken.system,
                "organ": clock.organ,
                "facts": [[spoken.late, f"{self.at:%Y-%m-%d %H:%M}"]] if late else [],
                "clocks": [
                    {
                        "title": clock.title,
                        "organ": clock.organ,
                        "change": self.rung["level"],
                        "within": clock.within,
                        "basis": clock.basis,
                        "before": None,
                        "after": clock.due_at and clock.due_at.isoformat(),
                        "rung_at": self.rung["at"],
                        "late": late,
                    }
                ],
            },
        }

    def title(self, spoken: Spoken) -> str:
        return f"{spoken.levels[self.rung['level']]}：{self.clock.title}——{self.clock.matter_title}"[:160]


@law_language()
def fire(ids: list[int], moment: datetime) -> int:
    """Fire the due rungs of clocks whose matters are locked. Returns how many rungs were claimed."""
    clocks = read_due(ids, moment)
    fired = [Firing(clock, rung) for clock in clocks for rung in clock.pass_rungs(moment)]
    if fired:
        spoken = Spoken()
        entries = journal.append_many([one.row(spoken, moment) for one in fired], moment)
        _claim(fired, entries, moment)
        _tell(fired, entries, spoken, moment)
    _advance(clocks)
    return len(fired)


def _claim(fired: list[Firing], entries: list[Entry], moment: datetime) -> None:
    rows = [
        (one.clock.id, one.clock.term, one.rung["key"], one.rung["at"], entry.pk)
        for one, entry in zip(fired, entries, strict=True)
    ]
    _write(CLAIM, rows, moment)


def _tell(fired: list[Firing], entries: list[Entry], spoken: Spoken, moment: datetime) -> None:
    """One notice a clock, of its loudest rung, to all whom its rungs name: after a long outage each rung is in the
    record, but nobody is told four times at once, and nobody is passed over."""
    loudest = {one.clock.id: (one, entry) for one, entry in zip(fired, entries, strict=True)}
    told: dict[int, set[tuple]] = {}
    for one in fired:
        told.setdefault(one.clock.id, set()).update(tuple(tell) for tell in one.rung["tells"])
    rows = [
        (entry.pk, one.clock.matter_id, organ, role, one.rung["level"], one.title(spoken))
        for one, entry in loudest.values()
        for organ, role in sorted(told[one.clock.id])
    ]
    if rows:
        _write(TELL, rows, moment)


def _advance(clocks: list[DueClock]) -> None:
    """Move every clock that was read to its next rung, also one whose stored moment was wrong."""
    if clocks:
        _write(ADVANCE, [(clock.id, clock.rung_index, clock.next_rung_at()) for clock in clocks])


def _write(words: str, rows: list[tuple], *more) -> None:
    """One statement over the columns of `rows`."""
    with connection.cursor() as cursor:
        cursor.execute(words, [*more, *(list(column) for column in zip(*rows, strict=True))])
