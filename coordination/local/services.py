"""The embedded servers together: those alone that no DATABASE_URL or REDIS_URL replaces."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType

from coordination.local import postgres, valkey
from coordination.local.paths import var

REPLACED_BY = {postgres: "DATABASE_URL", valkey: "REDIS_URL"}


def needed() -> list[ModuleType]:
    return [server for server, variable in REPLACED_BY.items() if not os.environ.get(variable)]


def start(bound: bool = False) -> list[ModuleType]:
    """Starts what is needed and does not run yet; the servers that this call started, in order."""
    with _alone():
        return [server for server in needed() if server.start(bound)]


def stop(servers: list[ModuleType] | None = None) -> list[ModuleType]:
    """Stops the servers, all embedded ones by default, last started first; those that ran."""
    with _alone():
        return [server for server in reversed(list(REPLACED_BY) if servers is None else servers) if server.stop()]


@contextmanager
def _alone() -> Iterator[None]:
    """Two `make services` at once must not both make the data directory."""
    with (var() / "services.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
