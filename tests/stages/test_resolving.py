"""Where each file ends up: a document, a further source of one, or quarantine."""

from datetime import UTC, datetime
from pathlib import Path

from orchestration.contracts.observations import Layouts, Normalisations
from orchestration.contracts.sources import Documents, DocumentSources, Quarantine, Readings, SourceFiles
from orchestration.lake import Lake
from orchestration.stages.resolving import resolve

NOON = datetime(2024, 1, 19, 12, tzinfo=UTC)


def lake_with(folder: Path, *files: dict) -> Lake:
    """A lake as the reading stage leaves it: `files` are rows of readings; `unread` means that no reading lasted."""
    lake = Lake(folder)
    lake.prepare()
    listed, readings = [], []
    for n, file in enumerate(files):
        row = {"reading_key": f"k{n}", "sha256": f"s{n}", "kind": "article", "read_at": NOON, "source_tier": "unknown"} | file
        listed.append({k: row[k] for k in ("source_path", "kind", "sha256", "reading_key")} | {"bytes": 1})
        if not row.pop("unread", False):
            readings.append(row)
    lake.write_state(SourceFiles, SourceFiles.frame(listed))
    lake.append(Readings, Readings.frame(readings), ["all"])
    return lake


def column(lake: Lake, contract: type, name: str) -> list:
    return lake.read(contract).collect().sort("source_path")[name].to_list()


def test_one_text_in_three_files_is_one_document_whose_best_source_speaks(tmp_path: Path) -> None:
    lake = lake_with(
        tmp_path,
        {"source_path": "articles/a.txt", "document_id": "d", "source_tier": "repost", "title": "转载"},
        {"source_path": "articles/b.txt", "document_id": "d", "source_tier": "official"},
        {"source_path": "articles/c.txt", "document_id": "d", "source_tier": "official", "title": "原文", "region_code": "420103"},
    )
    assert resolve(lake) == {"documents": 1, "document_sources": 3, "quarantine": 0}
    assert column(lake, Documents, "source_path") == ["articles/c.txt"]
    assert column(lake, Documents, "title") == ["原文"]
    assert column(lake, DocumentSources, "source_path") == ["articles/a.txt", "articles/b.txt", "articles/c.txt"]


def test_a_refused_file_is_quarantined_with_its_reason(tmp_path: Path) -> None:
    lake = lake_with(
        tmp_path,
        {"source_path": "articles/bad.txt", "reason_code": "empty", "reason": "no bytes", "source_tier": None},
        {"source_path": "articles/slow.pdf", "unread": True},
    )
    assert resolve(lake) == {"documents": 0, "document_sources": 0, "quarantine": 2}
    assert column(lake, Quarantine, "reason_code") == ["empty", "timeout"]
    assert column(lake, Quarantine, "seen_at")[0] == NOON


def test_a_table_without_one_understood_sheet_is_quarantined(tmp_path: Path) -> None:
    lake = lake_with(
        tmp_path,
        {"source_path": "tables/good.csv", "document_id": "g", "kind": "table"},
        {"source_path": "tables/odd.csv", "document_id": "o", "kind": "table"},
        {"source_path": "articles/with-table.docx", "document_id": "w"},
    )
    lake.write_state(Normalisations, Normalisations.frame([{"document_id": d, "normalisation_key": d} for d in ("g", "o", "w")]))
    layouts = [
        {"normalisation_key": "g", "document_id": "g", "sheet_no": 0, "sheet": "1", "observations": 3},
        {"normalisation_key": "g", "document_id": "g", "sheet_no": 1, "sheet": "2", "observations": 0, "reason": "no header"},
        {"normalisation_key": "o", "document_id": "o", "sheet_no": 0, "sheet": "1", "observations": 0, "reason": "no header row"},
        {"normalisation_key": "w", "document_id": "w", "sheet_no": 0, "sheet": "1", "observations": 0, "reason": "no header"},
    ]
    lake.append(Layouts, Layouts.frame(layouts), ["all"])
    resolve(lake)
    assert column(lake, Quarantine, "source_path") == ["tables/odd.csv"]
    assert column(lake, Quarantine, "reason") == ["no header row"]
    assert column(lake, DocumentSources, "source_path") == ["articles/with-table.docx", "tables/good.csv"]


def test_a_file_that_is_gone_is_no_longer_a_document(tmp_path: Path) -> None:
    lake = lake_with(tmp_path, {"source_path": "articles/a.txt", "document_id": "d"})
    resolve(lake)
    lake.write_state(SourceFiles, SourceFiles.frame([]))
    assert resolve(lake) == {"documents": 0, "document_sources": 0, "quarantine": 0}
