"""A database of its own with a county of a hundred thousand matters, then a million: told by steps, copied in SQL."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

from django.db import connection, connections

from bench.finding import invent
from bench.multiply import multiply, turn_organs
from bench.plan import FIRST, ROUND, Rounds, lay_out
from bench.stopwatch import alone
from coordination.demo.build import build
from coordination.kernel.clocks import OPEN, Clock
from coordination.kernel.matters import Matter
from coordination.kernel.now import travel_to
from coordination.kernel.web.workflows import workflows
from supervision.figures.months import MonthCount, count_months
from tests.county import Story, at, live_in
from tests.faults.copies import copy_part
from tests.faults.main_story import costs_of_the_main_story
from tests.referrals.criminal.tale import CriminalStory

#: The county, and the same before it grew old.
DATABASE, BEFORE = "csx_bench", "csx_bench_before"
START, PRESENT = "2026-09-21 09:00", "2026-11-26 09:00"
#: Later, for the sweep.
OPEN_CLOCKS = 100_000
#: Sessions that a server or a sweeper of the run has left; while there are any the database cannot be dropped.
OTHERS = """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()"""
SIZE = """SELECT (SELECT count(*) FROM kernel_matter), (SELECT count(*) FROM kernel_clock),
    (SELECT count(*) FROM kernel_entry), (SELECT count(*) FROM kernel_clock WHERE state = ANY(%s)),
    pg_database_size(current_database()) / 1e9"""


@contextmanager
def database() -> Iterator[None]:
    """Made anew, migrated, dropped at the end; commits are durable, as in production."""
    own = connection.settings_dict["NAME"]
    connection.settings_dict["TEST"]["NAME"] = DATABASE
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        _do("SET synchronous_commit = on")
        alone()
        yield
    finally:
        _do(OTHERS)
        connection.creation.destroy_test_db(own, verbosity=0)
        _beside(f"DROP DATABASE IF EXISTS {BEFORE} WITH (FORCE)")


def small() -> dict[str, float]:
    """The county, and the main story in it while there is nothing else; what its steps cost."""
    live_in()
    travel_to(at(START))
    return costs_of_the_main_story()


def told() -> None:
    """Every kind of matter in every stage, told by steps: the tales of the demonstration, and one for the police."""
    build(at(PRESENT))
    travel_to(at(PRESENT))
    CriminalStory().handed_over()
    turn_organs()
    invent()


def large() -> None:
    """A hundred thousand matters of one year, the youngest of them open; no clock is due to be fired."""
    _grow(Rounds(FIRST + 900 * ROUND, 100, young=19))


def million() -> None:
    """Nine hundred thousand older and concluded ones beside them: nine years more of the same county. As it was before
    it is kept in a database of its own (`before`)."""
    _do(OTHERS)
    connection.close()
    _beside(f"DROP DATABASE IF EXISTS {BEFORE} WITH (FORCE)")
    _beside(f"CREATE DATABASE {BEFORE} TEMPLATE {DATABASE}")
    alone()
    _grow(Rounds(FIRST, 900, back=100))


@contextmanager
def before() -> Iterator[Callable[[], AbstractContextManager[None]]]:
    """`with before() as then: with then(): …` asks the county as it was before its million, on a connection that stays
    open: what is measured in turn is measured in the same hour."""
    now, other = connections["default"], connection.copy()
    other.settings_dict["NAME"] = BEFORE

    @contextmanager
    def then() -> Iterator[None]:
        connections["default"] = other
        try:
            yield
        finally:
            connections["default"] = now

    try:
        with then():
            alone()
        yield then
    finally:
        other.close()


def _grow(rounds: Rounds) -> None:
    lay_out(rounds)
    multiply()
    _do("VACUUM ANALYZE")
    MonthCount.objects.all().delete()
    count_months()


def open_clocks() -> int:
    return Clock.objects.filter(state__in=OPEN).count()


def size() -> str:
    """What is in the database."""
    with connection.cursor() as cursor:
        cursor.execute(SIZE, [[*OPEN]])
        matters, clocks, entries, open_ones, gigabytes = cursor.fetchone()
    return (
        f"{matters:,} matters of {len(workflows())} kinds, {clocks:,} clocks ({open_ones:,} open), "
        f"{entries:,} entries, {gigabytes:.1f} GB"
    )


def busy() -> None:
    """A hundred thousand open clocks, on matters that were concluded."""
    case = Story().found_other(Story().case())
    clock = Clock.objects.get(matter=case, limit="referrals.send")
    closed = Matter.objects.filter(closed_at__isnull=False).order_by("-pk")
    later = {"organ_id": "bench_turned(t.organ_id, n.id::int)", "next_rung_at": "t.next_rung_at + interval '1 year'"}
    more = list(closed.values_list("pk", flat=True)[: OPEN_CLOCKS - open_clocks()])
    copy_part(clock, more, {"kernel_clock": later})
    _do("VACUUM ANALYZE")


def _beside(statement: str) -> None:
    """Of a database, asked outside of any."""
    with connection._nodb_cursor() as cursor:
        cursor.execute(statement)


def _do(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
