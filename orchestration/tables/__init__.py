"""Statistics tables: a sheet's grid → observations."""

from __future__ import annotations

from orchestration.reading.model import Document, Refusal, Sheet
from orchestration.regions import RegionIndex
from orchestration.tables.model import Observation
from orchestration.tables.reading import Reading, read

__all__ = ["TABLES_VERSION", "Observation", "Reading", "normalise", "read"]

TABLES_VERSION = "1"
"""Part of what the build remembers a sheet by: raise it whenever a change here can change an observation."""


def normalise(sheet: Sheet, document: Document, regions: RegionIndex) -> list[Observation]:
    """The figures of a sheet, each with place, indicator, period, kind and unit, in order of its cells.

    Refusal `unknown_layout` where not one figure can be told with certainty, with what was missing first; cells of a sheet that is
    otherwise understood are left out (`read` names them).
    """
    reading = read(sheet, document, regions)
    if not reading.observations:
        first = reading.skipped[0] if reading.skipped else "no row has a label and figures under a header"
        raise Refusal("unknown_layout", f"The table {sheet.name!r} is not understood: {first}.")
    return reading.observations
