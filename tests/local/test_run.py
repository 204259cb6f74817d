"""`make run`: what it says when it cannot start, and that its processes live and die together."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from coordination.local import prepare, run
from coordination.local.children import Children
from coordination.local.paths import ROOT
from coordination.local.process import named, until
from coordination.local.words import Trouble

SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]
STUBBORN = [sys.executable, "-c", "import signal, time; signal.signal(15, signal.SIG_IGN); time.sleep(60)"]


@pytest.fixture
def taken_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


def test_a_port_in_use_is_named_with_another_one_to_try(taken_port: int) -> None:
    with pytest.raises(Trouble, match=rf"127\.0\.0\.1:{taken_port} .*make run PORT=\d+"):
        prepare.require_free_port("127.0.0.1", taken_port)


@pytest.mark.parametrize("given", ["http", "0", "70000", "-1"])
def test_a_port_that_is_none_is_refused(given: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", given)
    with pytest.raises(Trouble, match="is no port number"):
        prepare.address()


def test_the_address_is_this_machine_alone_unless_told_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PORT", raising=False)
    monkeypatch.delenv("CSX_BIND", raising=False)
    assert prepare.address() == ("127.0.0.1", 8000)


def test_a_second_run_in_the_same_directory_is_told_who_runs(own_var: Path) -> None:
    with run._only_one(), pytest.raises(Trouble, match=f"already runs in this directory .process {os.getpid()}."):
        run._only_one().__enter__()


def test_trouble_is_one_sentence_on_the_terminal_and_exit_code_1(own_var: Path, taken_port: int) -> None:
    given = {**os.environ, "PORT": str(taken_port), "DATABASE_URL": "postgres://a/b", "REDIS_URL": "redis://a"}
    command = [sys.executable, "-m", "coordination.local", "run"]
    done = subprocess.run(command, cwd=ROOT, env=given, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "Type: make run PORT=" in done.stderr
    assert "Traceback" not in done.stderr


def test_when_one_process_dies_its_name_and_code_are_known_and_all_others_are_stopped() -> None:
    children = Children({"web": SLEEP, "beat": [sys.executable, "-c", "raise SystemExit(3)"]})
    assert children.watch(lambda: False) == ("beat", 3)
    children.stop()
    assert children.processes["web"].returncode == -signal.SIGTERM


def test_a_process_that_does_not_want_to_stop_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("coordination.local.children.SECONDS_TO_STOP", 1)
    children = Children({"worker": STUBBORN})
    time.sleep(0.5)
    children.stop()
    assert children.processes["worker"].returncode == -signal.SIGKILL


def test_children_end_when_the_launcher_is_killed(tmp_path: Path) -> None:
    pid_file = tmp_path / "child.pid"
    child = f"import os, pathlib, time; pathlib.Path({str(pid_file)!r}).write_text(str(os.getpid())); time.sleep(60)"
    script = (
        "import sys, time; from coordination.local.children import Children\n"
        f"Children({{'web': [sys.executable, '-c', {child!r}]}}); time.sleep(60)"
    )
    launcher = subprocess.Popen([sys.executable, "-c", script], cwd=ROOT)
    assert until(lambda: pid_file.exists() and named(pid_file, "python") is not None, 10)
    launcher.kill()
    launcher.wait()
    assert until(lambda: named(pid_file, "python") is None, 10)


def test_static_files_are_collected_once_and_again_after_a_change(
    own_var: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, ...]] = []
    monkeypatch.setattr(prepare, "manage", lambda *arguments: asked.append(arguments))
    monkeypatch.setattr(prepare, "ROOT", tmp_path)
    (tmp_path / "requirements.txt").touch()
    style = tmp_path / "static" / "app.css"
    style.parent.mkdir()
    style.write_text("a {}")
    prepare.collect_static()
    prepare.collect_static()
    assert len(asked) == 1
    style.write_text("a { color: red }")
    prepare.collect_static()
    assert len(asked) == 2
