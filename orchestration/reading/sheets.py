"""Bytes of a table file → sheets. What the bytes are is decided by the bytes: yearbooks ship HTML pages and CSV files named .xls.

Formats: CSV and TSV (UTF-8 with or without BOM, UTF-16 with BOM, GB18030), .xls (BIFF5–8 in OLE), .xlsx/.xlsm/.xlsb (ECMA-376), .ods, HTML.
"""

from __future__ import annotations

import csv
import io
import math
import re
import zipfile
import zlib
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from orchestration.reading import biff
from orchestration.reading.htmltables import grids
from orchestration.reading.model import Cell, Refusal, Sheet

MAX_COLUMNS = 10_000
MAX_CELLS = 500_000
MAX_UNPACKED = 200 * 2**20
MAX_RATIO = 200
SMALL = 8 * 2**20  # archives that unpack to less are never called a bomb
DIGITS = 15  # what a double holds exactly: 0.1 + 0.2 is shown, and meant, as 0.3

ZIP, OLE = b"PK\x03\x04", bytes.fromhex("D0CF11E0A1B11AE1")
BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
LOCKED = "The workbook is protected by a password; save it without one."
DELIMITERS = ",\t;|，"
HALF_WIDTH = str.maketrans("０１２３４５６７８９．，－＋％−", "0123456789.,-+%-")
NUMBER = re.compile(r"[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?%?")
PAGE = re.compile(r"<(?:table|html)\b", re.IGNORECASE)
FOREIGN = ("<?xml", "%PDF", "{\\rtf", "MIME-Version:")
CELL_ADDRESS = re.compile(rb'<(?:\w{1,8}:)?c r="([A-Z]{1,3})(\d{1,7})"')
PERCENT_STYLE = re.compile(rb'formatCode="[^"]{0,200}%|numFmtId="(?:9|10)"')

Percents = dict[str, set[tuple[int, int]]]
"""Cells shown as percentages (they hold 0.065 and mean 6.5 %), by name of sheet."""


def read_sheets(data: bytes, name: str) -> tuple[Sheet, ...]:
    """The sheets of a table file, hidden and blank ones left out; `name`, its file name, only names a sheet that has no name of its own.

    Refusal `empty`, `encrypted`, `too_large` (columns, cells), `hostile` (zip bomb), `unknown_type` (no table in it), `unreadable`.
    """
    if not data.strip(b" \t\r\n\0"):
        raise Refusal("empty", "The file has no content; fetch it again.")
    if data.startswith(ZIP):
        sheets = _workbook(data, _zip_percents(data))
    elif data.startswith(OLE):
        sheets = _workbook(data, _ole_percents(data))
    else:
        sheets = _text(_decode(data), name)
    filled = tuple(s for s in sheets if any(cell.text for row in s.rows for cell in row))
    if not filled:
        raise Refusal("empty", "The file has no filled cell.")
    return filled


def parse_number(text: str) -> Decimal | None:
    """The number that a cell's whole text is, or None: 1,234.5 · －3 · 6.5% (6.5) · 286. 99 (a space left by scanning)."""
    plain = text.translate(HALF_WIDTH).strip()
    if len(plain) > 40:
        return None
    if "." in plain:  # a second number in the same cell would have no point of its own
        plain = "".join(plain.split())
    return Decimal(plain.rstrip("%").replace(",", "")) if NUMBER.fullmatch(plain) else None


def text_cell(text: str) -> Cell:
    """A cell that holds text, with its number where the whole text is one."""
    return Cell(text, parse_number(text))


def _rows(rows: Sequence[Sequence[Cell]]) -> tuple[tuple[Cell, ...], ...]:
    """Rows padded to one width, blank rows and columns at the end cut off."""
    width = max((i + 1 for row in rows for i, cell in enumerate(row) if cell.text), default=0)
    height = max((i + 1 for i, row in enumerate(rows) if any(c.text for c in row)), default=0)
    if width > MAX_COLUMNS:
        raise Refusal("too_large", f"The sheet has {width} columns, more than the {MAX_COLUMNS} that a table may have.")
    if width * height > MAX_CELLS:
        raise Refusal("too_large", f"The sheet has {width * height} cells, more than the {MAX_CELLS} that a table may have.")
    blank = Cell("")
    return tuple(tuple(row[:width]) + (blank,) * (width - len(row)) for row in rows[:height])


# --- text: CSV and HTML ---------------------------------------------------------------------------------------------------------------


