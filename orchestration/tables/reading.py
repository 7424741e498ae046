"""A sheet of statistics → observations. What is not understood is left out and named; nothing is guessed.

The layouts: places, periods or indicators down the side, any of the others across the top, stacked or merged, several blocks on a sheet.
Each label above a column and before a row is asked for what it says (facets.py); what neither says is taken from the title, then from the
document. Rows of areas that have no code (economic belts, development zones) are left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from orchestration.reading.model import Document, Sheet
from orchestration.regions import RegionIndex
from orchestration.tables import facets, figures, labels, numbers, periods, title, units
from orchestration.tables.facets import Facet
from orchestration.tables.figures import Unreadable
from orchestration.tables.grid import Block, Grid
from orchestration.tables.model import Observation
from orchestration.tables.table import Table, table_of
from orchestration.tables.title import Title


@dataclass(slots=True)
class Reading:
    """The observations of a sheet, in order of its cells, and what was left out, each with the reason."""

    observations: list[Observation] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)


def read(sheet: Sheet, document: Document, regions: RegionIndex) -> Reading:
    """All figures of the sheet that can be told with certainty."""
    grid = Grid(sheet)
    reading = Reading()
    before: Title | None = None
    for block in grid.blocks(lambda label: regions.by_name(label) is not None):
        before = title.of_block(grid, block, before)
        table = table_of(grid, block, before, sheet.name, document, regions)
        problems = ((index, c.problem) for index, c in table.columns.items() if c.problem)
        reading.skipped += (f"column {_letters(index)}: {problem}" for index, problem in problems)
        for row, facet in _row_facets(grid, block, table):
            _observe(grid, sheet, table, row, facet, reading)
    _drop_contradictions(reading)
    return reading


def _row_facets(grid: Grid, block: Block, table: Table) -> Iterator[tuple[int, Facet]]:
    """What the stub says of each row of figures.

    A row that only names a kind of figure (增长) goes with the thing measured above it; a name that only completes another one (利润总额)
    with the heading above it.
    """
    near: str | None = None
    subject = heading = ""
    body = set(block.body)
    for row in (*block.header, *range(block.body[0], block.body[-1] + 1)):
        parts = [labels.name(grid.label(row, c.index)) for c in table.stubs if c.role in ("subject", "label")]
        if row not in body:
            alone = sum(bool(grid.cell(row, c).text) for c in block.columns) == 1
            heading = "".join(parts) if alone else heading
            continue
        facet = facets.read(parts, lambda _: None, table.year, table.product)
        if parts and not any(parts):
            facet = Facet(problem="the row has no label")
        elif parts:
            subject = heading + facet.subject if facets.is_head(facet.subject) else facet.subject or subject
            facet = replace(facet, subject=subject)
        facet = _with_stub(grid, table, row, facet)
        if table.place_column is not None:
            label = labels.name(grid.label(row, table.place_column))
            code = table.places.code(label, near)
            near = code if code and table.places.regions.level(code) == "prefecture" else near
            facet = replace(facet, region=code, problem=facet.problem or (None if code else f"“{label}” is no place with a code"))
        yield row, facet


def _with_stub(grid: Grid, table: Table, row: int, facet: Facet) -> Facet:
    """`facet` with the unit and the period that stand in columns of their own."""
    for column in table.stubs:
        label = grid.label(row, column.index)
        if column.role == "unit":
            facet = replace(facet, unit=units.unit_of(label) or facet.unit)
        elif column.role == "period" and label:
            period = periods.whole(label, table.year)
            facet = replace(facet, period=period, problem=facet.problem or (None if period else f"“{label}” is no period"))
    return facet


def _observe(grid: Grid, sheet: Sheet, table: Table, row: int, facet: Facet, reading: Reading) -> None:
    """The observations of one row."""
    for index, column in table.columns.items():
        if column.problem or grid.source(row, index) != (row, index):
            continue
        cell = grid.cell(row, index)
        if numbers.is_blank(cell):
            continue
        address = f"{_letters(index)}{row + 1}"
        try:
            number = grid.number(row, index)
            if grid.is_shared(row, index):
                raise Unreadable("the figure stands for several cells at once")
            if number is None:
                raise Unreadable(f"“{cell.text[:20]}” is no number")
            if facet.problem:
                raise Unreadable(facet.problem)
            region = _region(table, facet, column)
            subject = _subject(facet.subject, column.subject, table.facet.subject)
            period = _period(table, facet, column)
            kind = figures.kind_of(subject, facet, column, table.facet, table.units, number.percent, period)
            value, unit, value_base, unit_base = kind.values(number.value)
            status = number.status or column.status or facet.status or table.status or "actual"
        except Unreadable as e:
            reading.skipped.append(f"{address}: {e}")
            continue
        reading.observations.append(
            Observation(sheet.name, address, cell.text, region, subject, period, kind.measure, status, value, unit, value_base, unit_base)
        )


def _region(table: Table, row: Facet, column: Facet) -> str:
    if row.region and column.region:
        raise Unreadable("both the row and the column name a place")
    region = row.region or column.region or (table.places.host if table.places.sure else None)
    if region is None:
        raise Unreadable("the table does not say which place it is about; give region_code in a sidecar")
    return region


def _subject(row: str, column: str, title: str) -> str:
    """The thing measured, as row and column name it, else the title."""
    if row and column:
        if facets.is_head(column):
            return row if row.endswith(column) else row + column
        raise Unreadable(f"row ({row}) and column ({column}) name two things measured")
    if subject := row or column or title:
        return subject
    raise Unreadable("neither the header nor the title names what is measured")


def _period(table: Table, row: Facet, column: Facet) -> str:
    """The period of a cell. A rate of growth beside several years is that of the latest of them."""
    if row.period and column.period and row.period != column.period:
        raise Unreadable(f"the row says {row.period}, the column {column.period}")
    comparing = bool(column.measure or column.index_base)
    period = row.period or column.period
    if period is None and table.column_periods:
        if comparing:
            period = max(table.column_periods)
        elif not column.part and {p[:4] for p in table.column_periods} != {(table.period or "")[:4]}:
            raise Unreadable("other columns name their period, this one does not")
    period = period or table.period
    if period is None:
        raise Unreadable("the table does not say which period it is about; give report_year in a sidecar")
    part = column.part or (_part_of_growth(table) if comparing else None)
    iso = period if part is None else periods.PARTS[part](period)
    if iso is None:
        raise Unreadable(f"the month that the column means cannot be told from {period}")
    return iso


def _part_of_growth(table: Table) -> str | None:
    """The part of the period that a rate of growth without its own is about: that of the figures beside it."""
    parts = {c.part for c in table.columns.values() if c.part in ("to_date", "this_month") and not c.measure}
    if len(parts) > 1:
        raise Unreadable("it is not said whether the growth is of the month or of the months so far")
    return next(iter(parts), None)


def _drop_contradictions(reading: Reading) -> None:
    """Leave out figures of one place, thing, period and kind that differ: something that tells them apart was not understood."""
    cells: dict[tuple[str, ...], list[Observation]] = defaultdict(list)
    for o in reading.observations:
        cells[o.region_code, o.subject, o.period, o.measure, o.unit_base, o.status].append(o)
    apart = [same for same in cells.values() if len({o.value_base for o in same}) > 1]
    dropped = {o.cell for same in apart for o in same}
    reading.observations = [o for o in reading.observations if o.cell not in dropped]
    reading.skipped += (f"{', '.join(o.cell for o in same)}: different figures of the same thing ({same[0].subject})" for same in apart)


def _letters(column: int) -> str:
    """A1 notation: 0 → A, 26 → AA."""
    return (_letters(column // 26 - 1) if column >= 26 else "") + chr(65 + column % 26)
