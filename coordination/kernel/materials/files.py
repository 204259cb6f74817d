"""From an upload to a file on the shelf: measured, hashed, examined, scanned; refused in words, or kept as it came."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from coordination.kernel.materials import shelf
from coordination.kernel.materials.fitness import EXPECTED, HINTS, TYPES, FileType, Unfit
from coordination.kernel.materials.names import clean_name, ending
from coordination.kernel.words import Refusal

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Received:
    """A file on the shelf that belongs to no matter yet."""

    name: str
    sha256: str
    size: int
    mime: str
    pages: int | None


def receive(upload: UploadedFile) -> Received:
    """Keep an upload, bit-identical. Slow for large files: call it before any lock is held. Raises Refusal."""
    name = clean_name(upload.name or "")
    refuse_size(name, upload.size)
    kind = _type(name)
    with shelf.parked(_measured(name, upload.chunks(shelf.BLOCK))) as file:
        refuse_size(name, file.size)
        pages = _examined(name, kind, file.path)
        _scan(name, file.path)
        shelf.keep(file)
    return Received(name, file.sha256, file.size, kind.mime, pages)


def refuse_size(name: str, size: int | None) -> None:
    """An empty file and one that is too large, as early as its size is known."""
    if size == 0:
        raise Refusal(_("“%(name)s”是空文件，请重新选择。") % {"name": name}, field="files", code="file")
    if size is not None and size > settings.MATERIAL_MAX_BYTES:
        raise Refusal(
            _("“%(name)s”超过单个文件上限 %(limit)s，请压缩或拆分后再上传。")
            % {"name": name, "limit": filesizeformat(settings.MATERIAL_MAX_BYTES)},
            field="files",
            code="file",
        )


def _measured(name: str, chunks: Iterable[bytes]) -> Iterable[bytes]:
    """The chunks, but not a byte more than allowed, whatever size the upload told."""
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size:
            refuse_size(name, size)
        yield chunk


def _type(name: str) -> FileType:
    kind = TYPES.get(ending(name))
    if kind is None:
        raise Refusal(
            _("不能接收“%(name)s”。可接收的类型：%(types)s。%(hint)s")
            % {"name": name, "types": EXPECTED, "hint": HINTS.get(ending(name), "")},
            field="files",
            code="file",
        )
    return kind


def _examined(name: str, kind: FileType, path: Path) -> int | None:
    try:
        return kind.check(path)
    except Unfit as unfit:
        logger.info("upload refused as %s: %s", kind.title, unfit)
        raise Refusal(
            _("“%(name)s”不能作为 %(type)s 文件接收：%(reason)s请用原程序重新导出后再上传。")
            % {"name": name, "type": kind.title, "reason": unfit.args[0]},
            field="files",
            code="file",
        ) from unfit


def _scan(name: str, path: Path) -> None:
    """Ask the installation's scanner, if there is one; a scanner that fails lets nothing through."""
    if not settings.MATERIAL_SCANNER:
        return
    try:
        found = import_string(settings.MATERIAL_SCANNER)(path)
    except Exception as fault:  # the scanner is the installation's own; whatever breaks in it, the file stays out
        logger.exception("the virus scanner failed")
        raise Refusal(_("病毒查杀服务暂不可用，文件没有保存，请稍后再试。"), field="files", code="storage") from fault
    if found:
        logger.warning("the virus scanner found %s", found)
        words = _("“%(name)s”未通过病毒查杀，没有保存。请在本机查杀后重新上传。") % {"name": name}
        raise Refusal(words, field="files", code="file")
