"""The answer sheets: a page a region and year, each promise with its result, its verdict, and both sentences."""

from __future__ import annotations

from typing import Any

from orchestration.publishing.site.csvs import to_csv
from orchestration.publishing.site.page import Page, answer_path
from orchestration.publishing.site.promises import Promise, share_met, sheets, tally
from orchestration.publishing.site.reading import ALL_THEMES, Release
from orchestration.publishing.site.words import Both

READ = ("missed", "partial", "met", "unclear", "pending", "unreported")  # the order in which a reader asks
COLUMNS = (
    "claim_id", "region_code", "region", "year", "theme", "indicator", "period", "target", "target_value", "result", "result_value",
    "verdict", "rule", "matched_by", "match_score", "target_sentence", "target_document", "result_sentence", "result_document",
)  # fmt: skip


def answers(release: Release, found: list[Promise]) -> list[Page]:
    """One page a region and year that has targets."""
    by_sheet = sheets(found)
    years: dict[str, list[int]] = {}
    for code, year in by_sheet:
        years.setdefault(code, []).append(year)
    return [_sheet(release, code, year, listed, years[code]) for (code, year), listed in by_sheet.items()]


def csv_of(found: list[Promise]) -> str:
    """Targets as CSV, one row a target as the scorecard counts it."""
    return to_csv(COLUMNS, [_cells(p) for p in found])


def _sheet(release: Release, code: str, year: int, found: list[Promise], years: list[int]) -> Page:
    path = answer_path(code, year)
    counts = tally(found)
    csv_path = path.replace("answers/", "data/answers-").replace(".html", ".csv")
    name = release.region(code)
    return Page(
        path=path,
        template="answers.html",
        title=Both(f"{name}{year}年答卷", f"{name} {year}"),
        context={
            "region": name,
            "year": year,
            "counts": counts,
            "share": share_met(counts),
            "themes": [
                (theme, sorted(listed, key=_judged_first)) for theme in ALL_THEMES if (listed := [p for p in found if p.theme == theme])
            ],
            "years": [(other, answer_path(code, other)) for other in years],
            "csv": csv_path,
        },
        files={csv_path: csv_of(found)},
    )


def _judged_first(p: Promise) -> int:
    return READ.index(p.verdict)


def _cells(p: Promise) -> tuple[Any, ...]:
    said, answered = (p.said[0] if p.said else None), p.answered

    def sentence(source: Any) -> str | None:
        if source is None:
            return None
        return f"{source.excerpt.before}{source.excerpt.marked}{source.excerpt.after}" if source.excerpt else source.quote

    return (
        p.id, p.region_code, p.region, p.year, p.theme, p.name.zh, p.period, p.target.zh, p.target_value, p.result.zh, p.result_value,
        p.verdict, p.rule, p.matched_by, p.match_score, sentence(said), said and said.title, sentence(answered), answered and answered.title,
    )  # fmt: skip
