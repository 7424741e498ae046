"""Statistics tables as Content: the stored text is the sheets' cells, a line a row, tabs between."""

from __future__ import annotations

from orchestration.reading.content import Content
from orchestration.reading.model import Sheet
from orchestration.reading.sheets import read_sheets


def read(data: bytes, name: str) -> Content:
    """The sheets of a workbook, CSV file or HTML table. Refusal as of `read_sheets`."""
    sheets = read_sheets(data, name)
    return Content("\n\n".join(map(as_text, sheets)), "", sheets=sheets)


def as_text(sheet: Sheet) -> str:
    """The sheet's name, then its rows."""
    rows = ("\t".join(" ".join(cell.text.split()) for cell in row).rstrip("\t") for row in sheet.rows)
    return "\n".join((sheet.name, *rows))
