"""HTML to PDF/A-3u with WeasyPrint, offline: a document is whole in itself and fetches nothing.

One FontConfiguration a process (a new one for each letter leaks: 227 to 652 MiB in 60 letters), the fonts of
`coordination.kernel.fonts` alone. What cannot be rendered faithfully is a RenderFault, never a page with a gap.
"""

import logging
import os
import re
import threading
from contextlib import contextmanager
from functools import cache
from importlib.resources import files
from io import BytesIO

from django.core import checks
from pypdf import PdfReader

from coordination.kernel.fonts import fontconfig_file, strangers

try:
    import weasyprint
    from weasyprint.css import ColorProfile
    from weasyprint.text.ffi import harfbuzz_subset
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import FatalURLFetchingError, URLFetcher
except OSError as fault:  # a system library of WeasyPrint is absent: named by the check below, before any letter
    weasyprint, harfbuzz_subset, FontConfiguration, ColorProfile = None, None, None, None
    FatalURLFetchingError, URLFetcher = RuntimeError, object
    LIBRARY_FAULT = str(fault).splitlines()[0]
else:
    LIBRARY_FAULT = ""

VARIANT = "pdf/a-3u"
SRGB = "--srgb"
APT = "apt-get install -y libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
#: What WeasyPrint says of a page that would not be faithful: a character without a glyph, a picture not found.
UNFAITHFUL = (".notdef", "Failed to", "cannot be loaded")


class RenderFault(Exception):
    """A page cannot be rendered faithfully; the message says why, for an administrator."""


class OfflineFetcher(URLFetcher):
    """Refuses every address that is not in the page itself (`data:`): no network, no file of the server."""

    def fetch(self, url: str, headers: dict | None = None):
        if not url.startswith("data:"):
            raise FatalURLFetchingError(f"documents are rendered offline, {url} is not in the page itself")
        return super().fetch(url, headers)


class _Complaints(logging.Handler):
    """Collects what WeasyPrint complains of, for each thread its own page."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self._here = threading.local()

    def emit(self, record: logging.LogRecord) -> None:
        getattr(self._here, "said", []).append(record.getMessage())

    @contextmanager
    def heard(self):
        self._here.said = []
        try:
            yield self._here.said
        finally:
            self._here.said = []


_complaints = _Complaints()
logging.getLogger("weasyprint").addHandler(_complaints)


@cache
def fonts_of_documents() -> "FontConfiguration":
    """The fonts of documents. fontconfig reads the variable now and never again, so it is set only for this moment:
    a browser started by this process keeps its own."""
    before = os.environ.get("FONTCONFIG_FILE")
    os.environ["FONTCONFIG_FILE"] = str(fontconfig_file())
    try:
        return FontConfiguration()
    finally:
        del os.environ["FONTCONFIG_FILE"]
        if before is not None:
            os.environ["FONTCONFIG_FILE"] = before


@cache
def _colours() -> "ColorProfile":
    """sRGB, which PDF/A asks for. Read once: WeasyPrint would open its file anew for each page and never close it."""
    with (files("weasyprint") / "pdf" / "sRGB2014.icc").open("rb") as file:
        return ColorProfile(file, "sRGB2014.icc", "relative-colorimetric", (["r"], ["g"], ["b"]))


def _levelled(html: str) -> str:
    """A character of another font has another ascent, and would push its line 0.7 mm off the grid of 22 lines: it
    stands in a box without height of its own."""
    rare = strangers(html)
    if not rare:
        return html
    head, start, body = html.partition("<body")
    found = re.compile(f"<[^>]*>|([{''.join(sorted(rare))}]+)")
    return head + start + found.sub(lambda hit: _BOX.format(hit[1]) if hit[1] else hit[0], body)


#: An element of its own name, so that no style sheet of a document means it.
_BOX = '<x-rare style="line-height: 0">{}</x-rare>'


# Pango's font maps are not for two threads at once.
_press = threading.Lock()


def render(html: str, base_url: str | None = None) -> bytes:
    """The PDF/A-3u of `html`. Raises RenderFault: a library absent, a glyph missing, an address outside the page."""
    if LIBRARY_FAULT:
        raise RenderFault(f"{LIBRARY_FAULT}: {APT}")
    with _press, _complaints.heard() as said:
        try:
            page = weasyprint.HTML(string=_levelled(html), base_url=base_url, url_fetcher=OfflineFetcher())
            colours = {"color_profiles": {SRGB: _colours()}, "output_intent": SRGB}
            content = page.write_pdf(font_config=fonts_of_documents(), pdf_variant=VARIANT, **colours)
        except (Exception, FatalURLFetchingError) as fault:
            raise RenderFault(f"{type(fault).__name__}: {fault}") from fault
        unfaithful = [words for words in said if any(sign in words for sign in UNFAITHFUL)]
    if unfaithful:
        raise RenderFault(unfaithful[0])
    return content


def page_count(content: bytes) -> int:
    """How many pages a PDF has."""
    return len(PdfReader(BytesIO(content)).pages)


@checks.register("documents")
def libraries_are_there(**_kwargs) -> list:
    """`manage.py check`: the system libraries of letters, with the command to type."""
    if LIBRARY_FAULT:
        return [checks.Error(LIBRARY_FAULT, hint=APT, id="kernel.E301")]
    if harfbuzz_subset is None:
        # Without it WeasyPrint cuts the fonts in Python: 8.7 s for a letter instead of 0.15 s.
        slow = "libharfbuzz-subset is not installed: a letter takes seconds"
        return [checks.Warning(slow, hint=APT, id="kernel.W302")]
    return []
