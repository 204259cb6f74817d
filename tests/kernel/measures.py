"""Measures a printed document against GB/T 9704-2012: where the text stands, where the red ink lies, in mm.

`departures(pdf, style)` names everything that is not as the standard has it; a document to the standard has none.
Text is measured by its positions in the PDF, ink by the pixels of a picture of 300 dots an inch.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO

import pdfplumber
import pypdfium2
from PIL import Image

from coordination.kernel.documents import Style

DPI = 300
WITHIN = 0.5
LEFT, RIGHT, TOP, BOTTOM = 28, 184, 37, 262
LINE, LINES, CHARACTERS, EM = 225 / 22, 22, 28, 5.556
BODY, TITLE = (15.5, 16.2), (21, 22.5)  # 3号 and 2号, in points
LEADING_ZERO = re.compile(r"〔\d{4}〕第?0|〔\d{4}〕第|\d年0\d|\d月0\d日")
SIGNED = re.compile(r"^\d{4}年\d{1,2}月\d{1,2}日$")


@dataclass(frozen=True)
class Char:
    text: str
    left: float
    right: float
    middle: float
    size: float
    font: str


@dataclass(frozen=True)
class Row:
    """The characters of one line, in order."""

    chars: tuple[Char, ...]

    @cached_property
    def text(self) -> str:
        return "".join(char.text for char in self.chars).strip()

    @property
    def left(self) -> float:
        return self.chars[0].left

    @property
    def right(self) -> float:
        return self.chars[-1].right

    @property
    def middle(self) -> float:
        return self.chars[0].middle

    @property
    def top(self) -> float:
        """Of the characters' em boxes."""
        return self.middle - self.chars[0].size / 72 * 25.4 / 2

    @property
    def bottom(self) -> float:
        return 2 * self.middle - self.top

    def of(self, sizes: tuple[float, float]) -> bool:
        return sizes[0] < self.chars[0].size < sizes[1]


@dataclass(frozen=True)
class Band:
    """Rows of pixels with red ink, and how far it reaches."""

    top: float
    bottom: float
    left: float
    right: float

    @property
    def thick(self) -> float:
        return self.bottom - self.top

    @property
    def wide(self) -> float:
        return self.right - self.left


class Page:
    """One printed page; the proof line at its foot, in 7.5 points, is left out."""

    def __init__(self, number: int, plumbed, picture: Image.Image) -> None:
        self.number, self.size = number, (plumbed.width / 72 * 25.4, plumbed.height / 72 * 25.4)
        self.rows = list(_rows(plumbed))
        self._picture = picture

    @cached_property
    def red(self) -> list[Band]:
        return list(_bands(self._picture))

    def body(self) -> list[Row]:
        """The lines of 3号."""
        return [row for row in self.rows if row.of(BODY)]


def read(content: bytes) -> list[Page]:
    with pdfplumber.open(BytesIO(content)) as plumbed:
        pictures = pypdfium2.PdfDocument(content)
        try:
            return [Page(n, page, _picture(pictures[n - 1])) for n, page in enumerate(plumbed.pages, 1)]
        finally:
            pictures.close()


def _picture(page) -> Image.Image:
    return page.render(scale=DPI / 72).to_pil().convert("RGB")


def _rows(plumbed) -> Iterator[Row]:
    """By the baseline: fonts of one size have their ascents at different heights, and one baseline."""
    at: dict[float, list] = {}
    for char in plumbed.chars:
        if char["size"] > 8 and char["text"].strip() and char["upright"]:
            base = round((plumbed.height - char["matrix"][5]) / 72 * 25.4, 1)
            at.setdefault(next((b for b in at if abs(b - base) < 1.2), base), []).append(char)
    for base, chars in sorted(at.items()):
        ordered = sorted(chars, key=lambda char: char["x0"])
        yield Row(tuple(_char(char, base) for char in ordered))


def _char(char: dict, base: float) -> Char:
    """The baseline of a Chinese font lies 0.38 em under the middle of its em box."""
    middle = base - 0.38 * char["size"] / 72 * 25.4
    return Char(char["text"], char["x0"] / 72 * 25.4, char["x1"] / 72 * 25.4, middle, char["size"], char["fontname"])


def _bands(image: Image.Image) -> Iterator[Band]:
    red = image.split()[0].point(lambda value: 255 if value > 180 else 0)
    pale = image.split()[1].point(lambda value: 255 if value < 100 else 0)
    ink = Image.composite(red, Image.new("L", image.size), pale)
    rows = [ink.crop((0, y, ink.width, y + 1)).getbbox() for y in range(ink.height)]
    start = None
    for y, box in enumerate([*rows, None]):
        if box and start is None:
            start = y
        elif not box and start is not None:
            left, _top, right, _bottom = ink.crop((0, start, ink.width, y)).getbbox()
            yield Band(*(round(each * 25.4 / DPI, 2) for each in (start, y, left, right)))
            start = None


