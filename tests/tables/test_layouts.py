"""Invented sheets of many layouts, and real ones where the reference material is at hand."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestration import tables
from orchestration.extraction.isoperiods import bounds
from orchestration.lexicon import read_yaml
from orchestration.reading.model import Cell, Document, Refusal, Sheet
from orchestration.reading.sheets import read_sheets, text_cell
from orchestration.regions import RegionIndex
from tests.conftest import ROOT

GOLDEN = ROOT / "tests" / "golden" / "tables"
LAYOUTS = read_yaml(GOLDEN / "layouts.yml")
CELLS = read_yaml(GOLDEN / "cells.yml")
SERIES = read_yaml(GOLDEN / "nbs.yml")


def address(text: str) -> tuple[int, int]:
    letters, digits = re.fullmatch(r"([A-Z])(\d+)", text).groups()
    return int(digits) - 1, ord(letters) - 65


def sheet_of(case: dict) -> Sheet:
    width = max(map(len, case["rows"]))
    rows = tuple(tuple(Cell("") if c is None else text_cell(str(c)) for c in [*row, *[None] * (width - len(row))]) for row in case["rows"])
    merged = tuple((*address(a), *address(b)) for a, b in (m.split(":") for m in case.get("merged", [])))
    return Sheet("Sheet1", rows, merged)


def document(**fields: object) -> Document:
    return Document("", "text/csv", **fields)


@pytest.mark.parametrize("case", LAYOUTS, ids=[c["name"] for c in LAYOUTS])
def test_a_layout_is_read_rightly_or_refused(case: dict, regions: RegionIndex) -> None:
    sheet, about = sheet_of(case), document(**case.get("document", {}))
    reading = tables.Reading() if case["name"] == "merged ranges that overlap" else tables.read(sheet, about, regions)
    found = {
        o.cell: [o.region_code, o.subject, o.period, o.measure, o.value, o.unit, *([o.status] if o.status != "actual" else [])]
        for o in reading.observations
    }
    assert found == {cell: [*e[:4], Decimal(str(e[4])), *e[5:]] for cell, e in case.get("expect", {}).items()}
    for reason in case.get("skipped", []):
        assert any(reason in s for s in reading.skipped), reading.skipped
    if "refuse" in case:
        with pytest.raises(Refusal, match=case["refuse"]) as refused:
            tables.normalise(sheet, about, regions)
        assert refused.value.code == "unknown_layout"


def test_the_quote_is_the_cell_as_shown(regions: RegionIndex) -> None:
    sheet = sheet_of({"rows": [["地区", "2031年", "2032年"], ["银川市", "1,200.50", " 13"], ["石嘴山市", "5", "6"]]})
    found = tables.normalise(sheet, document(title="各市林地面积", unit="亩"), regions)
    assert [(o.cell, o.quote, o.unit, o.unit_base, o.value_base) for o in found[:2]] == [
        ("B2", "1,200.50", "亩", "平方米", Decimal("800333.333333333333")),
        ("C2", " 13", "亩", "平方米", Decimal("8666.666666666667")),
    ]


def test_what_was_gathered_from_the_cells_is_not_taken_for_the_whole_table(regions: RegionIndex) -> None:
    sheet = sheet_of({"rows": [["指标", "数值"], ["出口额（亿元）", "5"]]})
    known = {"region_code": "350000", "report_year": 2031}
    assert tables.normalise(sheet, document(**known, how={"region_code": "sidecar", "report_year": "title"}), regions)
    for field in known:
        with pytest.raises(Refusal, match=field):
            tables.normalise(sheet, document(**known, how={field: "body"}), regions)


@pytest.mark.parametrize("case", CELLS, ids=[c["file"].rpartition("/")[2] for c in CELLS])
def test_cells_of_real_yearbooks(case: dict, shared: Path, regions: RegionIndex) -> None:
    file = shared / case["file"]
    sheet = next(s for s in read_sheets(file.read_bytes(), file.name) if s.name == case["sheet"])
    found = {o.cell: o for o in tables.normalise(sheet, document(), regions)}
    for cell, expected in case["cells"].items():
        o = found.get(cell)
        assert (o and [o.region_code, o.subject, o.period, format(o.value.normalize(), "f"), o.unit, o.measure, o.status]) == (
            expected and [*expected, "level", "actual"]
        )


@pytest.mark.parametrize("case", SERIES, ids=[c["file"].rpartition("/")[2] for c in SERIES])
def test_cells_of_national_series(case: dict, shared: Path, regions: RegionIndex) -> None:
    file = shared / case["file"]
    said = read_yaml(file.with_name(file.stem + ".source.yml"))
    (sheet,) = read_sheets(file.read_bytes(), file.name)
    found = {
        o.cell: o
        for o in tables.normalise(sheet, document(title=said["title"], region_code=said["region_code"], unit=said["unit"]), regions)
    }
    assert len(found) == sum(c.number is not None for row in sheet.rows for c in row[1:])
    for cell, expected in case["cells"].items():
        o = found[cell]
        assert [o.subject, o.period, o.measure, o.value, o.unit] == [*expected[:3], Decimal(expected[3]), expected[4]]
        assert o.region_code == "100000"


CELL_TEXT = st.sampled_from(
    [
        "",
        "地区",
        "指标",
        "单位",
        "2031年",
        "2030",
        "1-6月",
        "西安市",
        "全省",
        "地区生产总值（亿元）",
        "第一产业",
        "增长（%）",
        "12.5",
        "3%",
        "5（预计）",
        "合计",
        "%",
        "万人",
        "位次",
    ]
) | st.text(alphabet="一二年月%()（）=100,.-±亿元增长", max_size=8)


@given(st.lists(st.lists(CELL_TEXT, min_size=1, max_size=6), min_size=1, max_size=8), st.sampled_from([None, "610000"]))
def test_any_grid_is_read_or_refused(regions: RegionIndex, rows: list[list[str]], code: str | None) -> None:
    sheet = sheet_of({"rows": rows})
    for o in tables.read(sheet, document(region_code=code, unit="亿元", report_year=2030), regions).observations:
        row, column = address(o.cell)
        assert o.quote == sheet.rows[row][column].text
        assert regions.by_code(o.region_code)
        assert o.subject
        assert o.unit
        assert bounds(o.period)
