"""Reading many files: in order, each alone, none able to stop the others."""

from __future__ import annotations

from pathlib import Path

import pytest

from orchestration import __version__, reading
from orchestration.reading import read, sniff
from orchestration.reading.model import Document, Refusal
from orchestration.reading.scan import scan
from orchestration.reading.worker import read_all
from orchestration.regions import RegionIndex

from . import make

PROSE = "全县产茶九千吨，增长一成，茶农增收。"


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    (tmp_path / "articles").mkdir()
    return tmp_path


def outcomes(raw: Path, **limits: float) -> dict[str, Document | Refusal]:
    return {source.path.rpartition("/")[2]: outcome for source, outcome in read_all(scan(raw).sources, **limits)}  # type: ignore[arg-type]


def test_documents_and_refusals_come_in_order(raw: Path) -> None:
    files = {
        "1.txt": PROSE.encode(),
        "2.docx": make.docx([PROSE]),
        "3.docx": b"PK\x03\x04junk",
        "4.html": f"<html><p>{PROSE}".encode(),
        "5.md": PROSE.encode(),
    }
    for name, data in files.items():
        (raw / "articles" / name).write_bytes(data)
    found = outcomes(raw)
    assert list(found) == list(files)
    assert {name: d.text for name, d in found.items() if isinstance(d, Document)} == dict.fromkeys(
        ["1.txt", "2.docx", "4.html", "5.md"], PROSE
    )
    assert isinstance(found["3.docx"], Refusal)


@pytest.mark.slow
def test_a_file_that_hangs_is_given_up_and_the_others_go_on(raw: Path) -> None:
    endless = "<html><body>" + "<p>字，</p>" * 400_000
    (raw / "articles" / "1.html").write_text(endless, encoding="utf-8")
    (raw / "articles" / "2.docx").write_bytes(make.docx([PROSE]))
    found = outcomes(raw, timeout_s=1)
    assert isinstance(found["1.html"], Refusal)
    assert found["1.html"].code == "timeout"
    assert isinstance(found["2.docx"], Document)


@pytest.mark.slow
def test_a_file_that_eats_memory_is_given_up(raw: Path) -> None:
    (raw / "articles" / "1.html").write_text("<html><body>" + "<b>字</b>，" * 1_500_000, encoding="utf-8")
    (raw / "articles" / "2.docx").write_bytes(make.docx([PROSE]))
    found = outcomes(raw, memory_mb=300)
    assert isinstance(found["1.html"], Refusal)
    assert found["1.html"].code == "hostile"
    assert isinstance(found["2.docx"], Document)


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.docx", make.ole("EncryptedPackage"), "encrypted"),
        ("a.doc", make.ole("WordDocument"), "unknown_type"),
        ("a.xls", make.ole("Workbook"), "unknown_type"),
        ("a.docx", make.archive({"xl/workbook.xml": "<a/>"}), "unknown_type"),
        ("a.zip", make.archive({"a.txt": "字"}), "unknown_type"),
        ("a.txt", b"\x89PNG\r\n\x1a\n" + bytes(99), "unknown_type"),
        ("a.pdf", b"\xff\xd8\xff\xe0" + bytes(99), "unknown_type"),
        ("a.doc", b"{\\rtf1 abc}", "unknown_type"),
        ("a.mht", b"MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\r\n<html>", "unknown_type"),
        ("a.doc", b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument/>', "unknown_type"),
        ("a.json", b'{"a": 1}', "unknown_type"),
        ("a.csv", "甲,1".encode(), "unknown_type"),
        ("a.odt", make.opendocument(), "unknown_type"),
    ],
)
def test_kinds_that_are_not_read(name: str, data: bytes, code: str) -> None:
    with pytest.raises(Refusal) as refusal:
        sniff.sniff(data, name, "article")
    assert refusal.value.code == code
    assert len(refusal.value.reason) > 20


@pytest.mark.parametrize(
    ("name", "data", "media_type"),
    [
        ("a.doc", b"\xef\xbb\xbf<!-- saved --><HTML><body>x", "text/html"),
        ("a.txt", make.docx([PROSE]), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("a", PROSE.encode("gb18030"), "text/plain"),
        ("a.docx", PROSE.encode(), "text/plain"),
        ("a.txt", make.pdf([[(30, 500, PROSE)]]), "application/pdf"),
        ("a.html", "<html><p>字".encode("utf-16"), "text/html"),
    ],
)
def test_content_counts_more_than_the_suffix(name: str, data: bytes, media_type: str) -> None:
    assert sniff.sniff(data, name, "article").media_type == media_type


def test_a_page_named_doc_is_read_as_a_page(raw: Path, regions: RegionIndex) -> None:
    (raw / "articles/a.doc").write_text(f"<html><head><title>题</title></head><body><p>{PROSE}</p></body></html>", encoding="utf-8")
    document = read(scan(raw).sources[0], regions)
    assert (document.text, document.media_type) == (PROSE, "text/html")


def test_a_table_file_without_a_table(tmp_path: Path, regions: RegionIndex) -> None:
    (tmp_path / "tables").mkdir()
    (tmp_path / "tables/a.docx").write_bytes(make.docx([PROSE]))
    with pytest.raises(Refusal) as refusal:
        read(scan(tmp_path).sources[0], regions)
    assert refusal.value.code == "unknown_layout"


def test_the_version_names_the_package_and_its_content() -> None:
    version, _, digest = reading.READER_VERSION.partition("+")
    assert version == __version__
    assert len(digest) == 10
