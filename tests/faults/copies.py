"""Thousands of matters under the clock, at once: one told by steps, the others copied from it row by row, in SQL.

The only place outside perform() where matters are written, and only for tests and benchmarks: a tale a matter would
take an hour. The journal of the copies is written by the journal itself, so that their chains verify.
"""

from collections.abc import Iterable

from django.db import connection

from coordination.kernel import journal
from coordination.kernel.clocks import Clock
from coordination.kernel.matters import Matter, Participation
from coordination.kernel.now import now

#: Columns that are not named are those of the template.
COPY = """INSERT INTO {table} SELECT copy.* FROM {table} t,
    unnest(%(ids)s::bigint[], %(others)s::bigint[]) AS n(id, other), LATERAL
    jsonb_populate_record(t, jsonb_build_object({changes})) AS copy WHERE t.{key} = %(template)s"""
NUMBER = "left(t.number, 1) || 'C' || lpad(n.id::text, 9, '0')"


def copies(template: Matter, count: int, *, chained: bool = True) -> list[int]:
    """`count` copies of `template` with its child row, sides and open clocks; returns their ids.

    `chained`: with a first entry in the journal of each; without, their clocks name the template's entries.
    """
    ids = _new_ids("kernel_matter", count)
    _copy("kernel_matter", "id", template.pk, ids, number=NUMBER, id="n.id")
    _copy(type(template)._meta.db_table, "matter_ptr_id", template.pk, ids, matter_ptr_id="n.id")
    for side in Participation.objects.filter(matter_id=template.pk):
        _copy_part(side, ids)
    entries = _first_entries(template, ids) if chained else None
    for clock in Clock.objects.filter(matter_id=template.pk, ended_at=None):
        _copy_part(clock, ids, entries)
    return ids


def _copy_part(row, matters: list[int], entries: list[int] | None = None) -> None:
    """A copy of `row` for each of the matters; `entries`: what started the copied clocks."""
    table = row._meta.db_table
    changes = {"id": "n.id", "matter_id": "n.other"}
    ids = _new_ids(table, len(matters))
    _copy(table, "id", row.pk, ids, matters, **changes)
    if entries:
        with connection.cursor() as cursor:
            cursor.execute(
                f"UPDATE {table} SET started_by_id = n.entry FROM unnest(%s::bigint[], %s::bigint[]) AS n(id, entry) "
                f"WHERE {table}.id = n.id",
                [ids, entries],
            )


def _copy(table: str, key: str, template: int, ids: list[int], others: list[int] | None = None, **changes: str) -> None:
    pairs = ", ".join(f"'{column}', {value}" for column, value in changes.items())
    with connection.cursor() as cursor:
        cursor.execute(
            COPY.format(table=table, key=key, changes=pairs),
            {"ids": ids, "others": others or ids, "template": template},
        )


def _new_ids(table: str, count: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, count])
        return [row[0] for row in cursor.fetchall()]


def _first_entries(template: Matter, ids: Iterable[int]) -> list[int]:
    rows = [
        {"matter_id": pk, "step": "register", "before": "", "after": template.stage, "words": {"label": "登记"}}
        for pk in ids
    ]
    return [entry.pk for entry in journal.append_many(rows, now())]
