"""Targets as the scorecard counts them: one a figure, by the document that stated it last; its levels, its result, both sentences."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from orchestration.publishing.site.figures import figure
from orchestration.publishing.site.page import Source, indicator_name, joined, qualified, source
from orchestration.publishing.site.reading import VERDICTS, Release, Row
from orchestration.publishing.site.words import Both, say

JUDGED = ("met", "partial", "missed")


@dataclass(frozen=True, slots=True)
class Promise:
    """A target of a region and year with its result and verdict."""

    id: str
    region_code: str
    region: str
    year: int
    theme: str
    name: Both
    period: str
    target: Both
    result: Both
    verdict: str
    rule: str
    matched_by: str | None
    match_score: float | None
    target_value: Decimal
    result_value: Decimal | None
    said: tuple[Source, ...]  # the levels of the target
    answered: Source | None
    earlier: tuple[Source, ...]  # the same figure promised in documents before


def promises(release: Release) -> list[Promise]:
    """All targets that have a region and a year, by region, then year from the latest, then theme."""
    placed = [row for row in release.promises if row["region_code"] is not None and row["year"] is not None]
    by_figure: dict[str, list[Row]] = {}
    for row in placed:
        by_figure.setdefault(row["figure_key"], []).append(row)
    return [_promise(release, rows) for rows in by_figure.values()]


def sheets(found: list[Promise]) -> dict[tuple[str, int], list[Promise]]:
    """Targets by region and year, in their order."""
    return {key: list(group) for key, group in groupby(found, key=lambda p: (p.region_code, p.year))}


def tally(found: list[Promise]) -> Counter[str]:
    """How many targets of each verdict."""
    counts = Counter(dict.fromkeys(VERDICTS, 0))
    counts.update(p.verdict for p in found)
    return counts


def share_met(counts: Counter[str]) -> float | None:
    """Met among those judged; None where none is judged."""
    judged = sum(counts[v] for v in JUDGED)
    return counts["met"] / judged if judged else None


def _promise(release: Release, rows: list[Row]) -> Promise:
    first = rows[0]
    levels = [row for row in rows if row["target_group"] == first["target_group"]]
    answered = next((row for row in levels if row["result_document_id"]), first)
    return Promise(
        id=first["claim_id"],
        region_code=first["region_code"],
        region=release.region(first["region_code"]),
        year=first["year"],
        theme=first["theme"],
        name=qualified(indicator_name(release, first["indicator_code"], first["indicator_name"]), first["measure"], first["scope"]),
        period=first["period"],
        target=joined((_target(row) for row in levels), "，", ", "),
        result=_result(answered),
        verdict=first["verdict"],
        rule=first["rule"],
        matched_by=answered["matched_by"],
        match_score=answered["match_score"],
        target_value=first["target_value"],
        result_value=answered["result_value"],
        said=tuple(s for row in levels if (s := _stated(release, row))),
        answered=_answered(release, answered),
        earlier=tuple(s for row in rows if row["target_group"] != first["target_group"] and (s := _stated(release, row))),
    )


def _target(row: Row) -> Both:
    return figure(row["target_value"], row["unit"], row["measure"], row["target_comparator"], row["target_value_high"])


def _result(row: Row) -> Both:
    if row["result_value"] is not None:
        return figure(row["result_value"], row["unit"], row["measure"], row["result_comparator"] or "eq")
    return say("say", "in_words" if row["result_quote"] else "no_result")


def _stated(release: Release, row: Row) -> Source | None:
    return source(
        release,
        row["target_document_id"],
        row["char_start"],
        row["char_end"],
        (row["sentence_start"], row["sentence_end"]),
        quote=row["target_quote"],
    )


def _answered(release: Release, row: Row) -> Source | None:
    """Where the result stands: a claim in its sentence, a cell of a table, or a result in words."""
    document, quote = row["result_document_id"], row["result_quote"]
    if document is None:
        return None
    if row["result_claim_id"]:
        sentence = (row["result_sentence_start"], row["result_sentence_end"])
        return source(release, document, row["result_start"], row["result_end"], sentence, quote=quote)
    if row["result_observation_id"]:
        return source(release, document, None, None, cell=f"{row['sheet']} {row['cell']}", quote=quote)
    outcome = release.outcome(document, quote, row["subject"]) or {"char_start": None, "char_end": None}
    return source(release, document, outcome["char_start"], outcome["char_end"], quote=quote)
