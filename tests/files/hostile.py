"""Hostile files, made here into a folder: `python -m tests.files.hostile FOLDER`. What tests/kernel/fileworld.py calls
bad, and what people send to see whether anything at all gets through: chains of archives, links, names that lie, the
test words of virus scanners."""

import io
import stat
import struct
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.kernel.fileworld import BAD, HTML, PROGRAM, ZIP_TAIL, archive, docx, jpeg, mp3, ofd, pdf, png, wav, xlsx

#: The standard test words of virus scanners, in two halves so that no scanner takes this file for one.
EICAR = ("X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STAND" + "ARD-ANTIVIRUS-TEST-FILE!$H+H*").encode()
SVG = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"


def nested(depth: int) -> bytes:
    """An archive in an archive in an archive."""
    inner = bytes(1024 * 1024)
    for level in range(depth):
        inner = archive({f"{level}.zip": inner})
    return inner


def linked(target: str) -> bytes:
    """A document with a member that is a symbolic link."""
    stream = io.BytesIO(docx())
    with zipfile.ZipFile(stream, "a") as file:
        link = zipfile.ZipInfo("word/media/link")
        link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
        file.writestr(link, target)
    return stream.getvalue()


def twice() -> bytes:
    """Two members of one name: a scanner reads the first, a reader the second."""
    whole = docx(**{"word/documenX.xml": "<w:document xmlns:w='w'/>"})
    return whole.replace(b"word/documenX.xml", b"word/document.xml")


def commented() -> bytes:
    stream = io.BytesIO(docx())
    with zipfile.ZipFile(stream, "a") as file:
        file.comment = PROGRAM
    return stream.getvalue()


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png_text_bomb() -> bytes:
    """A compressed remark that unfolds to two hundred megabytes."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(bytes(1024**2)) for _n in range(200)) + packer.flush()
    whole = png()
    return whole[:33] + chunk(b"zTXt", b"Comment\0\0" + packed) + whole[33:]


def tall_png() -> bytes:
    """One pixel wide and two thousand million high."""
    head = struct.pack(">IIBBBBB", 1, 2**31 - 1, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 99)) + chunk(b"IEND", b"")


def jpeg_bomb() -> bytes:
    """A photograph whose head claims 65,500 × 65,500 pixels."""
    whole = bytearray(jpeg())
    at = whole.find(b"\xff\xc0")
    whole[at + 5 : at + 9] = struct.pack(">HH", 65500, 65500)
    return bytes(whole)


def remark(words: bytes) -> bytes:
    """A photograph with a remark in front of the picture."""
    whole = jpeg()
    return whole[:2] + b"\xff\xfe" + struct.pack(">H", len(words) + 2) + words + whole[2:]


MORE: dict[str, bytes | Callable[[], bytes]] = {
    # the test words of scanners, under every name that is taken
    **{
        f"病毒测试.{ending}": EICAR
        for ending in ("com", "txt", "jpg", "png", "pdf", "docx", "mp3", "mp4", "wav", "ofd")
    },
    # names that lie
    "\u202etxt.fdp.exe": PROGRAM,
    "照片.jpg\u200b": PROGRAM,
    "照片.jpg ": PROGRAM,
    "照片.jpg::$DATA": PROGRAM,
    "照片.jpg\x00.exe": PROGRAM,
    "照片.php.jpg": b"<?php system($_GET[0]); ?>",
    "..\\..\\windows\\系统.bat": b"@echo off",
    "../../etc/cron.d/任务": b"* * * * * root x",
    "CON": PROGRAM,
    ".htaccess": b"AddType application/x-httpd-php .jpg",
    "图片.svgz": zlib.compress(SVG),
    # one thing under the name of another
    **{f"网页.{ending}": HTML for ending in ("jpg", "docx", "mp4", "wav", "ofd")},
    **{f"矢量图.{ending}": SVG for ending in ("svg", "png", "jpg")},
    "快捷方式.lnk": b"L\x00\x00\x00\x01\x14\x02\x00",
    "安装包.apk": ZIP_TAIL,
    "映像.iso": bytes(4096),
    "表单.hta": HTML,
    "宏模板.dotm": docx(),
    # archives
    "四十二层.docx": lambda: nested(42),
    "链接.docx": linked("/etc/passwd"),
    "上级链接.docx": linked("../../../var/run"),
    "同名成员.docx": twice(),
    "带注释.docx": commented(),
    "套压缩包.xlsx": xlsx(**{"xl/embeddings/a.exe": PROGRAM}),
    "宏表.xlsx": xlsx(**{"xl/macrosheets/sheet1.xml": "<a/>"}),
    "嵌入网页.ofd": ofd(**{"Doc_0/a.html": HTML}),
    "设备名.docx": docx(**{"C:\\windows\\a": "x"}),
    # pictures
    "极高.png": tall_png(),
    "元数据炸弹.png": png_text_bomb,
    "宽高炸弹.jpg": jpeg_bomb(),
    "注释脚本.jpg": remark(b"<script>alert(1)</script>" * 40),
    "尾随网页.png": png() + HTML,
    "尾随程序.png": png() + PROGRAM,
    # PDF
    "先网页后文书.pdf": HTML + pdf(),
    "尾随程序.pdf": pdf() + PROGRAM,
    "尾随网页.pdf": pdf() + HTML,
    "只有头.pdf": b"%PDF-1.7",
    "口令.pdf": pdf(user_password="x", owner_password="y", algorithm="AES-256"),
    # recordings
    "尾随网页.mp3": mp3() + HTML,
    "尾随程序.wav": wav() + PROGRAM,
}
HOSTILE = {**BAD, **MORE}


def content(name: str) -> bytes:
    made = HOSTILE[name]
    return made() if callable(made) else made


def write(folder: Path) -> Iterator[tuple[str, Path]]:
    """Each file under a number, since no file system takes all of these names; with the name that it claims."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, name in enumerate(HOSTILE):
        path = folder / f"{number:03}"
        path.write_bytes(content(name))
        yield name, path


if __name__ == "__main__":
    for claimed, written in write(Path(sys.argv[1])):
        print(written, repr(claimed))
