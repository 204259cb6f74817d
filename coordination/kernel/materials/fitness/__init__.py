"""Is a file what its name says, and nothing more? By ending, by first bytes and by opening its structure.

Nothing here decodes a picture or a page: files come from anywhere, and a structure can be walked in bounded memory.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from coordination.kernel.materials.fitness.archives import check_docx, check_ofd, check_xlsx
from coordination.kernel.materials.fitness.pdf import check_pdf
from coordination.kernel.materials.fitness.pictures import check_jpeg, check_png
from coordination.kernel.materials.fitness.recordings import check_mp3, check_mp4, check_wav
from coordination.kernel.materials.fitness.unfit import Unfit

__all__ = ["EXPECTED", "HINTS", "TYPES", "FileType", "Unfit"]


@dataclass(frozen=True)
class FileType:
    """A kind of file that may be a material. `check(path)` gives its pages (None: it has none) or raises Unfit."""

    title: str
    mime: str
    check: Callable[[Path], int | None]


_JPEG = FileType("JPG", "image/jpeg", check_jpeg)
_OFFICE = "application/vnd.openxmlformats-officedocument"

#: What may be uploaded, by ending. Nothing else is.
TYPES = {
    "jpg": _JPEG,
    "jpeg": _JPEG,
    "png": FileType("PNG", "image/png", check_png),
    "pdf": FileType("PDF", "application/pdf", check_pdf),
    "docx": FileType("Word", f"{_OFFICE}.wordprocessingml.document", check_docx),
    "xlsx": FileType("Excel", f"{_OFFICE}.spreadsheetml.sheet", check_xlsx),
    "ofd": FileType("OFD", "application/ofd", check_ofd),
    "mp4": FileType("MP4", "video/mp4", check_mp4),
    "mov": FileType("MOV", "video/quicktime", check_mp4),
    "m4a": FileType("M4A", "audio/mp4", check_mp4),
    "mp3": FileType("MP3", "audio/mpeg", check_mp3),
    "wav": FileType("WAV", "audio/wav", check_wav),
}
EXPECTED = _("照片 jpg、png，文书 pdf、ofd、docx、xlsx，录音录像 mp4、mov、m4a、mp3、wav")
#: How to come from a usual file that is not taken to one that is.
HINTS = {
    **dict.fromkeys(["doc", "docm", "wps", "rtf", "txt"], _("请另存为 docx 或导出为 pdf。")),
    **dict.fromkeys(["xls", "xlsm", "et", "csv"], _("请另存为 xlsx 或导出为 pdf。")),
    **dict.fromkeys(["heic", "heif", "webp", "bmp", "gif", "tif", "tiff"], _("请转换为 jpg 后上传。")),
    **dict.fromkeys(["zip", "rar", "7z"], _("请解压后逐个上传。")),
    **dict.fromkeys(["avi", "wmv", "mkv", "amr"], _("请转换为 mp4 或 mp3 后上传。")),
}
