"""Tables as an xlsx file."""

from collections.abc import Iterable
from datetime import datetime
from io import BytesIO
from urllib.parse import quote

from django.http import HttpResponse
from openpyxl import Workbook

from coordination.kernel.now import CST

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
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
        sheet.append([str(cell) for cell in head])
        for line in lines:
            sheet.append([_cell(value) for value in line])
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
    return f"'{value}" if isinstance(value, str) and value[:1] in "=+-@" else value
