"""What the fault drills share: a county under the clock a thousand times over, and processes that can be killed."""

import math
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from coordination.kernel.clocks import Clock
from coordination.kernel.now import travel_to
from tests.county import Story, at
from tests.faults.copies import copies
from tests.faults.processes import Broker, MailServer, Program

#: No broker listens here.
NOWHERE = "unix:///nonexistent/valkey.sock"
REMINDER, ALL_RUNGS = "2026-09-23 08:31", "2026-11-20 08:31"


@pytest.fixture(autouse=True)
def no_queue(monkeypatch: pytest.MonkeyPatch) -> None:
    """Drills hand nothing to the queue that other people on this machine may be using."""
    monkeypatch.setattr("coordination.kernel.queue._Broker.silent_until", math.inf)


@pytest.fixture
def due(transactional_db: None, story: Story) -> Callable[[int, str], list[int]]:
    """`due(5000)`: so many sending clocks whose reminder is due, each on a matter of its own; the matters' ids."""

    def make(count: int, moment: str = REMINDER) -> list[int]:
        case = story.found_other(story.case())
        Clock.objects.filter(matter=case).exclude(limit="referrals.send").update(next_rung_at=None, rungs=[])
        matters = [case.pk, *copies(case, count - 1)]
        travel_to(at(moment))
        return matters

    return make


@pytest.fixture
def launch(child_environment: dict[str, str], tmp_path: Path) -> Iterator[Callable[..., Program]]:
    """`launch("manage.py", "sweep")` starts a program on this test's database; what is left at the end is killed."""
    started: list[Program] = []

    def start(*arguments: str, **environment: str) -> Program:
        log = tmp_path / f"{len(started)}.log"
        started.append(Program([*arguments], {**child_environment, "REDIS_URL": NOWHERE, **environment}, log))
        return started[-1]

    yield start
    for program in started:
        program.kill()


@pytest.fixture
def broker() -> Iterator[Broker]:
    """A Valkey that a drill may stop, on a short path."""
    with tempfile.TemporaryDirectory(prefix="csx-drill-") as path:
        own = Broker(Path(path))
        own.start()
        yield own
        own.stop()


@pytest.fixture
def mail_server(settings) -> Iterator[MailServer]:
    """A mail server that a drill may stop."""
    server = MailServer()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    yield server
    server.stop()
