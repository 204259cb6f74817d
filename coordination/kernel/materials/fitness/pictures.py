"""Photographs: the header is read, the segments are walked to the end mark, no pixel is decoded."""

import mmap
import zlib
from pathlib import Path

from PIL import Image

from coordination.kernel.materials.fitness.unfit import DAMAGED, TOO_BIG_INSIDE, Unfit, nothing_foreign, starts

_WITHOUT_LENGTH = {0x01, *range(0xD0, 0xD8)}
MOST_UNFOLDED = 8 * 1024**2
_FOLDED = (b"zTXt", b"iTXt", b"iCCP")
_START_OF_SCAN, _END_OF_IMAGE = 0xDA, b"\xff\xd9"


def check_jpeg(path: Path) -> int:
    starts(path, b"\xff\xd8\xff")
    _opened(path, "JPEG")
    if not _complete_jpeg(path):
        raise Unfit(DAMAGED)
    nothing_foreign(path)
    return 1


def check_png(path: Path) -> int:
    """Pillow's verify() walks every chunk of a PNG and its checksum, but unfolds none."""
    starts(path, b"\x89PNG\r\n\x1a\n")
    _opened(path, "PNG")
    _refuse_folded_bombs(path)
    nothing_foreign(path)
    return 1


def _opened(path: Path, kind: str) -> None:
    try:
        with Image.open(path, formats=[kind]) as image:
            image.verify()
    except Image.DecompressionBombError as fault:  # Pillow's own limit, 179 megapixels: more than a telephone makes
        raise Unfit(TOO_BIG_INSIDE) from fault
    except Exception as fault:  # a parser given hostile bytes may raise anything; every such file is damaged
        raise Unfit(DAMAGED) from fault


def _refuse_folded_bombs(path: Path) -> None:
    """Remarks and colour profiles are packed: none may unfold to more than a profile needs."""
    with path.open("rb") as file:
        file.seek(8)
        while len(head := file.read(8)) == 8:
            length, kind = int.from_bytes(head[:4], "big"), head[4:]
            if kind in _FOLDED and _unfolds_too_far(file.read(length)):
                raise Unfit(TOO_BIG_INSIDE)
            file.seek(4 if kind in _FOLDED else length + 4, 1)


def _unfolds_too_far(data: bytes) -> bool:
    """The packed part follows a name and a sign; of what is not packed nothing unfolds."""
    at = data.find(b"\x78", data.find(b"\0") + 1)
    unfolder = zlib.decompressobj()
    try:
        return at >= 0 and len(unfolder.decompress(data[at:], MOST_UNFOLDED + 1)) > MOST_UNFOLDED
    except zlib.error:
        return False


def _complete_jpeg(path: Path) -> bool:
    """Whether the picture itself, not a preview inside it, reaches its end mark."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as view:
        at = 2
        while at + 4 <= len(view) and view[at] == 0xFF:
            mark = view[at + 1]
            if mark == _START_OF_SCAN:
                return view.find(_END_OF_IMAGE, at) > 0
            fill_or_alone = mark == 0xFF or mark in _WITHOUT_LENGTH
            at += 1 + (mark != 0xFF) if fill_or_alone else 2 + int.from_bytes(view[at + 2 : at + 4], "big")
    return False
