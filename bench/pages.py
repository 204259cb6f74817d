"""What people wait for: the work desk and the list of referrals, through Django's test client."""

import statistics
from collections.abc import Iterator

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.figures import Figure
from bench.stopwatch import Time, measured
from tests.county import person
from tests.logins import whole_login

ROUNDS = 15
#: More for one page is a fault, not a figure.
STATEMENTS = 10
READERS = {"yangfangkou.officer1": "township", "shengtai.officer1": "department", "sifa.supervisor1": "supervisor"}
#: The desk of supervision counts the whole county.
SUPERVISION = "/supervision/?from=2026-07&to=2026-09"
PAGES = {
    "/": "desk",
    "/referrals/": "list of referrals",
    "/referrals/?stage=served&due=overdue": "filtered list",
    "/search/?q=%E5%BD%93%E4%BA%8B%E4%BA%BA77": "search for a party",
    "/search/?q=hwyz": "search by initials that nothing has",
    "/search/?q=%E6%B4%97%E7%85%A4": "search for what every matter has",
}


def pages(where: str, *, targets: bool = True) -> Iterator[Figure]:
    """Median milliseconds and statements of each page for each reader; `targets`: whether they must be met."""
    for login, who in READERS.items():
        client = Client()
        whole_login(client, person(login), "django.contrib.auth.backends.ModelBackend")
        for path, what in PAGES.items():
            most = 100 if path.startswith("/search") else 50
            yield _page(client, path, f"{what}, {who}, {where}", most if targets else None)


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
