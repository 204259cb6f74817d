"""What people wait for: the work desk and the list of referrals, through Django's test client."""

import statistics
from collections.abc import Iterator

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.figures import Figure
from bench.stopwatch import Time, measured
from tests.county import person

ROUNDS = 15
#: More for one page is a fault, not a figure.
STATEMENTS = 10
READERS = {"yangfangkou.officer1": "township", "shengtai.officer1": "department", "sifa.supervisor1": "supervisor"}
#: The desk of supervision counts the whole county.
SUPERVISION = "/supervision/?from=2026-07&to=2026-09"
PAGES = {"/": "desk", "/referrals/": "list of referrals", "/referrals/?stage=served&due=overdue": "filtered list"}


def pages(where: str, *, targets: bool = True) -> Iterator[Figure]:
    """Median milliseconds and statements of each page for each reader; `targets`: whether they must be met."""
    for login, who in READERS.items():
        client = Client()
        client.force_login(person(login), backend="django.contrib.auth.backends.ModelBackend")
        for path, what in PAGES.items():
            yield _page(client, path, f"{what}, {who}, {where}", 50 if targets else None)


def supervision(where: str, *, targets: bool = True) -> Figure:
    """The whole county, counted anew at each request."""
    client = Client()
    client.force_login(person("sifa.supervisor1"), backend="django.contrib.auth.backends.ModelBackend")
    title = f"desk of supervision, a quarter, {where}"
    return _page(client, SUPERVISION, title, 300 if targets else None, statements=20)


def _page(client: Client, path: str, title: str, most: float | None, statements: int = STATEMENTS) -> Figure:
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
        asked = len(queries)
    assert asked <= statements, f"{path}: {asked} statements"
    times = [_get(client, path) for _each in range(ROUNDS)]
    work, clock = (statistics.median(column) * 1000 for column in zip(*((t.work, t.clock) for t in times), strict=True))
    return Figure(title, work, "ms", most=most, note=f"{asked} statements, {clock:,.0f} ms on the clock")


def _get(client: Client, path: str) -> Time:
    with measured() as took:
        client.get(path)
    return took
