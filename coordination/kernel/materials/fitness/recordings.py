"""Recordings: boxes, chunks and frames are walked, sounds and frames are not decoded."""

from pathlib import Path
from typing import BinaryIO

from coordination.kernel.materials.fitness.unfit import DAMAGED, Unfit, nothing_foreign, starts

MAX_BOXES = 100_000  # a fragmented recording has a few for each second
#: kbit/s of MPEG layer III by version 1 / 2, and samples a second by version; index 0 and 15 are not allowed.
_BITRATES = {
    1: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    2: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
_RATES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}
_FRAMES_NEEDED = 3


def check_mp4(path: Path) -> None:
    """ISO base media: boxes that fill the file exactly, `ftyp` first, `moov` (the table of contents) present."""
    with path.open("rb") as file:
        kinds = _boxes(file, path.stat().st_size)
    if not kinds or kinds[0] != b"ftyp" or b"moov" not in kinds or b"mdat" not in kinds:
        raise Unfit(DAMAGED)
    nothing_foreign(path)


def _boxes(file: BinaryIO, size: int) -> list[bytes]:
    kinds, at = [], 0
    while at < size and len(kinds) < MAX_BOXES:
        file.seek(at)
        head = file.read(16)
        length, kind = int.from_bytes(head[:4], "big"), head[4:8]
        if length == 1:
            length = int.from_bytes(head[8:16], "big")
        elif length == 0:  # the last box may reach to the end
            length = size - at
        if length < 8 or at + length > size:
            raise Unfit(DAMAGED)
        kinds.append(kind)
        at += length
    return kinds


def check_wav(path: Path) -> None:
    """RIFF: the size it tells is its size; a format and data."""
    starts(path, b"RIFF")
    size = path.stat().st_size
    with path.open("rb") as file:
        head, kinds, at = file.read(12), [], 12
        while at + 8 <= size and len(kinds) < MAX_BOXES:
            file.seek(at)
            chunk = file.read(8)
            kinds.append(chunk[:4])
            at += 8 + (length := int.from_bytes(chunk[4:], "little")) + length % 2
    told = int.from_bytes(head[4:8], "little") + 8
    if head[8:] != b"WAVE" or not {b"fmt ", b"data"} <= set(kinds) or not size - 1 <= told <= size or at > size + 1:
        raise Unfit(DAMAGED)
    nothing_foreign(path)


def check_mp3(path: Path) -> None:
    """After the tag, frames that follow one another exactly."""
    starts(path, b"ID3", b"\xff\xfb", b"\xff\xfa", b"\xff\xf3", b"\xff\xf2", b"\xff\xe3", b"\xff\xe2")
    with path.open("rb") as file:
        at = _after_tag(file.read(10))
        for _frame in range(_FRAMES_NEEDED):
            file.seek(at)
            at += _frame_length(file.read(4))
    if at > path.stat().st_size:
        raise Unfit(DAMAGED)
    nothing_foreign(path)


def _after_tag(head: bytes) -> int:
    """Where the sound begins: an ID3v2 tag tells its length in four times seven bits."""
    if not head.startswith(b"ID3"):
        return 0
    return 10 + sum((byte & 0x7F) << shift for byte, shift in zip(head[6:10], (21, 14, 7, 0), strict=True))


def _frame_length(head: bytes) -> int:
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        raise Unfit(DAMAGED)
    version, layer, bitrate, rate = head[1] >> 3 & 3, head[1] >> 1 & 3, head[2] >> 4, head[2] >> 2 & 3
    if version == 1 or layer != 1 or bitrate in (0, 15) or rate == 3:
        raise Unfit(DAMAGED)
    samples = 144_000 if version == 3 else 72_000
    return samples * _BITRATES[1 if version == 3 else 2][bitrate] // _RATES[version][rate] + (head[2] >> 1 & 1)
