"""Table files: what they are by their bytes, what is refused, and how cells come out."""

from __future__ import annotations

import contextlib
import io
import struct
import zipfile
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestration.reading import biff, sheets
from orchestration.reading.model import Refusal
from orchestration.reading.sheets import parse_number, read_sheets


def workbook(rows: list[list[object]], merged: tuple[str, ...] = (), formats: dict[str, str] | None = None) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for cells in merged:
        book.active.merge_cells(cells)
    for cell, code in (formats or {}).items():
        book.active[cell].number_format = code
    book.create_sheet("空")
    hidden = book.create_sheet("底稿")
    hidden.append(["草稿", 1])
    hidden.sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def texts(data: bytes, name: str = "a.csv") -> list[list[str]]:
    (sheet,) = read_sheets(data, name)
    return [[cell.text for cell in row] for row in sheet.rows]


TABLE = '地区,产值(亿元)\n甲市,"1,234.50"\n'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("name", ["a.csv", "folder/a.xls", "a"])
def test_csv_in_any_encoding_and_under_any_name(encoding: str, name: str) -> None:
    (sheet,) = read_sheets(TABLE.encode(encoding), name)
    assert sheet.name == "a"
    assert [[c.text for c in row] for row in sheet.rows] == [["地区", "产值(亿元)"], ["甲市", "1,234.50"]]
    assert sheet.rows[1][1].number == Decimal("1234.50")


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "，"])
def test_the_delimiter_is_found(delimiter: str) -> None:
    assert texts(f"地区{delimiter}值\n甲市{delimiter}1\n".encode()) == [["地区", "值"], ["甲市", "1"]]


def test_rows_are_padded_and_blank_ends_cut() -> None:
    assert texts(b"a,b,c,,\n1\n,,,,\n") == [["a", "b", "c"], ["1", "", ""]]


def test_a_tag_in_a_cell_makes_no_page() -> None:
    assert texts("备注,值\n<table>,1\n".encode()) == [["备注", "值"], ["<table>", "1"]]


def test_a_workbook_keeps_addresses_merges_and_exact_figures() -> None:
    data = workbook([[None, None], [None, "合计", None], [None, 0.1 + 0.2, 14847.2942161781, True]], merged=("B2:C2",))
    (sheet,) = read_sheets(data, "x.csv")  # the name does not matter
    assert sheet.merged == ((1, 1, 1, 2),)
    assert [c.text for c in sheet.rows[2]] == ["", "0.3", "14847.2942161781", "TRUE"]
    assert sheet.rows[2][1].number == Decimal("0.3")
    assert sheet.rows[2][3].number is None


def test_cells_shown_as_percentages_hold_what_is_shown() -> None:
    data = workbook([["增速", 0.065, 0.07, -0.001, 5]], formats={"B1": "0.0%", "C1": "0%", "D1": "0.00%", "E1": '0"%"'})
    (sheet,) = read_sheets(data, "x.xlsx")
    assert [(c.text, c.number) for c in sheet.rows[0][1:]] == [
        ("6.5%", Decimal("6.5")),
        ("7%", Decimal(7)),
        ("-0.1%", Decimal("-0.1")),
        ("5", Decimal(5)),
    ]


def test_percentages_of_an_old_workbook(request: pytest.FixtureRequest) -> None:
    data = (request.config.rootpath / "tests" / "golden" / "tables" / "percent.xls").read_bytes()
    (sheet,) = read_sheets(data, "percent.xls")
    assert [[c.text for c in row] for row in sheet.rows] == [
        ["地区", "增速", "占比", "同比", "产值"],
        ["西安市", "6.5%", "30%", "4.5", "100.25"],
        ["宝鸡市", "-1.2%", "5%", "-1.5", "20"],
    ]


def test_a_workbook_with_a_password_is_told_by_its_record(request: pytest.FixtureRequest) -> None:
    data = (request.config.rootpath / "tests" / "golden" / "tables" / "percent.xls").read_bytes()
    after = data.index(b"\x09\x08\x10\x00") + 20  # the first record, BOF, has 16 bytes
    locked = data[:after] + struct.pack("<H", biff.FILE_PASS) + data[after + 2 :]
    with pytest.raises(Refusal) as refused:
        read_sheets(locked, "a.xls")
    assert refused.value.code == "encrypted"


@pytest.mark.parametrize(
    ("number_format", "percent"), [("0%", True), ("0.00%;[Red]-0.00%", True), ('0.0"%"', False), (r"0.0\%", False), ("General", False)]
)
def test_a_literal_sign_multiplies_nothing(number_format: str, percent: bool) -> None:
    assert biff.is_percent(number_format) is percent


