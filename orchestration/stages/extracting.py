"""Documents → claims, other numerals, standings, milestones, projects, outcomes. Each text is extracted once per extractor version."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from multiprocessing import get_context
from typing import Any

import polars as pl

from orchestration.contracts.base import Contract
from orchestration.contracts.claims import Claims, ExtractionLog, Extractions, Milestones, Numerals, Outcomes, Projects, Standings
from orchestration.contracts.sources import Documents, Texts
from orchestration.extraction import EXTRACTOR_VERSION, extract
from orchestration.extraction.model import Context, Extraction
from orchestration.lake import Lake, digest
from orchestration.regions import RegionIndex

META = ["title", "published_on", "region_code", "genre", "report_year"]
TABLES: dict[type[Contract], str] = {
    Claims: "claims",
    Numerals: "numerals",
    Standings: "standings",
    Milestones: "milestones",
    Projects: "projects",
    Outcomes: "outcomes",
}
BATCH_CHARS = 4_000_000  # texts of one batch: bounds memory, and one Parquet file a batch
POOL_CHARS = 3_000_000  # below this, starting processes costs more than it saves


def extract_documents(lake: Lake, workers: int, progress: Callable[[str], None]) -> dict[str, int]:
    """Extract from every current article that has not been extracted yet; the new rows by table, and `documents`."""
    articles = lake.read(Documents, ["document_id", "kind", *META]).filter(pl.col("kind") == "article").collect()
    keyed = {digest(r["document_id"], *(r[m] for m in META), EXTRACTOR_VERSION): r for r in articles.iter_rows(named=True)}
    done = set(lake.read(ExtractionLog, ["extraction_key"]).collect()["extraction_key"])
    todo = {key: row for key, row in keyed.items() if key not in done}
    counts = dict.fromkeys([*TABLES.values(), "documents"], 0)
    for batch in _batches(lake, todo):
        for name, n in _extract_batch(lake, batch, workers).items():
            counts[name] += n
        progress(f"extracted {counts['claims']} claims from {counts['documents']} of {len(todo)} new documents")
    rows = [{"document_id": r["document_id"], "extraction_key": key} for key, r in keyed.items()]
    lake.write_state(Extractions, Extractions.frame(rows).sort("document_id"))
    return counts


@dataclass(frozen=True, slots=True)
class _Job:
    """One document to extract from."""

    key: str
    document_id: str
    text: str
    marks: list[tuple[int, int, int | None]]  # (first character, paragraph, page), in order of the text
    context: Context

    def place(self, offset: int) -> dict[str, int | None]:
        """Paragraph and page of the file in which the character at `offset` stands; null where reading left no marks."""
        n = bisect_right(self.marks, offset, key=lambda mark: mark[0])
        _, paragraph, page = self.marks[n - 1] if n else (0, None, None)
        return {"paragraph": paragraph, "page": page}


def context_of(meta: Mapping[str, Any], regions: RegionIndex) -> Context:
    """What is known of a document, as extraction takes it; `meta` has the fields of META."""
    code, year = meta["region_code"], meta["report_year"]
    names = [regions.name(c, year) for c in (code, *regions.ancestors(code, year))] if code else []
    return Context(**{m: meta[m] for m in META}, places=tuple(filter(None, names)))


def _batches(lake: Lake, todo: dict[str, dict]) -> Iterator[list[_Job]]:
    """Documents in batches of bounded size, in the order of document_id."""
    batch: list[_Job] = []
    size = 0
    regions = RegionIndex.load()
    items = sorted(todo.items(), key=lambda item: item[1]["document_id"])
    for start in range(0, len(items), 500):
        part = items[start : start + 500]
        ids = [row["document_id"] for _, row in part]
        held = lake.read(Texts).filter(pl.col("document_id").is_in(ids)).collect()
        texts = {document_id: (text, json.loads(marks)) for document_id, text, marks in held.iter_rows()}
        for key, row in part:
            text, marks = texts[row["document_id"]]
            batch.append(_Job(key, row["document_id"], text, marks, context_of(row, regions)))
            size += len(text)
            if size > BATCH_CHARS:
                yield batch
                batch, size = [], 0
    if batch:
        yield batch


def _extract_batch(lake: Lake, batch: list[_Job], workers: int) -> dict[str, int]:
    written: list[type[Contract]] = [*TABLES, ExtractionLog]
    rows: dict[type[Contract], list[dict]] = {table: [] for table in written}
    for job, found in zip(batch, _extract_all([(job.text, job.context) for job in batch], workers), strict=True):
        of_document = {"extraction_key": job.key, "document_id": job.document_id}
        for table, name in TABLES.items():
            rows[table] += [of_document | asdict(item) for item in getattr(found, name)]
        for claim in rows[Claims][-len(found.claims) :] if found.claims else []:
            claim |= job.place(claim["char_start"]) | {
                "claim_id": digest(job.document_id, claim["char_start"], claim["char_end"]),
                "extractor_version": EXTRACTOR_VERSION,
            }
        rows[ExtractionLog].append(
            of_document
            | {"extractor_version": EXTRACTOR_VERSION, "claims": len(found.claims), "numerals": len(found.numerals)}
            | {"warnings": json.dumps(found.warnings, ensure_ascii=False)}
        )
    for table, found_rows in rows.items():  # the log last: what it lists is complete
        lake.append(table, table.frame(found_rows), (job.key for job in batch))
    return {name: len(rows[table]) for table, name in TABLES.items()} | {"documents": len(batch)}


def _extract_all(inputs: list[tuple[str, Context]], workers: int) -> Iterable[Extraction]:
    """One extraction an input, in order; large batches on all cores."""
    if workers < 2 or sum(len(text) for text, _ in inputs) < POOL_CHARS:
        return (extract(text, context) for text, context in inputs)
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        return list(pool.map(extract, *zip(*inputs, strict=True), chunksize=4))
