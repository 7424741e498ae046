"""How alike two subjects are: weighted overlap of character pairs, rare pairs weighing more.

The weights are inverse document frequencies (Spärck Jones 1972) over the names of the catalogue, so that they do not depend on which
documents there are: a link must not change when a later document arrives.
"""

from __future__ import annotations

import csv
import math
import re
from collections import Counter
from functools import cache, lru_cache

from orchestration.catalogue.naming import fold, normal
from orchestration.extraction.words import alternation
from orchestration.ledger.model import Said
from orchestration.lexicon import load
from orchestration.settings import SEEDS

_WORDS = load("ledger_words")
RULES = load("ledger_rules")
_SAME = re.compile(alternation(_WORDS["same"]))
_CUTS = re.compile(rf"(?:{alternation(_WORDS['cuts'])}|{alternation(_WORDS['joints'])}|{alternation(_WORDS['each'])}|[^\w.+%]|[0-9①-⑳]+)")


@lru_cache(maxsize=65536)
def standard(subject: str) -> str:
    """A subject in standard words, by which two uncoded subjects are the same."""
    return fold(_SAME.sub(lambda m: _WORDS["same"][m[0]], normal(subject.lstrip("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳、和及与"))))


@lru_cache(maxsize=65536)
def pairs(text: str) -> frozenset[str]:
    """The pairs of neighbouring characters of `text` in standard words, none across a word without a meaning of its own."""
    said = _SAME.sub(lambda m: _WORDS["same"][m[0]], text)
    pieces = (fold(normal(piece)) for piece in _CUTS.split(said))
    return frozenset(piece[i : i + 2] for piece in pieces for i in range(len(piece) - 1))


@cache
def _weights() -> tuple[dict[str, float], float]:
    with (SEEDS / "indicator.csv").open(encoding="utf-8", newline="") as file:
        indicators = [frozenset().union(*map(pairs, [row["name_zh"], *row["aliases"].split("|")])) for row in csv.DictReader(file)]
    counts = Counter(pair for found in indicators for pair in found)
    most = math.log(1 + len(indicators))
    return {pair: most - math.log(1 + n) for pair, n in counts.items()}, most


@lru_cache(maxsize=65536)
def _weight(found: frozenset[str]) -> float:
    weights, most = _weights()
    return sum(weights.get(pair, most) for pair in sorted(found))


def substance(said: Said) -> float:
    """What a subject's own words weigh: a word that half of the catalogue has in its names tells no figure from another."""
    return _weight(pairs(said.subject))


def likeness(target: Said, result: Said) -> float:
    """From 0 to 1: the geometric mean of how much of each subject's weight the other's subject and clause hold; less where the head nouns differ."""
    t, r = pairs(target.subject), pairs(result.subject)
    if t.isdisjoint(r):
        return 0.0
    held = math.sqrt(_held(t, r | _around(result)) * _held(r, t | _around(target)))
    one_head = _head(target.subject) in r or _head(result.subject) in t
    return held if one_head else held * RULES["other_head"]


def _around(said: Said) -> frozenset[str]:
    """The pairs of the clause; none where figures are shared out: the words around one are those of the others too."""
    return frozenset() if "distributed" in said.rules else pairs(said.near) | pairs(said.after)


@lru_cache(maxsize=65536)
def _head(subject: str) -> str:
    """The last pair of a subject: of its head noun."""
    pieces = [piece for piece in map(normal, _CUTS.split(subject)) if len(piece) > 1]
    return fold(pieces[-1])[-2:] if pieces else ""


def _held(mine: frozenset[str], theirs: frozenset[str]) -> float:
    whole = _weight(mine)
    return _weight(mine & theirs) / whole if whole else 0.0
