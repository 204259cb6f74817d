"""How long work takes on a machine that has other things to do.

What counts is the processor time of this process and of its database connection: on an idle machine that is the time
on the clock, on a busy one the clock also counts what others do. Where the database runs elsewhere, the clock counts.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.db import connection


@dataclass
class Time:
    """Seconds of work, and seconds on the clock."""

    work: float = 0.0
    clock: float = 0.0


def stopwatch() -> Callable[[], AbstractContextManager[Time]]:
    """A `measured()` that asks the database nothing, to be used within one connection's statements."""
    server = _server()

    @contextmanager
    def watch() -> Iterator[Time]:
        took, clock, busy = Time(), time.perf_counter(), _busy(server)
        yield took
        took.clock = time.perf_counter() - clock
        took.work = _busy(server) - busy if server else took.clock

    return watch


def measured() -> AbstractContextManager[Time]:
    """`with measured() as took: …`"""
    return stopwatch()()


def alone() -> None:
    """No helpers for this connection's queries: their work would not be counted."""
    with connection.cursor() as cursor:
        cursor.execute("SET max_parallel_workers_per_gather = 0")


def _server() -> Path | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        path = Path(f"/proc/{cursor.fetchone()[0]}/schedstat")
    return path if path.exists() and "postgres" in path.with_name("comm").read_text() else None


def _busy(server: Path | None) -> float:
    """Seconds that this process and the database's have spent on a processor."""
    return time.process_time() + (int(server.read_text().split()[0]) / 1e9 if server else 0.0)