class Ruler:
    """Compares and remembers what departs."""

    def __init__(self) -> None:
        self.departures: list[str] = []

    def near(self, what: str, found: float, wanted: float, within: float = WITHIN) -> None:
        self.holds(abs(found - wanted) <= within, f"{what}: {found:.2f} mm, not {wanted:.2f}")

    def holds(self, true: bool, what: str) -> None:
        if not true:
            self.departures.append(what)


def departures(content: bytes, style: Style) -> list[str]:
    """Everything in which the printed document departs from the standard, in words; none is as it should be."""
    ruler, pages = Ruler(), read(content)
    for page in pages:
        _plain(ruler, page)
    _HEADS[style](ruler, pages)
    if style is not Style.TABLE:
        for page in pages:
            _text_area(ruler, page)
        _signature(ruler, pages)
    return ruler.departures


def _plain(ruler: Ruler, page: Page) -> None:
    """What holds of every page: numbers and dates without leading zeros, and no word left of Python's."""
    for row in page.rows:
        ruler.holds(not LEADING_ZERO.search(row.text), f"leading zero: {row.text}")
        ruler.holds("None" not in row.text and "{{" not in row.text, f"a hole: {row.text}")


def _text_area(ruler: Ruler, page: Page) -> None:
    ruler.near("page width", page.size[0], 210)
    ruler.near("page height", page.size[1], 297)
    for row in page.rows:
        outside = row.middle > BOTTOM or row.of((23, 99))  # the page number; a mark
        if not outside:
            ruler.holds(row.left >= LEFT - WITHIN, f"left of the text area: {row.text}")
            ruler.holds(row.right <= RIGHT + WITHIN, f"right of the text area: {row.text} {row.right:.1f}")
    body = page.body()
    ruler.holds(len(body) <= LINES, f"page {page.number}: {len(body)} lines")
    for row in body:
        wide = sum(1 if ord(char.text[0]) > 0x2000 else 0.5 for char in row.chars)
        ruler.holds(wide <= CHARACTERS, f"more than 28 characters: {row.text}")
        ruler.holds(row.top >= TOP - WITHIN and row.bottom <= BOTTOM + WITHIN, f"above or below the area: {row.text}")


def _grid(ruler: Ruler, pages: list[Page]) -> None:
    """From the second page on every line of 3号 lies in one of the 22 places."""
    for page in pages[1:]:
        for row in page.body():
            place = (row.middle - TOP) / LINE - 0.5
            ruler.near(f"page {page.number}, line {row.text[:8]}", round(place) * LINE, place * LINE)


def _page_numbers(ruler: Ruler, pages: list[Page], first: int = 1) -> None:
    """4号, 7 mm under the text area; odd ones on the right, even ones on the left, one character in."""
    for page in pages:
        found = [row for row in page.rows if row.middle > BOTTOM and "—" in row.text]
        if page.number < first:
            ruler.holds(not found, f"page {page.number} bears its number")
            continue
        ruler.holds([row.text.replace(" ", "") for row in found] == [f"—{page.number}—"], f"number of {page.number}")
        for row in found:
            ruler.near("page number under the text area", row.middle, BOTTOM + 7, 1)
            side = (RIGHT - row.right) if page.number % 2 else (row.left - LEFT)
            ruler.near("page number from the edge", side, 4.94, 1)


def _signature(ruler: Ruler, pages: list[Page]) -> None:
    """The date, four characters from the right edge, is never alone with its organ on a page."""
    for page in pages:
        rows = page.body()
        for place, row in enumerate(rows):
            if SIGNED.match(row.text) and place and row.right > 150:
                ruler.holds(place > 1, f"page {page.number} begins with the signature")
                ruler.near("the organ over the date", _centre(rows[place - 1]), _centre(row), 1)


def _centre(row: Row) -> float:
    return (row.left + row.right) / 2


def _titled(ruler: Ruler, page: Page, after: float) -> None:
    """The title: 2号, centred, two empty lines under what stands above it."""
    title = [row for row in page.rows if row.of(TITLE)]
    ruler.holds(bool(title), "no title of 2号")
    for row in title:
        ruler.near(f"centre of the title {row.text[:6]}", _centre(row), (LEFT + RIGHT) / 2, 1)
    if title:
        gap = (title[0].top - after) / LINE
        ruler.holds(2 - WITHIN / LINE <= gap < 3, f"{gap:.2f} lines above the title, not two")


