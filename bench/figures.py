"""What a benchmark found, beside what it should have found, and the table that people read."""

import os
import platform
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import django
from django.db import connection

from coordination.kernel.now import now
from coordination.local.paths import ROOT

TABLE = ROOT / "docs" / "benchmarks.md"
HEAD = """# Benchmarks

Written by `make bench`: one run, one machine, one thing after the other on the same PostgreSQL. Times and rates are of
work, that is processor time of the program and of its database connection, which is the time on the clock of a machine
that has nothing else to do; the clock of this run, on a machine that others used meanwhile, stands beside. Ratios
compare two things of the same run. A line without a target is for information. A page that took too long is measured
again, at once and after the others, and the least of the medians counts: a neighbour on the machine costs processor
time too. With each page goes a yardstick in turn, Django's own list of the organs in its admin: what the page is in
yardsticks holds in slow hours too. Growth is a page of the large county over the same page before it grew, asked in
turn. What a browser takes is time on the clock.

{machine}

| | measured | target | | |
|---|---|---|---|---|
"""


@dataclass(frozen=True)
class Figure:
    """One line of the table. `most` and `least` are the target's bounds; neither: for information."""

    title: str
    value: float
    unit: str = ""
    most: float | None = None
    least: float | None = None
    note: str = ""

    @property
    def met(self) -> bool:
        return (self.most is None or self.value <= self.most) and (self.least is None or self.value >= self.least)

    def row(self) -> str:
        bounds = [f"≤ {self.most:,g}" if self.most is not None else "", f"≥ {self.least:,g}" if self.least else ""]
        wanted = f"{''.join(bounds)} {self.unit}".strip() if any(bounds) else ""
        mark = "" if not wanted else "met" if self.met else "**missed**"
        shown = f"{self.value:,.0f}" if self.value >= 100 else f"{self.value:,.3g}"
        return (
            f"| {self.title} | {shown} {self.unit}".rstrip() + f" | {wanted} | {mark}{self.note and ' ' + self.note} |"
        )


def machine() -> str:
    """Date, processor, memory, versions, and how busy the machine was with other things."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version')")
        (server,) = cursor.fetchone()
    model = next((line.split(":")[1].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")), "")
    memory = next((int(line.split()[1]) // 2**20 for line in _lines("/proc/meminfo") if line.startswith("MemTotal")), 0)
    return (
        f"{now():%Y-%m-%d %H:%M}; {os.cpu_count()} cores of {model or platform.machine()}, "
        f"{memory} GiB, load average {os.getloadavg()[0]:.1f} at the start; PostgreSQL {server.split()[0]}, "
        f"Python {platform.python_version()}, Django {django.get_version()}."
    )


def _lines(path: str) -> list[str]:
    return Path(path).read_text().splitlines() if Path(path).exists() else []


def write(machine_words: str, figures: Iterable[Figure]) -> None:
    TABLE.write_text(HEAD.format(machine=machine_words) + "".join(f"{figure.row()}\n" for figure in figures))
