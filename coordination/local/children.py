"""The processes of `make run`: started together, stopped together."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from coordination.local.paths import ROOT
from coordination.local.process import die_with_parent

SECONDS_TO_STOP = 20
WEB = [
    "--workers=2",
    "--threads=4",
    "--timeout=60",
    "--graceful-timeout=10",
    "--no-control-socket",
    "--log-level=warning",
]
WORKER = ["--concurrency=2", "--max-tasks-per-child=500", "--loglevel=WARNING", "--without-gossip", "--without-mingle"]
# Celery warns root against pickled tasks; ours are JSON, and in a container or a demo root is nobody in particular.
WARNINGS = {"PYTHONWARNINGS": "ignore:You're running the worker with superuser privileges"}
# Beat keeps no file of its last runs: every entry of the timetable is a plain interval.
BEAT = ["--scheduler=celery.beat:Scheduler", "--loglevel=WARNING", "--pidfile="]


def commands(host: str, port: int) -> dict[str, list[str]]:
    """The command line of each process."""
    programs = Path(sys.executable).parent
    celery = [str(programs / "celery"), "--quiet", "-A", "coordination.celery"]
    return {
        "web": [str(programs / "gunicorn"), f"--bind={host}:{port}", *WEB, "coordination.wsgi"],
        "worker": [*celery, "worker", *WORKER],
        "beat": [*celery, "beat", *BEAT],
    }


class Children:
    """Running processes by name, each in a group of its own that ends when the launcher does."""

    def __init__(self, lines: dict[str, list[str]]) -> None:
        self.processes = {name: self._start(line) for name, line in lines.items()}

    @staticmethod
    def _start(line: list[str]) -> subprocess.Popen:
        return subprocess.Popen(
            line,
            cwd=ROOT,
            env=os.environ | WARNINGS,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=die_with_parent(signal.SIGTERM),
        )

    def dead(self) -> tuple[str, int] | None:
        """The first process that ended by itself, with its exit code."""
        ended = ((name, process.poll()) for name, process in self.processes.items())
        return next(((name, code) for name, code in ended if code is not None), None)

    def watch(self, stopping: Callable[[], bool]) -> tuple[str, int] | None:
        """Waits until one ends or the person stops us."""
        while not stopping() and not self.dead():
            time.sleep(0.2)
        return self.dead()

    def stop(self) -> None:
        """Asks all at once, waits for all, and kills whoever does not go."""
        self._signal(signal.SIGTERM)
        end = time.monotonic() + SECONDS_TO_STOP
        for process in self.processes.values():
            try:
                process.wait(max(end - time.monotonic(), 0.1))
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()

    def _signal(self, sign: signal.Signals) -> None:
        for process in self.processes.values():
            if process.poll() is None:
                os.killpg(process.pid, sign)
