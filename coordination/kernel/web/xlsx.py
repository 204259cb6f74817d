"""Tables as an xlsx file."""

from collections.abc import Iterable
from datetime import datetime
from io import BytesIO
from itertools import zip_longest
from urllib.parse import quote

from django.http import HttpResponse
from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from coordination.kernel.now import CST

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: What a text must not begin with: Excel takes it for a formula.
FORMULA = ("=", "+", "-", "@")
#: The widest column, in letters.
WIDEST = 60
#: A sheet: its title, its head, its lines.
Sheet = tuple[str, list[str], Iterable[list]]


def as_xlsx(title: str, head: list[str], lines: Iterable[list], moment: datetime) -> HttpResponse:
    """`lines` under `head` as a download named after `title` and the day. Moments are written in local time."""
    return as_book(title, [(title, head, lines)], moment)


def as_book(title: str, sheets: Iterable[Sheet], moment: datetime) -> HttpResponse:
    """Several tables, each on a sheet of its own."""
    book = Workbook(write_only=True)
    for name, head, lines in sheets:
        sheet = book.create_sheet(name[:31])
        rows = [[str(cell) for cell in head], *([_cell(value) for value in line] for line in lines)]
        for place, column in enumerate(zip_longest(*rows), 1):
            sheet.column_dimensions[get_column_letter(place)].width = min(max(map(_width, column)) + 2, WIDEST)
        for row in rows:
            sheet.append(row)
    stream = BytesIO()
    book.save(stream)
    name = quote(f"{title}-{moment:%Y%m%d}.xlsx")
    return HttpResponse(
        stream.getvalue(), content_type=XLSX, headers={"Content-Disposition": f"attachment; filename*=UTF-8''{name}"}
    )


def _cell(value):
    """Excel knows no time zones, and takes a text that begins with = for a formula."""
    if isinstance(value, datetime):
        return value.astimezone(CST).replace(tzinfo=None, microsecond=0)
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


def _width(value) -> int:
    """In the letters of Excel's columns; a Chinese character takes two. A moment is written as 2026-11-27 18:30:00."""
    text = str(value) if value is not None else ""
    return sum(2 if ord(letter) > 255 else 1 for letter in text)
