"""Statistics tables: a sheet's grid → observations."""

from __future__ import annotations

from orchestration.reading.model import Document, Refusal, Sheet
from orchestration.regions import RegionIndex
from orchestration.tables.model import Observation
from orchestration.tables.reading import Reading, read
from orchestration.versions import code_version

__all__ = ["TABLES_VERSION", "Observation", "Reading", "normalise", "read"]

TABLES_VERSION = code_version(
    "tables/*.py",
    "stages/normalising.py",
    "contracts/observations.py",
    "lexicon/tables_*.yml",
    "lexicon/units.yml",
    "extraction/units.py",
    "regions.py",
    seeds=("region.csv",),
)
"""Changes with all that normalising depends on: code, words, regions."""


def normalise(sheet: Sheet, document: Document, regions: RegionIndex) -> list[Observation]:
    """The figures of a sheet, each with place, indicator, period, kind and unit, in order of its cells.

    Refusal `unknown_layout` where not one figure can be told with certainty, with what was missing first; cells of a sheet that is
    otherwise understood are left out (`read` names them).
    """
    reading = read(sheet, document, regions)
    if not reading.observations:
        raise Refusal("unknown_layout", f"sheet {sheet.name!r}: {not_understood(reading)}")
    return reading.observations


def not_understood(reading: Reading) -> str:
    """Why a sheet gave no observation: what was missing first."""
    first = reading.skipped[0] if reading.skipped else "no row has a label and figures under a header"
    return f"the layout is not understood: {first}"
