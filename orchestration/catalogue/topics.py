"""Topics of subjects that have no indicator: by their words."""

from __future__ import annotations

import re
from functools import cache

from orchestration.extraction.words import alternation, load

_TOPICS: dict[str, dict[str, list[str]]] = load("catalogue_topics")


@cache
def _words(theme: str) -> tuple[re.Pattern[str], dict[str, str]]:
    topic_of: dict[str, str] = {}
    for topic, words in _TOPICS.get(theme, {}).items():
        for word in words:
            topic_of.setdefault(word, topic)
    return re.compile(alternation(topic_of)), topic_of


def topic_for(subject: str, theme: str) -> str | None:
    """The topic within `theme` whose words weigh most in `subject` (the square of their length; the last word counts double); None without any."""
    pattern, topic_of = _words(theme)
    weights: dict[str, int] = {}
    found = list(pattern.finditer(subject))
    for match in found:
        topic = topic_of[match[0]]
        weights[topic] = weights.get(topic, 0) + len(match[0]) ** 2 * (2 if match is found[-1] else 1)
    return max(weights, key=lambda t: weights[t], default=None)
