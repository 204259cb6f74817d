"""Every night each file is read again: is it there, and is it still what was handed in?"""

import logging
import time
from dataclasses import dataclass, field

from celery import shared_task

from coordination.kernel.materials import shelf
from coordination.kernel.materials.drafted import DraftFile
from coordination.kernel.materials.erasing import drop_erased
from coordination.kernel.materials.rows import Material

logger = logging.getLogger(__name__)
#: Beside the shelf a file lives for the seconds of its examination; a day later its process is surely dead.
LEFT_BEHIND = 24 * 3600


@dataclass
class FileReport:
    """What the reading found: files by sha256. `left_behind`: uploads cut short by a crash, now removed."""

    checked: int = 0
    missing: list[str] = field(default_factory=list)
    damaged: list[str] = field(default_factory=list)
    left_behind: int = 0

    @property
    def sound(self) -> bool:
        return not self.missing and not self.damaged


def verify_files() -> FileReport:
    """Hash every file of every material and every draft anew, one after the other; faults go to the log as errors."""
    drop_erased()
    report = FileReport(left_behind=_clear_incoming())
    drafted = DraftFile.objects.order_by().values_list("sha256", flat=True)
    held = Material.objects.filter(erased_at=None).order_by()
    named = held.values_list("sha256", flat=True).union(drafted)
    for sha256 in named.order_by("sha256").iterator(2000):
        report.checked += 1
        path = shelf.place(sha256)
        if not path.exists():
            report.missing.append(sha256)
        elif shelf.hash_of(path) != sha256:
            report.damaged.append(sha256)
    if not report.sound:
        logger.error("materials missing: %s, damaged: %s", report.missing, report.damaged)
    return report


def _clear_incoming() -> int:
    """Ages are the file system's own, so they are told by its clock, not by the installation's travelled time."""
    old = [p for p in shelf.incoming().iterdir() if time.time() - p.stat().st_mtime > LEFT_BEHIND]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


@shared_task(name="kernel.verify_materials")
def verify_materials() -> None:
    """Read every file again."""
    verify_files()
