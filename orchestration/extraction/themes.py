"""Themes: what a figure is about, by the weight of the words around it."""

from __future__ import annotations

import re
from functools import lru_cache

from orchestration.extraction.words import alternation, load

_THEMES = load("themes")
_OF: dict[str, str] = {}
for _theme, _list in _THEMES.items():
    for _word in _list:
        _OF.setdefault(_word, _theme)
_PATTERN = re.compile(alternation(_OF))
_ORDER = ("economy", "livelihood", "urban_renewal", "governance")


@lru_cache(maxsize=65536)
def by_words(text: str) -> str | None:
    """The theme whose words weigh most in `text` (the square of their length; the last word, the head, counts double); null without any."""
    weights: dict[str, int] = {}
    last = ""
    for m in _PATTERN.finditer(text):
        last = _OF[m.group()]
        weights[last] = weights.get(last, 0) + (m.end() - m.start()) ** 2
        head = (m.end() - m.start()) ** 2
    if not weights:
        return None
    weights[last] += head
    return max(_ORDER, key=lambda theme: weights.get(theme, 0))
