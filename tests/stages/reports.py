"""A lake with reports of invented places, extracted and catalogued as a build would do it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from orchestration.contracts.ledger import Links
from orchestration.contracts.sources import Documents, Texts
from orchestration.lake import Lake
from orchestration.stages.cataloguing import catalogue_subjects
from orchestration.stages.correcting import current_claims
from orchestration.stages.extracting import extract_documents
from orchestration.stages.linking import link_targets

TASKS = "政府工作报告\n一、2023年工作回顾\n一年来，各项事业平稳推进。\n二、2024年工作安排\n今年要做好以下工作。\n{}\n"
REVIEW = "政府工作报告\n一、2024年工作回顾\n一年来，全市上下共同努力。\n{}\n二、2025年工作安排\n今年要继续努力。\n"


@dataclass(frozen=True, slots=True)
class Report:
    """A report as the reading stage would hand it on."""

    id: str
    text: str
    region_code: str
    report_year: int
    published_on: date
    genre: str = "work_report"


def pair(n: int, target: str, result: str) -> tuple[Report, Report]:
    """The tasks of one year and the review of them a year later, of a place of its own."""
    region = f"{990000 + n}"
    return (
        Report(f"{region}-tasks", TASKS.format(target), region, 2023, date(2024, 1, 20)),
        Report(f"{region}-review", REVIEW.format(result), region, 2024, date(2025, 1, 20)),
    )


def linked(folder: Path, reports: Iterable[Report]) -> Lake:
    """The lake after extraction, catalogue and ledger."""
    lake = Lake(folder)
    lake.prepare()
    reports = list(reports)
    lake.write_state(Documents, Documents.frame([_row(r) for r in reports]))
    lake.append(Texts, Texts.frame([{"document_id": r.id, "text": r.text, "marks": "[]"} for r in reports]), [r.id for r in reports])
    extract_documents(lake, 1, print)
    catalogue_subjects(lake)
    link_targets(lake)
    return lake


def _row(report: Report) -> dict[str, object]:
    return {
        "document_id": report.id,
        "reading_key": report.id,
        "source_path": f"articles/{report.id}.txt",
        "sha256": report.id,
        "kind": "article",
        "title": "政府工作报告",
        "published_on": report.published_on,
        "known_from": report.published_on,
        "region_code": report.region_code,
        "genre": report.genre,
        "source_tier": "official",
        "report_year": report.report_year,
        "ingested_at": datetime(2025, 2, 1, tzinfo=UTC),
    }


def links(lake: Lake) -> list[dict]:
    """The links with the quotes of target and result."""
    quotes = dict(current_claims(lake).select("claim_id", "quote").collect().iter_rows())
    return [
        row | {"target_quote": quotes[row["target_claim_id"]], "result_quote": quotes.get(row["statement_id"], row["quote"])}
        for row in lake.read(Links).collect().iter_rows(named=True)
    ]
