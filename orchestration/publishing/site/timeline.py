"""Standings and milestones as a timeline, latest first."""

from __future__ import annotations

from typing import Any

from orchestration.publishing.site.csvs import to_csv
from orchestration.publishing.site.page import Page, source
from orchestration.publishing.site.reading import Release, Row
from orchestration.publishing.site.words import say

SHOWN = 1500
COLUMNS = ("date", "type", "region_code", "region", "what", "quote", "scope", "theme", "topic", "document", "char_start", "char_end")


def timeline(release: Release) -> Page:
    """The page of ranks, honours and dated events."""
    rows = release.rows(
        "select period as date, type, value, region_code, subject as what, quote, scope, theme, topic, document_id, char_start, char_end "
        "from core.fct_standing "
        "union all select date, 'milestone', null, region_code, what, quote, null, theme, topic, document_id, char_start, char_end "
        "from core.fct_milestone"
    )
    rows.sort(key=lambda r: (r["document_id"], r["char_start"], r["type"]))
    rows.sort(key=lambda r: r["date"] or "", reverse=True)
    years: dict[str, list[dict[str, Any]]] = {}
    for row in rows[:SHOWN]:
        years.setdefault((row["date"] or "")[:4], []).append(_entry(release, row))
    regions = sorted({row["region_code"] for row in rows[:SHOWN] if row["region_code"]})
    return Page(
        path="timeline.html",
        template="timeline.html",
        title=say("page", "timeline"),
        context={
            "years": years,
            "total": len(rows),
            "shown": min(len(rows), SHOWN),
            "regions": [(code, release.region(code)) for code in regions],
            "types": sorted({row["type"] for row in rows[:SHOWN]}),
            "themes": sorted({row["theme"] for row in rows[:SHOWN]}),
        },
        files={"data/timeline.csv": to_csv(COLUMNS, [_cells(release, row) for row in rows])},
    )


def _entry(release: Release, row: Row) -> dict[str, Any]:
    return {
        "date": row["date"] or "",
        "type": row["type"],
        "theme": row["theme"],
        "region_code": row["region_code"] or "",
        "region": release.region(row["region_code"]),
        "source": source(release, row["document_id"], row["char_start"], row["char_end"], quote=row["quote"]),
    }


def _cells(release: Release, row: Row) -> list[Any]:
    document = release.documents.get(row["document_id"], {})
    return [
        {"region": release.region(row["region_code"]), "document": document.get("title")}.get(column, row.get(column)) for column in COLUMNS
    ]