@given(st.integers(0, 5631), st.binary(min_size=1, max_size=8))
def test_a_damaged_workbook_is_read_or_refused(at: int, damage: bytes) -> None:
    data = (Path(__file__).parents[1] / "golden" / "tables" / "percent.xls").read_bytes()
    with contextlib.suppress(ValueError):
        biff.inspect(data[:at] + damage + data[at + len(damage) :])


HTML = """<html><head><title>页</title><style>td{color:red}</style></head><body><div>城市供热（二）</div>
<table><tr><td>单位:%</td></tr></table>
<table id=t><tr><td rowspan=2>城市<td colspan="2">比重</tr><tr><td>全市<td>市区</tr>
<tr><td>&nbsp;甲市</td><td>1.5</td><td>2<br>3</td></tr></table><p>摘编</p></body></html>"""


@pytest.mark.parametrize("name", ["a.xls", "a.html"])
def test_an_html_page_is_read_whatever_its_name(name: str) -> None:
    (sheet,) = read_sheets(HTML.encode(), name)
    assert [[c.text for c in row] for row in sheet.rows] == [
        ["城市供热（二）", "", ""],
        ["单位:%", "", ""],
        ["城市", "比重", ""],
        ["", "全市", "市区"],
        ["甲市", "1.5", "2\n3"],
    ]
    assert sheet.merged == ((2, 0, 3, 0), (2, 1, 2, 2))


def archive(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z:
        for name, content in files.items():
            z.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return out.getvalue()


FAR = b'<worksheet><sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
OLE = sheets.OLE + b"\0" * 600


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b" \r\n\t", "empty"),
        (b",,,\n,,,\n", "empty"),
        (workbook([[None]]), "empty"),
        ("只是一段话。".encode(), "unknown_type"),
        (b"<?xml version='1.0'?><Workbook/>", "unknown_type"),
        (b"%PDF-1.4\n1, 2, 3\n", "unknown_type"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related; type=x\n", "unknown_type"),
        (archive(word__document_xml=b"<a/>"), "unknown_type"),
        (OLE + "WordDocument\0".encode("utf-16-le"), "unknown_type"),
        (OLE + "EncryptedPackage\0".encode("utf-16-le"), "encrypted"),
        (OLE + "Workbook\0".encode("utf-16-le"), "unreadable"),
        (workbook([["a", 1]])[:3000], "unreadable"),
        (archive(xl__workbook_xml=b"no xml"), "unreadable"),
        (bytes(range(256)) * 8, "unreadable"),
        (archive(xl__workbook_xml=b"<a/>", xl__big_xml=b"0" * (sheets.SMALL + 1)), "hostile"),
        (archive(xl__workbook_xml=b"<a/>", xl__worksheets__sheet1_xml=FAR), "too_large"),
        (b"a," * (sheets.MAX_COLUMNS + 1), "too_large"),
        (b"<table><tr>" + b"<td rowspan=1000 colspan=1000>1" * 3, "too_large"),
        (b"<table>" * 50, "hostile"),
    ],
)
def test_what_is_refused_and_why(data: bytes, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_sheets(data, "a.xlsx")
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12", 12),
        (" 1,234.5 ", "1234.5"),
        ("－3", -3),
        ("１２．５", "12.5"),
        ("6.5%", "6.5"),
        ("286. 99", "286.99"),
        ("+0.3", "0.3"),
        ("1,23", None),
        ("2010 2011", None),
        ("12 3", None),
        ("1.2.3", None),
        ("约5", None),
        ("5①", None),
        ("%", None),
        ("", None),
        ("1" * 41, None),
    ],
)
def test_a_number_is_the_whole_cell(text: str, number: object) -> None:
    assert parse_number(text) == (None if number is None else Decimal(str(number)))


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12, places=3))
def test_numbers_come_back(number: Decimal) -> None:
    assert parse_number(f"{number:,.3f}") == parse_number(f"{number:.3f}") == number


@given(st.binary(max_size=400) | st.text(alphabet="<table>/tr d=1\"',\n;甲%", max_size=200).map(str.encode))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        found = read_sheets(data, "x")
    except Refusal:
        return
    assert all(len({len(row) for row in sheet.rows}) == 1 for sheet in found)


def test_real_files_named_xls(shared: Path) -> None:
    folder = shared / "corpus" / "formats" / "xls"
    counts = {file.name: [len(s.rows) for s in read_sheets(file.read_bytes(), file.name)] for file in sorted(folder.iterdir())}
    assert counts == {"cityyearbook_correct.xls": [50], "cityyearbook_error.xls": [51], "cityyearbook_error2.xls": [35]}
