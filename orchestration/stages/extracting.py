"""Documents → claims, other numerals, standings, milestones, projects, outcomes. Each text is extracted once per extractor version."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass, field
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Self

import polars as pl

from orchestration.contracts.base import Contract
from orchestration.contracts.claims import Claims, ExtractionLog, Extractions, Milestones, Numerals, Outcomes, Projects, Standings
from orchestration.contracts.sources import Documents, Texts
from orchestration.extraction import EXTRACTOR_VERSION, extract, extract_window, first_warnings
from orchestration.extraction.model import Context, Extraction
from orchestration.extraction.windowing import Window, windows
from orchestration.lake import Lake, digest
from orchestration.reading import read
from orchestration.reading.scan import single
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
BATCH_CHARS = 4_000_000  # texts of one batch: bounds memory, and one Parquet file a batch (a larger text has several)
POOL_CHARS = 3_000_000  # below this, starting processes costs more than it saves


def extract_documents(lake: Lake, workers: int, progress: Callable[[str], None]) -> dict[str, int]:
    """Extract from every current article that has not been extracted yet; the new rows by table, and `documents`."""
    articles = lake.read(Documents, ["document_id", "kind", *META]).filter(pl.col("kind") == "article").collect()
    keyed = {digest(r["document_id"], *(r[m] for m in META), EXTRACTOR_VERSION): r for r in articles.iter_rows(named=True)}
    done = set(lake.read(ExtractionLog, ["extraction_key"]).collect()["extraction_key"])
    todo = {key: row for key, row in keyed.items() if key not in done}
    counts = dict.fromkeys([*TABLES.values(), "documents"], 0)
    with _Processes(workers) as processes:
        for batch in _batches(lake, todo):
            for name, n in _extract_batch(lake, batch, processes).items():
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


def claims_of(file: Path) -> Iterator[dict[str, Any]]:
    """The claims of one file outside any lake, in order of the text; Refusal where it cannot be read."""
    regions = RegionIndex.load()
    d = read(single(file), regions)
    for claim in extract(d.text, context_of({m: getattr(d, m) for m in META}, regions)).claims:
        yield asdict(claim)


def _batches(lake: Lake, todo: dict[str, dict]) -> Iterator[list[_Job]]:
    """Documents in batches of bounded size, in the order of document_id; one that is larger than a batch stands alone."""
    batch: list[_Job] = []
    size = 0
    regions = RegionIndex.load()
    for part in _loads(lake, sorted(todo.items(), key=lambda item: item[1]["document_id"])):
        ids = [row["document_id"] for _, row in part]
        held = lake.read(Texts).filter(pl.col("document_id").is_in(ids)).collect()
        texts = {document_id: (text, json.loads(marks)) for document_id, text, marks in held.iter_rows()}
        for key, row in part:
            text, marks = texts[row["document_id"]]
            if batch and size + len(text) > BATCH_CHARS:
                yield batch
                batch, size = [], 0
            batch.append(_Job(key, row["document_id"], text, marks, context_of(row, regions)))
            size += len(text)
    if batch:
        yield batch


def _loads(lake: Lake, items: list[tuple[str, dict]]) -> Iterator[list[tuple[str, dict]]]:
    """Documents whose texts are read from the lake together: up to 500, or as many as a few batches hold."""
    if not items:
        return
    lengths = lake.read(Texts).select("document_id", pl.col("text").str.len_chars()).collect(engine="streaming")
    length = dict(lengths.iter_rows())
    load: list[tuple[str, dict]] = []
    size = 0
    for item in items:
        chars = length[item[1]["document_id"]]
        if load and (len(load) == 500 or size + chars > 4 * BATCH_CHARS):
            yield load
            load, size = [], 0
        load.append(item)
        size += chars
    if load:
        yield load


def _extract_batch(lake: Lake, batch: list[_Job], processes: _Processes) -> dict[str, int]:
    """Extracts a batch and writes it in parts of bounded size; its log comes last: what that lists is complete."""
    counts = dict.fromkeys([*TABLES.values(), "documents"], 0) | {"documents": len(batch)}
    logged = {job.key: _Logged(job.document_id) for job in batch}
    for number, part in enumerate(_parts(batch)):
        rows: dict[type[Contract], list[dict]] = {table: [] for table in TABLES}
        for (job, _), found in zip(part, processes.extract([(window, job.context) for job, window in part]), strict=True):
            of_document = {"extraction_key": job.key, "document_id": job.document_id}
            for table, name in TABLES.items():
                rows[table] += [of_document | asdict(item) for item in getattr(found, name)]
            for claim in rows[Claims][-len(found.claims) :] if found.claims else []:
                claim |= job.place(claim["char_start"]) | {
                    "claim_id": digest(job.document_id, claim["char_start"], claim["char_end"]),
                    "extractor_version": EXTRACTOR_VERSION,
                }
            logged[job.key].add(found)
        for table, found_rows in rows.items():
            lake.append(table, table.frame(found_rows), [*logged, *([f"part {number}"] if number else [])])
            counts[TABLES[table]] += len(found_rows)
    lake.append(ExtractionLog, ExtractionLog.frame([log.row(key) for key, log in logged.items()]), logged)
    return counts


def _parts(batch: list[_Job]) -> Iterator[list[tuple[_Job, Window]]]:
    """The windows of a batch's texts, in order, as many at a time as a batch may hold."""
    part: list[tuple[_Job, Window]] = []
    size = 0
    for job in batch:
        for window in windows(job.text):
            if part and size + len(window.text) > BATCH_CHARS:
                yield part
                part, size = [], 0
            part.append((job, window))
            size += len(window.text)
    if part:
        yield part


@dataclass(slots=True)
class _Logged:
    """What the log says of one document."""

    document_id: str
    claims: int = 0
    numerals: int = 0
    warnings: list[str] = field(default_factory=list)

    def add(self, found: Extraction) -> None:
        self.claims += len(found.claims)
        self.numerals += len(found.numerals)
        self.warnings += found.warnings

    def row(self, key: str) -> dict[str, Any]:
        return asdict(self) | {
            "extraction_key": key,
            "extractor_version": EXTRACTOR_VERSION,
            "warnings": json.dumps(first_warnings(self.warnings), ensure_ascii=False),
        }


class _Processes:
    """Processes that extract: started when a part is large enough to be worth it, and kept for the next ones."""

    def __init__(self, workers: int) -> None:
        self.workers = workers
        self.pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.pool:
            self.pool.shutdown(cancel_futures=True)

    def extract(self, inputs: list[tuple[Window, Context]]) -> Iterable[Extraction]:
        """One extraction an input, in order; many characters on all cores."""
        if self.workers < 2 or len(inputs) < 2 or sum(len(window.text) for window, _ in inputs) < POOL_CHARS:
            return (extract_window(window, context) for window, context in inputs)
        self.pool = self.pool or ProcessPoolExecutor(self.workers, mp_context=get_context("spawn"))
        return self.pool.map(extract_window, *zip(*inputs, strict=True), chunksize=max(1, len(inputs) // (16 * self.workers)))
