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
from orchestration.tables import facets, figures, header, labels, numbers, periods, title, units
from orchestration.tables.facets import Facet
from orchestration.tables.figures import Unreadable
from orchestration.tables.grid import Block, Grid
from orchestration.tables.header import Column
from orchestration.tables.model import Observation
from orchestration.tables.places import Places, host_of
from orchestration.tables.title import Title

MOST_ROWS = 0.5  # share of a stub's labels that must name places for it to be a stub of places


@dataclass(slots=True)
class Reading:
    """The observations of a sheet, in order of its cells, and what was left out, each with the reason."""

    observations: list[Observation] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Table:
    """One block with all that holds for the whole of it."""

    title: Title
    facet: Facet
    places: Places
    period: str | None
    columns: dict[int, Facet]
    place_column: int | None
    stubs: list[Column]
    product: bool

    @property
    def year(self) -> int | None:
        """The year that completes 一季度 or 1-6月."""
        return int(self.period[:4]) if self.period else None

    @property
    def column_periods(self) -> set[str]:
        """The periods that the columns name."""
        return {c.period for c in self.columns.values() if c.period}


def read(sheet: Sheet, document: Document, regions: RegionIndex) -> Reading:
    """All figures of the sheet that can be told with certainty."""
    grid = Grid(sheet)
    reading = Reading()
    before: Title | None = None
    for block in grid.blocks(lambda label: regions.by_name(label) is not None):
        said = title.read(_lines(grid, block))
        if said.continued and before:
            said = replace(
                said, text=said.text or before.text, units=said.units or before.units, index_base=said.index_base or before.index_base
            )
        before = said
        table = _table(grid, block, said, sheet, document, regions, reading)
        for row, facet in _row_facets(grid, block, table):
            _observe(grid, sheet, table, row, facet, reading)
    _drop_contradictions(reading)
    return reading


def _lines(grid: Grid, block: Block) -> list[str]:
    """The cleaned lines above a block, and the cells of its header that state the table's unit."""
    above = [label for r in block.above for c in range(grid.width) if grid.source(r, c) == (r, c) and (label := grid.label(r, c))]
    return above + [label for r in block.header for c in range(grid.width) if units.stated(label := grid.label(r, c))]


def _table(grid: Grid, block: Block, said: Title, sheet: Sheet, document: Document, regions: RegionIndex, reading: Reading) -> _Table:
    names = [name for name in (said.text, document.title, sheet.name) if name]
    period = said.period or next((p for name in names if (p := periods.only(labels.clean(name)))), None)
    period = period or (str(document.report_year) if document.report_year else None)
    year = int(period[:4]) if period else None
    facet = next((f for name in names if (f := title.subject(name, regions)).subject or f.measure), Facet())
    facet = replace(facet, index_base=facet.index_base or said.index_base)
    said = replace(said, units=said.units or tuple(units.units_of(labels.clean(document.unit or ""))))
    columns = header.columns(grid, block)
    stubs = [c for c in columns if c.role in ("region", "subject", "label")]
    rows = [labels.name(grid.label(r, c.index)) for c in stubs for r in block.body]
    host, sure = host_of(document.region_code, said.text or document.title or "", rows, regions, year)
    places = Places(regions, host, year, sure)
    place_column = next((c.index for c in stubs if _names_places(grid, block, c, places)), None)
    heads = [facets.read(c.path, places.column, year, product=True) for c in columns]
    product = any(facets.is_whole_product(s) for s in (facet.subject, *(h.subject for h in heads), *(labels.brackets(r)[0] for r in rows)))
    read_columns = {}
    for column in columns:
        if column.role == "figures":
            found = facets.read(column.path, places.column, year, product)
            found = replace(found, unit=found.unit or (column.stated[0] if len(column.stated) == 1 else None))
            read_columns[column.index] = found
            if found.problem:
                reading.skipped.append(f"column {_letters(column.index)}: {found.problem}")
    stubs = [c for c in columns if c.index != place_column and c.role in ("subject", "label", "period", "unit")]
    return _Table(said, facet, places, period, read_columns, place_column, stubs, product)


def _names_places(grid: Grid, block: Block, column: Column, places: Places) -> bool:
    if column.role == "region":
        return True
    named = [name for r in block.body if (name := labels.name(grid.label(r, column.index)))]
    return sum(places.code(name) is not None for name in named) > MOST_ROWS * len(named)


