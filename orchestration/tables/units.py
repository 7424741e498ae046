"""Units as tables state them: 亿元, 万人, 元/人, %; one at a time or several (亿元、%)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from orchestration.extraction import units
from orchestration.extraction.words import alternation
from orchestration.lexicon import load

_MAGNITUDES: dict[str, int] = load("tables_words")["magnitudes"]
_WHOLE = re.compile(f"(?P<magnitude>{alternation(_MAGNITUDES)})?(?P<unit>{alternation(units.ALL)})")
_PER = re.compile(f"(?:{alternation(_MAGNITUDES)})?{alternation(units.PER)}")
_STATED = re.compile(r"单位:(.{1,40})")
_SEPARATORS = re.compile(r"[、,;和]|及")


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit without its magnitude word, and that magnitude as a power of ten: 亿元 is 元 and 8."""

    name: str
    power: int = 0

    @property
    def base(self) -> str:
        """The base unit of this unit's kind."""
        return units.base(Decimal(0), self.name)[1]


PERCENT, PERMILLE = Unit("%"), Unit("‰")


@cache
def unit_of(text: str) -> Unit | None:
    """The unit that `text` is from end to end, or None."""
    numerator, slash, per = text.partition("/")
    if text in units.ALL:
        return Unit(text)
    match = _WHOLE.fullmatch(numerator)
    if match is None or (slash and not _PER.fullmatch(per)):
        return None
    return Unit(match["unit"] + slash + per, _MAGNITUDES[match["magnitude"]] if match["magnitude"] else 0)


def units_of(text: str) -> list[Unit]:
    """The units that `text` lists, [] where any part of it is none."""
    found = [unit_of(part) for part in _SEPARATORS.split(text.strip("()"))]
    return [u for u in found if u] if all(found) else []


def stated(text: str) -> list[Unit]:
    """The units of a line like 单位:亿元 or 本表按当年价格计算,单位:亿元、%; [] where it states none."""
    match = _STATED.search(text)
    return units_of(match[1].strip("()。.;")) if match else []
