"""One table of a sheet with all that holds for the whole of it: its place, its period, its unit, its columns."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from orchestration.reading.model import Document
from orchestration.regions import RegionIndex
from orchestration.tables import facets, header, labels, periods, title, units
from orchestration.tables.facets import Facet
from orchestration.tables.grid import Block, Grid
from orchestration.tables.header import Column
from orchestration.tables.places import Places, host_of
from orchestration.tables.title import Title
from orchestration.tables.units import Unit

MOST_ROWS = 0.5  # share of a stub's labels that must name places for it to be a stub of places


@dataclass(frozen=True)
class Table:
    """A block of a sheet. `columns` are those of figures, `stubs` those of labels, without `place_column`, which names the rows' places.

    `facet` is what the title says of all figures; `units` are stated for the whole table; `product`: it is about gross product.
    """

    facet: Facet
    places: Places
    period: str | None
    status: str | None
    units: tuple[Unit, ...]
    columns: dict[int, Facet]
    place_column: int | None
    stubs: tuple[Column, ...]
    product: bool

    @property
    def year(self) -> int | None:
        """The year that completes 一季度 or 1-6月."""
        return int(self.period[:4]) if self.period else None

    @cached_property
    def column_periods(self) -> set[str]:
        """The periods that the columns name."""
        return {c.period for c in self.columns.values() if c.period}


def table_of(grid: Grid, block: Block, said: Title, sheet: str, document: Document, regions: RegionIndex) -> Table:
    """The table that `block` is; what its own lines (`said`) leave open is taken from the document's title, then the sheet's name."""
    names = [name for name in (said.text, document.title or "", sheet) if name]
    period = _period([*said.lines, *map(labels.clean, names)], document.report_year if _is_said(document, "report_year") else None)
    year = int(period[:4]) if period else None
    facet = next((f for name in names if (f := title.subject(name, regions)).subject or f.measure), Facet())
    columns = header.columns(grid, block)
    stubs = [c for c in columns if c.role in header.STUBS]
    rows = [labels.name(grid.label(r, c.index)) for c in stubs for r in block.body]
    said_of = document.region_code if _is_said(document, "region_code") else None
    places = Places(regions, *host_of(said_of, map(labels.clean, names), rows, regions, year), year)
    place_column = next((c.index for c in stubs if _names_places(grid, block, c, places)), None)
    product = _is_product(facet, columns, rows, places)
    return Table(
        replace(facet, index_base=facet.index_base or said.index_base),
        places,
        period,
        said.status,
        said.units or ((facet.unit,) if facet.unit else tuple(units.units_of(labels.clean(document.unit or "")))),
        {c.index: _column(c, places, year, product) for c in columns if c.role == "figures"},
        place_column,
        tuple(c for c in stubs if c.index != place_column),
        product,
    )


def _is_said(document: Document, field: str) -> bool:
    """Whether a field is stated of the document, not gathered from some place or year that its cells mention."""
    return document.how.get(field) not in ("body", "host")


def _period(texts: list[str], report_year: int | None) -> str | None:
    """The period that the first of `texts` names, as exact as any other of the same year says; failing that the document's year."""
    told = next((p for text in texts if (p := periods.only(text))), None)
    year = int(told[:4]) if told else report_year
    found = [p for text in texts if (p := periods.only(text, year))]
    exact = [p for p in found if len(p) > 4 and p[:4] == found[0][:4]]
    return next(iter(exact or found), str(report_year) if report_year else None)


def _column(column: Column, places: Places, year: int | None, product: bool) -> Facet:
    facet = facets.read(column.path, places.column, year, product)
    return replace(facet, unit=facet.unit or (column.stated[0] if len(column.stated) == 1 else None))


def _is_product(facet: Facet, columns: list[Column], rows: Iterable[str], places: Places) -> bool:
    """Whether the title, a column or a row is the gross product, so that 第一产业 is its value added."""
    heads = (facets.read(c.path, places.column, product=True).subject for c in columns)
    return any(facets.is_whole_product(s) for s in (facet.subject, *heads, *(labels.brackets(row)[0] for row in rows)))


def _names_places(grid: Grid, block: Block, column: Column, places: Places) -> bool:
    if column.role == "region":
        return True
    named = [name for r in block.body if (name := labels.name(grid.label(r, column.index)))]
    return column.role in ("subject", "label") and sum(places.code(name) is not None for name in named) > MOST_ROWS * len(named)
