"""Copies of told matters by the hundred thousand: one INSERT … SELECT a table, over the plan (bench/plan.py).

Organs are turned round, township to township and department to department, so that each has its share; moments are put
back by the age of the copy; what points at another told matter points at a copy of it. Not copied are letters, files
and notices, which no list shows, and of the journal but the first entries and the refusals.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.apps import apps
from django.db import connection, models

from bench.finding import fill_search
from coordination.kernel.clocks import Clock
from coordination.kernel.journal import Entry
from coordination.kernel.matters import Link, Matter, Participation
from coordination.kernel.organs import Organ
from coordination.kernel.search import SearchWords
from coordination.kernel.web.workflows import workflows

NUMBER = "left(t.number, 1) || 'C' || lpad(p.id::text, 9, '0')"
ENDED = "coalesce(t.ended_at, t.due_at - interval '1 hour', t.started_at + interval '1 day')"
DAYS = "(p.round %% 31 - 3) * interval '1 day'"
#: By table and column, what differs from the copied row `t` beside organs and moments. `p`: the row of the plan.
CHANGES = {
    "kernel_matter": {
        "number": NUMBER,
        "closed_at": "CASE WHEN p.old THEN coalesce(t.closed_at, t.opened_at + interval '30 days') - p.age END",
        "next_due_at": f"CASE WHEN NOT p.old THEN t.next_due_at + {DAYS} END",
        "subject_name": "CASE WHEN t.subject_name <> '' THEN (SELECT name FROM bench_name WHERE k = p.id %% "
        "(SELECT count(*) FROM bench_name)) ELSE '' END",
        "place_text": "CASE WHEN t.place_text <> '' THEN (SELECT name FROM bench_village WHERE k = p.id * 7 %% "
        "(SELECT count(*) FROM bench_village)) ELSE '' END",
    },
    "kernel_clock": {
        "state": "CASE WHEN p.old AND t.ended_at IS NULL THEN 'met' ELSE t.state END",
        "ended_at": f"CASE WHEN p.old THEN {ENDED} ELSE t.ended_at END - p.age",
        "due_at": f"CASE WHEN t.ended_at IS NULL AND NOT p.old THEN t.due_at + {DAYS} ELSE t.due_at - p.age END",
        "overdue_at": f"CASE WHEN t.ended_at IS NULL AND NOT p.old THEN t.overdue_at + {DAYS} "
        "ELSE t.overdue_at - p.age END",
        "next_rung_at": "CASE WHEN NOT p.old THEN t.next_rung_at + interval '1 year' END",
    },
    "supervision_periodicduty": {"cycle_first": "t.cycle_first - (p.round * 13 + p.turn + 1)"},
}
KEYS = """SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid) FROM pg_constraint
    WHERE contype = 'f' AND conrelid::regclass::text = ANY(%s)"""
INDEXES = """SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
    WHERE NOT indisunique AND indrelid::regclass::text = ANY(%s)"""
#: What they do for a row of a step, the copies get at once.
ROW_BY_ROW = (
    ("kernel_entry", "csx_leaf_waits"),
    ("kernel_participation", "csx_search_came"),
    ("kernel_searchwords", "csx_search_marks"),
)
WRITTEN = "(t.seq <= 3 OR t.step ~ '^(refuse|decline|object|reject)')"


def multiply() -> None:
    """A copy of every row of the plan, with its sides, links, clocks, first entries and the words it is found by."""
    children = list(workflows().values())
    parts = dict(_parts(children))
    with rebuilt([Matter, Participation, Link, Clock, Entry, SearchWords, *children, *parts]):
        _copy(Matter, "id")
        for model in children:
            _copy(model, "matter_ptr_id")
        for model, column in ({Participation: "matter_id", Clock: "matter_id"} | parts).items():
            _copy(model, column)
        _copy(Link, "source_id")
        _copy(Entry, "matter_id", WRITTEN)
        fill_search()


def _parts(children: list[type[Matter]]) -> Iterator[tuple[type[models.Model], str]]:
    """The rows below the matters of a workflow, and the column that names their matter."""
    for model in apps.get_models():
        owners = [field.column for field in model._meta.local_fields if field.related_model in children]
        if owners and not issubclass(model, Matter):
            yield model, owners[0]


def _copy(model: type[models.Model], owner: str, only: str = "true") -> None:
    """One statement; `owner`: the column that names the told matter."""
    fields = [field for field in model._meta.local_concrete_fields if field.column == owner or not field.primary_key]
    changes = CHANGES.get(model._meta.db_table, {})
    shown = [changes.get(field.column) or _changed(field, owner) for field in fields]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    _do(
        f"INSERT INTO {model._meta.db_table} ({columns}) SELECT {', '.join(shown)} FROM bench_plan p "
        f"JOIN {model._meta.db_table} t ON t.{owner} = p.template WHERE {only} ORDER BY p.id"
    )


def _changed(field: models.Field, owner: str) -> str:
    own = f't."{field.column}"'
    if field.column == owner:
        return "p.id"
    if field.related_model is Organ:
        return f"bench_turned({own}, p.round)"
    if field.related_model and issubclass(field.related_model, Matter):
        near = f"SELECT q.id FROM bench_plan q WHERE q.template = {own} AND q.round = p.round"
        return f"coalesce(({near} ORDER BY abs(q.turn - p.turn) LIMIT 1), {own})"
    return f"{own} - p.age" if isinstance(field, models.DateTimeField) else own


def turn_organs() -> None:
    """bench_turned(organ, round): the organ that stands in for another in a round; others than these stay."""
    groups = [list(Organ.objects.filter(kind__in=kinds).order_by("pk")) for kinds in (Organ.TOWNSHIPS, ["department"])]
    known = {one.pk: group for group in groups for one in group}
    stays = list(Organ.objects.exclude(pk__in=known))
    cases = " ".join(f"WHEN {one.pk} THEN {_turned(one, group)}" for group in groups for one in group)
    assert stays, "the justice bureau and the government stay themselves"
    _do(
        "CREATE OR REPLACE FUNCTION bench_turned(organ bigint, round int) RETURNS bigint IMMUTABLE LANGUAGE sql "
        f"AS $$ SELECT CASE organ {cases} ELSE organ END $$"
    )


def _turned(one: Organ, group: list[Organ]) -> str:
    ids = ",".join(str(each.pk) for each in group)
    return f"(ARRAY[{ids}])[1 + (round + {group.index(one)}) % {len(group)}]"


@contextmanager
def rebuilt(tables: list[type[models.Model]]) -> Iterator[None]:
    """Foreign keys, plain indexes and triggers of these tables are taken away and made again: a fifth of the time."""
    names = [model._meta.db_table for model in tables]
    with connection.cursor() as cursor:
        cursor.execute(KEYS, [names])
        keys = cursor.fetchall()
        cursor.execute(INDEXES, [names])
        indexes = cursor.fetchall()
    for table, name, _definition in keys:
        _do(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    for name, _definition in indexes:
        _do(f"DROP INDEX {name}")
    for table, trigger in ROW_BY_ROW:
        _do(f"ALTER TABLE {table} DISABLE TRIGGER {trigger}")
    yield
    for table, trigger in ROW_BY_ROW:
        _do(f"ALTER TABLE {table} ENABLE TRIGGER {trigger}")
    _do("SET maintenance_work_mem = '1GB'")
    for _name, definition in indexes:
        _do(definition)
    for table, name, definition in keys:
        _do(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}")
    _do("RESET maintenance_work_mem")


def _do(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement.replace("%%", "%"))
