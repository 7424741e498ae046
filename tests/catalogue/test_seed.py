"""The seeds themselves: every line complete, every name for one indicator only."""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from decimal import Decimal

from orchestration.catalogue.fitting import KINDS, base
from orchestration.catalogue.naming import fold, normal
from orchestration.contracts import words
from orchestration.lexicon import load
from orchestration.settings import SEEDS

MEASURES = frozenset(words.MEASURES)


def rows(name: str) -> list[dict[str, str]]:
    with (SEEDS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


INDICATORS = rows("indicator.csv")
TOPICS = rows("topic.csv")


def units(row: dict[str, str]) -> frozenset[str]:
    return frozenset(unit for kind in row["unit_kind"].split("|") for unit in KINDS[kind]["units"])


def test_there_are_enough_indicators_of_every_theme() -> None:
    assert len(INDICATORS) >= 400
    assert set(Counter(row["theme"] for row in INDICATORS)) == set(words.THEMES)


def test_codes_and_names_are_unique_and_readable() -> None:
    for field in ("indicator_code", "name_zh", "name_en"):
        repeated = [value for value, count in Counter(row[field] for row in INDICATORS).items() if count > 1]
        assert not repeated, field
    odd = [row["indicator_code"] for row in INDICATORS if not re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", row["indicator_code"])]
    assert not odd


def test_lines_are_complete_and_consistent() -> None:
    odd = []
    for row in INDICATORS:
        complete = all(row[field] for field in ("name_zh", "name_en", "definition", "unit_kind"))
        unit = row["unit"] in units(row) and base(row["unit"]) == row["unit"]
        low, high = row["plausible_low"], row["plausible_high"]
        ordered = not (low and high) or Decimal(low) < Decimal(high)
        if not (complete and unit and ordered and row["direction"] in ("higher", "lower", "none")):
            odd.append(row)
    assert not odd


def test_units_of_kinds_are_base_units() -> None:
    odd = {kind: [u for u in of["units"] if base(u) != u] for kind, of in KINDS.items()}
    assert not {kind: wrong for kind, wrong in odd.items() if wrong}


def test_every_kind_of_unit_is_used() -> None:
    assert set(KINDS) == {kind for row in INDICATORS for kind in row["unit_kind"].split("|")}


def test_a_name_is_for_one_indicator_of_a_unit() -> None:
    owners: dict[tuple[str, str], list[tuple[str, frozenset[str]]]] = defaultdict(list)
    for row in INDICATORS:
        for alias in {row["name_zh"], *filter(None, row["aliases"].split("|"))}:
            name, _, measure = alias.partition("@")
            assert not measure or measure in MEASURES, alias
            key = (fold(normal(name)), measure)
            if not any(code == row["indicator_code"] for code, _ in owners[key]):
                owners[key].append((row["indicator_code"], units(row)))
    clashes = [
        (key, a, b) for key, of in owners.items() for i, (a, units_a) in enumerate(of) for b, units_b in of[i + 1 :] if units_a & units_b
    ]
    assert not clashes


def test_no_alias_stands_twice_in_a_line() -> None:
    twice = [(row["indicator_code"], a) for row in INDICATORS for a, n in Counter(row["aliases"].split("|")).items() if n > 1]
    assert not twice


def test_topics_of_indicators_and_of_words_are_those_listed() -> None:
    listed = {(row["theme"], row["topic"]) for row in TOPICS}
    assert len({row["topic"] for row in TOPICS}) == len(TOPICS)
    assert {(row["theme"], row["topic"]) for row in INDICATORS} == listed
    assert {(theme, topic) for theme, topics in load("catalogue_topics").items() for topic in topics} == listed
    assert {(theme, topic) for theme, topics in load("catalogue_faint").items() for topic in topics} <= listed
