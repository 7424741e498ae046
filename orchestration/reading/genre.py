"""Which kind of document: told by its title, else by what the page's column is called, else by its first lines."""

from __future__ import annotations

import re

from orchestration.lexicon import load
from orchestration.reading.words import any_of

WORDS = load("reading_genres")
TITLES = {g: (re.compile(any_of(w["title"])), re.compile(any_of(w["not"])) if "not" in w else None) for g, w in WORDS["genres"].items()}
OPENINGS = {g: re.compile(any_of(w)) for g, w in WORDS["opening"].items()}
COLUMNS = {g: re.compile(any_of(w)) for g, w in WORDS["columns"].items()}
OPENING = 1200  # characters


def by_title(title: str) -> str | None:
    """The genre that a title (normalised) names."""
    plain = title.replace(" ", "")
    for genre, (pattern, other) in TITLES.items():
        if pattern.fullmatch(plain) and not (other and other.search(plain)):
            return genre
    return None


def by_opening(text: str) -> str | None:
    """The genre that the first lines of a text (normalised) betray."""
    return next((genre for genre, pattern in OPENINGS.items() if pattern.search(text[:OPENING])), None)


def by_column(column: str) -> str | None:
    """The genre that the column of a site stands for."""
    return next((genre for genre, pattern in COLUMNS.items() if pattern.search(column)), None)
