"""Which matters of the told county are copied how often: the shares of the kinds, and the rows that are to be made.

Matters are made in rounds of a thousand. A round holds every kind in its share, in a mixed order, so that ids follow
the time as in a real county; the older the round, the older its matters. Old matters are concluded; open ones are among
the youngest.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection

ROUND = 1000
#: Ids from here on are those of copies.
FIRST = 1_000_000
#: Matters of each kind in a round.
SHARES = {
    "cases": 372,
    "referrals": 240,
    "complaints": 110,
    "infosharing": 108,
    "patrols": 60,
    "assistance": 40,
    "duties": 24,
    "supervision": 12,
    "criminal": 10,
    "jointops": 8,
    "disputes": 6,
    "meetings": 4,
    "claims": 4,
    "breaches": 2,
}
#: So many of a round of the youngest are open.
OPEN = 650
#: A number that has no factor in common with a round: slots are taken in its steps.
MIXED = 617
TABLES = """DROP TABLE IF EXISTS bench_slot, bench_plan;
    CREATE UNLOGGED TABLE bench_slot (slot int, template bigint, turn int, turns int, old bool);
    CREATE UNLOGGED TABLE bench_plan (template bigint, id bigint, round int, turn int, old bool, age interval)"""
PLAN = """INSERT INTO bench_plan SELECT s.template, %(first)s + r * %(size)s + s.slot, r + %(back)s, s.turn, s.old,
    (%(back)s + %(rounds)s - r) * %(step)s * interval '1 hour' FROM generate_series(0, %(rounds)s - 1) r
    JOIN bench_slot s ON s.old = (r < %(old)s OR s.slot >= %(open)s) ORDER BY 2"""


@dataclass(frozen=True)
class Rounds:
    """`count` rounds from the id `first` on, the youngest `young` of them with open matters; a round is `hours` older
    than the next, and the last of them `back` rounds older than the youngest of all."""

    first: int
    count: int
    young: int = 0
    back: int = 0
    hours: float = 84.0


def lay_out(rounds: Rounds) -> None:
    """Fill bench_plan: a row for each matter to be made."""
    with connection.cursor() as cursor:
        cursor.execute(TABLES)
        for old in (True, False):
            cursor.executemany("INSERT INTO bench_slot VALUES (%s, %s, %s, %s, %s)", list(_slots(old)))
        cursor.execute(
            PLAN,
            {
                "first": rounds.first, "size": ROUND, "rounds": rounds.count, "old": rounds.count - rounds.young,
                "open": OPEN, "back": rounds.back, "step": rounds.hours,
            },
        )  # fmt: skip
        cursor.execute("CREATE INDEX ON bench_plan (template, round); ANALYZE bench_slot; ANALYZE bench_plan")


def _slots(old: bool) -> Iterator[tuple]:
    """Every slot of a round with its template, the how manieth of its copies in the round, and of how many."""
    found = [template for kind, share in SHARES.items() for template in _shared(_templates(kind, old), share)]
    turns: dict[int, int] = {}
    for place, template in enumerate(found):
        turn = turns[template] = turns.get(template, -1) + 1
        yield (place * MIXED) % ROUND, template, turn, found.count(template), old


def _shared(templates: list[int], share: int) -> list[int]:
    return [templates[number % len(templates)] for number in range(share)]


def _templates(kind: str, old: bool) -> list[int]:
    """The told matters of a kind, concluded or open ones; all of them where there are none of these."""
    with connection.cursor() as cursor:
        told = "SELECT id, (closed_at IS NOT NULL) FROM kernel_matter WHERE kind = %s AND id < %s ORDER BY id"
        cursor.execute(told, [kind, FIRST])
        rows = cursor.fetchall()
    return [pk for pk, closed in rows if closed == old] or [pk for pk, _closed in rows]
