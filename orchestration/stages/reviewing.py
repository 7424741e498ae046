"""raw/reviews/*.yml → what the decisions mean now: which links they make and undo, and which of them no longer apply.

A decision on something that is gone (a document was replaced, an indicator renamed) changes nothing, is listed in `core.review` with the
reason, and warns; it speaks again once what it is about is back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from orchestration.catalogue import Catalogue
from orchestration.catalogue.fitting import base, fits
from orchestration.contracts.claims import Extractions, Outcomes
from orchestration.contracts.observations import Normalisations, Observations
from orchestration.contracts.reviews import ReviewedLinks, Reviews
from orchestration.contracts.sources import Documents
from orchestration.lake import Lake
from orchestration.ledger import one_kind
from orchestration.reviewing.events import Event, last_words, read_events
from orchestration.stages.correcting import agrees, current_claims
from orchestration.stages.linking import outcome_id

_STATED = ["document_id", "unit_base", "measure", "value_base", "period"]
_SOME_DAY = date.max  # a document without a day is known after all others
Statements = dict[str, dict[str, Any]]


def replay(raw: Path, lake: Lake, progress: Callable[[str], None]) -> dict[str, int]:
    """Write `reviews` and `reviewed_links`; how many decisions there are and how many no longer apply. BadReview where an event cannot be understood."""
    events = read_events(raw)
    speaking = sorted(last_words(events).values(), key=lambda e: (e.at, e.id))
    statements = _statements(lake, {i for e in speaking if e.kind != "subject" for i in (*e.key, e.result) if i})
    subjects = _subjects(lake, {e.key[0] for e in speaking if e.kind == "subject"})
    catalogue = Catalogue.load() if subjects else Catalogue([])
    problems = {e.id: _problem(e, statements, subjects, catalogue) for e in speaking}
    spoken = {(e.kind, e.key): e.id for e in speaking}
    rows = [_row(e) | {"problem": problems.get(e.id), "superseded_by": _other(spoken[e.kind, e.key], e.id)} for e in events]
    lake.write_state(Reviews, Reviews.frame(rows))
    applied = [e for e in speaking if problems[e.id] is None]
    lake.write_state(ReviewedLinks, ReviewedLinks.frame(_links(applied, statements)))
    stale = len(speaking) - len(applied)
    if events:
        progress(f"applied {len(applied)} of {len(events)} decisions" + (f"; {stale} no longer apply: core.review" if stale else ""))
    return {"reviews": len(events), "stale reviews": stale}


def _other(speaking: str, own: str) -> str | None:
    return None if speaking == own else speaking


def _row(event: Event) -> dict[str, Any]:
    of_subject = event.kind == "subject"
    first, second = (None, None) if of_subject else event.key
    subject, unit, measure = event.key if of_subject else (None, event.unit, None)
    return {
        "event_id": event.id,
        "decided_at": event.at,
        "decided_by": event.by,
        "kind": event.kind,
        "decision": event.decision,
        "reason": event.reason,
        "first_id": first,
        "second_id": second,
        "subject": subject,
        "unit": unit,
        "measure": measure,
        "result_id": event.result,
        "indicator_code": event.indicator,
        "value": event.value,
        "file": event.file,
    }


def _statements(lake: Lake, ids: set[str]) -> Statements:
    """Claims, observations and results in words by id, as far as they are here now, each with the day its document is known from."""
    if not ids:
        return {}
    days = dict(lake.read(Documents, ["document_id", "known_from"]).collect().iter_rows())
    return {i: row | {"known_from": days.get(row["document_id"]) or _SOME_DAY} for i, row in _found(lake, ids).items()}


def _found(lake: Lake, ids: set[str]) -> Statements:
    claims = current_claims(lake).filter(pl.col("claim_id").is_in(ids)).select("claim_id", "status", *_STATED).collect()
    found = {row.pop("claim_id"): row | {"kind": "claim"} for row in claims.to_dicts()}
    cells = (
        lake.read(Observations, ["normalisation_key", "observation_id", "status", *_STATED])
        .filter(pl.col("observation_id").is_in(ids))
        .join(lake.read(Normalisations, ["normalisation_key"]), on="normalisation_key", how="semi")
        .collect()
    )
    found |= {row["observation_id"]: row | {"kind": "observation"} for row in cells.to_dicts()}
    if ids <= found.keys():
        return found
    worded = lake.read(Outcomes).join(lake.read(Extractions, ["extraction_key"]), on="extraction_key", how="semi").collect()
    by_id = {outcome_id(row): row | {"kind": "outcome"} for row in worded.iter_rows(named=True)}
    return found | {i: by_id[i] for i in ids & by_id.keys()}


def _subjects(lake: Lake, names: set[str]) -> set[tuple[str, str, str]]:
    """(subject, base unit, measure) of the claims and observations that carry one of `names`."""
    if not names:
        return set()
    key = ["subject", "unit", "measure"]
    tabled = lake.read(Observations, ["normalisation_key", *key]).join(
        lake.read(Normalisations, ["normalisation_key"]), on="normalisation_key", how="semi"
    )
    said = pl.concat([current_claims(lake).select(key), tabled.select(key)]).filter(pl.col("subject").is_in(names)).unique().collect()
    return {(subject, base(unit), measure) for subject, unit, measure in said.iter_rows()}


def _problem(event: Event, statements: Statements, subjects: set[tuple[str, str, str]], catalogue: Catalogue) -> str | None:
    """Why a decision does not apply; None where it does."""
    if event.kind == "subject":
        return _problem_of_subject(event, subjects, catalogue)
    needed = (event.key[0], event.result) if event.result else event.key
    if gone := [i for i in needed if i not in statements]:
        return f"no document states {' and '.join(map(str, gone))} any more"
    first, second = (statements[str(i)] for i in needed)
    if event.kind == "conflict":
        return _problem_of_figure(event, first, second) if event.decision == "correct" else None
    if first.get("status") != "target" or first["kind"] != "claim":
        return f"{needed[0]} is no target"
    return None if event.decision == "reject" else _problem_of_link(first, second)


def _problem_of_link(target: dict[str, Any], result: dict[str, Any]) -> str | None:
    if result["known_from"] <= target["known_from"] or result["status"] == "target":
        return "the result must be stated as one, by a document that was known after the target’s"
    if result["period"] is None:
        return "the result states no period: correct that first"
    if result["kind"] != "outcome" and not (result["measure"] == target["measure"] and one_kind(result["unit_base"], target["unit_base"])):
        return f"the target is a {target['measure']} in {target['unit_base']}, the result a {result['measure']} in {result['unit_base']}"
    return None


def _problem_of_figure(event: Event, *sides: dict[str, Any]) -> str | None:
    """A correction of a conflict holds once both sides state the figure: claims are corrected, tables are mended at their source."""
    for side in sides:
        if side["unit_base"] != event.unit:
            return f"a side of it is stated in {side['unit_base']}, not in {event.unit}"
        if not agrees(side["value_base"], event.value):
            return "a table says otherwise: mend it" if side["kind"] == "observation" else "a file in raw/corrections says otherwise"
    return None


def _problem_of_subject(event: Event, subjects: set[tuple[str, str, str]], catalogue: Catalogue) -> str | None:
    subject, unit, measure = event.key
    if (subject, unit, measure) not in subjects:
        return f"nothing states {subject} as a {measure} in {unit} any more"
    if event.indicator is None:
        return None
    indicator = catalogue.indicators.get(event.indicator)
    if indicator is None:
        return f"the catalogue has no {event.indicator}"
    return None if fits(indicator, unit, measure) else f"a {measure} in {unit} is no figure of {event.indicator}"


def _links(applied: Iterable[Event], statements: Statements) -> list[dict[str, Any]]:
    """A row a pair of target and statement that `applied`, in order of time, decide on: the last word counts."""
    decided: dict[tuple[str, str], tuple[Event, bool]] = {}
    for event in applied:
        if event.kind == "link":
            target, statement = event.key
            decided[target, statement] = event, event.decision == "accept"
            if event.result:
                decided[target, event.result] = event, True
    return [
        {
            "target_claim_id": target,
            "target_document_id": statements[target]["document_id"],
            "statement_id": statement,
            "statement_kind": statements[statement]["kind"],
            "result_document_id": statements[statement]["document_id"],
            "matched_by": "review",
            "match_score": 1.0,
            "reason": event.reason,
            "outcome": statements[statement].get("outcome"),
            "quote": statements[statement].get("quote"),
            "review_id": event.id,
            "accepted": accepted,
        }
        for (target, statement), (event, accepted) in sorted(decided.items())
        if statement in statements
    ]
