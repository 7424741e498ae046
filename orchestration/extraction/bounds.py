"""Comparators: how a figure bounds the truth, from the words right before it and right behind it."""

from __future__ import annotations

import re

from orchestration.extraction.words import alternation
from orchestration.lexicon import load

_WORDS = load("comparators")
_LEADING = {word: kind for kind, words in _WORDS["leading"].items() for word in words}
_TRAILING = {word: kind for kind, words in _WORDS["trailing"].items() for word in words} | {"过": "gt", "约": "approx", "来": "approx"}
_BETWEEN = alternation([w[::-1] for w in _WORDS["between"]])
_BEFORE = re.compile(rf"[ \u200b“]{{0,2}}(?:{_BETWEEN})?(?P<word>{alternation([w[::-1] for w in _LEADING])})")
_NO_BOUND = re.compile(alternation([w[::-1] for w in load("bounds")["compounds"]]))
_FLIP = {"gt": "lt", "ge": "le", "lt": "gt", "le": "ge"}
_CONTROL = re.compile(r"控制|限制|压降|降低|降至|降到|压缩|缩短|减至|减少到|低")
_REACH = 9


def comparator(before: str, trailing: str, magnitude_only: bool = False) -> tuple[str, str]:
    """(comparator, rule) of a figure by the text before it and the bound behind it; `eq` without any."""
    kind = _TRAILING.get(trailing[-2:] if trailing[:1] in "及" else trailing)
    back = before[-_REACH:][::-1]
    m = _BEFORE.match(back)
    if m:
        word = m.group("word")[::-1]
        if not (word == "上" and not magnitude_only) and not (len(word) < 2 and _NO_BOUND.match(back, m.start("word"))):
            leading = _LEADING[word]
            if kind in ("ge", "le") and leading in ("gt", "lt", "approx", "ge"):
                return kind, "bound_behind"
            return ("gt", "bound_before") if kind == "gt" and leading == "approx" else (leading, "bound_before")
    return (kind, "bound_behind") if kind else ("eq", "")


def flipped(kind: str) -> str:
    """The comparator of the negated value."""
    return _FLIP.get(kind, kind)
