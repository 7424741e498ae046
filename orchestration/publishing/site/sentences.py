"""A figure in its sentence: what stands before it, the figure, what stands after."""

from __future__ import annotations

from dataclasses import dataclass

ENDS = "。！？!?；;\n\r"
REACH = 160  # characters looked at on either side where no sentence is given


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Three stretches of a text that follow each other."""

    before: str
    marked: str
    after: str


def excerpt(text: str, start: int, end: int, sentence: tuple[int, int] | None = None) -> Excerpt:
    """The stretch from `start` to `end` within its sentence (given, or found by the nearest full stops)."""
    first, last = sentence or _sentence(text, start, end)
    return Excerpt(text[first:start].lstrip(), text[start:end], text[end:last].rstrip())


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    floor, ceiling = max(0, start - REACH), min(len(text), end + REACH)
    first = max((text.rfind(mark, floor, start) for mark in ENDS), default=-1)
    stops = [at for mark in ENDS if (at := text.find(mark, end, ceiling)) >= 0]
    last = min(stops) if stops else ceiling
    return (first + 1 if first >= 0 else floor), (last + (text[last : last + 1] not in "\n\r") if stops else last)
