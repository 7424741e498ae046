"""What the catalogue holds and answers."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Indicator:
    """One line of the seed `indicator.csv`, as far as matching needs it.

    `units` are the base units that a level may have; `is_rate`: a percentage is the level itself, so that no growth in per cent fits.
    `aliases` are its names, each with the measure that it is for (empty: any).
    """

    code: str
    name: str
    theme: str
    topic: str
    units: frozenset[str]
    is_rate: bool
    aliases: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Match:
    """The code found for a subject; `score` from 0 to 1; `how` is `exact`, `folded` (other words for the same) or `stripped` (words left out)."""

    indicator_code: str
    score: float
    how: str