def _row_facets(grid: Grid, block: Block, table: _Table) -> Iterator[tuple[int, Facet]]:
    """What the stub says of each row. A row that only names a kind of figure (增长) goes with the thing measured in the row above."""
    places, near, subject = table.places, None, ""
    for row in block.body:
        facet = Facet()
        parts = [labels.name(grid.label(row, c.index)) for c in table.stubs if c.role in ("subject", "label")]
        if any(parts):
            facet = facets.read(parts, lambda _: None, table.year, table.product)
            subject = facet.subject or subject
            facet = replace(facet, subject=subject)
        for column in table.stubs:
            label = grid.label(row, column.index)
            if column.role == "unit":
                facet = replace(facet, unit=units.unit_of(label) or facet.unit)
            elif column.role == "period":
                facet = replace(facet, period=periods.whole(label, table.year))
        if table.place_column is not None:
            label = labels.name(grid.label(row, table.place_column))
            code = places.code(label, near)
            near = code if code and places.regions.level(code) == "prefecture" else near
            facet = replace(facet, region=code, problem=facet.problem or (None if code else f"“{label}” is no place with a code"))
        yield row, facet


def _observe(grid: Grid, sheet: Sheet, table: _Table, row: int, facet: Facet, reading: Reading) -> None:
    """The observations of one row."""
    for index, column in table.columns.items():
        if column.problem or grid.source(row, index) != (row, index):
            continue
        cell = grid.cell(row, index)
        if numbers.is_blank(cell):
            continue
        address = f"{_letters(index)}{row + 1}"
        try:
            number = numbers.number_of(cell)
            if number is None:
                raise Unreadable(f"“{cell.text[:20]}” is no number")
            if facet.problem:
                raise Unreadable(facet.problem)
            region = _region(table, facet, column)
            subject = _subject(facet.subject, column.subject, table.facet.subject)
            kind = figures.kind_of(subject, facet, column, table.facet, table.title.units, number.percent)
            value, unit, value_base, unit_base = kind.values(number.value)
            status = number.status or column.status or facet.status or table.title.status or "actual"
            period = _period(table, facet, column, kind.measure)
        except Unreadable as e:
            reading.skipped.append(f"{address}: {e}")
            continue
        reading.observations.append(
            Observation(sheet.name, address, cell.text, region, subject, period, kind.measure, status, value, unit, value_base, unit_base)
        )


def _region(table: _Table, row: Facet, column: Facet) -> str:
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


def _period(table: _Table, row: Facet, column: Facet, measure: str) -> str:
    """The period of a cell. A rate of growth beside several years is that of the latest of them."""
    if row.period and column.period and row.period != column.period:
        raise Unreadable(f"the row says {row.period}, the column {column.period}")
    period = row.period or column.period
    if period is None and table.column_periods:
        if measure == "level" and not column.part:
            raise Unreadable("other columns name their period, this one does not")
        period = max(table.column_periods)
    period = period or table.period
    if period is None:
        raise Unreadable("the table does not say which period it is about; give report_year in a sidecar")
    moved = {
        None: period,
        "year_before": periods.year_before(period),
        "to_date": periods.to_date(period),
        "this_month": periods.month(period),
    }
    if (iso := moved[column.part]) is None:
        raise Unreadable(f"the month that the column means cannot be told from {period}")
    return iso


def _drop_contradictions(reading: Reading) -> None:
    """Leave out figures of one place, thing, period and kind that differ: something that tells them apart was not understood."""
    cells: dict[tuple[str, ...], list[Observation]] = defaultdict(list)
    for o in reading.observations:
        cells[o.region_code, o.subject, o.period, o.measure, o.unit_base, o.status].append(o)
    for same in cells.values():
        if len({o.value_base for o in same}) > 1:
            reading.skipped.append(f"{', '.join(o.cell for o in same)}: different figures of the same thing ({same[0].subject})")
            reading.observations = [o for o in reading.observations if o not in same]


def _letters(column: int) -> str:
    """A1 notation: 0 → A, 26 → AA."""
    return (_letters(column // 26 - 1) if column >= 26 else "") + chr(65 + column % 26)
