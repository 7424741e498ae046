"""What the release stands on: documents, files not taken, coverage, freshness, what is still without a code."""

from __future__ import annotations

import json
from typing import Any

from orchestration.publishing.site.csvs import to_csv
from orchestration.publishing.site.page import Page, web_address
from orchestration.publishing.site.reading import Release, Row
from orchestration.publishing.site.words import say

DOCUMENTS, SUBJECTS = 1000, 20
COLUMNS = (
    "document_id", "source_path", "source_url", "title", "publisher", "published_on", "region_code", "genre", "source_tier", "report_year",
    "kind", "claims", "numerals", "observations", "warnings",
)  # fmt: skip


def quality(release: Release) -> Page:
    """The page of the data's quality."""
    rows = release.rows(
        "select d.document_id, d.source_path, d.source_url, d.title, d.publisher, d.published_on, d.region_code, d.genre, d.source_tier, "
        "d.report_year, d.kind, d.warnings, coalesce(c.n, 0) as claims, coalesce(u.n, 0) as numerals, coalesce(o.n, 0) as observations "
        "from core.dim_document as d "
        "left join (select document_id, count(*) as n from core.fct_claim group by all) as c using (document_id) "
        "left join (select document_id, count(*) as n from core.fct_numeral group by all) as u using (document_id) "
        "left join (select document_id, count(*) as n from core.fct_observation group by all) as o using (document_id) "
        "order by d.published_on desc nulls last, d.source_path"
    )
    refused = release.rows("select source_path, reason_code, reason, seen_at from core.quarantine order by source_path")
    subjects = release.rows(
        "select subject, unit, measure, theme, claims, documents, example_quote from marts.uncatalogued "
        "order by claims desc, documents desc, subject, unit, measure, theme"
    )
    (corrections,) = release.rows(
        "select count(*) filter (problem is null) as applied, count(*) filter (problem is not null) as stale from core.correction"
    )
    review = release.rows("select count(*) as n from marts.link_review")[0]["n"] if release.has("marts", "link_review") else 0
    return Page(
        path="quality.html",
        template="quality.html",
        title=say("page", "quality"),
        context={
            "documents": [_document(release, row) for row in rows[:DOCUMENTS]],
            "total": len(rows),
            "shown": min(len(rows), DOCUMENTS),
            "refused": refused,
            "coverage": _coverage(release, rows),
            "subjects": subjects[:SUBJECTS],
            "subjects_total": len(subjects),
            "counts": {name: sum(row[name] for row in rows) for name in ("claims", "numerals", "observations")},
            "corrections": corrections,
            "unmatched": sum(row["region_code"] is None or row["year"] is None for row in release.promises),
            "review": review,
        },
        files={
            "data/documents.csv": to_csv(COLUMNS, [[row[c] for c in COLUMNS] for row in rows]),
            "data/quarantine.csv": to_csv(
                ("source_path", "reason_code", "reason"), [[r["source_path"], r["reason_code"], r["reason"]] for r in refused]
            ),
            "data/uncatalogued.csv": to_csv(tuple(subjects[0]), [list(row.values()) for row in subjects])
            if subjects
            else to_csv(("subject",), []),
        },
    )


def _document(release: Release, row: Row) -> dict[str, Any]:
    return row | {
        "region": release.region(row["region_code"]),
        "url": web_address(row["source_url"]),
        "warned": json.loads(row["warnings"]) if row["warnings"] else [],
    }


def _coverage(release: Release, rows: list[Row]) -> dict[str, Any]:
    """Documents by region and report year, and how old the latest of each region is on the day of the release."""
    years = sorted({row["report_year"] for row in rows if row["report_year"] is not None})
    regions: dict[str, list[Row]] = {}
    for row in rows:
        if row["region_code"] is not None:
            regions.setdefault(row["region_code"], []).append(row)
    lines = []
    for code, listed in sorted(regions.items()):
        latest = max((row["published_on"] for row in listed if row["published_on"]), default=None)
        lines.append(
            {
                "region": release.region(code),
                "counts": [sum(row["report_year"] == year for row in listed) for year in years],
                "latest": latest,
                "age": (release.published_on - latest).days if release.published_on and latest else None,
            }
        )
    return {"years": years, "regions": lines}
