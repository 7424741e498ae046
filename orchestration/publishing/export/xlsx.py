"""A workbook: a sheet a table with Chinese column heads, and a first sheet that says what each table and column is.

A figure that a spreadsheet's 15 digits cannot hold is written as text, digit for digit. Texts are text cells: a leading = is no formula, and
stays none when the cell is edited (quote prefix). A table longer than a sheet goes on in the next one.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from orchestration.publishing.export.guard import is_risky
from orchestration.publishing.export.model import Job, select
from orchestration.publishing.query import plain
from orchestration.publishing.tables import Table

MAX_ROWS = 1_048_576  # of a sheet, the head row included
MAX_CELL = 32_767  # UTF-16 units in a cell
CUT = "……〔全文{}字，此处截断；全文见CSV或Parquet〕"
SHEET_NAME = 31  # characters
DIGITS = 15  # that a spreadsheet keeps of a number
FILE = "dajuan.xlsx"
WIDTH = {"VARCHAR": 18, "DATE": 11, "BOOLEAN": 8}
WIDE = {"quote": 40, "citation": 60, "text": 40, "target_quote": 30, "result_quote": 30, "document_title": 40, "title": 40}


def write(job: Job) -> list[str]:
    """One workbook."""
    cut: list[str] = []
    with workbook(job, job.folder / FILE) as book:
        styles = Styles(book)
        names = _sheet_names(job)
        _contents(book, styles, job, names)
        for table in job.tables:
            cut += _table(book, styles, job, table, names[table.full_name])
    return [f"{name}: texts longer than {MAX_CELL:,} characters were cut, and say so; CSV and Parquet carry them whole" for name in cut]


def workbook(job: Job, to: Path) -> xlsxwriter.Workbook:
    """A workbook whose bytes depend on its content alone; rows must be written from top to bottom."""
    book = xlsxwriter.Workbook(
        to,
        {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "use_zip64": True},
    )
    book.set_properties(
        {"title": "答卷 dajuan", "comments": f"release {job.manifest['release']}", "created": job.published.replace(tzinfo=None)}
    )
    return book


class Styles:
    """The few cell formats of a workbook."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        top = {"valign": "top"}
        self.head: Format = book.add_format({"bold": True, "text_wrap": True, "valign": "vcenter", "bg_color": "#EDEDED", "bottom": 1})
        self.text: Format = book.add_format(top)
        self.wrapped: Format = book.add_format({**top, "text_wrap": True})
        self.quoted: Format = book.add_format({**top, "quote_prefix": True})
        self.quoted_wrapped: Format = book.add_format({**top, "quote_prefix": True, "text_wrap": True})
        self.figure: Format = book.add_format({**top, "align": "right"})
        self.date: Format = book.add_format({**top, "num_format": "yyyy-mm-dd", "align": "left"})
        self.time: Format = book.add_format({**top, "num_format": "yyyy-mm-dd hh:mm:ss", "align": "left"})
        self.link: Format = book.add_format({**top, "text_wrap": True, "font_color": "#0563C1", "underline": 1})
        self.share: Format = book.add_format({**top, "num_format": "0.0%"})


def put(sheet: Worksheet, styles: Styles, row: int, column: int, value: Any, wrap: bool = False) -> bool:
    """Write one value as what it is; whether a text had to be cut."""
    if value is None:
        return False
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value, styles.text)
    elif isinstance(value, str):
        text, cut = fitting(value)
        usual, quoted = (styles.wrapped, styles.quoted_wrapped) if wrap else (styles.text, styles.quoted)
        sheet.write_string(row, column, text, quoted if is_risky(text) else usual)
        return cut
    elif isinstance(value, Decimal | int):
        if holds(value):
            sheet.write_number(row, column, value, styles.figure)
        else:
            sheet.write_string(row, column, plain(Decimal(value)), styles.figure)
    elif isinstance(value, float):
        sheet.write_number(row, column, value, styles.figure)
    elif isinstance(value, datetime):
        sheet.write_datetime(row, column, value.replace(tzinfo=None), styles.time)
    else:
        sheet.write_datetime(row, column, value, styles.date)
    return False


