"""Themes: what a figure is about, by the weight of the words around it."""

from __future__ import annotations

import re
from functools import lru_cache

from orchestration.extraction.words import alternation
from orchestration.lexicon import load

_THEMES = load("themes")
_WEAK = frozenset(_THEMES["weak"])
_ORDER = ("economy", "livelihood", "urban_renewal", "governance")
_OF: dict[str, str] = {}
for _theme in ("livelihood", "urban_renewal", "governance", "economy"):
    for _word in _THEMES[_theme]:
        _OF.setdefault(_word, _theme)
_PATTERN = re.compile(alternation(_OF))


@lru_cache(maxsize=65536)
def weighed(text: str) -> tuple[str | None, bool]:
    """(theme, whether any of its words is more than weak) of `text`: the square of the words' length counts, the last word, the head, double."""
    weights: dict[str, int] = {}
    strong: dict[str, bool] = {}
    last, head = "", 0
    for m in _PATTERN.finditer(text):
        last, head = _OF[m.group()], (m.end() - m.start()) ** 2
        weights[last] = weights.get(last, 0) + head
        strong[last] = strong.get(last, False) or m.group() not in _WEAK
    if not weights:
        return None, False
    weights[last] += head
    theme = max(_ORDER, key=lambda name: weights.get(name, 0))
    return theme, strong[theme]


def by_words(text: str) -> str | None:
    """The theme whose words weigh most in `text`; null without any."""
    return weighed(text)[0]
