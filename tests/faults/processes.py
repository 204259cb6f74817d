"""Processes and servers of a drill's own, which it may kill, stop and start again."""

import os
import signal
import socketserver
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from redis import Redis

from coordination.local import valkey
from coordination.local.paths import ROOT, valkey_socket


class Program:
    """A Python program in a process group of its own, whose words go to a file."""

    def __init__(self, arguments: list[str], environment: dict[str, str], log: Path) -> None:
        self.log = log
        with log.open("w") as output:
            self.process = subprocess.Popen(
                [sys.executable, *arguments],
                cwd=ROOT,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def kill(self) -> None:
        """kill -9 to the program and its children."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def words(self, seconds: float = 120) -> str:
        """What it has said when it is over."""
        self.process.wait(seconds)
        return self.log.read_text()


class Broker:
    """A Valkey in a directory of its own."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @contextmanager
    def _here(self) -> Iterator[None]:
        with pytest.MonkeyPatch.context() as environment:
            environment.setenv("CSX_VAR", str(self.path))
            yield

    @property
    def url(self) -> str:
        with self._here():
            return f"unix://{valkey_socket()}"

    def start(self) -> None:
        with self._here():
            valkey.start()

    def stop(self) -> None:
        with self._here():
            valkey.stop()

    def hang(self, sign: int = signal.SIGSTOP) -> None:
        with self._here():
            os.kill(valkey.running(), sign)

    def wake(self) -> None:
        self.hang(signal.SIGCONT)

    def _client(self) -> Redis:
        return Redis(unix_socket_path=self.url.removeprefix("unix://"))

    def fill(self) -> None:
        """From now on it has no memory for another message."""
        with self._client() as client:
            client.config_set("maxmemory", 1)

    def waiting(self) -> int:
        """How many messages nobody has taken yet."""
        with self._client() as client:
            return sum(client.llen(key) for key in client.keys("*") if client.type(key) == b"list")


class _Talk(socketserver.StreamRequestHandler):
    """Just enough SMTP to take a letter."""

    def handle(self) -> None:
        self.wfile.write(b"220 drill\r\n")
        to: list[str] = []
        for line in self.rfile:
            verb = line[:4].upper().strip()
            if verb == b"QUIT":
                self.wfile.write(b"221 bye\r\n")
                return
            if verb == b"RCPT":
                to.append(line.decode().split("<")[1].split(">")[0])
            if verb == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                letter = b"".join(iter(self.rfile.readline, b".\r\n"))
                self.server.letters.append((tuple(to), letter.decode()))
                to = []
            self.wfile.write(b"250 ok\r\n")


class MailServer:
    """Takes letters and keeps them; while it is stopped, its port refuses."""

    def __init__(self) -> None:
        self.letters: list[tuple[tuple[str, ...], str]] = []
        self.server, self.port = None, 0
        self.start()

    def start(self) -> None:
        socketserver.ThreadingTCPServer.allow_reuse_address = True
        self.server = socketserver.ThreadingTCPServer(("127.0.0.1", self.port), _Talk)
        self.server.daemon_threads = True
        self.server.letters, self.port = self.letters, self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()

    def stop(self) -> None:
        if self.server:
            self.server.shutdown()
            self.server.server_close()
            self.server = None
