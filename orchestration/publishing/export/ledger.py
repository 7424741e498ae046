"""The ledger as a workbook (台账) for those who follow promises up: a summary, and a sheet a region with a row a target.

Each row has the target's sentence, the result's, the verdict in words, and where both stand, linked where the document has an address.
Sheets print on A4 across with the head on every page.
"""

from __future__ import annotations

from itertools import count, groupby
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from orchestration.lexicon import read_yaml
from orchestration.publishing.export.guard import is_risky
from orchestration.publishing.export.model import ExportError, Job
from orchestration.publishing.export.xlsx import SHEET_NAME, Styles, fitting, put, workbook
from orchestration.publishing.labels import word

HERE = Path(__file__).parent

SCORECARD = (
    "select s.*, r.region_name from marts.scorecard as s left join (select region_code, max(region_name) as region_name from marts.commitment"
    " group by region_code) as r on s.region_code = r.region_code order by s.region_code nulls last, s.year nulls last, s.theme nulls last"
)
MAX_URL = 2_079  # characters of a link
A4 = 9
NOT_IN_A_NAME = str.maketrans("", "", "[]:*?/\\'")

Row = dict[str, Any]


def write(job: Job) -> list[str]:
    """One workbook; ExportError where single tables are asked for."""
    if job.named:
        raise ExportError("the ledger is made from several tables; leave --table out")
    plan = read_yaml(HERE / "ledger.yml")
    cut = 0
    with workbook(job, job.folder / plan["file"]) as book:
        styles = Styles(book)
        summary = _sheet(book, styles, plan, plan["scorecard"], plan["summary"], plan["title"].format(region=""), job)
        cut += _fill(summary, styles, plan["scorecard"], _rows(job, SCORECARD))
        names = {plan["summary"]}
        query = (HERE / "ledger.sql").read_text(encoding="utf-8")
        for (code, region), rows in groupby(_rows(job, query), key=lambda row: (row["region_code"], row["region_name"])):
            region = region or plan["nowhere"]
            name = _name(region, code, names)
            sheet = _sheet(book, styles, plan, plan["columns"], name, plan["title"].format(region=region), job)
            numbers = count(1)
            cut += _fill(sheet, styles, plan["columns"], [{**row, "number": next(numbers)} for row in rows])
    return [f"{cut} texts were longer than a cell holds and were cut, and say so"] if cut else []


def _rows(job: Job, query: str) -> list[Row]:
    cursor = job.db.execute(query)
    names = [d[0] for d in cursor.description or []]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _name(region: str, code: str | None, taken: set[str]) -> str:
    """A sheet name for a region; regions of one name are told apart by their code."""
    name = region.translate(NOT_IN_A_NAME)[: SHEET_NAME - 7]
    if name in taken:
        name = f"{name} {code or ''}"
    taken.add(name)
    return name


def _sheet(book: xlsxwriter.Workbook, styles: Styles, plan: Row, columns: list[Row], name: str, title: str, job: Job) -> Worksheet:
    sheet = book.add_worksheet(name)
    for i, column in enumerate(columns):
        sheet.set_column(i, i, column["width"])
        sheet.write_string(0, i, column["head"], styles.head)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.set_header("&C&14" + title.replace("&", "&&"))
    sheet.set_footer(plan["footer"].format(release=job.manifest["release"]))
    return sheet


def _fill(sheet: Worksheet, styles: Styles, columns: list[Row], rows: list[Row]) -> int:
    """Write the rows below the head; how many texts had to be cut."""
    cut = 0
    for i, row in enumerate(rows, start=1):
        for j, column in enumerate(columns):
            value = row[column["field"]]
            if "codes" in column:
                value = word(column["codes"], value)
            if column.get("share") and value is not None:
                sheet.write_number(i, j, value, styles.share)
            elif not (value and _linked(sheet, styles, i, j, value, row.get(column.get("link", "")))):
                cut += put(sheet, styles, i, j, value or None if isinstance(value, str) else value, wrap=True)
    sheet.autofilter(0, 0, len(rows), len(columns) - 1)
    return cut


def _linked(sheet: Worksheet, styles: Styles, row: int, column: int, text: str, url: str | None) -> bool:
    """Write the text as a link; False, and nothing written, where there is no address that a spreadsheet takes."""
    if not url or not url.startswith(("http://", "https://")) or len(url) > MAX_URL or is_risky(text):
        return False
    return sheet.write_url(row, column, url, styles.link, fitting(text)[0]) == 0
