"""Targets and what was stated afterwards → links. Only statements of a region and year that a target speaks of are looked at."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator

import polars as pl

from orchestration.catalogue import Catalogue
from orchestration.contracts.claims import Extractions, Outcomes
from orchestration.contracts.ledger import Links
from orchestration.contracts.observations import Normalisations, Observations, Subjects
from orchestration.contracts.reviews import ReviewedLinks
from orchestration.contracts.sources import Documents, Texts
from orchestration.extraction.words import alternation, load
from orchestration.lake import Lake, digest
from orchestration.ledger import Said, link, year_end
from orchestration.ledger.annex import list_at, name_of
from orchestration.stages.correcting import current_claims

_OF_CLAIM = [
    "claim_id",
    "document_id",
    "char_start",
    "char_end",
    "subject",
    "unit_base",
    "measure",
    "status",
    "period",
    "scope",
    "section",
    "rules",
]
_SUBJECT = ["subject", "unit", "measure", "theme"]
_CLAUSE_END = re.compile(r"[，。；：！？,;!?\n]")
_LISTS = load("ledger_lists")
_STATES = re.compile(alternation(_LISTS["states"]))
_COUNTS = frozenset(_LISTS["counts"])
_PARTS = re.compile(r"[、，]|(?<!人民)[和与及]")
REACH = 80  # characters that are looked at on either side of a figure
BATCH_DOCUMENTS = 2000  # whose texts are held at a time


def link_targets(lake: Lake) -> dict[str, int]:
    """Link every current target with what later documents state of its region and period; how many links, and how many are for review."""
    documents = lake.read(Documents, ["document_id", "region_code", "genre", "known_from"])
    codes = lake.read(Subjects, [*_SUBJECT, "indicator_code"])
    claims = (
        current_claims(lake)
        .select("unit", "theme", *_OF_CLAIM)
        .join(documents, on="document_id")
        .filter(pl.col("region_code").is_not_null() & pl.col("period").is_not_null())
        .with_columns(pl.col("period").str.strip_suffix("-12-31").alias("year_end"))
    )
    wanted = claims.filter(pl.col("status") == "target").select("region_code", "year_end").unique().collect()
    asked = claims.join(wanted.lazy(), on=["region_code", "year_end"], how="semi").join(codes, on=_SUBJECT, how="left").collect()
    said = _claims(lake, asked)
    results = said["actual"] + said["estimate"] + _observations(lake, documents, wanted) + _outcomes(lake, documents, wanted)
    by_id = {s.id: s for s in (*said["target"], *results)}
    decided = lake.read(ReviewedLinks).collect().to_dicts()
    apart = frozenset((d["target_claim_id"], d["statement_id"]) for d in decided)
    accepted = [d for d in decided if d.pop("accepted")]
    settled = {(d["target_claim_id"], d["result_document_id"]) for d in accepted} | {
        (d["statement_id"], d["target_document_id"]) for d in accepted
    }
    rows = [
        {
            "target_claim_id": k.target_id,
            "target_document_id": by_id[k.target_id].document_id,
            "statement_id": k.result_id,
            "statement_kind": by_id[k.result_id].kind,
            "result_document_id": by_id[k.result_id].document_id,
            "matched_by": k.matched_by,
            "match_score": k.score,
            "reason": k.reason,
            "outcome": by_id[k.result_id].outcome,
            "quote": by_id[k.result_id].quote,
        }
        for k in link(said["target"], results, apart, settled)
    ] + accepted
    lake.write_state(Links, Links.frame(rows))
    return {
        "targets": len(said["target"]),
        "links": len(rows),
        "for review": sum(r["matched_by"] == "review" for r in rows) - len(accepted),
    }


def _claims(lake: Lake, claims: pl.DataFrame) -> dict[str, list[Said]]:
    """The claims with their clauses, by status."""
    said: dict[str, list[Said]] = defaultdict(list)
    ids = sorted(set(claims["document_id"]))
    spans = current_claims(lake).select("document_id", "char_start", "char_end").sort("document_id", "char_start")
    for first in range(0, len(ids), BATCH_DOCUMENTS):
        batch = ids[first : first + BATCH_DOCUMENTS]
        texts = dict(lake.read(Texts, ["document_id", "text"]).filter(pl.col("document_id").is_in(batch)).collect().iter_rows())
        figures: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for document_id, start, end in spans.filter(pl.col("document_id").is_in(batch)).collect().iter_rows():
            figures[document_id].append((start, end))
        for row in claims.filter(pl.col("document_id").is_in(batch)).iter_rows(named=True):
            said[row["status"]].append(_claim(row, texts[row["document_id"]], figures[row["document_id"]]))
    return said


def _claim(row: dict, text: str, figures: list[tuple[int, int]]) -> Said:
    before, near, after = clause(text, row["char_start"], row["char_end"], figures)
    if "noun_before" in row["rules"]:  # what is listed next is another thing
        after = after.partition("、")[0]
    return Said(
        id=row["claim_id"],
        kind="claim",
        document_id=row["document_id"],
        region_code=row["region_code"],
        period=row["period"],
        known_from=row["known_from"],
        genre=row["genre"],
        subject=row["subject"],
        indicator_codes=(row["indicator_code"],) if row["indicator_code"] else (),
        scope=row["scope"],
        unit=row["unit_base"],
        measure=row["measure"],
        start=row["char_start"],
        before=before,
        near=near,
        after=after,
        rules=row["rules"],
        annexed_to=_list_of(row, text) if row["status"] == "target" else None,
    )


def _list_of(row: dict, text: str) -> str | None:
    """The list that a target is an item of, or counts the items of."""
    counts = row["unit_base"] in _COUNTS and name_of(row["subject"])
    return counts or list_at(text, row["char_start"], row["section"])


def clause(text: str, start: int, end: int, figures: list[tuple[int, int]]) -> tuple[str, str, str]:
    """(the clause up to the figure at `start`, its part behind the figure before, what follows up to the next figure or the clause's end).

    `figures` are the spans of all figures of the text, in order. At most REACH characters on either side.
    """
    opening = max(0, start - REACH)
    for stop in _CLAUSE_END.finditer(text, opening, start):
        if not text.endswith("后", opening, stop.start()):  # 扣除…后，增长3%: one clause
            opening = stop.end()
    closed = _CLAUSE_END.search(text, end, end + REACH)
    closing = closed.start() if closed else min(len(text), end + REACH)
    at = bisect_left(figures, (start, end))
    behind = figures[at - 1][1] if at else 0
    nxt = bisect_right(figures, (start, end))
    ahead = figures[nxt][0] if nxt < len(figures) else len(text)
    return text[opening:start], text[max(opening, min(behind, start)) : start], text[end : max(end, min(closing, ahead))]


def _observations(lake: Lake, documents: pl.LazyFrame, wanted: pl.DataFrame) -> list[Said]:
    codes = (
        lake.read(Subjects, ["subject", "unit", "measure", "indicator_code"])
        .group_by("subject", "unit", "measure")
        .agg(pl.col("indicator_code").max())
    )
    found = (
        lake.read(
            Observations,
            ["normalisation_key", "observation_id", "document_id", "region_code", "subject", "period", "measure", "unit", "unit_base"],
        )
        .join(lake.read(Normalisations, ["normalisation_key"]), on="normalisation_key", how="semi")
        .with_columns(pl.col("period").str.strip_suffix("-12-31").alias("year_end"))
        .join(wanted.lazy(), on=["region_code", "year_end"], how="semi")
        .join(codes, on=["subject", "unit", "measure"], how="left")
        .join(documents.select("document_id", "genre", "known_from"), on="document_id")
        .collect()
    )
    return [
        Said(
            id=row["observation_id"],
            kind="observation",
            document_id=row["document_id"],
            region_code=row["region_code"],
            period=row["period"],
            known_from=row["known_from"],
            genre=row["genre"],
            subject=row["subject"],
            indicator_codes=(row["indicator_code"],) if row["indicator_code"] else (),
            unit=row["unit_base"],
            measure=row["measure"],
        )
        for row in found.iter_rows(named=True)
    ]


def _outcomes(lake: Lake, documents: pl.LazyFrame, wanted: pl.DataFrame) -> list[Said]:
    found = (
        lake.read(Outcomes)
        .join(lake.read(Extractions, ["extraction_key"]), on="extraction_key", how="semi")
        .filter((pl.col("status") == "actual") & pl.col("period").is_not_null() & pl.col("subject").is_not_null())
        .join(documents, on="document_id")
        .collect()
    )
    asked = set(wanted.iter_rows())
    catalogue = Catalogue.load()
    return [_outcome(row, catalogue) for row in found.iter_rows(named=True) if (row["region_code"], year_end(_reached(row))) in asked]


def _reached(row: dict) -> str:
    """The period of a result in words; of a state that several years ended in, the last of them."""
    _, slash, last = row["period"].partition("/")
    return last if slash and len(last) == 4 and _STATES.search(row["quote"]) else row["period"]


def outcome_id(row: dict) -> str:
    """The id of a result in words, independent of path and extractor version."""
    return digest(row["document_id"], row["char_start"], row["char_end"], row["outcome"])


def _outcome(row: dict, catalogue: Catalogue) -> Said:
    return Said(
        id=outcome_id(row),
        kind="outcome",
        document_id=row["document_id"],
        region_code=row["region_code"],
        period=_reached(row),
        known_from=row["known_from"],
        genre=row["genre"],
        subject=row["subject"],
        indicator_codes=tuple(_named(row["subject"], catalogue)),
        start=row["char_start"],
        after=row["quote"],
        annexed_to=name_of(row["subject"]),
        outcome=row["outcome"],
        quote=row["quote"],
    )


def _named(subject: str, catalogue: Catalogue) -> Iterator[str]:
    """The codes of the indicators that a result in words speaks of."""
    for part in dict.fromkeys([subject, *_PARTS.split(subject)]):
        if part and (match := catalogue.match(part, None, None)):
            yield match.indicator_code
