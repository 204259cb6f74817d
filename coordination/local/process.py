"""Small tools around processes: their rights, their lives, and waiting for them."""

import ctypes
import functools
import os
import pwd
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

PR_SET_PDEATHSIG = 1
NOBODY = "nobody"
# Handles of the servers started here; they may outlive this process, so nobody waits for them.
SERVERS: list[subprocess.Popen] = []
AS_NOBODY = ["unshare", "--user", "--map-user=65534", "--map-group=65534"]


def die_with_parent(sign: signal.Signals) -> Callable[[], None]:
    """For preexec_fn: the kernel sends `sign` to the child when the launcher is gone, even after kill -9."""
    library = ctypes.CDLL(None, use_errno=True)
    return functools.partial(library.prctl, PR_SET_PDEATHSIG, int(sign))


@functools.cache
def unprivileged() -> tuple[list[str], dict[str, int]]:
    """How to run a program that refuses root: (a prefix of the command, arguments of Popen).

    Root maps itself to nobody in a user namespace of its own; where the machine forbids those, root becomes nobody.
    """
    if os.geteuid() != 0:
        return [], {}
    if shutil.which("unshare"):
        tried = subprocess.run([*AS_NOBODY, "true"], capture_output=True, check=False)
        if tried.returncode == 0:
            return AS_NOBODY, {}
    nobody = pwd.getpwnam(NOBODY)
    return [], {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def own(directory: Path) -> None:
    """Makes a directory that the unprivileged program alone may enter."""
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    identity = unprivileged()[1]
    if identity:
        os.chown(directory, identity["user"], identity["group"])


def serve(command: list[str], sign: signal.Signals | None, log: Path, **options: Any) -> subprocess.Popen:
    """Starts a server that outlives this process, or dies with it by `sign`."""
    with log.open("a") as output:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
            preexec_fn=die_with_parent(sign) if sign else None,
            **options,
        )
    SERVERS.append(process)
    return process


def inhabitants(directory: Path) -> list[int]:
    """The processes that work in the directory: how a server is found whatever its pid file says."""
    found = []
    for link in Path("/proc").glob("[0-9]*/cwd"):
        with suppress(OSError):  # it ended meanwhile, or is another user's
            if link.readlink() == directory:
                found.append(int(link.parent.name))
    return found


def until(condition: Callable[[], bool], seconds: float) -> bool:
    """Waits for the condition; False when the time is over."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


def named(pid_file: Path, program: str) -> int | None:
    """The process of a pid file, if it lives and is that program; a number that another program has now is none."""
    try:
        pid = int(pid_file.read_text().split("\n", 1)[0])
        state = Path(f"/proc/{pid}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError, ValueError):
        return None
    name, rest = state[state.index("(") + 1 :].rsplit(") ", 1)
    return pid if name.startswith(program) and not rest.startswith("Z") else None
