"""The fonts of documents: which there are, what they can write, and the fontconfig file that offers them alone.

仿宋, 楷体, 黑体 and 小标宋 are Fandol's, taken out of Debian's texlive-lang-chinese by scripts/fonts.sh into var/fonts;
where they are absent the Noto fonts of the pip package serve, which is logged and changes nothing in the words.
The test browser may use the same file: FONTCONFIG_FILE=$(python -m coordination.kernel.fonts).
"""

import logging
import os
import unicodedata
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape

import pylopdf_fonts_zh_cn
from fontTools.ttLib import TTFont

from coordination.local.paths import var

logger = logging.getLogger(__name__)

FACE_OF_LETTERS = "FandolFang-Regular.otf"
TEMPLATE = Path(__file__).with_name("fonts.conf")
#: From here on (CJK radicals, ideographs of all extensions) a character is as wide as it is high.
CHINESE = 0x2E80
#: Categories that need no glyph: separators, format marks such as the zero-width space, variation selectors.
SILENT = {"Zs", "Cf", "Mn"}


def folders() -> tuple[Path, ...]:
    """Where fonts are looked for: the installation's own folder first, then the pip package."""
    return var() / "fonts", pylopdf_fonts_zh_cn.serif_path().parent


def font_files() -> list[Path]:
    return [path for folder in folders() for path in sorted(folder.glob("*.[ot]tf"))]


@cache
def fontconfig_file() -> Path:
    """A fontconfig file that offers the folders above and nothing of the machine's own. Written once a process."""
    if not (folders()[0] / FACE_OF_LETTERS).exists():
        logger.warning("documents are set in Noto Serif SC: run scripts/fonts.sh for FandolFang (仿宋)")
    home = var() / "fontconfig"
    home.mkdir(parents=True, exist_ok=True)
    named = "".join(f"<dir>{escape(str(folder))}</dir>" for folder in folders())
    words = TEMPLATE.read_text().replace("{folders}", named).replace("{cache}", escape(str(home / "cache")))
    return _write_whole(home / "fonts.conf", words)


def _write_whole(path: Path, words: str) -> Path:
    """Processes that start together may all write: each writes its own file and renames it, so none reads half."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.write_text(words)
    return draft.replace(path)


@cache
def writable() -> frozenset[int]:
    """Every code point that some font at hand can write (0.5 s once a process)."""
    codes: set[int] = set()
    for path in font_files():
        with TTFont(path, lazy=True) as font:
            codes.update(font.getBestCmap())
    return frozenset(codes)


@cache
def _face() -> frozenset[int]:
    """What the face of letters can write itself; nothing where it is absent, and Noto is the face then."""
    path = folders()[0] / FACE_OF_LETTERS
    if not path.exists():
        return frozenset()
    with TTFont(path, lazy=True) as font:
        return frozenset(font.getBestCmap())


def strangers(text: str) -> set[str]:
    """The characters of `text` that another font than the face of letters writes: rare ones in names."""
    face = _face()
    return {one for one in set(text) if ord(one) >= CHINESE and ord(one) not in face} if face else set()


def missing_glyphs(text: str) -> set[str]:
    """The characters of `text` that no font at hand can write; empty when a document of it can be rendered."""
    return {one for one in set(text) if not _can_be_written(one)}


def _can_be_written(character: str) -> bool:
    """Characters of private use are none: each font draws something else for them."""
    category = unicodedata.category(character)
    if category == "Co":
        return False
    return ord(character) in writable() or character in "\n\r\t" or category in SILENT
