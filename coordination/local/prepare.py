"""What must be true before the processes of `make run` start; each obstacle is named with what to do about it."""

import hashlib
import os
import shutil
import socket
import subprocess
import sys

from coordination.local.paths import ROOT, var
from coordination.local.words import Trouble

FREE_MIB = 200


def address() -> tuple[str, int]:
    """Where the web server listens: CSX_BIND and PORT, this machine alone and 8000 by default."""
    given = os.environ.get("PORT") or "8000"
    if not given.isdigit() or not 0 < int(given) < 65536:
        raise Trouble(f"PORT={given} is no port number. Type: make run PORT=8000")
    return os.environ.get("CSX_BIND") or "127.0.0.1", int(given)


def require_free_port(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise Trouble(
                f"Cannot listen on {host}:{port} ({error.strerror}). Type: make run PORT={port % 60000 + 1}"
            ) from error


def require_disk() -> None:
    free = shutil.disk_usage(var()).free >> 20
    if free < FREE_MIB:
        raise Trouble(f"The disk is full: {free} MiB free in {var()}, {FREE_MIB} MiB are needed. Make room first.")


def manage(*arguments: str, capture: bool = False) -> str:
    """Runs a management command; what it prints, if captured. Its own error text goes to the terminal."""
    command = [sys.executable, str(ROOT / "manage.py"), *arguments]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE if capture else None, text=True, check=False)
    if done.returncode:
        raise Trouble(f"`manage.py {' '.join(arguments)}` failed: see above.")
    return done.stdout or ""


def collect_static() -> None:
    """Collects static files when the project's own or the pinned packages have changed since the last time."""
    stamp = var() / "static.stamp"
    wanted = static_fingerprint()
    if not stamp.exists() or stamp.read_text() != wanted:
        manage("collectstatic", "--noinput", "--clear", "--verbosity", "0")
        stamp.write_text(wanted)


def static_fingerprint() -> str:
    """Names, sizes and times of our static files, with the pins of the packages that bring the others."""
    sources = [ROOT / "requirements.txt", *sorted(path for path in (ROOT / "static").rglob("*") if path.is_file())]
    facts = "".join(f"{path} {path.stat().st_size} {path.stat().st_mtime_ns}\n" for path in sources)
    return hashlib.sha256(facts.encode()).hexdigest()
