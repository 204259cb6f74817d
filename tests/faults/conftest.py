"""What the fault drills share: a county under the clock a thousand times over, and processes that can be killed."""

import math
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest

from coordination.kernel.clocks import Clock
from coordination.kernel.now import travel_to
from coordination.local.paths import ROOT
from tests.county import Story, at
from tests.faults.copies import copies

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
def launch(child_environment: dict[str, str]) -> Iterator[Callable[..., subprocess.Popen]]:
    """`launch("sweep", "--json")` starts `manage.py sweep --json` on this test's database; what is left is killed."""
    started: list[subprocess.Popen] = []

    def start(*arguments: str, program: tuple[str, ...] = ("manage.py",), **environment: str) -> subprocess.Popen:
        process = subprocess.Popen(
            [sys.executable, *program, *arguments],
            cwd=ROOT,
            env={**child_environment, "REDIS_URL": NOWHERE, **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        process.stdout.close()
