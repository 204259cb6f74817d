"""What people wait for: desks, every list, searches, supervision; through Django's test client."""

import statistics
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from operator import attrgetter
from urllib.parse import quote

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bench.figures import Figure
from bench.stopwatch import Time, measured
from bench.world import before
from coordination.kernel.matters import Matter
from coordination.kernel.organs import Organ
from coordination.kernel.web.workflows import workflows
from tests.county import person
from tests.logins import whole_login

ROUNDS, AGAIN = 11, 2
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


WORK, TIMES = attrgetter("work"), attrgetter("times")


@dataclass(frozen=True)
class Page:
    """A page that somebody waits for, and what it may take."""

    path: str
    title: str
    most: float
    statements: int = 10


@dataclass(frozen=True)
class Taken:
    """What it took: median milliseconds of work and on the clock, the statements; and what was measured in turn beside
    it, the yardstick or the same page of another county."""

    work: float
    clock: float
    statements: int
    beside: float

    @property
    def times(self) -> float:
        """How many times as long it is as what was measured beside it: what a slow hour does to both is left out."""
        return self.work / self.beside

    @property
    def words(self) -> str:
        return f"{self.statements} statements, {self.clock:,.0f} ms on the clock, {self.times:.2f} yardsticks"


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
        ("/cases/?q=" + quote("洗煤"), "list of cases, by words"),
        ("/cases/?page=40", "list of cases, page 40"),
    ]
    shown = [Page("/", "desk", 50), *(Page(path, what, 50) for path, what in lists)]
    shown += [Page(f"/search/?q={quote(asked)}", f"search for {what}", 100) for asked, what in searches().items()]
    for login, who in READERS.items():
        yield login, who, shown
    counted = [Page(path, what, 300, 20) for path, what in SUPERVISION.items()]
    for login, who in COUNTING.items():
        yield login, who, counted


def _reader(login: str) -> Client:
    client = Client()
    whole_login(client, person(login), "django.contrib.auth.backends.ModelBackend")
    return client


class Yardstick:
    """What machines, and one machine's hours, are compared by: a page that is hardly ours, Django's own list of the
    organs in its admin, which is as long in any county."""

    def __init__(self) -> None:
        self.client, self.path = _reader("admin.system"), reverse("admin:kernel_organ_changelist")

    def lay(self) -> float:
        return _get(self.client, self.path).work

    def figure(self, where: str) -> Figure:
        took = statistics.median(self.lay() for _each in range(ROUNDS)) * 1000
        return Figure(f"yardstick: Django admin's list of {Organ.objects.count()} organs, {where}", took, "ms")


class Pages:
    """The pages of everybody, measured as often as the county grows."""

    def __init__(self) -> None:
        self.yardstick = Yardstick()

    def met(self, where: str) -> Iterator[Figure]:
        """Against their targets. What took too long is measured again after the others, and the less counts: an hour
        of this machine is up to twice as slow as the next."""
        late = []
        for title, page, client in self._all():
            took = self._least(client, page)
            if took.work > page.most:
                late.append((title, page, client, took))
            else:
                yield _against(title, page, took, where)
        for title, page, client, took in late:
            yield _against(title, page, min(took, self._least(client, page), key=WORK), where)

    def grown(self, where: str, most: float) -> Iterator[Figure]:
        """Against the county before it grew, which is asked in turn: no hour of the machine is slow for one alone."""
        with before() as then:
            for login, who, pages in everybody():
                client = _reader(login)
                with then():
                    young = _reader(login)
                for page in pages:
                    lay = partial(_get_then, then, young, page.path)
                    took = _again(partial(_taken, client, page.path, lay), most, TIMES)
                    note = f"{took.work:,.1f} ms against {took.beside:,.1f} ms in turn, {took.statements} statements"
                    title = f"{page.title}, {who}"
                    yield _in_statements(title, page, took) or Figure(
                        f"{title}, {where}", took.times, "×", most=most, note=note
                    )

    def told(self, where: str) -> Iterator[Figure]:
        """For information: desks and supervision alone."""
        for title, page, client in self._all(only="desk"):
            took = _taken(client, page.path, self.yardstick.lay)
            yield Figure(f"{title}, {where}", took.work, "ms", note=took.words)

    def _all(self, only: str = "") -> Iterator[tuple[str, Page, Client]]:
        for login, who, pages in everybody():
            client = _reader(login)
            yield from ((f"{page.title}, {who}", page, client) for page in pages if page.title.startswith(only))

    def _least(self, client: Client, page: Page) -> Taken:
        return _again(partial(_taken, client, page.path, self.yardstick.lay), page.most, WORK)


def _again(take: Callable[[], Taken], most: float, by: Callable[[Taken], float]) -> Taken:
    """Measured again, at most twice, where it took too long: others on the machine also cost processor time."""
    took = take()
    for _each in range(AGAIN):
        took = took if by(took) <= most else min(took, take(), key=by)
    return took


def _taken(client: Client, path: str, lay: Callable[[], float]) -> Taken:
    """`lay`: what is measured in turn, in seconds."""
    client.get(path)
    lay()
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200, path
        asked = len(queries)
    rounds = [(_get(client, path), lay()) for _each in range(ROUNDS)]
    work, clock, beside = (
        statistics.median(column) * 1000 for column in zip(*((t.work, t.clock, b) for t, b in rounds), strict=True)
    )
    return Taken(work, clock, asked, beside)


def _get_then(then: Callable, client: Client, path: str) -> float:
    """Seconds of work in the county before it grew."""
    with then():
        return _get(client, path).work


def _against(title: str, page: Page, took: Taken, where: str) -> Figure:
    return _in_statements(title, page, took) or Figure(
        f"{title}, {where}", took.work, "ms", most=page.most, note=took.words
    )


def _in_statements(title: str, page: Page, took: Taken) -> Figure | None:
    """Too many statements are a line of their own."""
    if took.statements <= page.statements:
        return None
    return Figure(title, took.statements, "statements", most=page.statements, note=f"{took.work:,.1f} ms")


def _get(client: Client, path: str) -> Time:
    with measured() as took:
        client.get(path)
    return took
