"""How the tests of facts read their golden cases and the reference rows."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from orchestration.extraction.facts import Facts, find_facts
from orchestration.extraction.layout import parse
from orchestration.extraction.model import Claim, Context
from orchestration.lexicon import read_yaml

GOLDEN = Path(__file__).resolve().parents[1] / "golden" / "facts"


def cases(kind: str) -> list[dict[str, Any]]:
    """The golden cases of `kind`: `text` and what is expected of it."""
    return read_yaml(GOLDEN / f"{kind}.yml")


def facts_of(text: str, genre: str = "work_report") -> Facts:
    """The facts of a document of `genre`, said in January 2023, that consists of `text`; every quote is checked against its span."""
    found = find_facts(parse(text), Context(published_on=date(2023, 1, 9), genre=genre, report_year=2022), [])
    for fact in (fact for facts in found for fact in facts):
        assert fact.quote == text[fact.char_start : fact.char_end]
    return found


def a_growth(text: str, quote: str, subject: str) -> Claim:
    """A claim as the figures' finder would hand it on."""
    fields: dict[str, Any] = dict.fromkeys(("value", "value_base"), Decimal(6)) | dict.fromkeys(("unit", "unit_base"), "%")
    fields |= dict.fromkeys(("value_high", "vintage", "price_basis", "scope", "section"))
    fields |= {"char_start": text.index(quote), "char_end": text.index(quote) + len(quote), "sentence_start": 0, "sentence_end": len(text)}
    fields |= {"period": "2022", "period_start": date(2022, 1, 1), "period_end": date(2022, 12, 31)}
    fields |= {"comparator": "eq", "measure": "growth", "status": "actual", "theme": "livelihood"}
    return Claim(quote=quote, subject=subject, **fields)


def reference(shared: Path, kind: str) -> tuple[list[dict[str, Any]], list[Any]]:
    """The reference rows of `kind` and what is found in their article."""
    name = "jianghan-2024-01-19"
    text = (shared / "gold" / f"{name}.txt").read_text(encoding="utf-8")
    found = find_facts(parse(text), Context(published_on=date(2024, 1, 19), region_code="420103", genre="news"), [])
    rows = json.loads((shared / "gold" / f"{name}.{kind}.json").read_text(encoding="utf-8"))
    return rows, list(found[("standings", "milestones", "projects").index(kind)])


def met(rows: list[dict[str, Any]], found: list[Any], key: str) -> tuple[int, int, int]:
    """(rows found, of them with the right key, facts that meet no row), by the overlap that the reference asks for."""
    used: set[int] = set()
    right = 0
    for row in rows:
        accepted = {str(row[key]), *map(str, row.get(f"alt_{key}", []))}
        hits = [i for i, fact in enumerate(found) if i not in used and _overlap(row, fact)]
        if hits:
            best = next((i for i in hits if getattr(found[i], key) in accepted), hits[0])
            used.add(best)
            right += getattr(found[best], key) in accepted
    return len(used), right, len(found) - len(used)


def _overlap(row: dict[str, Any], fact: Any) -> bool:
    shared = min(row["end"], fact.char_end) - max(row["start"], fact.char_start)
    short, long = sorted((row["end"] - row["start"], fact.char_end - fact.char_start))
    return shared > 0 and shared >= 0.6 * short and long <= 3 * short + 8
