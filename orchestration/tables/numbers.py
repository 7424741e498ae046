"""The number that a cell of a table holds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from orchestration.lexicon import load
from orchestration.reading.model import Cell
from orchestration.reading.sheets import parse_number
from orchestration.tables import labels

_WORDS = load("tables_words")
_BLANKS = frozenset(_WORDS["blanks"])
_NOTED = re.compile(r"([^()]{1,40})\(([^()]{1,20})\)")
STATUS: dict[str, str] = {word: status for status, words in _WORDS["status"].items() for word in words}
"""Words for estimates and targets → estimate, target."""


@dataclass(frozen=True, slots=True)
class Number:
    """What a cell holds: a number, whether it carries its own %, and estimate or target where the cell says so."""

    value: Decimal
    percent: bool = False
    status: str | None = None


def is_blank(cell: Cell) -> bool:
    """Whether the cell is empty or marked as one without a figure (—, …)."""
    return cell.number is None and "".join(labels.unmarked(cell.text).split()) in _BLANKS


def number_of(cell: Cell) -> Number | None:
    """The number in a cell: 12.5 · 12.5① · 6.5% · 1720(预计). None for a blank and for other text."""
    text = labels.unmarked(cell.text)
    number = parse_number(text) if cell.number is None else cell.number
    if number is not None:
        return Number(number, text.endswith(("%", "％")))
    noted = _NOTED.fullmatch(labels.clean(text))
    if noted and noted[2] in STATUS and (number := parse_number(noted[1])) is not None:
        return Number(number, noted[1].endswith("%"), STATUS[noted[2]])
    return None
