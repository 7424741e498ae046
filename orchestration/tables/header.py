"""The columns of a table: which hold labels and which figures, and the labels stacked above each."""

from __future__ import annotations

from dataclasses import dataclass, field

from orchestration.lexicon import load
from orchestration.tables import labels, periods, units
from orchestration.tables.grid import Block, Grid
from orchestration.tables.units import Unit

_ROLE = {word: role for role, words in load("tables_words")["stub"].items() for word in words}
STUBS = ("region", "subject", "label", "period", "unit")
MOST = 0.8  # share of a column's cells that must be of one kind


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `role` is region, period, subject, label (region or subject), unit, figures or ignored; `path` its labels from the top.

    `stated` are units that stand in the header, of the column or of the label that spans it.
    """

    index: int
    role: str
    path: tuple[str, ...] = ()
    stated: tuple[Unit, ...] = ()


@dataclass(slots=True)
class _Path:
    parts: list[str] = field(default_factory=list)
    stated: list[Unit] = field(default_factory=list)
    cells: dict[int, tuple[int, int]] = field(default_factory=dict)  # header row → the cell whose label stands there for this column


def columns(grid: Grid, block: Block) -> list[Column]:
    """The columns of a block, from the left."""
    found: list[Column] = []
    stub = True
    paths: dict[int, _Path] = {}
    for c in block.columns:
        role = _role(grid, block, c, stub)
        if role == "figures":
            stub = False
            path = paths[c] = _path(grid, block, c, paths)
            parts = _chinese(path.parts)
            found.append(Column(c, role if parts else "ignored", parts, tuple(_units(path, paths))))
        else:
            found.append(Column(c, role))
    return found


def _role(grid: Grid, block: Block, c: int, stub: bool) -> str:
    head = grid.head(block, c)
    first = c == block.columns.start
    cells = [grid.cell(r, c) for r in block.body]
    filled = [cell for cell in cells if cell.text]
    named = _ROLE.get(head) or _ROLE.get(labels.brackets(head)[0])
    if not filled or named == "ignored":
        return "ignored"
    texts = [label for r in block.body if labels.has_han(label := grid.label(r, c)) and not grid.number(r, c)]
    whole = [cell for cell in filled if periods.whole(labels.clean(cell.text), year=2000)]
    if stub and len(whole) >= MOST * len(filled) and (named == "period" or first or (named is None and not texts)):
        return "period" if named == "period" or not head or first else "figures"
    if sum(grid.number(r, c) is not None for r in block.body) > len(texts):
        return "figures"
    if sum(units.unit_of(labels.clean(cell.text)) is not None for cell in filled) > MOST * len(filled):
        return "unit"
    return (named if named and named != "unit" else "label") if stub and texts else "ignored"


def _path(grid: Grid, block: Block, c: int, left: dict[int, _Path]) -> _Path:
    """The labels above column `c`: its own, and above its own those of the nearest column to the left that spans it."""
    path = _Path()
    lowest = max((r for r in block.header if grid.label(r, c) and not _only_unit(grid.label(r, c))), default=-1)
    for r in block.header:
        column = c if grid.label(r, c) else _spanning(grid, r, c, left, path) if r < lowest else None
        if column is None:
            continue
        path.cells[r] = grid.source(r, column)
        text = grid.label(r, column)
        if unit := _only_unit(text):
            path.stated.append(unit)
        elif path.parts[-1:] != [text]:
            path.parts.append(text)
    return path


def _spanning(grid: Grid, row: int, c: int, left: dict[int, _Path], path: _Path) -> int | None:
    """The column to the left whose label in `row` also stands for column `c`: the nearest, unless merged up to before `c` or under another head."""
    column = next((i for i in range(c - 1, -1, -1) if grid.cell(row, i).text), -1)
    if column not in left or not grid.label(row, column) or _only_unit(grid.label(row, column)) or grid.is_merged(row, column):
        return None
    return column if all(left[column].cells.get(r) == cell for r, cell in path.cells.items()) else None


def _chinese(parts: list[str]) -> tuple[str, ...]:
    """The labels without numbers of columns and without a Latin word (GDP) that belongs to the English half of a header."""
    chinese = any(labels.has_han(p) for p in parts)
    return tuple(p for p in parts if not (chinese and labels.is_latin(p)) and not (p.isdecimal() and len(p) < 4))


def _only_unit(text: str) -> Unit | None:
    return units.unit_of(text.strip("()")) if text else None


def _units(path: _Path, paths: dict[int, _Path]) -> list[Unit]:
    """Units stated in the column's own header, else in that of the nearest label that spans it."""
    spanning = (paths[column].stated for _, column in reversed(path.cells.values()) if column in paths)
    return path.stated or next(filter(None, spanning), [])
