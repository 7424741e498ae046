"""The front page: the scorecard of regions and themes by year, verdicts by year, and what was missed."""

from __future__ import annotations

from collections import Counter
from typing import Any

from orchestration.publishing.site import charts
from orchestration.publishing.site.answers import csv_of
from orchestration.publishing.site.charts import Chart
from orchestration.publishing.site.csvs import to_csv
from orchestration.publishing.site.figures import percent
from orchestration.publishing.site.page import Page, answer_path
from orchestration.publishing.site.promises import JUDGED, Promise, share_met, tally
from orchestration.publishing.site.reading import ALL_THEMES, VERDICTS, Release, Row
from orchestration.publishing.site.words import say, words

MISSED_SHOWN = 40
SCORE_COLUMNS = ("region_code", "region", "year", "theme", *VERDICTS, "targets", "judged", "share_met")


def overview(release: Release, found: list[Promise]) -> Page:
    """The front page."""
    counts = tally(found)
    missed = [p for p in found if p.verdict in ("missed", "partial")]
    missed.sort(key=lambda p: (-p.year, p.region_code, p.theme))
    chart = _by_year(release)
    return Page(
        path="index.html",
        template="index.html",
        title=words()["deck"],
        context={
            "counts": counts,
            "total": sum(counts.values()),
            "judged": sum(counts[v] for v in JUDGED),
            "share": share_met(counts),
            "years": _years(release),
            "themes": [t for t in ALL_THEMES if any(row["theme"] == t for row in release.scorecard)],
            "missed": missed[:MISSED_SHOWN],
            "missed_total": len(missed),
            "answer_path": answer_path,
        },
        charts=(chart,) if chart else (),
        files={
            "data/scorecard.csv": to_csv(SCORE_COLUMNS, [_score_cells(release, row) for row in release.scorecard]),
            "data/commitments.csv": csv_of(found),
        }
        | ({f"data/{chart.id}.csv": to_csv(chart.columns, chart.rows)} if chart else {}),
    )


def _score_cells(release: Release, row: Row) -> list[Any]:
    return [release.region(row["region_code"]) if column == "region" else row[column] for column in SCORE_COLUMNS]


def _years(release: Release) -> list[dict[str, Any]]:
    """The scorecard a year: regions, each with its counts in all and by theme. The latest year that has verdicts stands open."""
    by_year: dict[int, dict[str, dict[str, Counter[str]]]] = {}
    for row in release.scorecard:
        cells = by_year.setdefault(row["year"], {}).setdefault(row["region_code"], {})
        cells[row["theme"]] = Counter({v: row[v] for v in VERDICTS})
    years = [
        {
            "year": year,
            "judged": sum(c[v] for cells in regions.values() for c in cells.values() for v in JUDGED),
            "regions": [
                {
                    "code": code,
                    "name": release.region(code),
                    "all": (total := sum(cells.values(), Counter(dict.fromkeys(VERDICTS, 0)) + Counter())),
                    "share": share_met(total),
                    "themes": {theme: (c, share_met(c)) for theme, c in cells.items()},
                }
                for code, cells in regions.items()
            ],
        }
        for year, regions in sorted(by_year.items(), reverse=True)
    ]
    opened = next((y for y in years if y["judged"]), years[0] if years else None)
    return [y | {"open": y is opened} for y in years]


def _by_year(release: Release) -> Chart | None:
    totals: dict[int, Counter[str]] = {}
    for row in release.scorecard:
        totals.setdefault(row["year"], Counter()).update({v: row[v] for v in VERDICTS})
    if not totals:
        return None
    rows = [
        {
            "year": year,
            "verdict": say("verdict", verdict).zh,
            "place": place,
            "count": counts[verdict],
            "share": percent(share) if (share := share_met(counts)) is not None else "",
            "total": sum(counts.values()),
        }
        for year, counts in sorted(totals.items())
        for place, verdict in enumerate(VERDICTS)
    ]
    summary = "；".join(
        f"{year}年：" + "、".join(f"{say('verdict', v).zh}{counts[v]}" for v in VERDICTS if counts[v])
        for year, counts in sorted(totals.items())
    )
    return Chart(
        id="verdicts-by-year",
        title=say("say", "by_year"),
        subtitle=say("say", "by_year_note" if len(totals) <= charts.LABELLED else "by_year_plain"),
        summary=summary,
        spec=charts.verdicts_by_year(rows),
        columns=("year", *VERDICTS, "share_met"),
        rows=tuple((year, *(counts[v] for v in VERDICTS), share_met(counts)) for year, counts in sorted(totals.items())),
        height=200,
        widest=120 + 95 * len(totals),
    )
