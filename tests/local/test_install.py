"""A bare machine: what is missing is installed, or named with the command to type."""

import os
import subprocess
from types import SimpleNamespace

import pytest

from coordination.local import install, prepare
from coordination.local.words import Trouble


def test_a_missing_library_is_known_by_its_debian_package() -> None:
    assert install.missing({"libnowhere.so.9": "libnowhere9", "libc.so.6": "libc6"}, {"no-such": "a", "sh": "b"}) == [
        "libnowhere9",
        "a",
    ]


def test_without_root_a_missing_library_is_named_with_the_command_to_type(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(SystemExit, match=r"sudo apt-get install -y --no-install-recommends libpango-1\.0-0"):
        install.install_system(["libpango-1.0-0"])


def test_as_root_a_missing_library_is_installed_after_an_update_if_need_be(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def run(command: list[str], **kwargs: object) -> subprocess.CompletedProcess:
        asked.append(command[:2])
        return subprocess.CompletedProcess(command, returncode=int(len(asked) == 1))

    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(install.shutil, "which", lambda name: name)
    monkeypatch.setattr(install.subprocess, "run", run)
    install.install_system(["libpango-1.0-0"])
    assert asked == [["apt-get", "install"], ["apt-get", "update"], ["apt-get", "install"]]


@pytest.mark.parametrize("version", [(3, 10), (3, 14), (2, 7)])
def test_another_python_is_refused_with_the_way_to_name_the_right_one(version: tuple[int, int]) -> None:
    with pytest.raises(SystemExit, match="make run PYTHON="):
        install.check_python(version)


def test_too_full_a_disk_is_said_before_pip_runs_into_it() -> None:
    with pytest.raises(SystemExit, match="Make room first"):
        install.check_disk(100 << 20)


def test_a_full_disk_stops_make_run_before_the_servers_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prepare.shutil, "disk_usage", lambda path: SimpleNamespace(free=1 << 20))
    with pytest.raises(Trouble, match="The disk is full: 1 MiB free"):
        prepare.require_disk()


def test_this_environment_is_known_as_installed_and_other_pins_are_not(monkeypatch: pytest.MonkeyPatch) -> None:
    assert install.usable()
    monkeypatch.setattr(install, "stamp", lambda kind: "other pins")
    assert not install.installed("base")
