"""Office documents and OFD are archives: every member is unpacked once, counted and looked through, never written."""

import re
import stat
import zipfile
from pathlib import Path
from typing import BinaryIO
from xml.parsers import expat

from coordination.kernel.materials.fitness.unfit import DAMAGED, FOREIGN, LOCKED, MACROS, TOO_BIG_INSIDE, Unfit, starts

MAX_MEMBERS = 5000
MAX_UNPACKED = 300 * 1024**2
MAX_XML = 64 * 1024**2
BLOCK = 256 * 1024
#: Members that can run: macros, controls, packaged programs.
_RUNNING = re.compile(
    r"vba(project|data)|/activex/|/macrosheets/|\.(bin|exe|dll|com|scr|msi|lnk|chm|hta|jar|js|jse|vbs|vbe|wsf|bat|cmd|ps1"
    r"|s?html?|mht|swf|docm|dotm|xlsm|xlam)$",
    re.IGNORECASE,
)
#: Office itself writes these binaries: printer settings, and nothing in them is run.
_HARMLESS = re.compile(r"printerSettings\d*\.bin$", re.IGNORECASE)
_TABLE = "[Content_Types].xml"
_ENCRYPTED = 0x1
_UNIX, _MODE_AT = 3, 16
_UNSAFE_NAME = re.compile(r"^/|^[A-Za-z]:|\\|\x00|(^|/)\.\.(/|$)")
_ENTITIES = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)
_RELATION = re.compile(rb"<Relationship\b[^>]*>", re.IGNORECASE)
#: A template, object or frame that is fetched from elsewhere when the document is opened. Word itself notes where on
#: the writer's own disk the template lay; that fetches nothing.
_FETCHED = re.compile(rb'/(attachedTemplate|oleObject|frame|subDocument)["\']', re.IGNORECASE)
_EXTERNAL = re.compile(rb"TargetMode\s*=\s*[\"']External", re.IGNORECASE)
_OWN_DISK = re.compile(rb"Target\s*=\s*[\"'](file:///)?[A-Za-z]:", re.IGNORECASE)
_COMMANDS = re.compile(rb"<w:instrText[^>]*>\s*DDE|<(\w+:)?ddeLink\b", re.IGNORECASE)
_END_OF_ZIP, _END_RECORD = b"PK\x05\x06", 22


def check_docx(path: Path) -> None:
    _check(path, _TABLE, "word/document.xml")


def check_xlsx(path: Path) -> None:
    _check(path, _TABLE, "xl/workbook.xml")


def check_ofd(path: Path) -> None:
    """OFD (GB/T 33190), the format of electronic certificates and invoices."""
    _check(path, "OFD.xml")


def _check(path: Path, *needed: str) -> None:
    starts(path, b"PK\x03\x04")
    try:
        with zipfile.ZipFile(path) as archive:
            _members(archive, needed)
            left = MAX_UNPACKED
            for member in archive.infolist():
                with archive.open(member) as content:
                    left -= _look_through(member.filename, content, left)
    except (Unfit, MemoryError):
        raise
    except Exception as fault:  # a parser given hostile bytes may raise anything; every such file is damaged
        raise Unfit(DAMAGED) from fault


def _members(archive: zipfile.ZipFile, needed: tuple[str, ...]) -> None:
    members = archive.infolist()
    names = [member.filename for member in members]
    if any(member.flag_bits & _ENCRYPTED for member in members):
        raise Unfit(LOCKED)
    if len(members) > MAX_MEMBERS or sum(member.file_size for member in members) > MAX_UNPACKED:
        raise Unfit(TOO_BIG_INSIDE)
    if len(set(names)) != len(names) or any(map(_UNSAFE_NAME.search, names)) or not set(needed) <= set(names):
        raise Unfit(DAMAGED)
    if archive.comment or _hanging_on(archive.fp):
        raise Unfit(FOREIGN)
    if any(map(_is_link, members)):
        raise Unfit(DAMAGED)
    if any(_RUNNING.search(name) and not _HARMLESS.search(name) for name in names):
        raise Unfit(MACROS)


def _is_link(member: zipfile.ZipInfo) -> bool:
    """Whether unpacking would make a link to somewhere else out of it; no office program writes one."""
    return member.create_system == _UNIX and stat.S_ISLNK(member.external_attr >> _MODE_AT)


def _hanging_on(file: BinaryIO) -> bool:
    """Whether anything follows the record that ends an archive."""
    file.seek(-_END_RECORD, 2)
    return file.read(4) != _END_OF_ZIP


def _look_through(name: str, content: BinaryIO, left: int) -> int:
    """Read a member to its end and its checksum. Returns how many bytes it holds."""
    if name.lower().endswith((".xml", ".rels", ".vml")):
        return _look_through_xml(name, content, min(left, MAX_XML))
    size = 0
    while block := content.read(BLOCK):
        size += len(block)
        if size > left:
            raise Unfit(TOO_BIG_INSIDE)
    return size


def _look_through_xml(name: str, content: BinaryIO, left: int) -> int:
    text = content.read(left + 1)
    if len(text) > left:
        raise Unfit(TOO_BIG_INSIDE)
    plain = text.decode("utf-16").encode() if text[:2] in (b"\xff\xfe", b"\xfe\xff") else text
    if _ENTITIES.search(plain) or _COMMANDS.search(plain) or (name == _TABLE and b"macroEnabled" in plain):
        raise Unfit(MACROS)
    if name.endswith(".rels") and any(map(_fetches, _RELATION.findall(plain))):
        raise Unfit(MACROS)
    if not name.endswith(".vml"):  # Office's own drawings of this kind are not always well-formed
        expat.ParserCreate().Parse(text, True)
    return len(text)


def _fetches(relation: bytes) -> bool:
    return bool(_EXTERNAL.search(relation) and _FETCHED.search(relation) and not _OWN_DISK.search(relation))
