"""PDF: opened in a process of its own with little memory and time, since a hostile one can take any amount of both."""

import json
import logging
import subprocess
import sys
from pathlib import Path

from coordination.kernel.materials.fitness import pdf_probe
from coordination.kernel.materials.fitness.unfit import (
    DAMAGED,
    LOCKED,
    MACROS,
    TOO_BIG_INSIDE,
    Unfit,
    nothing_foreign,
    starts,
)

logger = logging.getLogger(__name__)
SECONDS = 20  # less than a web worker is given for a whole request
_REASONS = {"damaged": DAMAGED, "locked": LOCKED, "active": MACROS, "heavy": TOO_BIG_INSIDE}


def check_pdf(path: Path) -> int:
    """The number of pages. Refused: scripts, launched programs, embedded files, forms that send, passwords."""
    starts(path, b"%PDF-")
    nothing_foreign(path)
    finding = _probe(path)
    if reason := finding.get("unfit"):
        raise Unfit(_REASONS[reason])
    return finding["pages"]


def _probe(path: Path) -> dict:
    command = [sys.executable, "-I", pdf_probe.__file__, str(path)]
    try:
        done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return {"unfit": "heavy"}
    if done.returncode:
        logger.warning("the PDF probe ended with %s: %s", done.returncode, done.stderr[-300:].decode(errors="replace"))
        return {"unfit": "damaged" if done.returncode > 0 else "heavy"}
    return json.loads(done.stdout)