def _letter(ruler: Ruler, pages: list[Page]) -> None:
    """信函格式, 10.1."""
    first, red = pages[0], pages[0].red
    ruler.holds(len(red) == 5, f"{len(red)} bands of red, not a mark and two double rules")
    if len(red) != 5:
        return
    mark, thick, thin, lower_thin, lower_thick = red
    ruler.near("upper edge of the mark", mark.top, 30)
    ruler.near("rule under the mark", thick.top - mark.bottom, 4)
    ruler.near("lower rule from the paper's edge", 297 - lower_thick.bottom, 20)
    for rule in red[1:]:
        ruler.near("width of a rule", rule.wide, 170)
        ruler.near("centre of a rule", (rule.left + rule.right) / 2, (LEFT + RIGHT) / 2)
    ruler.holds(thick.thick > thin.thick, "the upper rule is thick over thin")
    ruler.holds(lower_thick.thick > lower_thin.thick, "the lower rule is thin over thick")
    number = next((row for row in first.body() if "〔" in row.text), None)
    ruler.holds(number is not None, "no number")
    if number:
        ruler.near("number at the right edge", number.right, RIGHT)
        ruler.near("number under the rule", number.top - thin.bottom, EM * 7 / 8)
        _titled(ruler, first, number.bottom)
    _page_numbers(ruler, pages, first=2)
    _grid(ruler, pages)
    ruler.holds(not any(page.red for page in pages[1:]), "red ink behind the first page")


def _red_head(ruler: Ruler, pages: list[Page]) -> None:
    first, red = pages[0], pages[0].red
    ruler.holds(len(red) == 2, f"{len(red)} bands of red, not a mark and a rule")
    if len(red) == 2:
        mark, rule = red
        ruler.near("upper edge of the mark under the text area's", mark.top, TOP + 35)
        ruler.near("left end of the rule", rule.left, LEFT)
        ruler.near("right end of the rule", rule.right, RIGHT)
        above = [row for row in first.body() if row.middle < rule.top]
        ruler.holds(bool(above), "no number above the rule")
        if above:
            ruler.near("rule under the number", rule.top - above[-1].bottom, 4)
        _titled(ruler, first, rule.bottom)
    _page_numbers(ruler, pages)
    _grid(ruler, pages)


def _file(ruler: Ruler, pages: list[Page]) -> None:
    """文件格式, 7.2: the number two lines under the mark; in a paper to a superior it stands left, 签发人 right."""
    _red_head(ruler, pages)
    number = next((row for row in pages[0].body() if "〔" in row.text), None)
    if number and len(pages[0].red) == 2:
        gap = (number.top - pages[0].red[0].bottom) / LINE
        ruler.holds(2 - WITHIN / LINE <= gap < 3, f"{gap:.2f} lines between mark and number, not two")
        if "签发人" in number.text:
            ruler.near("number one character in", number.left, LEFT + EM)
            ruler.near("签发人 one character in", number.right, RIGHT - EM)


def _minutes(ruler: Ruler, pages: list[Page]) -> None:
    """纪要格式, 10.3: neither signature nor seal."""
    _red_head(ruler, pages)
    words = "".join(row.text for page in pages for row in page.rows)
    ruler.holds("出席：" in words, "nobody attended")


def _form(ruler: Ruler, pages: list[Page]) -> None:
    """执法文书: no red head."""
    ruler.holds(not any(page.red for page in pages), "red ink on an enforcement document")
    ruler.holds(any(row.of(TITLE) for row in pages[0].rows), "no title of 2号")
    _page_numbers(ruler, pages)


def _table(ruler: Ruler, pages: list[Page]) -> None:
    """清单: a ruled table within the margins of its own page."""
    ruler.holds(not any(page.red for page in pages), "red ink on a table")
    ruler.holds(any(row.of(TITLE) for row in pages[0].rows), "no title of 2号")
    for page in pages:
        across, down = page.size
        for row in page.rows:
            ruler.holds(row.left >= 24 - WITHIN and row.right <= across - 24 + WITHIN, f"beyond the margin: {row.text}")
            ruler.holds(row.top >= 20 and row.middle <= down - 15, f"beyond the margin: {row.text}")


_HEADS = {
    Style.LETTER: _letter,
    Style.FILE: _file,
    Style.MINUTES: _minutes,
    Style.FORM: _form,
    Style.TABLE: _table,
}
