"""Documents of any size are extracted in batches of bounded size, each once."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from orchestration.contracts.claims import Claims, ExtractionLog, Numerals
from orchestration.contracts.sources import Documents, Texts
from orchestration.extraction import extract, windowing
from orchestration.extraction.model import Context
from orchestration.lake import Lake
from orchestration.stages import extracting

TEXTS = {
    "a": "2023年临河县植树31万亩，增长4.5%。",
    "b": "一、2023年工作回顾\n" + "全县新修水渠12公里，改造泵站7座，投资3.4亿元。\n" * 60,
    "c": "2023年临河县修桥9座。" + "8" * 300 + "。",
}


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    lake = Lake(tmp_path)
    lake.prepare()
    rows = [
        {"document_id": d, "reading_key": d, "source_path": f"articles/{d}.txt", "sha256": d, "kind": "article", "source_tier": "unknown"}
        | {"report_year": 2023, "genre": "work_report", "ingested_at": datetime(2024, 2, 1, tzinfo=UTC)}
        for d in TEXTS
    ]
    lake.write_state(Documents, Documents.frame(rows))
    lake.append(Texts, Texts.frame([{"document_id": d, "text": t, "marks": "[[0, 1, null]]"} for d, t in TEXTS.items()]), TEXTS)
    return lake


def _small(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(extracting, "BATCH_CHARS", 500)
    for name, value in {"WINDOW": 300, "SLACK": 100, "LEAD": 100, "TAIL": 50}.items():
        patch.setattr(windowing, name, value)


def _expected() -> list[tuple]:
    context = Context(genre="work_report", report_year=2023)
    return [(d, c.char_start, c.quote, c.period, c.subject) for d, t in TEXTS.items() for c in extract(t, context).claims]


def _found(lake: Lake) -> list[tuple]:
    rows = lake.read(Claims, ["document_id", "char_start", "quote", "period", "subject"]).collect()
    return sorted(rows.iter_rows(), key=lambda row: row[:2])


def test_a_large_document_is_written_in_parts_and_loses_nothing(lake: Lake, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = _expected()
    _small(monkeypatch)
    counts = extracting.extract_documents(lake, 1, lambda _: None)
    files = [f for f in (lake.root / Claims.table()).glob("*.parquet") if not f.stem.startswith("_")]
    assert len(files) > len(TEXTS)
    assert _found(lake) == expected
    assert counts["claims"] == len(expected)
    assert counts["documents"] == 3
    log = {row["document_id"]: row for row in lake.read(ExtractionLog).collect().iter_rows(named=True)}
    assert sum(row["claims"] for row in log.values()) == len(expected)
    assert sum(row["numerals"] for row in log.values()) == lake.rows(Numerals)
    assert "too long" in json.loads(log["c"]["warnings"])[0]


def test_what_was_extracted_is_not_extracted_again(lake: Lake, monkeypatch: pytest.MonkeyPatch) -> None:
    _small(monkeypatch)
    extracting.extract_documents(lake, 1, lambda _: None)
    assert extracting.extract_documents(lake, 1, lambda _: None) == dict.fromkeys([*extracting.TABLES.values(), "documents"], 0)


def test_an_interrupted_extraction_of_a_large_document_leaves_nothing_twice(lake: Lake, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = _expected()
    _small(monkeypatch)

    def killed(*_: object) -> dict:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(extracting._Logged, "row", killed)
        with pytest.raises(KeyboardInterrupt):
            extracting.extract_documents(lake, 1, lambda _: None)
    extracting.extract_documents(lake, 1, lambda _: None)
    assert _found(lake) == expected


@pytest.mark.slow
def test_processes_find_the_same(lake: Lake, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = _expected()
    monkeypatch.setattr(extracting, "POOL_CHARS", 0)
    extracting.extract_documents(lake, 2, lambda _: None)
    assert _found(lake) == expected
