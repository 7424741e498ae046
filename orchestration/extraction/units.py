"""Units: what stands after a numeral, and the base unit in which figures are matched."""

from __future__ import annotations

from decimal import Decimal, localcontext
from fractions import Fraction

from orchestration.extraction.numerals import fitting
from orchestration.lexicon import load

_UNITS = load("units")
MEASURES: frozenset[str] = frozenset(_UNITS["measures"])
DURATIONS: frozenset[str] = frozenset(_UNITS["durations"])
PEOPLE: frozenset[str] = frozenset(_UNITS["people"])
CLASSIFIERS: frozenset[str] = frozenset(_UNITS["classifiers"])
NAMING: frozenset[str] = frozenset(_UNITS["naming"])
SELDOM: frozenset[str] = frozenset(_UNITS["seldom"])
COUNTED: frozenset[str] = frozenset(_UNITS["counted"])
SOFT: frozenset[str] = frozenset(_UNITS["soft"])
PER: tuple[str, ...] = tuple(_UNITS["per"])
ALL: tuple[str, ...] = tuple(sorted(MEASURES | DURATIONS | PEOPLE | CLASSIFIERS))
_BASES: dict[str, tuple[str, Fraction]] = {
    unit: (base, Fraction(str(factor))) for kind in ("measures", "durations", "people") for unit, (base, factor) in _UNITS[kind].items()
}


def base(value: Decimal, unit: str) -> tuple[Decimal, str]:
    """(value, unit) in the unit's base unit: exact, or rounded to twelve decimals where the factor is no decimal (亩)."""
    head, slash, per = unit.partition("/")
    known = _BASES.get(unit) or _BASES.get(head)
    if known is None:
        return value, unit
    name, factor = known
    if unit not in _BASES and slash:
        name = f"{name}/{per}"
    if factor == 1:
        return value, name
    with localcontext() as context:
        context.prec = 60
        converted = value * factor.numerator / factor.denominator
    return fitting(converted.normalize() + 0) or Decimal(0), name
