"""A sheet laid out for reading: merged cells filled, and the blocks of title, header and body that follow one another down the sheet."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from orchestration.lexicon import load
from orchestration.reading.model import Cell, Refusal, Sheet
from orchestration.tables import labels, periods, units
from orchestration.tables.numbers import Number, number_of

FIRST_YEAR, LAST_YEAR = 1949, 2100
_HEADS: dict[str, list[str]] = load("tables_words")["stub"]
_STUBS = frozenset(word for words in _HEADS.values() for word in words)
_MARKS = frozenset(_HEADS["mark"])
_OPENING = frozenset(word for role in ("region", "subject", "period") for word in _HEADS[role])
_BLANK = Cell("")


@dataclass(frozen=True, slots=True)
class Block:
    """Where one table stands: the rows of the lines above it, of its header and of its figures, and its columns."""

    above: tuple[int, ...]
    header: tuple[int, ...]
    columns: range
    body: list[int] = field(default_factory=list)


class Grid:
    """The cells of a sheet with every merged range filled from its first cell."""

    def __init__(self, sheet: Sheet) -> None:
        self.rows = sheet.rows
        self.height = len(sheet.rows)
        self.width = max((len(row) for row in sheet.rows), default=0)
        area = sum((bottom - top + 1) * (right - left + 1) for top, left, bottom, right in self._within(sheet.merged))
        if area > self.height * self.width:
            raise Refusal("unknown_layout", f"Merged ranges of the sheet {sheet.name!r} overlap; unmerge them.")
        self._source = {
            (r, c): (top, left)
            for top, left, bottom, right in self._within(sheet.merged)
            for r in range(top, bottom + 1)
            for c in range(left, right + 1)
        }
        self._labels: dict[tuple[int, int], str] = {}
        self._numbers: dict[tuple[int, int], Number | None] = {}
        self._right = {(top, left): right for top, left, _, right in sheet.merged}

    def _within(self, merged: Iterable[tuple[int, int, int, int]]) -> list[tuple[int, int, int, int]]:
        """Merged ranges cut to the sheet; those that lie outside left out."""
        cut = ((top, left, min(bottom, self.height - 1), min(right, self.width - 1)) for top, left, bottom, right in merged)
        return [(top, left, bottom, right) for top, left, bottom, right in cut if top <= bottom and left <= right]

    def source(self, row: int, column: int) -> tuple[int, int]:
        """The cell whose content shows at (row, column): itself, or the first of its merged range."""
        return self._source.get((row, column), (row, column))

    def cell(self, row: int, column: int) -> Cell:
        """The cell that shows at (row, column)."""
        r, c = self.source(row, column)
        return self.rows[r][c] if c < len(self.rows[r]) else _BLANK

    def label(self, row: int, column: int) -> str:
        """The cleaned Chinese label at (row, column); the digits of a number."""
        source = self.source(row, column)
        if source not in self._labels:
            self._labels[source] = labels.clean(self.cell(row, column).text)
        return self._labels[source]

    def number(self, row: int, column: int) -> Number | None:
        """The number that the cell at (row, column) holds."""
        source = self.source(row, column)
        if source not in self._numbers:
            self._numbers[source] = number_of(self.cell(row, column))
        return self._numbers[source]

    def is_shared(self, row: int, column: int) -> bool:
        """Whether what stands at (row, column) stands for several cells."""
        return (row, column) in self._source

    def is_merged(self, row: int, column: int) -> bool:
        """Whether (row, column) lies in a range merged across columns."""
        top, left = self.source(row, column)
        return self._right.get((top, left), left) > left

    def blocks(self, is_place: Callable[[str], bool]) -> list[Block]:
        """The tables of the sheet, from the top. `is_place` tells the name of a place from another label."""
        found: list[Block] = []
        zone: list[int] = []
        for row in range(self.height):
            if not self._has_figures(row, is_place):
                zone.append(row)
                continue
            first = next((i for i, r in enumerate(zone) if self._heads(r) and (not found or self._opens(r, found[-1]))), None)
            if first is not None or not found:
                first = len(zone) - (bool(zone) and self._names_figures(zone[-1])) if first is None else first
                found.append(Block(tuple(zone[:first]), tuple(zone[first:]), range(self.width)))
            found[-1].body.append(row)
            zone = []
        return [panel for block in found for panel in self._panels(block)]

    def head(self, block: Block, column: int) -> str:
        """The labels of a column's header run together."""
        return "".join(dict.fromkeys(label for r in block.header if (label := self.label(r, column))))

    def _panels(self, block: Block) -> list[Block]:
        """The block, or the tables that stand side by side in it, each with a stub of its own."""
        starts = [0]
        figures = False
        for column in range(self.width):
            texts = sum(labels.has_han(self.label(r, column)) and not self.number(r, column) for r in block.body)
            if figures and 2 * texts > len(block.body) and self.head(block, column) in _OPENING:
                starts.append(column)
                figures = False
            figures = figures or 2 * sum(self.number(r, column) is not None for r in block.body) > len(block.body)
        ends = [*starts[1:], self.width]
        return [replace(block, columns=range(start, end)) for start, end in zip(starts, ends, strict=True)]

    def _has_figures(self, row: int, is_place: Callable[[str], bool]) -> bool:
        """Whether the row has figures: not only years, unless a place or another thing than a stub's head stands before them."""
        first = next((c for c in range(self.width) if self.cell(row, c).text), self.width)
        numbers = [n.value for c in range(1, self.width) if (n := self.number(row, c))]
        if not numbers or self.label(row, first) in _MARKS:
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

    def _opens(self, row: int, before: Block) -> bool:
        """Whether a row below figures begins another header, and is no row that only lacks its figures: its stub is headed, or it names periods."""
        said = [label for c in range(self.width) if (label := self.label(row, c))]
        heads = {self.head(before, 0), *(self.label(r, 0) for r in before.header)} - {""}
        return said[0] in _STUBS or said[0] in heads or any(periods.whole(label) for label in said)

    def _names_figures(self, row: int) -> bool:
        """Whether the row has its only label above figures, with nothing above the stub."""
        return any(self.label(row, c) for c in range(1, self.width)) and not self.cell(row, 0).text
