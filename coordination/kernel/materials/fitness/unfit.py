"""Why a file is not taken, and what to look for in any kind of file."""

import mmap
from pathlib import Path

from django.utils.translation import gettext_lazy as _


class Unfit(Exception):
    """The file is not what it says, or holds what it must not; `args[0]` says which, in words."""


DAMAGED = _("文件已损坏、不完整，或实际类型与扩展名不符。")
FOREIGN = _("文件中夹带了其他文件或脚本。")
MACROS = _("文件含有宏、脚本或嵌入的程序。")
LOCKED = _("文件设有密码。")
TOO_BIG_INSIDE = _("文件展开后过大。")

#: Beginnings of programs, pages and archives, long enough not to stand anywhere by chance.
_FOREIGN = (
    b"<script",
    b"<SCRIPT",
    b"<?php",
    b"<?PHP",
    b"This program cannot be run",
    b"This program must be run",
    b"\x7fELF\x01\x01\x01",
    b"\x7fELF\x02\x01\x01",
    b"Rar!\x1a\x07",
    b"7z\xbc\xaf\x27\x1c",
    b"#!/bin/",
)
_END_OF_ZIP = b"PK\x05\x06"
#: An archive's end record lies in the last 64 KiB: its comment cannot be longer.
_TAIL = 66_000


def starts(path: Path, *heads: bytes) -> None:
    """Raises Unfit unless the file begins with one of `heads`."""
    with path.open("rb") as file:
        if not file.read(16).startswith(heads):
            raise Unfit(DAMAGED)


def nothing_foreign(path: Path) -> None:
    """Raises Unfit for a file that is two things at once: a program, a page or an archive stands in it or hangs on."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as view:
        archive = view.find(_END_OF_ZIP, max(0, len(view) - _TAIL)) >= 0
        if archive or any(view.find(beginning) >= 0 for beginning in _FOREIGN):
            raise Unfit(FOREIGN)