def _decode(data: bytes) -> str:
    encodings = [e for bom, e in BOMS if data.startswith(bom)] or ["utf-8", "gb18030"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise Refusal("unreadable", "The file is neither a workbook nor text in UTF-8, UTF-16 or GB18030.")


def _text(text: str, name: str) -> tuple[Sheet, ...]:
    start = text[:1000].lstrip()
    if start.startswith("<") and PAGE.search(text):
        found = enumerate(grids(text), 1)
        return tuple(Sheet(f"表{n}", _rows([[text_cell(t) for t in row] for row in rows]), merged) for n, (rows, merged) in found)
    if start.startswith(FOREIGN):
        raise Refusal("unknown_type", "The file is no table; save it as .xlsx or .csv.")
    return (_csv(text, name),)


def _csv(text: str, name: str) -> Sheet:
    sample = text[:20_000].splitlines()[:50]
    delimiter = max(DELIMITERS, key=lambda d: (sum(d in line for line in sample), -DELIMITERS.index(d)))
    if not any(delimiter in line for line in sample):
        raise Refusal("unknown_type", "The file is text without columns; a table is CSV, a workbook or an HTML page.")
    rows: list[list[Cell]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            if len(row) > MAX_COLUMNS:
                raise Refusal(
                    "too_large", f"Line {len(rows) + 1} has {len(row)} columns, more than the {MAX_COLUMNS} that a table may have."
                )
            rows.append([text_cell(t.strip()) for t in row])
    except csv.Error as e:
        raise Refusal("unreadable", f"The file is not CSV: {e}.") from None
    return Sheet(name.rsplit("/", 1)[-1].rsplit(".", 1)[0], _rows(rows))


# --- workbooks ------------------------------------------------------------------------------------------------------------------------


def _workbook(data: bytes, percents: Percents) -> tuple[Sheet, ...]:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        shown = [m.name for m in book.sheets_metadata if m.typ == SheetTypeEnum.WorkSheet and m.visible == SheetVisibleEnum.Visible]
        return tuple(_sheet(book.get_sheet_by_name(name), percents.get(name, set())) for name in shown)
    except PasswordError:
        raise Refusal("encrypted", LOCKED) from None
    except Refusal:
        raise
    except BaseException as e:  # a panic of the Rust reader is no Exception
        if not isinstance(e, CalamineError | ValueError | OSError) and type(e).__name__ != "PanicException":
            raise
        raise _broken(e) from None


def _broken(error: BaseException) -> Refusal:
    return Refusal("unreadable", f"The workbook is broken or cut off: {error}.")


def _sheet(sheet: Any, percents: set[tuple[int, int]]) -> Sheet:
    _check_extent(sheet.total_height, sheet.total_width)
    values = sheet.to_python(skip_empty_area=False)
    rows = [[_cell(value, (r, c) in percents) for c, value in enumerate(row)] for r, row in enumerate(values)]
    return Sheet(sheet.name, _rows(rows), tuple((a, b, c, d) for (a, b), (c, d) in sheet.merged_cell_ranges or ()))


def _cell(value: object, percent: bool) -> Cell:
    if isinstance(value, bool):
        return Cell(str(value).upper())
    if isinstance(value, int | float):
        if not math.isfinite(value):
            return Cell(str(value))
        number = Decimal(format(value, f".{DIGITS}g")) * (100 if percent else 1)
        number = Decimal(format(number.normalize(), "f"))
        return Cell(f"{number}%" if percent else str(number), number)
    if isinstance(value, datetime | date | time):
        return Cell(value.isoformat())
    return Cell(str(value)) if isinstance(value, timedelta) else text_cell(str(value).strip())


def _check_extent(rows: int, columns: int) -> None:
    if columns > MAX_COLUMNS or rows * columns > MAX_CELLS:
        raise Refusal(
            "too_large", f"The sheet spans {rows} rows and {columns} columns; a table may have {MAX_COLUMNS} columns and {MAX_CELLS} cells."
        )


def _ole_percents(data: bytes) -> Percents:
    """Refuse what is in the container but is no readable .xls (names of streams stand in UTF-16 in its directory); its percentages."""
    has = {stream for stream in ("EncryptedPackage", "Workbook", "Book") if (stream + "\0").encode("utf-16-le") in data}
    if not has:
        raise Refusal("unknown_type", "The file is an Office document but no workbook.")
    try:
        book = biff.Book(encrypted=True) if "EncryptedPackage" in has else biff.inspect(data)
    except ValueError as e:
        raise _broken(e) from None
    if book.encrypted:
        raise Refusal("encrypted", LOCKED)
    return book.percents


def _zip_percents(data: bytes) -> Percents:
    """Check an archive before it is unpacked; its percentages."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_archive(archive, len(data))
            names = archive.namelist()
            if "xl/workbook.xml" not in names:
                return {}
            for part in names:
                if part.startswith("xl/worksheets/") and part.endswith(".xml"):
                    _check_addresses(archive.read(part))
            percent = "xl/styles.xml" in names and PERCENT_STYLE.search(archive.read("xl/styles.xml"))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError, zlib.error) as e:
        raise _broken(e) from None
    return _percent_cells(data) if percent else {}


def _check_archive(archive: zipfile.ZipFile, packed: int) -> None:
    names = archive.namelist()
    if not any(n in names for n in ("xl/workbook.xml", "xl/workbook.bin", "content.xml")):
        raise Refusal("unknown_type", "The file is an archive but no workbook; unpack it.")
    if any(i.flag_bits & 1 for i in archive.infolist()):
        raise Refusal("encrypted", LOCKED)
    unpacked = sum(i.file_size for i in archive.infolist())
    if unpacked > MAX_UNPACKED or (unpacked > SMALL and unpacked > MAX_RATIO * packed):
        raise Refusal("hostile", f"The workbook would unpack from {packed} to {unpacked} bytes; that is no statistics table.")


def _check_addresses(xml: bytes) -> None:
    """One cell far out makes a reader lay out all cells before it."""
    rows = columns = 0
    for letters, number in CELL_ADDRESS.findall(xml):
        column = 0
        for letter in letters:
            column = column * 26 + letter - 64
        rows, columns = max(rows, int(number)), max(columns, column)
    _check_extent(rows, columns)


def _percent_cells(data: bytes) -> Percents:
    import openpyxl

    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        return {
            sheet.title: {(c.row - 1, c.column - 1) for row in sheet.iter_rows() for c in row if _is_percent(c)}
            for sheet in book.worksheets
        }
    except Exception as e:  # openpyxl raises whatever its parts raise
        raise _broken(e) from None


def _is_percent(cell: Any) -> bool:
    return cell.value is not None and biff.is_percent(cell.number_format or "")
