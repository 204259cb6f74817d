"""`make run`: servers, schema, demo county, web, worker and beat, in one terminal; all stop when one does."""

import fcntl
import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException

import django
from django.contrib.auth import get_user_model
from django.db import connection

from coordination.local import messages, prepare, services
from coordination.local.children import Children, commands
from coordination.local.paths import var
from coordination.local.process import die_with_parent, until
from coordination.local.words import Trouble

SECONDS_TO_ANSWER = 60
STARTED = time.monotonic()


def say(words: str) -> None:
    print(f"[{time.monotonic() - STARTED:5.1f} s] {words}", flush=True)


def main() -> None:
    die_with_parent(signal.SIGTERM)()
    stops = _stops_asked()
    host, port = prepare.address()
    os.environ.setdefault("CSX_MODE", "demo")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coordination.settings")
    prepare.require_disk()
    with _only_one(), _servers():
        prepare.require_free_port(host, port)
        try:
            _prepare_data(stops)
        except Trouble:
            if not stops:  # Ctrl-C ends the command that runs, too: no failure to report then
                raise
        if not stops:
            _serve(host, port, stops)
    say("all stopped")


def _stops_asked() -> list[int]:
    """Signals that asked to stop, gathered while they come."""
    asked: list[int] = []
    for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(sign, lambda number, frame: asked.append(number))
    return asked


@contextmanager
def _only_one() -> Iterator[None]:
    """One `make run` per directory: the second would lose its servers when the first stops."""
    with (var() / "run.lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            lock.seek(0)
            raise Trouble(f"`make run` already runs in this directory (process {lock.read().strip()}).") from error
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield


@contextmanager
def _servers() -> Iterator[None]:
    """The embedded servers: those that ran before go on running afterwards."""
    started = services.start(bound=True)
    say("PostgreSQL and Valkey answer" if services.needed() else "PostgreSQL and Redis are yours")
    try:
        yield
    finally:
        services.stop(started)


def _prepare_data(stops: list[int]) -> None:
    prepare.manage("migrate", "--verbosity", "0")
    say("the schema is up to date")
    messages.compile_all()
    prepare.collect_static()
    if not stops and os.environ["CSX_MODE"] == "demo" and _empty():
        say("loading the demo county …")
        prepare.manage("demo")


def _empty() -> bool:
    django.setup()
    empty = not get_user_model().objects.exists()
    connection.close()
    return empty


def _serve(host: str, port: int, stops: list[int]) -> None:
    children = Children(commands(host, port))
    try:
        until(lambda: bool(stops) or bool(children.dead()) or _answers(host, port), SECONDS_TO_ANSWER)
        if not stops and not children.dead():
            _greet(host, port)
        ended = children.watch(lambda: bool(stops))
    finally:
        say("stopping …")
        children.stop()
    if ended and not stops:
        raise Trouble(f"{ended[0]} ended with code {ended[1]}; all the others were stopped. Its words stand above.")


def _answers(host: str, port: int) -> bool:
    """Any HTTP answer will do, a redirection to TLS or to the login page too."""
    probe = HTTPConnection(host, port, timeout=5)
    try:
        probe.request("GET", "/")
        return bool(probe.getresponse().status)
    except (OSError, HTTPException):
        return False
    finally:
        probe.close()


def _greet(host: str, port: int) -> None:
    if os.environ["CSX_MODE"] == "demo":
        print(prepare.manage("demo", "--accounts", capture=True), flush=True)
    say(f"ready: http://{host}:{port}/   (Ctrl-C stops everything)")
