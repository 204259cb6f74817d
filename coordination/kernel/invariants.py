"""What holds after every fault: each question is one statement over the whole database, and its answer must be 0.

Clocks: every due rung claimed once, none early, none half, none after the end. Matters: no stage that no step has made.
Papers: numbers without a gap. The journal's own chains are the verifier's (`verify_journal`).
"""

from dataclasses import dataclass

from django.db import connection
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from coordination.kernel.journal import snapshot

#: So many places of a fault are named; the count is of all.
NAMED = 5

RUNGS = """FROM kernel_clock c CROSS JOIN LATERAL jsonb_array_elements(c.rungs) WITH ORDINALITY AS rung (it, place)
    JOIN kernel_matter m ON m.id = c.matter_id"""
UNCLAIMED = """NOT EXISTS (SELECT FROM kernel_claim k
    WHERE k.clock_id = c.id AND k.term = c.term AND k.rung = rung.it ->> 'key')"""
CLAIMS = """FROM kernel_claim k JOIN kernel_clock c ON c.id = k.clock_id JOIN kernel_matter m ON m.id = c.matter_id
    JOIN kernel_entry e ON e.id = k.entry_id"""


@dataclass(frozen=True)
class Invariant:
    """`words`: what was looked for; `found`: FROM and WHERE of the rows that break it, `m` being their matter."""

    key: str
    words: Promise
    found: str
    place: str = "m.number"


#: Invariants 1–3 of reliability.md, and what else would be lost without a sound.
INVARIANTS = (
    Invariant(
        "missing",
        _("已到时刻却没有触发的提醒、超期和督办"),
        f"{RUNGS} WHERE rung.place <= c.rung_index AND c.ended_at IS NULL AND {UNCLAIMED}",
    ),
    Invariant(
        "unseen",
        _("时限巡查看不到的在办时限"),
        """FROM kernel_clock c JOIN kernel_matter m ON m.id = c.matter_id WHERE c.next_rung_at IS DISTINCT FROM
        CASE c.state WHEN 'running' THEN (c.rungs -> c.rung_index ->> 'at')::timestamptz END""",
    ),
    Invariant(
        "waiting",
        _("最近一次巡查以前到时、还没有触发的时限"),
        """FROM kernel_clock c JOIN kernel_matter m ON m.id = c.matter_id
        WHERE c.next_rung_at <= (SELECT max(started_at) FROM kernel_sweeprun)
        AND (SELECT e.at FROM kernel_entry e WHERE e.matter_id = m.id ORDER BY e.seq DESC LIMIT 1)
            < (SELECT max(started_at) FROM kernel_sweeprun)""",
    ),
    Invariant(
        "duplicate",
        _("重复触发"),
        f"""{CLAIMS} WHERE EXISTS (SELECT FROM kernel_claim other WHERE other.id < k.id AND (other.entry_id = k.entry_id
        OR (other.clock_id, other.term, other.rung) = (k.clock_id, k.term, k.rung)))""",
    ),
    Invariant("early", _("提前触发"), f"{CLAIMS} WHERE k.claimed_at < k.due"),
    Invariant(
        "half",
        _("没有流转记录或者通知的触发"),
        f"""{CLAIMS} WHERE e.matter_id <> c.matter_id OR e.step NOT LIKE 'rung.%%'
        OR NOT EXISTS (SELECT FROM kernel_notice n JOIN kernel_claim other ON other.entry_id = n.entry_id
            WHERE other.clock_id = k.clock_id AND n.entry_id >= k.entry_id)""",
    ),
    Invariant(
        "unclaimed",
        _("没有触发依据的提醒、超期和督办记录"),
        """FROM kernel_entry e JOIN kernel_matter m ON m.id = e.matter_id
        WHERE e.step LIKE 'rung.%%' AND NOT EXISTS (SELECT FROM kernel_claim k WHERE k.entry_id = e.id)""",
    ),
    Invariant(
        "after_the_end",
        _("时限结束以后的触发"),
        f"{CLAIMS} JOIN kernel_entry ended ON ended.id = c.ended_by_id WHERE e.seq > ended.seq",
    ),
    Invariant(
        "stage",
        _("所处环节与最后一条流转记录不一致的事项"),
        """FROM kernel_matter m WHERE m.stage IS DISTINCT FROM
        (SELECT e.after FROM kernel_entry e WHERE e.matter_id = m.id ORDER BY e.seq DESC LIMIT 1)""",
    ),
    Invariant(
        "next_due",
        _("最近期限与在办时限不一致的事项"),
        """FROM kernel_matter m WHERE m.next_due_at IS DISTINCT FROM (SELECT min(c.overdue_at) FROM kernel_clock c
        WHERE c.matter_id = m.id AND c.state IN ('running', 'paused'))""",
    ),
    Invariant(
        "unfound",
        _("搜索找不到的事项"),
        """FROM kernel_matter m LEFT JOIN kernel_searchwords s ON s.matter_id = m.id WHERE s.matter_id IS NULL
        OR NOT s.marks @> ARRAY['k' || m.kind, 'a' || (m.id >> 12), 'b' || (m.id >> 15), 'c' || (m.id >> 18)]
        OR NOT s.marks @> ARRAY(SELECT 'o' || p.organ_id FROM kernel_participation p WHERE p.matter_id = m.id
            UNION SELECT 'o' || i.guide_id FROM kernel_item i WHERE i.id = m.item_id)""",
    ),
    Invariant(
        "numbers",
        _("文号有空号的文种"),
        """FROM kernel_numberseries s JOIN kernel_organ o ON o.id = s.organ_id WHERE s.last <> (SELECT count(*)
        FROM kernel_issueddocument d WHERE (d.organ_id, d.series, d.year) = (o.id, s.series, s.year))""",
        place="o.short_name || s.series || s.year",
    ),
)


@dataclass(frozen=True)
class Found:
    """How many rows break an invariant, and where the first of them are."""

    invariant: Invariant
    count: int
    places: tuple[str, ...]


def look() -> list[Found]:
    """Every invariant over the whole database, from one snapshot, beside work that goes on."""
    with snapshot(), connection.cursor() as cursor:
        return [_look(cursor, invariant) for invariant in INVARIANTS]


def _look(cursor, invariant: Invariant) -> Found:
    cursor.execute(f"SELECT count(*) OVER (), {invariant.place} {invariant.found} LIMIT %s", [NAMED])
    rows = cursor.fetchall()
    return Found(invariant, rows[0][0] if rows else 0, tuple(place for _count, place in rows))