def holds(value: Decimal | int) -> bool:
    """Whether a spreadsheet holds the figure exactly: at most 15 significant digits, and the file's number reads back as the same."""
    figure = Decimal(value)
    digits = "".join(map(str, figure.as_tuple().digits)).strip("0")
    return len(digits) <= DIGITS and Decimal(f"{float(figure):.16G}") == figure


def fitting(text: str) -> tuple[str, bool]:
    """The text as a cell can hold it, and whether it was cut; a cut text ends by saying so."""
    if len(text) <= MAX_CELL // 2 or len(text.encode("utf-16-le")) // 2 <= MAX_CELL:
        return text, False
    mark = CUT.format(len(text))
    room = 2 * (MAX_CELL - len(mark))
    return text.encode("utf-16-le")[:room].decode("utf-16-le", errors="ignore") + mark, True


def _sheet_names(job: Job) -> dict[str, str]:
    """A sheet name a table: its Chinese name, else its own."""
    names: dict[str, str] = {}
    for table in job.tables:
        name = table.label[: SHEET_NAME - 5]
        names[table.full_name] = name if name not in names.values() else table.name[: SHEET_NAME - 5]
    return names


def _contents(book: xlsxwriter.Workbook, styles: Styles, job: Job, names: dict[str, str]) -> None:
    """The first sheet: release, and a row a column of each table."""
    sheet = book.add_worksheet("说明")
    sheet.set_column(0, 3, 20)
    sheet.set_column(4, 4, 100)
    head = ("工作表", "表", "列名", "字段", "说明")
    for column, text in enumerate(head):
        sheet.write_string(0, column, text, styles.head)
    sheet.freeze_panes(1, 0)
    notes = [
        (None, None, None, None, f"答卷 dajuan，版本 {job.manifest['release']}，发布于 {job.published:%Y-%m-%d %H:%M} UTC"),
        (None, None, None, None, f"超过{DIGITS}位有效数字的数以文本写出，逐位不差；时间为协调世界时（UTC）"),
    ]
    columns = [
        row
        for table in job.tables
        for row in [
            (names[table.full_name], table.full_name, None, None, table.comment),
            *((names[table.full_name], table.full_name, c.label, c.name, c.comment) for c in table.columns),
        ]
    ]
    for row, cells in enumerate([*notes, *columns], start=1):
        for column, value in enumerate(cells):
            put(sheet, styles, row, column, value)


def _table(book: xlsxwriter.Workbook, styles: Styles, job: Job, table: Table, name: str) -> list[str]:
    """A table's sheets, as many as its rows need; the names of columns in which texts were cut."""
    cut: set[str] = set()
    total = next(job.rows(f"select count(*) from {table.at}"))[0]
    rows = job.rows(select(table, [f't."{c.name}"' for c in table.columns]))
    for n, done in enumerate(range(0, max(total, 1), MAX_ROWS - 1), start=1):
        size = min(total - done, MAX_ROWS - 1)
        sheet = _sheet(book, styles, table, name if n == 1 else f"{name} {n}", size)
        for row, values in enumerate(islice(rows, size), start=1):
            for i, value in enumerate(values):
                if put(sheet, styles, row, i, value):
                    cut.add(f"{table.full_name}.{table.columns[i].name}")
    return sorted(cut)


def _sheet(book: xlsxwriter.Workbook, styles: Styles, table: Table, name: str, rows: int) -> Worksheet:
    """A sheet with its head row frozen, repeated in print and filterable."""
    sheet = book.add_worksheet(name)
    for i, column in enumerate(table.columns):
        sheet.set_column(i, i, WIDE.get(column.name) or WIDTH.get(column.type, 16))
        sheet.write_string(0, i, column.label, styles.head)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.autofilter(0, 0, rows, len(table.columns) - 1)
    return sheet
