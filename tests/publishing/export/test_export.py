"""A release handed on: every figure to the last digit, nothing a spreadsheet would run, the same bytes each time, and no file of others touched."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from decimal import Decimal
from pathlib import Path

import duckdb
import openpyxl
import pyarrow.parquet as pq
import pytest
from frictionless import Package, validate
from hypothesis import given
from hypothesis import strategies as st

from orchestration.publishing.export import FORMATS, ExportError, export, xlsx
from orchestration.publishing.export.guard import RISKY, guarded, is_risky
from orchestration.publishing.tables import describe
from tests.publishing.conftest import LONG, make_release


@pytest.fixture(scope="module")
def out(small_release: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("out")
    for form in FORMATS:
        export(small_release, form, folder / form)
    return folder


def released(release: Path, query: str) -> list[tuple]:
    with duckdb.connect(str(release), read_only=True) as db:
        return db.execute(query).fetchall()


def unguarded(text: str) -> str:
    """What the README says: one leading apostrophe off every text that has one."""
    return text[1:] if text.startswith("'") else text


def test_csv_gives_back_every_cell(small_release: Path, out: Path) -> None:
    content = (out / "csv/marts.economy.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    fields = ("value", "quote", "citation", "document_title")
    rows = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    got = {(Decimal(r["value"]) if r["value"] else None, *(unguarded(r[f]) for f in fields[1:])) for r in rows}
    assert got == set(released(small_release, f"select {', '.join(fields)} from marts.economy"))


def test_csv_keeps_figures_and_disarms_formulas(out: Path) -> None:
    text = (out / "csv/marts.economy.csv").read_text(encoding="utf-8-sig")
    assert ",12345678901234567.25," in text
    assert ",-3.2,le," in text
    assert ",-3.2%," in text, "a plain number does no harm"
    assert ",'=1+1,'+甲区《报告》,'-甲," in text
    assert ",''已有撇号," in text
    assert ",'@全区," in text
    assert "2030-01-06T00:00:00.250000Z" in (out / "csv/core.dim_document.csv").read_text(encoding="utf-8-sig")


def test_csv_tells_null_from_empty(out: Path) -> None:
    last = (out / "csv/marts.economy.csv").read_text(encoding="utf-8-sig").splitlines()[-1]
    assert last.startswith("990002,乙区,,栽树,,'@全区")
    assert ',"",乙,' in last


@given(st.text(alphabet=st.sampled_from([*RISKY, "'", "3", ".", "%", "甲", '"', ","]), max_size=6))
def test_guarding_can_be_undone_and_leaves_nothing_that_runs(text: str) -> None:
    cell = duckdb.execute(f"select {guarded('x')} from (select ? as x)", [text]).fetchall()[0][0]
    assert unguarded(cell) == text
    assert not is_risky(cell) or cell.rstrip("%").replace(".", "", 1)[1:].isdigit()


def test_parquet_keeps_types_and_comments(small_release: Path, out: Path) -> None:
    file = out / "parquet/marts.economy.parquet"
    schema = pq.read_schema(file)
    assert str(schema.field("value").type) == "decimal128(38, 12)"
    assert schema.field("value").metadata[b"comment"].decode() == "数值：What value says"
    assert schema.metadata[b"label"].decode() == "经济"
    assert pq.ParquetFile(file).metadata.row_group(0).column(0).compression == "ZSTD"
    assert duckdb.execute(f"from '{file}' order by all").fetchall() == released(small_release, "from marts.economy order by all")


def test_columns_stand_in_the_same_order_everywhere(small_release: Path, out: Path) -> None:
    for table in describe(small_release):
        names = [c.name for c in table.columns]
        assert (out / f"csv/{table.full_name}.csv").read_text(encoding="utf-8-sig").split("\n", 1)[0].split(",") == names
        assert pq.read_schema(out / f"parquet/{table.full_name}.parquet").names == names
        sheet = openpyxl.load_workbook(out / "xlsx/dajuan.xlsx", read_only=True)[table.label]
        assert [c.value for c in next(sheet.iter_rows(max_row=1))] == [c.label for c in table.columns]


def test_workbook_holds_figures_dates_and_texts_as_what_they_are(out: Path) -> None:
    sheet = openpyxl.load_workbook(out / "xlsx/dajuan.xlsx")["经济"]
    head = [c.value for c in sheet[1]]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:Y4"
    rows = [dict(zip(head, row, strict=True)) for row in sheet.iter_rows(min_row=2)]
    growth, level, pledge = rows
    assert (growth["数值"].value, growth["数值"].data_type) == (-3.2, "n")
    assert (level["数值"].value, level["数值"].data_type) == ("12345678901234567.25", "s")
    assert (level["原文"].value, level["原文"].data_type, level["原文"].quotePrefix) == ("=1+1", "s", True)
    assert pledge["数值"].value is None
    assert level["发布日期"].value.isoformat() == "2030-01-05T00:00:00"


def test_a_text_too_long_for_a_cell_is_cut_and_says_so(small_release: Path, tmp_path: Path) -> None:
    done = export(small_release, "xlsx", tmp_path / "x", ["core.dim_document"])
    assert len(done.notices) == 1
    assert "core.dim_document.text" in done.notices[0]
    text = openpyxl.load_workbook(tmp_path / "x/dajuan.xlsx")["文档"]["H3"].value
    assert len(text) <= xlsx.MAX_CELL
    assert str(len(LONG) + 10) in text


def test_a_table_longer_than_a_sheet_goes_on_in_the_next(small_release: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "MAX_ROWS", 3)
    export(small_release, "xlsx", tmp_path / "x", ["marts.economy"])
    book = openpyxl.load_workbook(tmp_path / "x/dajuan.xlsx")
    assert book.sheetnames == ["说明", "经济", "经济 2"]
    assert [len(list(book[name].values)) for name in book.sheetnames[1:]] == [3, 2]
    assert [c.value for c in book["经济"][1]] == [c.value for c in book["经济 2"][1]]


@given(
    st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**25), max_value=10**25, places=12) | st.integers(-(10**18), 10**18)
)
def test_a_figure_is_a_number_only_where_it_comes_back_the_same(figure: Decimal | int) -> None:
    if xlsx.holds(figure):
        assert Decimal(f"{float(figure):.16G}") == figure
        assert Decimal(f"{float(figure):.15g}") == figure, "a spreadsheet shows 15 digits"


def test_data_package_is_valid_and_typed(small_release: Path, out: Path) -> None:
    report = validate(str(out / "datapackage/datapackage.json"))
    assert report.valid, report.flatten(["type", "message"])
    package = Package(str(out / "datapackage/datapackage.json"))
    assert package.licenses == [
        {"name": "CC0-1.0", "title": "CC0-1.0 (1 documents)"},
        {"name": "notspecified", "title": "not stated (1 documents)"},
    ]
    economy = package.get_resource("marts.economy")
    assert economy.schema.primary_key == ["region_code", "indicator_code", "indicator_name", "scope", "unit", "period", "measure"]
    assert economy.schema.get_field("value").description == "数值：What value says"
    values = {row["value"] for row in economy.read_rows()}
    assert values == {v for (v,) in released(small_release, "select value from marts.economy")}


def test_a_data_package_that_was_tampered_with_is_not_valid(small_release: Path, tmp_path: Path) -> None:
    export(small_release, "datapackage", tmp_path / "p", ["marts.economy", "core.dim_document"])
    file = tmp_path / "p/data/marts.economy.csv"
    file.write_text(file.read_text(encoding="utf-8").replace("-3.2,le", "-3.3,le"), encoding="utf-8")
    assert not validate(str(tmp_path / "p/datapackage.json")).valid


def test_ledger_has_a_sheet_a_region_with_both_ends_cited(out: Path) -> None:
    book = openpyxl.load_workbook(out / "ledger/目标完成情况台账.xlsx")
    assert book.sheetnames == ["汇总", "甲区", "甲区 990009"]
    assert [c.value for c in book["汇总"][2]] == ["甲区", 2030, "城市更新", 1, 1, 0, 0, 0, 0, 0, 1, 1]
    sheet = book["甲区"]
    row = {head.value: cell for head, cell in zip(sheet[1], sheet[2], strict=True)}
    assert row["目标（原句）"].value == "明年栽树一万株，争取更多。"
    assert row["完成情况（原句）"].value == "全年栽树一万二千株。"
    assert (row["判定"].value, row["界限"].value, row["时限"].value) == ("完成", "不低于", "2030")
    assert row["目标出处"].value == "《甲区报告》，2030-01-05，第2段"
    assert row["目标出处"].hyperlink.target == "https://example.org/a?x=1&y=2"
    assert row["结果出处"].value == "《=乙区报告》，第3页，第1段"
    assert row["结果出处"].hyperlink is None, "no address that a browser would open"
    second = {head.value: cell.value for head, cell in zip(sheet[1], book["甲区 990009"][2], strict=True)}
    assert (second["责任单位"], second["时限"], second["完成情况（原句）"], second["判定"]) == ("交通局", "2030-06", "5", "未完成")
    assert second["结果出处"].endswith("，表一 C4")


def test_ledger_tells_a_doubtful_match_from_one_that_a_person_confirmed(tmp_path: Path) -> None:
    doubtful = (
        "update marts.commitment set matched_by = 'review'; update marts.commitment set result_document_id = null where claim_id = 'c3'"
    )
    export(make_release(tmp_path / "r.duckdb", doubtful), "ledger", tmp_path / "out")
    book = openpyxl.load_workbook(tmp_path / "out/目标完成情况台账.xlsx")
    basis = [c.value for c in book["甲区"][1]].index("对应依据")
    assert [book[name][2][basis].value for name in ("甲区", "甲区 990009")] == ["人工确认", "仅有疑似结果"]


def test_ledger_prints_across_with_its_head_on_every_page(out: Path) -> None:
    sheet = openpyxl.load_workbook(out / "ledger/目标完成情况台账.xlsx")["甲区"]
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.auto_filter.ref == "A1:R2"
    assert sheet.page_setup.fitToHeight == 0
    assert sheet.oddHeader.center.text == "甲区目标完成情况台账"


def test_the_same_release_gives_the_same_bytes(small_release: Path, out: Path, tmp_path: Path) -> None:
    for form in FORMATS:
        export(small_release, form, tmp_path / form)
        for file in (f for f in (out / form).rglob("*") if f.is_file()):
            assert file.read_bytes() == (tmp_path / form / file.relative_to(out / form)).read_bytes(), file
    with zipfile.ZipFile(out / "xlsx/dajuan.xlsx") as parts:
        assert {p.date_time for p in parts.infolist()} == {(1980, 1, 31, 0, 0, 0)}


def test_rows_stand_in_order_of_the_key_however_they_are_stored(small_release: Path, out: Path, tmp_path: Path) -> None:
    other = make_release(
        tmp_path / "r1.duckdb",
        "create table t as from marts.economy order by region_code desc, measure; delete from marts.economy; insert into marts.economy from t; drop table t",
    )
    export(other, "csv", tmp_path / "out", ["marts.economy"])
    assert (tmp_path / "out/marts.economy.csv").read_bytes() == (out / "csv/marts.economy.csv").read_bytes()


def test_an_export_replaces_an_export_and_nothing_else(small_release: Path, tmp_path: Path) -> None:
    to = tmp_path / "to"
    to.mkdir()
    export(small_release, "csv", to)
    export(small_release, "csv", to, ["marts.economy"])
    assert sorted(p.name for p in to.iterdir()) == ["dajuan-export.json", "marts.economy.csv"]
    (to / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(ExportError, match="notes.txt"):
        export(small_release, "csv", to)
    assert (to / "notes.txt").read_text(encoding="utf-8") == "mine"
    (to / "notes.txt").unlink()
    (to / "marts.economy.csv").write_text("edited", encoding="utf-8")
    with pytest.raises(ExportError, match=r"marts\.economy\.csv"):
        export(small_release, "csv", to)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["to"], "no scratch folder is left"


def test_an_export_that_fails_leaves_the_old_one(small_release: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    export(small_release, "csv", tmp_path / "to")
    before = sorted((tmp_path / "to").iterdir())
    monkeypatch.setattr("orchestration.publishing.export.csv.write_query", lambda *a: (_ for _ in ()).throw(OSError(28, "No space left")))
    with pytest.raises(ExportError, match="No space left"):
        export(small_release, "csv", tmp_path / "to")
    assert sorted((tmp_path / "to").iterdir()) == before
    broken = duckdb.IOException("Could not write: disk full")
    monkeypatch.setattr("orchestration.publishing.export.csv.write_query", lambda *a: (_ for _ in ()).throw(broken))
    with pytest.raises(ExportError, match="disk full"):
        export(small_release, "csv", tmp_path / "to")
    assert sorted((tmp_path / "to").iterdir()) == before
    assert [p.name for p in tmp_path.iterdir()] == ["to"]


def test_what_cannot_be_done_is_said(small_release: Path, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match=r"no table marts\.nothing; the release holds core\.dim_document, "):
        export(small_release, "csv", tmp_path / "a", ["marts.nothing"])
    with pytest.raises(ExportError, match="leave --table out"):
        export(small_release, "ledger", tmp_path / "b", ["marts.economy"])
    with pytest.raises(ExportError, match="is no export"):
        export(small_release, "csv", small_release.parent)
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(ExportError, match="not a folder"):
        export(small_release, "csv", tmp_path / "file")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["file"]


def test_the_export_says_what_it_holds(small_release: Path, out: Path) -> None:
    made = json.loads((out / "csv/dajuan-export.json").read_text(encoding="utf-8"))
    assert (made["release"], made["format"]) == ("r1", "csv")
    assert set(made["files"]) == {f"{t.full_name}.csv" for t in describe(small_release)}
