"""What the site reads from a release: rows as they stand in the public tables, joined to the texts they are quoted from."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from orchestration.publishing.site.sentences import Excerpt, excerpt

Row = dict[str, Any]
THEMES = ("economy", "urban_renewal", "livelihood")
ALL_THEMES = (*THEMES, "governance")
VERDICTS = ("met", "partial", "missed", "pending", "unreported", "unclear")

_PROMISES = """
select
    c.*, p.year, t.char_start, t.char_end, t.sentence_start, t.sentence_end, t.section, d.known_from,
    r.comparator as result_comparator, r.char_start as result_start, r.char_end as result_end,
    r.sentence_start as result_sentence_start, r.sentence_end as result_sentence_end, o.sheet, o.cell
from marts.commitment as c
inner join core.fct_claim as t on c.claim_id = t.claim_id
inner join core.dim_document as d on c.target_document_id = d.document_id
left join core.dim_period as p on c.period = p.period
left join core.fct_claim as r on c.result_claim_id = r.claim_id
left join core.fct_observation as o on c.result_observation_id = o.observation_id
order by c.region_code, p.year desc, c.theme, c.topic nulls last, d.known_from desc nulls first, c.target_document_id, t.char_start, c.claim_id
"""


@dataclass(frozen=True)
class Release:
    """One release, read whole: what all pages share. Texts are held once, by document."""

    name: str
    published_on: date | None
    documents: dict[str, Row]
    regions: dict[str, Row]
    indicators: dict[str, Row]
    topics: dict[str, int]  # order of topics within the themes, by first indicator of the catalogue
    promises: list[Row]
    scorecard: list[Row]
    outcomes: dict[tuple[str, str], list[Row]]
    db: duckdb.DuckDBPyConnection = field(repr=False)

    def rows(self, sql: str) -> list[Row]:
        """Rows of a query as dictionaries."""
        return _rows(self.db, sql)

    def has(self, schema: str, table: str) -> bool:
        """Whether the release holds a table: some came later than others."""
        return bool(self.db.execute("select 1 from duckdb_tables() where schema_name = ? and table_name = ?", [schema, table]).fetchone())

    def region(self, code: str | None) -> str:
        """Name of a region as it is called now; its code where the release knows no name."""
        return self.regions[code]["name"] if code in self.regions else code or ""

    def short(self, code: str | None) -> str:
        """Short name of a region for charts."""
        return (self.regions[code]["short_name"] or self.regions[code]["name"]) if code in self.regions else code or ""

    def said(self, document_id: str | None, start: int | None, end: int | None, sentence: tuple[int, int] | None = None) -> Excerpt | None:
        """A stretch of a document in its sentence; None where there is none."""
        if document_id not in self.documents or start is None or end is None:
            return None
        return excerpt(self.documents[document_id]["text"], start, end, sentence)

    def outcome(self, document_id: str, quote: str, subject: str | None) -> Row | None:
        """The result in words that a quote stands for: of several in one document that of the same subject, else the first."""
        found = self.outcomes.get((document_id, quote), [])
        return next((row for row in found if row["subject"] == subject), found[0] if found else None)


def connect(warehouse: Path) -> duckdb.DuckDBPyConnection:
    """A read-only connection that can reach nothing but the release."""
    return duckdb.connect(str(warehouse), read_only=True, config={"enable_external_access": False, "autoinstall_known_extensions": False})


def release_name(warehouse: Path) -> str:
    """The name of the release that `warehouse` is or points to."""
    return warehouse.resolve().stem


def _manifest(warehouse: Path) -> dict[str, Any]:
    file = warehouse.resolve().with_suffix(".json")
    return json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}


def read_release(warehouse: Path, db: duckdb.DuckDBPyConnection) -> Release:
    """Read what all pages share. The manifest beside the release says when it was published; without one, freshness is not told."""
    made = _manifest(warehouse)
    outcomes: dict[tuple[str, str], list[Row]] = {}
    for row in _rows(db, "select * from core.fct_outcome order by document_id, char_start"):
        outcomes.setdefault((row["document_id"], row["quote"]), []).append(row)
    indicators = {
        row["indicator_code"]: row
        for row in _rows(db, "select indicator_code, name_zh, name_en, theme, topic, definition from core.dim_indicator order by rowid")
    }
    topics: dict[str, int] = {}
    for row in indicators.values():
        if row["topic"]:
            topics.setdefault(row["topic"], len(topics))
    return Release(
        name=release_name(warehouse),
        published_on=date.fromisoformat(made["published_at"][:10]) if made.get("published_at") else None,
        documents={row["document_id"]: row for row in _rows(db, "select * from core.dim_document order by document_id")},
        regions={
            row["region_code"]: row
            for row in _rows(db, "select region_code, name, short_name, level, parent_code from core.dim_region order by valid_from")
        },
        indicators=indicators,
        topics=topics,
        promises=_rows(db, _PROMISES),
        scorecard=_rows(db, "select * from marts.scorecard order by region_code, year desc, theme"),
        outcomes=outcomes,
        db=db,
    )


def _rows(db: duckdb.DuckDBPyConnection, sql: str) -> list[Row]:
    cursor = db.execute(sql)
    names = [d[0] for d in cursor.description or []]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
