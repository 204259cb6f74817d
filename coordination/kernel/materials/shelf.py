"""Where files lie: by their content, under MEDIA_ROOT/materials/ab/cd/<sha256>; a name never becomes a path.

A file comes onto the shelf whole or not at all: written beside it, forced to the disk, then renamed.
"""

import errno
import hashlib
import logging
import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.utils.translation import gettext as _

from coordination.kernel.words import Refusal

logger = logging.getLogger(__name__)
BLOCK = 1024 * 1024
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EROFS)


@dataclass(frozen=True)
class Parked:
    """A file that has been read to its end and lies beside the shelf, not yet on it."""

    path: Path
    sha256: str
    size: int


def root() -> Path:
    return Path(settings.MEDIA_ROOT) / "materials"


def incoming() -> Path:
    """Where files wait while they are examined; on the same disk as the shelf, so that renaming is enough."""
    path = root() / "incoming"
    path.mkdir(parents=True, exist_ok=True)
    return path


def place(sha256: str) -> Path:
    return root() / sha256[:2] / sha256[2:4] / sha256


@contextmanager
def parked(chunks: Iterable[bytes]) -> Iterator[Parked]:
    """Read `chunks` into a file beside the shelf, gone afterwards unless it was kept. Refusal: the disk is full."""
    with room_or_refusal():
        handle, name = tempfile.mkstemp(dir=incoming())
    try:
        with room_or_refusal(), os.fdopen(handle, "wb") as file:
            sha256, size = _copy(chunks, file)
        yield Parked(Path(name), sha256, size)
    finally:
        Path(name).unlink(missing_ok=True)


def _copy(chunks: Iterable[bytes], file: BinaryIO) -> tuple[str, int]:
    state, size = hashlib.sha256(), 0
    for chunk in chunks:
        state.update(chunk)
        size += len(chunk)
        file.write(chunk)
    file.flush()
    os.fsync(file.fileno())
    return state.hexdigest(), size


def keep(file: Parked) -> None:
    """Put a parked file onto the shelf. The same content twice is the same file; a damaged one is mended by it."""
    target = place(file.sha256)
    with room_or_refusal():
        target.parent.mkdir(parents=True, exist_ok=True)
        file.path.chmod(0o440)
        file.path.replace(target)
        for directory in (target.parent, target.parent.parent, root()):
            _sync(directory)


def _sync(directory: Path) -> None:
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def hash_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def room_or_refusal() -> Iterator[None]:
    """Turns a full or write-protected disk into words; nothing half-written stays."""
    try:
        yield
    except OSError as fault:
        if fault.errno not in FULL:
            raise
        logger.error("no room for materials under %s: %s", root(), fault)
        words = _("服务器存储空间不足，文件没有保存。请联系系统管理员，处理后重新上传。")
        raise Refusal(words, field="files", code="storage") from fault
