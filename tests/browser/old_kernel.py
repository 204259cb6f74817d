"""Chromium 83 over its debugging pipe: today's drivers no longer speak to it, and a smoke test needs few words."""

import json
import os
import subprocess
import sys
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import BinaryIO

FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--remote-debugging-pipe")
#: The browser reads its commands from descriptor 3 and answers on 4, whatever numbers the pipes were given.
AS_THREE_AND_FOUR = """
import fcntl, os, sys
ends = [fcntl.fcntl(int(end), fcntl.F_DUPFD, 10) for end in sys.argv[1:3]]
os.dup2(ends[0], 3), os.dup2(ends[1], 4)
os.execv(sys.argv[3], sys.argv[3:])
"""
#: What a page says when something in it does not run.
TROUBLE = ("Runtime.exceptionThrown", "Log.entryAdded")


class Kernel:
    """One page of the old browser. `faults`: what its scripts and its console complained about."""

    def __init__(self, said: BinaryIO, heard: BinaryIO) -> None:
        self._said, self._heard, self._numbers = said, heard, count(1)
        self.faults: list[str] = []
        self._session: str | None = None
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.ask(f"{domain}.enable")

    def ask(self, method: str, **parameters) -> dict:
        number = next(self._numbers)
        message = {"id": number, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        self._said.write(json.dumps(message).encode() + b"\0")
        self._said.flush()
        answer = self._until(lambda heard: heard.get("id") == number)
        assert "error" not in answer, answer
        return answer["result"]

    def _until(self, wanted) -> dict:
        while True:
            heard = json.loads(self._line())
            if heard.get("method") in TROUBLE:
                self._complained(heard)
            if wanted(heard):
                return heard

    def _line(self) -> bytes:
        read = bytearray()
        while (byte := self._heard.read(1)) != b"\0":
            assert byte, "the old kernel has ended"
            read += byte
        return bytes(read)

    def _complained(self, heard: dict) -> None:
        entry = heard["params"].get("entry", {"level": "error"})
        if entry["level"] == "error":
            self.faults.append(json.dumps(heard["params"], ensure_ascii=False)[:400])

    def goto(self, url: str) -> None:
        self.ask("Page.navigate", url=url)
        self._until(lambda heard: heard.get("method") == "Page.loadEventFired")

    def tell(self, expression: str):
        """What a script says in the page, promises awaited."""
        answer = self.ask("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    def size(self, width: int, height: int) -> None:
        self.ask(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 600
        )


@contextmanager
def old_kernel(program: Path, environment: dict[str, str]):
    """A Kernel, ended afterwards."""
    commands, answers = os.pipe(), os.pipe()
    process = subprocess.Popen(
        [sys.executable, "-c", AS_THREE_AND_FOUR, str(commands[0]), str(answers[1]), str(program), *FLAGS],
        pass_fds=(commands[0], answers[1]),
        env=environment,
        stderr=subprocess.DEVNULL,
    )
    os.close(commands[0])
    os.close(answers[1])
    try:
        with os.fdopen(commands[1], "wb") as said, os.fdopen(answers[0], "rb") as heard:
            yield Kernel(said, heard)
    finally:
        process.kill()
        process.wait()
