"""Compiles locale/*/LC_MESSAGES/*.po with Babel: nobody needs gettext's tools to run the product in English."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from coordination.local.paths import ROOT


def compile_all(root: Path = ROOT / "locale") -> list[Path]:
    """Writes each .mo that is older than its .po; the files written."""
    return [_compile(source) for source in sorted(root.glob("*/LC_MESSAGES/*.po")) if _stale(source)]


def _stale(source: Path) -> bool:
    target = source.with_suffix(".mo")
    return not target.exists() or target.stat().st_mtime < source.stat().st_mtime


def _compile(source: Path) -> Path:
    with source.open("rb") as words:
        catalogue = read_po(words, locale=source.parts[-3])
    target = source.with_suffix(".mo")
    draft = target.with_suffix(".mo.new")
    with draft.open("wb") as output:
        write_mo(output, catalogue)
    return draft.replace(target)
