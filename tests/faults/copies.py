"""Thousands of matters under the clock, at once: one told by steps, the others copied from it row by row, in SQL.

The only place outside perform() where matters are written, and only for tests and benchmarks: a tale a matter would
take an hour. The journal of the copies is written by the journal itself, so that their chains verify.
"""

from collections.abc import Iterable, Mapping

from django.db import connection

from coordination.kernel import journal
from coordination.kernel.clocks import Clock
from coordination.kernel.matters import Matter, Participation
from coordination.kernel.now import now

#: By table and column, what differs from the template: SQL over `n.id`, the new row, `n.matter`, its matter, and `t`.
Variety = Mapping[str, Mapping[str, str]]
#: Columns that are not named are those of the template.
COPY = """INSERT INTO {table} SELECT copy.* FROM {table} t,
    unnest(%(ids)s::bigint[], %(matters)s::bigint[]) AS n(id, matter), LATERAL
    jsonb_populate_record(t, jsonb_build_object({changes})) AS copy WHERE t.{key} = %(template)s"""
NUMBER = "left(t.number, 1) || 'C' || lpad(n.id::text, 9, '0')"


def copies(template: Matter, count: int, *, variety: Variety | None = None, chained: bool = True) -> list[int]:
    """`count` copies of `template` with its child row, sides and open clocks; returns their ids.

    `chained`: with a first entry in the journal of each; without, their clocks name the template's entries.
    """
    ids, variety = _new_ids("kernel_matter", count), variety or {}
    child = type(template)._meta.db_table
    _copy("kernel_matter", "id", template.pk, ids, ids, {"number": NUMBER, "id": "n.id"}, variety)
    _copy(child, "matter_ptr_id", template.pk, ids, ids, {"matter_ptr_id": "n.id"}, variety)
    for side in Participation.objects.filter(matter_id=template.pk):
        copy_part(side, ids, variety)
    entries = _first_entries(template, ids) if chained else None
    for clock in Clock.objects.filter(matter_id=template.pk, ended_at=None):
        _started_by(copy_part(clock, ids, variety), entries)
    return ids


def copy_part(row: Participation | Clock, matters: list[int], variety: Variety | None = None) -> list[int]:
    """A copy of `row` for each of the matters; their ids."""
    table = row._meta.db_table
    ids = _new_ids(table, len(matters))
    _copy(table, "id", row.pk, ids, matters, {"id": "n.id", "matter_id": "n.matter"}, variety or {})
    return ids


def _copy(table: str, key: str, template: int, ids: list[int], matters: list[int], own: dict, variety: Variety) -> None:
    changes = {**own, **variety.get(table, {})}
    pairs = ", ".join(f"'{column}', {value}" for column, value in changes.items())
    with connection.cursor() as cursor:
        words = COPY.format(table=table, key=key, changes=pairs)
        cursor.execute(words, {"ids": ids, "matters": matters, "template": template})


def _new_ids(table: str, count: int) -> list[int]:
    with connection.cursor() as cursor:
        series = "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)"
        cursor.execute(series, [table, count])
        return [row[0] for row in cursor.fetchall()]


def _first_entries(template: Matter, ids: Iterable[int]) -> list[int]:
    rows = [
        {"matter_id": pk, "step": "register", "before": "", "after": template.stage, "words": {"label": "登记"}}
        for pk in ids
    ]
    return [entry.pk for entry in journal.append_many(rows, now())]


def _started_by(clocks: list[int], entries: list[int] | None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE kernel_clock c SET started_by_id = n.entry FROM unnest(%s::bigint[], %s::bigint[]) AS n(id, entry) "
            "WHERE c.id = n.id AND n.entry IS NOT NULL",
            [clocks, entries or []],
        )
