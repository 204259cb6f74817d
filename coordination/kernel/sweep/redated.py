"""What a calendar change did to clocks, and writing it down: rows, journal, the matters' next dates, notices."""

import json
from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection
from django.utils.translation import gettext as _

from coordination.kernel import journal
from coordination.kernel.clocks import Clock, ClockEvent
from coordination.kernel.journal import Entry
from coordination.kernel.notices import Level, Notice
from coordination.kernel.now import CST
from coordination.kernel.organs import Role
from coordination.kernel.words import law_language

STORE = """UPDATE kernel_clock c SET due_at = v.due_at, overdue_at = v.overdue_at, provisional = v.provisional,
    calendar_version = v.version, rungs = v.rungs, rung_index = v.rung_index, next_rung_at = v.next_rung_at
    FROM unnest(%s::bigint[], %s::timestamptz[], %s::timestamptz[], %s::bool[], %s::int[], %s::jsonb[], %s::int[],
    %s::timestamptz[]) AS v(id, due_at, overdue_at, provisional, version, rungs, rung_index, next_rung_at)
    WHERE c.id = v.id"""
#: The date that lists sort by follows its clocks; everything else of a matter is written by steps alone.
NEXT_DUE = """UPDATE kernel_matter m SET next_due_at = (SELECT min(c.overdue_at) FROM kernel_clock c
    WHERE c.matter_id = m.id AND c.state IN ('running', 'paused')) WHERE m.id = ANY(%s)"""


@dataclass
class Redated:
    """A clock that was behind its calendar. `undone`: rungs that fired and, as the calendar now is, fired too soon,
    each with its new moment."""

    clock: Clock
    before: datetime | None
    undone: list[tuple[dict, datetime]] = field(default_factory=list)

    @property
    def moved(self) -> bool:
        return self.clock.due_at != self.before

    def keep_rungs(self, fired: list[dict], waiting: list[dict], moment: datetime) -> None:
        """Put the rungs that fired before the newly projected ones: none of them fires a second time in this term.

        A reminder that was dropped when the clock was born too late for it does not come back; one that was still
        waiting is late now, not lost.
        """
        clock, done, still = self.clock, _keys(fired), _keys(waiting)
        anew = {rung["key"]: datetime.fromisoformat(rung["at"]) for rung in clock.rungs}
        self.undone = [
            (rung, anew[rung["key"]])
            for rung in fired
            if rung["level"] != Level.REMIND and anew.get(rung["key"], moment) > moment
        ]
        coming = [r for r in clock.rungs if r["key"] in still or r["level"] != Level.REMIND or anew[r["key"]] > moment]
        clock.rungs = [*fired, *(rung for rung in coming if rung["key"] not in done)]
        clock.rung_index = len(fired)
        clock.next_rung_at = clock.next_rung()

    def row(self) -> dict:
        """As the journal takes it."""
        clock = self.clock
        change = {
            "title": clock.title,
            "organ": clock.organ.short_name,
            "change": "redate",
            "within": clock.within,
            "basis": clock.basis,
            "before": self.before and self.before.isoformat(),
            "after": clock.due_at and clock.due_at.isoformat(),
        }
        return {
            "matter_id": clock.matter_id,
            "step": "redate",
            "stage": clock.matter.stage,
            "organ_id": clock.organ_id,
            "words": {
                "label": _("工作日历变更，重新计算时限"),
                "who": _("系统"),
                "organ": clock.organ.short_name,
                "facts": [_correction(rung, at) for rung, at in self.undone],
                "clocks": [change],
            },
        }

    def tells(self) -> set[tuple[int, str]]:
        """The bearer's officers, and all who were told what is now corrected."""
        return {(self.clock.organ_id, Role.OFFICER.value)} | {
            tuple(tell) for rung, _at in self.undone for tell in rung["tells"]
        }


def _keys(rungs: list[dict]) -> set[str]:
    return {rung["key"] for rung in rungs}


def _correction(rung: dict, at: datetime) -> list[str]:
    return [
        _("更正已触发的%(level)s") % {"level": Level(rung["level"]).label},
        _("按变更后的日历，应于 %(at)s 触发") % {"at": f"{at.astimezone(CST):%Y-%m-%d %H:%M}"},
    ]


@law_language()
def store(redated: list[Redated], moment: datetime) -> None:
    """Write all of it. An entry, an event and a notice only for a due date that moved."""
    if not redated:
        return
    _rows([one.clock for one in redated])
    moved = [one for one in redated if one.moved]
    if moved:
        entries = journal.append_many([one.row() for one in moved], moment)
        pairs = list(zip(moved, entries, strict=True))
        ClockEvent.objects.bulk_create([_event(one, entry, moment) for one, entry in pairs])
        Notice.objects.bulk_create([notice for one, entry in pairs for notice in _notices(one, entry, moment)])
        with connection.cursor() as cursor:
            cursor.execute(NEXT_DUE, [sorted({one.clock.matter_id for one in moved})])


def _rows(clocks: list[Clock]) -> None:
    columns = ("pk", "due_at", "overdue_at", "provisional", "calendar_version", "rungs", "rung_index", "next_rung_at")
    values = [[getattr(clock, column) for clock in clocks] for column in columns]
    values[columns.index("rungs")] = [json.dumps(clock.rungs) for clock in clocks]
    with connection.cursor() as cursor:
        cursor.execute(STORE, values)


def _event(one: Redated, entry: Entry, moment: datetime) -> ClockEvent:
    return ClockEvent(
        clock=one.clock,
        kind=ClockEvent.Kind.REDATE,
        at=moment,
        entry=entry,
        before=one.before,
        after=one.clock.due_at,
        ground=_("工作日历变更"),
        calendar_version=one.clock.calendar_version,
    )


def _notices(one: Redated, entry: Entry, moment: datetime) -> list[Notice]:
    title = _("时限重新计算：%(limit)s——%(matter)s") % {"limit": one.clock.title, "matter": one.clock.matter.title}
    return [
        Notice(
            entry=entry,
            matter_id=one.clock.matter_id,
            organ_id=organ,
            role=role,
            level=Level.INFO,
            title=title[:160],
            created_at=moment,
        )
        for organ, role in sorted(one.tells())
    ]
