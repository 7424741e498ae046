"""Topics of subjects that have no indicator: by their words, and where those tell nothing, by the words around them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from orchestration.extraction.words import alternation
from orchestration.lexicon import load

_TOPICS: dict[str, dict[str, list[str]]] = load("catalogue_topics")
_FAINT: dict[str, dict[str, list[str]]] = load("catalogue_faint")
_CLAUSE_END = re.compile("[，。；：！？,;!?\n]")
_SENTENCE_END = re.compile("[。！？!?\n]")
REACH = 200  # characters that are looked at on either side of a figure


@cache
def _words(theme: str, faint: bool) -> tuple[re.Pattern[str], dict[str, str]]:
    topic_of: dict[str, str] = {}
    for topic, words in (_FAINT if faint else _TOPICS).get(theme, {}).items():
        for word in words:
            topic_of.setdefault(word, topic)
    return re.compile(alternation(topic_of)), topic_of


@lru_cache(maxsize=65536)
def topic_for(subject: str, theme: str, faint: bool = False) -> str | None:
    """The topic within `theme` whose words weigh most in `subject` (the square of their length; the last word counts double); None without any.

    `faint`: by words too common to tell one where any other does.
    """
    pattern, topic_of = _words(theme, faint)
    weights: dict[str, int] = {}
    found = list(pattern.finditer(subject))
    for match in found:
        topic = topic_of[match[0]]
        weights[topic] = weights.get(topic, 0) + len(match[0]) ** 2 * (2 if match is found[-1] else 1)
    return max(weights, key=lambda t: weights[t], default=None)


def topic_at(text: str, start: int, end: int, theme: str, headings: str | None = None) -> str | None:
    """The topic within `theme` that the words around `text[start:end]` tell: of its clause, else of the headings above it, else of its sentence;
    failing all, their faint words.
    """
    around = [*_around(text, start, end, headings or "")]
    return next(filter(None, (topic_for(words, theme, faint) for faint in (False, True) for words in around)), None)


def _around(text: str, start: int, end: int, headings: str) -> Iterator[str]:
    yield _within(text, start, end, _CLAUSE_END)
    yield from reversed(headings.split(" › "))
    yield _within(text, start, end, _SENTENCE_END)


def _within(text: str, start: int, end: int, stop: re.Pattern[str]) -> str:
    """The part of `text` around `start` and `end` that no `stop` parts from it."""
    opening = max(0, start - REACH)
    for found in stop.finditer(text, opening, start):
        opening = found.end()
    closing = stop.search(text, end, end + REACH)
    return text[opening : closing.start() if closing else end + REACH]
