"""Landing folder → readings, texts, sheets. Only content that has not been read before (by this version of the reader) is read."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl

from orchestration import reading
from orchestration.contracts.sources import Readings, Sheets, SourceFiles, Texts
from orchestration.lake import Lake, digest
from orchestration.reading import worker
from orchestration.reading.model import Document, Refusal, Sheet, Source
from orchestration.reading.scan import read_bytes, scan
from orchestration.settings import Settings

TRANSIENT = {"timeout"}  # worth another try on the next run


@dataclass(frozen=True, slots=True)
class Read:
    """What one run of the stage did: files found, read anew, refused anew, and sidecars that belong to no file."""

    found: int
    new: int
    refused: int
    warnings: tuple[str, ...]


def reading_key(source: Source) -> str:
    """What the outcome of reading depends on."""
    return digest(source.path, source.sha256, source.sidecar_sha256, reading.READER_VERSION)


def known_from(document: Document) -> date | None:
    """First day the document's figures can have been known."""
    if document.published_on:
        return document.published_on
    return date(document.report_year + 1, 1, 1) if document.report_year else None


def read_sources(settings: Settings, lake: Lake, progress: Callable[[str], None]) -> Read:
    """Scan the landing folder, read what is new, keep a copy of every accepted version, and write what was found."""
    found = scan(settings.raw)
    done = set(lake.read(Readings, ["reading_key"]).collect()["reading_key"])
    readings, texts, sheets = [], [], []
    now = datetime.now(UTC)
    files = [(r.source, r.refusal) for r in found.refused] + [(s, None) for s in found.sources]
    keyed = {reading_key(source): source for source, _ in files}
    for source, refusal in files:
        if refusal is not None and reading_key(source) not in done:
            readings.append(_refused(source, refusal, now))
    unread = [s for s in found.sources if reading_key(s) not in done]
    outcomes = worker.read_all(unread, timeout_s=settings.reading_timeout_s, memory_mb=settings.reading_memory_mb)
    for n, (source, outcome) in enumerate(outcomes, 1):
        if isinstance(outcome, Refusal):
            readings.append(_refused(source, outcome, now))
        else:
            document_id = digest(outcome.text)
            _keep(settings.store, source)
            readings.append(_accepted(source, outcome, document_id, now))
            marks = [(m.char_start, m.paragraph, m.page) for m in outcome.marks]
            texts.append({"document_id": document_id, "text": outcome.text, "marks": json.dumps(marks)})
            sheets += [
                {"document_id": document_id, "sheet_no": i, "sheet": sheet.name, "grid": dump_grid(sheet)}
                for i, sheet in enumerate(outcome.sheets)
            ]
        if n % 20 == 0 or n == len(unread):
            progress(f"read {n} of {len(unread)} new files")
    _append_new(lake, texts, sheets)
    lasting = [r for r in readings if r.get("reason_code") not in TRANSIENT]
    lake.append(Readings, Readings.frame(lasting), (r["reading_key"] for r in lasting))
    lake.write_state(
        SourceFiles,
        SourceFiles.frame(
            [
                {"source_path": s.path, "kind": s.kind, "sha256": s.sha256, "bytes": s.size, "reading_key": k}
                for k, s in sorted(keyed.items(), key=lambda i: i[1].path)
            ]
        ),
    )
    return Read(len(files), len(unread), sum("reason_code" in r for r in readings), tuple(found.warnings))


def _append_new(lake: Lake, texts: list[dict], sheets: list[dict]) -> None:
    """Texts and sheets that the lake does not hold yet; a text is the same whoever carries it."""
    held = set(lake.read(Texts, ["document_id"]).collect()["document_id"])
    new = pl.DataFrame.unique(
        Texts.frame([t for t in texts if t["document_id"] not in held]), "document_id", keep="first", maintain_order=True
    )
    lake.append(Texts, new, new["document_id"])
    new_sheets = Sheets.frame([s for s in sheets if s["document_id"] not in held]).unique(
        ["document_id", "sheet_no"], keep="first", maintain_order=True
    )
    lake.append(Sheets, new_sheets, new_sheets["document_id"])


def _row(source: Source, now: datetime) -> dict[str, object]:
    return {"reading_key": reading_key(source), "source_path": source.path, "kind": source.kind, "sha256": source.sha256, "read_at": now}


def _refused(source: Source, refusal: Refusal, now: datetime) -> dict:
    return _row(source, now) | {"reason_code": refusal.code, "reason": refusal.reason}


def _accepted(source: Source, d: Document, document_id: str, now: datetime) -> dict:
    plain = (
        "media_type",
        "title",
        "publisher",
        "published_on",
        "region_code",
        "genre",
        "source_tier",
        "report_year",
        "source_url",
        "licence",
        "unit",
    )
    return (
        _row(source, now)
        | {name: getattr(d, name) for name in plain}
        | {
            "document_id": document_id,
            "known_from": known_from(d),
            "how_known": json.dumps(d.how, ensure_ascii=False, sort_keys=True),
            "warnings": json.dumps(d.warnings, ensure_ascii=False),
        }
    )


def _keep(store: Path, source: Source) -> None:
    """A copy of the file under the hash of its content."""
    copy = store / source.sha256[:2] / source.sha256
    if not copy.exists():
        copy.parent.mkdir(parents=True, exist_ok=True)
        partial = copy.with_suffix(".partial")
        partial.write_bytes(read_bytes(source))
        partial.replace(copy)


def dump_grid(sheet: Sheet) -> str:
    """A sheet's grid as JSON; numbers as text, so that no digit is lost."""
    rows = [[[c.text, None if c.number is None else str(c.number)] for c in row] for row in sheet.rows]
    return json.dumps({"rows": rows, "merged": sheet.merged}, ensure_ascii=False, separators=(",", ":"))
