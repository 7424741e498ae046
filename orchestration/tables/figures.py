"""A number, its column and its row → what kind of figure it is, in which unit."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from orchestration.extraction.numerals import fitting
from orchestration.extraction.units import base
from orchestration.extraction.words import alternation
from orchestration.lexicon import load
from orchestration.tables import facets
from orchestration.tables.facets import Facet
from orchestration.tables.units import PERCENT, PERMILLE, Unit

_WORDS = load("tables_words")
_SHARE = re.compile(f"{alternation(_WORDS['share'])}$")
_PERCENT_END = re.compile(f"{alternation(_WORDS['percent_ends'])}$")
_OWN_RATE = re.compile(f"{alternation([*_WORDS['permille_ends'], *_WORDS['other_rate_ends']])}$")
_PER_HEAD = re.compile(alternation(_WORDS["per_head"]))
_KIND = re.compile(f"({alternation(_WORDS['kinds'])})$")
_MONEY_END = re.compile(f"{alternation(_WORDS['money_ends'])}$")
_NO_MONEY_END = re.compile(f"{alternation(_WORDS['no_money_ends'])}$")
_MONEY = frozenset(_WORDS["money"])
IMPLAUSIBLE_PER_HEAD = 8  # nobody's share is counted in 亿元: the unit stated for the table is not meant for this column


class Unreadable(Exception):
    """A cell whose meaning the table does not settle; the message says what is missing."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What the numbers of a column and row are; `less` is taken off each number first (100 of an index that tells growth)."""

    measure: str
    unit: Unit
    less: int = 0

    def values(self, number: Decimal) -> tuple[Decimal, str, Decimal, str]:
        """(value, unit, value_base, unit_base) of a cell's number. Unreadable where DECIMAL(38,12) cannot hold it."""
        value = fitting((number - self.less).scaleb(self.unit.power))
        if value is None:
            raise Unreadable("the number is too large")
        in_base, unit_base = base(value, self.unit.name)
        return _plain(value), self.unit.name, _plain(in_base), unit_base


def kind_of(subject: str, row: Facet, column: Facet, table: Facet, stated: tuple[Unit, ...], percent: bool, period: str) -> Kind:
    """What the numbers under `column` in `row` are. `table`: what the title says of all; `stated`: units stated for the whole table.

    Unreadable where the table leaves it open.
    """
    own = PERCENT if percent else column.unit or row.unit
    if column.measure and row.measure and column.measure != row.measure:
        raise Unreadable(f"{subject}: the row says {row.measure}, the column {column.measure}")
    measure = column.measure or row.measure or (table.measure if not own or own == PERCENT else None)
    index = column.index_base or row.index_base or (table.index_base if not measure and not own else None)
    if index:
        return Kind("growth", PERCENT, 100) if facets.is_growth(index, period) else Kind("level", Unit(f"{index}=100"))
    if measure == "rank":
        return Kind("rank", Unit("位"))
    if measure == "growth" or measure == "growth_or_change":
        return _growth(subject, row, column, own, measure)
    if measure == "change":
        return Kind("change", own or _of_table(subject, stated))
    if row.unit and column.unit and row.unit != column.unit:
        raise Unreadable(f"{subject}: the row is in {row.unit.name}, the column in {column.unit.name}")
    unit = own or _of_table(subject, stated)
    if unit not in (PERCENT, PERMILLE):
        return Kind("level", unit)
    if _SHARE.search(subject):
        return Kind("share", unit)
    raise Unreadable(f"{subject}: it is not said what the percentage is of")


def _plain(value: Decimal) -> Decimal:
    """The same number without an exponent above 0."""
    return Decimal(format(value, "f"))


def _growth(subject: str, row: Facet, column: Facet, own: Unit | None, measure: str) -> Kind:
    if column.measure and row.unit in (PERCENT, PERMILLE):
        raise Unreadable(f"{subject}: of a rate, growth may be in per cent or in points")
    if column.measure:
        own = column.unit  # the row's unit is that of the level
    if own is None and measure == "growth_or_change":
        raise Unreadable(f"{subject}: it is not said whether the difference or its rate is meant")
    return Kind("growth", PERCENT) if own in (None, PERCENT) else Kind("change", own or PERCENT)


def _of_table(subject: str, stated: tuple[Unit, ...]) -> Unit:
    """The unit of a level that neither row nor column states: that of the table, if it suits the thing measured."""
    if _OWN_RATE.search(subject):
        raise Unreadable(f"{subject}: the unit of this rate is not stated")
    if _PERCENT_END.search(subject):
        return PERCENT
    plain = [u for u in stated if u not in (PERCENT, PERMILLE)] or list(stated)
    if len(plain) != 1:
        raise Unreadable(f"{subject}: " + ("several units are stated for the table" if plain else "no unit is stated"))
    unit = plain[0]
    if _PER_HEAD.search(subject) and unit.name in _MONEY and unit.power:
        if unit.power < IMPLAUSIBLE_PER_HEAD:
            raise Unreadable(f"{subject}: the table's unit may not be meant for a figure per head")
        return Unit(unit.name)
    kind = _KIND.search(subject)
    is_money = unit.base.partition("/")[0] in _MONEY
    if (
        (kind and unit.base not in _WORDS["kinds"][kind[1]])
        or (is_money and _NO_MONEY_END.search(subject))
        or (not is_money and _MONEY_END.search(subject))
    ):
        raise Unreadable(f"{subject}: it is not counted in {unit.name}")
    return unit
