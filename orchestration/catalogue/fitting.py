"""Whether a figure can be one of an indicator: its unit and its measure must fit."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import Any

from orchestration.catalogue.model import Indicator
from orchestration.extraction import units
from orchestration.lexicon import load

KINDS: dict[str, dict[str, Any]] = load("catalogue_units")
_POINTS = frozenset({"个百分点", "个千分点", "个基点"})
_PER_CENT = frozenset({"%", "‰"})
_TIMES = frozenset({"倍", "番"})


@cache
def base(unit: str) -> str:
    """The base unit of a unit: 亩 → 平方米."""
    return units.base(Decimal(1), unit)[1]


def fits(indicator: Indicator, unit: str | None, measure: str | None) -> bool:
    """Whether a figure in `unit` (as written or base; None: unknown) of the kind `measure` can be one of `indicator`."""
    if measure == "rank" or unit is None:
        return True
    stated = base(unit)
    if measure in ("level", "share"):
        return stated in indicator.units
    if measure == "growth":
        return stated in _PER_CENT and not indicator.is_rate
    if measure == "multiple":
        return stated in _TIMES and not indicator.is_rate
    if measure == "change":
        return stated in _POINTS or stated in indicator.units
    return stated in indicator.units or stated in _PER_CENT or stated in _POINTS or stated in _TIMES
