"""Where the installation keeps what it makes: data of the embedded servers, their sockets, keys, files, logs."""

import hashlib
import os
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# sun_path holds 108 bytes; ".s.PGSQL.5432" and the closing NUL take 15 of them.
LONGEST_SOCKET_DIRECTORY = 90


def var() -> Path:
    """The directory of everything generated; CSX_VAR moves it, an empty one is made."""
    path = Path(os.environ.get("CSX_VAR") or ROOT / "var").resolve()
    path.mkdir(parents=True, exist_ok=True)
    return path


def sockets() -> Path:
    """The directory of the Unix sockets: var/run, or a short one under /tmp that depends on the path of var alone."""
    path = var() / "run"
    if len(os.fsencode(path)) <= LONGEST_SOCKET_DIRECTORY:
        return path
    digest = hashlib.sha256(os.fsencode(path)).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"csx-{digest}"


def valkey_socket() -> Path:
    return sockets() / "valkey.sock"
