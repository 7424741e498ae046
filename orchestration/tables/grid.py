"""A sheet laid out for reading: merged cells filled, and the blocks of title, header and body that follow one another down the sheet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

from orchestration.extraction.words import load
from orchestration.reading.model import Cell, Sheet
from orchestration.tables import labels, units
from orchestration.tables.numbers import Number, number_of

FIRST_YEAR, LAST_YEAR = 1949, 2100
_STUBS = frozenset(word for words in load("tables_words")["stub"].values() for word in words)
_BLANK = Cell("")


@dataclass(frozen=True, slots=True)
class Block:
    """Row numbers of one table: lines above it, its header, and its rows of figures."""

    above: tuple[int, ...]
    header: tuple[int, ...]
    body: list[int] = field(default_factory=list)


class Grid:
    """The cells of a sheet with every merged range filled from its first cell."""

    def __init__(self, sheet: Sheet) -> None:
        self.rows = sheet.rows
        self.height = len(sheet.rows)
        self.width = max((len(row) for row in sheet.rows), default=0)
        self._source = {
            (r, c): (top, left)
            for top, left, bottom, right in sheet.merged
            for r in range(top, min(bottom + 1, self.height))
            for c in range(left, min(right + 1, self.width))
        }
        self._right = {(top, left): right for top, left, _, right in sheet.merged}

    def source(self, row: int, column: int) -> tuple[int, int]:
        """The cell whose content shows at (row, column): itself, or the first of its merged range."""
        return self._source.get((row, column), (row, column))

    def cell(self, row: int, column: int) -> Cell:
        """The cell that shows at (row, column)."""
        r, c = self.source(row, column)
        return self.rows[r][c] if c < len(self.rows[r]) else _BLANK

    def label(self, row: int, column: int) -> str:
        """The cleaned Chinese label at (row, column); the digits of a number."""
        return self._labels[self.source(row, column)]

    def number(self, row: int, column: int) -> Number | None:
        """The number that the cell at (row, column) holds."""
        return number_of(self.cell(row, column))

    def is_merged(self, row: int, column: int) -> bool:
        """Whether (row, column) lies in a range merged across columns."""
        top, left = self.source(row, column)
        return self._right.get((top, left), left) > left

    @cached_property
    def _labels(self) -> dict[tuple[int, int], str]:
        shown = {self.source(r, c) for r in range(self.height) for c in range(self.width)}
        return {(r, c): labels.clean(self.rows[r][c].text) if c < len(self.rows[r]) else "" for r, c in shown}

    def blocks(self, is_place: Callable[[str], bool]) -> list[Block]:
        """The tables of the sheet, from the top. `is_place` tells the name of a place from another label."""
        found: list[Block] = []
        zone: list[int] = []
        for row in range(self.height):
            if not self._has_figures(row, is_place):
                zone.append(row)
                continue
            first = next((i for i, r in enumerate(zone) if self._heads(r)), None)
            if first is not None or not found:
                first = len(zone) - (bool(zone) and self._names_figures(zone[-1])) if first is None else first
                found.append(Block(tuple(zone[:first]), tuple(zone[first:])))
            found[-1].body.append(row)
            zone = []
        return found

    def _has_figures(self, row: int, is_place: Callable[[str], bool]) -> bool:
        """Whether the row has a label and figures: not only years, unless a place or another thing than a stub's head stands before them."""
        first = next((c for c in range(self.width) if self.cell(row, c).text), self.width)
        numbers = [n.value for c in range(first + 1, self.width) if (n := self.number(row, c))]
        if not numbers:
            return False
        if not all(n == int(n) and FIRST_YEAR <= n <= LAST_YEAR for n in numbers):
            return True
        label = labels.name(self.label(row, first))
        return is_place(label) or (label not in _STUBS and labels.has_han(label) and "年" not in label)

    def _heads(self, row: int) -> bool:
        """Whether the row belongs to a header: labels of several columns, or one merged across some of them."""
        said = {self.source(row, c) for c in range(self.width) if (label := self.label(row, c)) and not units.stated(label)}
        own = [column for top, column in said if top == row]
        return len(own) > 1 or any(column > 0 and self.is_merged(row, column) for column in own)

    def _names_figures(self, row: int) -> bool:
        """Whether the row has its only label above figures, with nothing above the stub."""
        return any(self.label(row, c) for c in range(1, self.width)) and not self.cell(row, 0).text
