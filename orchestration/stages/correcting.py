"""raw/corrections/*.yml, and the figures that raw/reviews/*.yml decide on → corrected claims. A correction applies only while what it expected still holds; one that does not is stale and fails the build.

A file is a list of mappings:

    - document: articles/report.txt      # path below DAJUAN_RAW, or a document_id
      quote: 812亿元                      # the claim's characters
      nth: 1                             # which of equal quotes in the document (default 1)
      field: period                      # one of contracts.corrections.CORRECTABLE
      expected: "2022"                   # what the extractor or the source says
      corrected: "2023"
      reason: the sentence speaks of the year before
      by: who found it
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import polars as pl
import yaml

from orchestration.contracts.claims import Claims, Extractions
from orchestration.contracts.corrections import CORRECTABLE, CorrectedClaims, Corrections
from orchestration.contracts.sources import DocumentSources
from orchestration.extraction import isoperiods, units
from orchestration.lake import Lake
from orchestration.reviewing.events import last_words, read_events

FOLDER = "corrections"
KEYS = {"document", "quote", "nth", "field", "expected", "corrected", "reason", "by"}
NEEDED = KEYS - {"nth"}
FIGURES = {"value", "value_high"}
_STEP = Decimal("1e-12")


class BadCorrection(ValueError):
    """A corrections file that cannot be understood; the message names the file and what to mend."""


def current_claims(lake: Lake) -> pl.LazyFrame:
    """Claims of the current extraction of each document, corrections applied."""
    extracted = lake.read(Claims).join(lake.read(Extractions).select("extraction_key"), on="extraction_key", how="semi")
    corrected = lake.read(CorrectedClaims)
    return pl.concat([extracted.join(corrected, on=["extraction_key", "claim_id"], how="anti"), corrected])


def correct(raw: Path, lake: Lake, progress: Callable[[str], None]) -> dict[str, int]:
    """Write `corrections` and `corrected_claims`; the number applied and stale. BadCorrection where a file cannot be understood."""
    stated = [c for file in sorted((raw / FOLDER).glob("*.yml")) for c in _read(file)]
    claims = _claims_of(lake, {c["document"] for c in stated})
    changed: dict[str, dict[str, Any]] = {}
    for correction in stated:
        equal = [c for c in claims if correction["document"] in (c["source_path"], c["document_id"]) and c["quote"] == correction["quote"]]
        found = equal[correction["nth"] - 1] if len(equal) >= correction["nth"] else None
        correction["claim_id"] = found["claim_id"] if found else None
        correction["problem"] = _problem(correction, found)
        if found and correction["problem"] is None:
            _apply(changed.setdefault(found["claim_id"], found), correction)
    decided = _decided(raw, lake, changed)
    lake.write_state(CorrectedClaims, CorrectedClaims.frame([{k: c[k] for k in CorrectedClaims.schema()} for c in changed.values()]))
    lake.write_state(Corrections, Corrections.frame(stated + decided))
    if stated:
        progress(f"applied {sum(c['problem'] is None for c in stated)} of {len(stated)} corrections")
    return {"corrections": len(stated), "stale": sum(c["problem"] is not None for c in stated)}


def _read(file: Path) -> list[dict[str, Any]]:
    """The corrections of one file, checked."""
    try:
        listed = yaml.safe_load(file.read_text(encoding="utf-8")) or []
    except (yaml.YAMLError, UnicodeDecodeError) as e:
        raise BadCorrection(f"{FOLDER}/{file.name} is not YAML: {' '.join(str(e).split())}") from None
    if not isinstance(listed, list):
        raise BadCorrection(f"{FOLDER}/{file.name} must be a list of corrections")
    return [_checked(f"{FOLDER}/{file.name}, correction {n}", file.name, item) for n, item in enumerate(listed, 1)]


def _checked(where: str, name: str, item: object) -> dict[str, Any]:
    if not isinstance(item, dict):
        raise BadCorrection(f"{where}: must be a mapping with {', '.join(sorted(NEEDED))}")
    if missing := NEEDED - item.keys():
        raise BadCorrection(f"{where}: {', '.join(sorted(missing))} is missing")
    if unknown := item.keys() - KEYS:
        raise BadCorrection(f"{where}: {', '.join(map(str, unknown))} is not known; the keys are {', '.join(sorted(KEYS))}")
    if item["field"] not in CORRECTABLE:
        raise BadCorrection(f"{where}: field must be one of {', '.join(CORRECTABLE)}")
    nth = item.get("nth", 1)
    if not isinstance(nth, int) or nth < 1:
        raise BadCorrection(f"{where}: nth must be a whole number from 1")
    texts = {key: None if item[key] is None else str(item[key]) for key in NEEDED}
    if item["field"] in FIGURES:
        for key in ("expected", "corrected"):
            if texts[key] is not None and _figure(texts[key]) is None:
                raise BadCorrection(f"{where}: {key} must be a number, quoted")
    return {"file": name, "nth": nth} | texts


def _figure(text: str | None) -> Decimal | None:
    try:
        return None if text is None else Decimal(text)
    except InvalidOperation:
        return None


def _claims_of(lake: Lake, documents: set[str]) -> list[dict[str, Any]]:
    """Extracted claims of the documents that corrections speak of, in order of the text."""
    if not documents:
        return []
    sources = lake.read(DocumentSources, ["source_path", "document_id"]).filter(
        pl.col("source_path").is_in(documents) | pl.col("document_id").is_in(documents)
    )
    extracted = lake.read(Claims).join(lake.read(Extractions).select("extraction_key"), on="extraction_key", how="semi")
    return extracted.join(sources, on="document_id").sort("source_path", "char_start").collect().to_dicts()


def _decided(raw: Path, lake: Lake, changed: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    """Corrections of claims that people found wrong when they looked at a conflict; put into `changed`, where no file of corrections speaks of the claim."""
    events = sorted(last_words(read_events(raw)).values(), key=lambda e: (e.at, e.id))
    events = [e for e in events if e.kind == "conflict" and e.decision == "correct"]
    event_of = {claim_id: e for e in events for claim_id in e.key if claim_id not in changed}
    if not event_of:
        return []
    extracted = lake.read(Claims).join(lake.read(Extractions).select("extraction_key"), on="extraction_key", how="semi")
    documents = extracted.filter(pl.col("claim_id").is_in(event_of.keys())).select("document_id").unique()
    rows, times = [], Counter[tuple[str, str]]()
    for claim in extracted.join(documents, on="document_id", how="semi").sort("document_id", "char_start").collect().to_dicts():
        times[claim["document_id"], claim["quote"]] += 1
        event = event_of.get(claim["claim_id"])
        if event is None or event.value is None or claim["unit_base"] != event.unit or agrees(claim["value_base"], event.value):
            continue
        value = event.value * claim["value"] / claim["value_base"] if claim["value_base"] else event.value
        row = {
            "file": event.file,
            "document": claim["document_id"],
            "quote": claim["quote"],
            "nth": times[claim["document_id"], claim["quote"]],
        }
        row |= {"field": "value", "expected": f"{claim['value']:f}", "corrected": f"{value.quantize(_STEP):f}"}
        rows.append(row | {"reason": event.reason, "by": event.by, "claim_id": claim["claim_id"], "problem": None})
        changed[claim["claim_id"]] = claim
        _apply(claim, rows[-1])
    return rows


def agrees(value: Decimal, other: Decimal | None) -> bool:
    """Whether two figures are one, but for what is lost in the last decimals when units are converted."""
    return other is not None and abs(value - other) <= abs(other) * Decimal("1e-9")


def _problem(correction: dict[str, Any], claim: dict[str, Any] | None) -> str | None:
    """Why a correction does not apply; None where it does."""
    if claim is None:
        return "no such claim: the document is not here, or does not state the quote"
    now = claim[correction["field"]]
    if correction["field"] in FIGURES:
        holds = now == _figure(correction["expected"])
    else:
        holds = now == correction["expected"]
    return None if holds else f"expected {correction['expected']}, but the field now holds {now}"


def _apply(claim: dict[str, Any], correction: dict[str, Any]) -> None:
    """Change the field, and what follows from it."""
    field = correction["field"]
    claim[field] = _figure(correction["corrected"]) if field in FIGURES else correction["corrected"]
    if field in ("value", "unit"):
        claim["value_base"], claim["unit_base"] = units.base(claim["value"], claim["unit"])
    if field == "period":
        start, end = isoperiods.bounds(claim["period"]) if claim["period"] else (None, None)
        claim["period_start"], claim["period_end"] = start, end
    claim["rules"] = f"{claim['rules']} corrected:{field}"
