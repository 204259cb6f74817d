"""A letter beside bare WeasyPrint on the same HTML, in the same run: what the house adds (at most a tenth)."""

import statistics
import time
from collections.abc import Callable

import weasyprint
from django.template.loader import get_template

from coordination.kernel import pdf
from coordination.kernel.fonts import missing_glyphs

ROUNDS = 15
LINES = 20
FACTS = "经检查，该厂房占地约三百二十平方米，现场无法提供乡村建设规划许可证。"


def sample() -> str:
    """A letter of three pages, in the words and measures of the stored ones."""
    style = "".join(sheet(name) for name in ("documents.css", "letter.css"))
    body = "".join(f"<p>{number}. {FACTS * 2}</p>" for number in range(1, LINES))
    return (
        f'<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>函</title><style>{style}</style></head>'
        f'<body><div class="mark">宁武县住房和城乡建设局</div><div class="rule upper"></div>'
        f'<div class="rule lower"></div><h1>关于移送一案的函</h1>{body}</body></html>'
    )


def sheet(name: str) -> str:
    """A style sheet of the documents as it is."""
    return get_template(f"documents/{name}").template.source


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def run() -> dict[str, float]:
    """Medians of alternating rounds. `letter`: ours over bare WeasyPrint with the same fonts and kind of PDF."""
    html = sample()

    def ours() -> bytes:
        return pdf.render(html)

    def bare() -> bytes:
        return weasyprint.HTML(string=html).write_pdf(font_config=pdf.fonts_of_documents(), pdf_variant=pdf.VARIANT)

    pages = pdf.page_count(ours())
    bare()
    rounds = [(seconds(ours), seconds(bare)) for _each in range(ROUNDS)]
    ours_s, bare_s = (statistics.median(column) for column in zip(*rounds, strict=True))
    missing_glyphs(html)
    return {
        "letter": round(ours_s / bare_s, 3),
        "letter_pages": pages,
        "letter_seconds": round(ours_s, 3),
        "glyph_check_seconds": round(seconds(lambda: missing_glyphs(html)), 5),
    }
