"""What people wait for: desks, every list, searches, supervision; through Django's test client."""

import statistics
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bench.figures import Figure
from bench.stopwatch import Time, measured
from coordination.kernel.matters import Matter
from coordination.kernel.organs import Organ
from coordination.kernel.web.workflows import workflows
from tests.county import person
from tests.logins import whole_login

ROUNDS, AGAIN = 11, 4
READERS = {"yangfangkou.officer1": "township", "shengtai.officer1": "department", "sifa.supervisor1": "supervisor"}
#: Who counts: the whole county, or his own organ.
COUNTING = {"yangfangkou.head": "head of a township", "sifa.supervisor1": "supervisor"}
QUARTER = "from=2026-09&to=2026-11"
SUPERVISION = {
    "/supervision/": "desk of supervision, this month",
    f"/supervision/?{QUARTER}": "desk of supervision, a quarter",
    "/supervision/due/?which=overdue": "its list of what is overdue",
    f"/supervision/due/?which=due&{QUARTER}": "its list of what fell due in a quarter",
    f"/supervision/due/?which=late&nature=law&{QUARTER}": "its list of what was late in a quarter",
    "/supervision/periodic/": "register of periodic duties",
    "/supervision/ledger/": "ledger of patrols",
    "/supervision/accountability/": "register of accountability",
}


@dataclass(frozen=True)
class Page:
    """A page that somebody waits for, and what it may take."""

    path: str
    title: str
    most: float
    statements: int = 10


@dataclass(frozen=True)
class Taken:
    """What it took: median milliseconds of work and on the clock, and the statements."""

    work: float
    clock: float
    statements: int

    @property
    def words(self) -> str:
        return f"{self.statements} statements, {self.clock:,.0f} ms on the clock"


def searches() -> dict[str, str]:
    """By what people remember: a whole number, a party, a place, initials; what is there and what is not."""
    number = Matter.objects.filter(kind="referrals", closed_at__isnull=False).latest("pk").number
    return {
        number: "a whole number",
        number[-4:]: "the end of a number",
        "移C999999999": "a number that nothing has",
        "鑫源洗选": "a party",
        "无此当事人": "a party that nothing has",
        "后窑湾村东": "a place",
        "凤凰镇": "a township",
        "xdxxyxgs": "initials of a party",
        "hwyzq": "initials that nothing has",
        "宁武": "what very many have",
        "2": "one digit",
    }


def everybody() -> Iterator[tuple[str, str, list[Page]]]:
    """Who reads, in words, and his pages."""
    lists = [(reverse(f"{kind}:list"), f"list of {kind}") for kind in workflows()]
    lists += [
        ("/referrals/?stage=served&due=overdue", "list of referrals, served and overdue"),
        ("/cases/?page=40", "list of cases, page 40"),
    ]
    shown = [Page("/", "desk", 50), *(Page(path, what, 50) for path, what in lists)]
    shown += [Page(f"/search/?q={quote(asked)}", f"search for {what}", 100) for asked, what in searches().items()]
    shown.append(Page("/cases/?q=" + quote("洗煤"), "search in the list of cases", 100))
    for login, who in READERS.items():
        yield login, who, shown
    counted = [Page(path, what, 300, 20) for path, what in SUPERVISION.items()]
    for login, who in COUNTING.items():
        yield login, who, counted


def yardstick(where: str) -> Figure:
    """What machines, and one machine's hours, are compared by: a page that is hardly ours, Django's own list of the
    organs in its admin, which is as long in any county."""
    took = _least(_reader("admin.system"), reverse("admin:kernel_organ_changelist"), 0)
    title = f"yardstick: Django admin's list of {Organ.objects.count()} organs, {where}"
    return Figure(title, took.work, "ms", note=took.words)


def _reader(login: str) -> Client:
    client = Client()
    whole_login(client, person(login), "django.contrib.auth.backends.ModelBackend")
    return client


class Pages:
    """The pages of everybody, measured as often as the county grows; the first time is what the others are held to."""

    def __init__(self) -> None:
        self.first: dict[str, Taken] = {}

    def met(self, where: str) -> Iterator[Figure]:
        """Against their targets."""
        for title, page, took in self._all():
            self.first[title] = took
            yield _in_statements(title, page, took) or Figure(
                f"{title}, {where}", took.work, "ms", most=page.most, note=took.words
            )

    def grown(self, where: str, most: float) -> Iterator[Figure]:
        """Against the first time."""
        for title, page, took in self._all(most):
            ratio, before = took.work / self.first[title].work, self.first[title].work
            note = f"{took.work:,.1f} ms against {before:,.1f} ms, {took.words}"
            yield _in_statements(title, page, took) or Figure(f"{title}, {where}", ratio, "×", most=most, note=note)

    def told(self, where: str) -> Iterator[Figure]:
        """For information: desks and supervision alone."""
        for title, _page, took in self._all(only="desk"):
            yield Figure(f"{title}, {where}", took.work, "ms", note=took.words)

    def _all(self, ratio: float = 0.0, only: str = "") -> Iterator[tuple[str, Page, Taken]]:
        """`ratio`: what is allowed against the first time, instead of the page's own bound."""
        for login, who, pages in everybody():
            client = _reader(login)
            for page in (page for page in pages if page.title.startswith(only)):
                title = f"{page.title}, {who}"
                most = ratio * self.first[title].work if ratio else page.most
                yield title, page, _least(client, page.path, most)


def _in_statements(title: str, page: Page, took: Taken) -> Figure | None:
    """Too many statements are a line of their own."""
    if took.statements <= page.statements:
        return None
    return Figure(title, took.statements, "statements", most=page.statements, note=f"{took.work:,.1f} ms")


def _least(client: Client, path: str, most: float) -> Taken:
    """Measured again, at most four times, where it took too long: others on the machine also cost processor time."""
    took = _taken(client, path)
    for _again in range(AGAIN):
        took = took if took.work <= most else min(took, _taken(client, path), key=lambda one: one.work)
    return took


def _taken(client: Client, path: str) -> Taken:
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200, path
        asked = len(queries)
    times = [_get(client, path) for _each in range(ROUNDS)]
    work, clock = (statistics.median(column) * 1000 for column in zip(*((t.work, t.clock) for t in times), strict=True))
    return Taken(work, clock, asked)


def _get(client: Client, path: str) -> Time:
    with measured() as took:
        client.get(path)
    return took
