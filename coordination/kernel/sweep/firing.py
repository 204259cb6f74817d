"""Firing: every due rung of the locked clocks is claimed, recorded and told; then the clocks move on.

All in the caller's transaction, by eight statements however many clocks there are.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.utils.translation import gettext as _

from coordination.kernel import journal
from coordination.kernel.clocks import Claim
from coordination.kernel.journal import Entry
from coordination.kernel.notices import Level, Notice
from coordination.kernel.now import CST
from coordination.kernel.sweep.due import DueClock, read_due
from coordination.kernel.words import law_language

#: What fires later than this after its moment is recorded as late.
LATE_AFTER = timedelta(minutes=5)
ADVANCE = """UPDATE kernel_clock c SET rung_index = v.rung_index, next_rung_at = v.next_rung_at
    FROM unnest(%s::bigint[], %s::int[], %s::timestamptz[]) AS v(id, rung_index, next_rung_at) WHERE c.id = v.id"""


@dataclass(frozen=True)
class Firing:
    """A rung of a clock that fires now."""

    clock: DueClock
    rung: dict

    @property
    def at(self) -> datetime:
        return datetime.fromisoformat(self.rung["at"]).astimezone(CST)

    def row(self, moment: datetime) -> dict:
        """As the journal takes it. A rung that fires late says when it should have."""
        clock, late = self.clock, moment - self.at > LATE_AFTER
        return {
            "matter_id": clock.matter_id,
            "step": f"rung.{self.rung['level']}",
            "stage": clock.stage,
            "organ_id": clock.organ_id,
            "words": {
                "label": str(Level(self.rung["level"]).label),
                "who": _("系统"),
                "organ": clock.organ,
                "facts": [[_("应于此时触发，已补记"), f"{self.at:%Y-%m-%d %H:%M}"]] if late else [],
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


@law_language()
def fire(ids: list[int], moment: datetime) -> int:
    """Fire the due rungs of clocks whose matters are locked. Returns how many rungs were claimed."""
    if not ids:
        return 0
    clocks = read_due(ids, moment)
    fired = [Firing(clock, rung) for clock in clocks for rung in clock.pass_rungs(moment)]
    if fired:
        entries = journal.append_many([one.row(moment) for one in fired], moment)
        _claim(fired, entries, moment)
        _tell(fired, entries, moment)
    _advance(clocks)
    return len(fired)


def _claim(fired: list[Firing], entries: list[Entry], moment: datetime) -> None:
    Claim.objects.bulk_create(
        [
            Claim(
                clock_id=one.clock.id,
                term=one.clock.term,
                rung=one.rung["key"],
                due=one.at,
                claimed_at=moment,
                entry_id=entry.pk,
            )
            for one, entry in zip(fired, entries, strict=True)
        ]
    )


def _tell(fired: list[Firing], entries: list[Entry], moment: datetime) -> None:
    """One notice a clock, of its loudest rung, to all whom its rungs name: after a long outage each rung is in the
    record, but nobody is told four times at once, and nobody is passed over."""
    loudest = {one.clock.id: (one, entry) for one, entry in zip(fired, entries, strict=True)}
    told: dict[int, set[tuple]] = {}
    for one in fired:
        told.setdefault(one.clock.id, set()).update(tuple(tell) for tell in one.rung["tells"])
    Notice.objects.bulk_create(
        [
            Notice(
                entry_id=entry.pk,
                matter_id=one.clock.matter_id,
                organ_id=organ,
                role=role,
                level=one.rung["level"],
                title=_title(one),
                created_at=moment,
            )
            for one, entry in loudest.values()
            for organ, role in sorted(told[one.clock.id])
        ]
    )


def _title(one: Firing) -> str:
    return f"{Level(one.rung['level']).label}：{one.clock.title}——{one.clock.matter_title}"[:160]


def _advance(clocks: list[DueClock]) -> None:
    """Move every clock that was read to its next rung, in one statement, also one whose stored moment was wrong."""
    with connection.cursor() as cursor:
        cursor.execute(
            ADVANCE, [[c.id for c in clocks], [c.rung_index for c in clocks], [c.next_rung_at() for c in clocks]]
        )
