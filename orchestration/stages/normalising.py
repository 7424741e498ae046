"""Sheets → observations. A sheet whose layout is not understood leaves its reason in `layouts`."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from decimal import Decimal

import polars as pl

from orchestration import tables
from orchestration.contracts.observations import Layouts, Normalisations, Observations
from orchestration.contracts.sources import Readings, Sheets, SourceFiles
from orchestration.lake import Lake, digest
from orchestration.reading.model import Cell, Document, Sheet
from orchestration.regions import RegionIndex

META = ["title", "published_on", "region_code", "genre", "report_year", "unit"]


def load_grid(name: str, grid: str) -> Sheet:
    """The sheet that `stages.reading.dump_grid` wrote."""
    data = json.loads(grid)
    rows = tuple(tuple(Cell(text, None if number is None else Decimal(number)) for text, number in row) for row in data["rows"])
    return Sheet(name, rows, tuple((a, b, c, d) for a, b, c, d in data["merged"]))


def normalise_sheets(lake: Lake, progress: Callable[[str], None]) -> int:
    """Normalise the sheets not seen before and say which normalisation of each document is current; the number of new observations."""
    current = (
        lake.read(SourceFiles, ["reading_key"])
        .join(lake.read(Readings), on="reading_key")
        .join(lake.read(Sheets, ["document_id"]).unique(), on="document_id", how="semi")
        .sort("document_id", "source_path")
        .unique("document_id", keep="first", maintain_order=True)
        .collect()
    )
    keyed = {
        digest(row["document_id"], *(row[m] for m in [*META, "how_known"]), tables.TABLES_VERSION): row
        for row in current.iter_rows(named=True)
    }
    done = set(lake.read(Layouts, ["normalisation_key"]).collect()["normalisation_key"])
    todo = {key: row for key, row in keyed.items() if key not in done}
    grids = (
        lake.read(Sheets)
        .filter(pl.col("document_id").is_in([r["document_id"] for r in todo.values()]))
        .sort("document_id", "sheet_no")
        .collect()
    )
    regions = RegionIndex.load()
    layouts, rows = [], []
    for key, meta in todo.items():
        document = Document(text="", media_type=meta["media_type"], how=json.loads(meta["how_known"] or "{}"), **{m: meta[m] for m in META})
        for sheet in grids.filter(pl.col("document_id") == meta["document_id"]).iter_rows(named=True):
            found = tables.read(load_grid(sheet["sheet"], sheet["grid"]), document, regions)
            of_sheet = {"normalisation_key": key, "document_id": meta["document_id"], "sheet": sheet["sheet"]}
            layouts.append(
                of_sheet
                | {
                    "sheet_no": sheet["sheet_no"],
                    "observations": len(found.observations),
                    "skipped": json.dumps(found.skipped, ensure_ascii=False),
                    "reason": None if found.observations else tables.not_understood(found),
                }
            )
            rows += [
                of_sheet | asdict(o) | {"observation_id": digest(meta["document_id"], sheet["sheet_no"], o.cell)}
                for o in found.observations
            ]
    lake.append(Observations, Observations.frame(rows), todo)
    lake.append(Layouts, Layouts.frame(layouts), todo)
    lake.write_state(
        Normalisations, Normalisations.frame([{"document_id": row["document_id"], "normalisation_key": key} for key, row in keyed.items()])
    )
    if todo:
        progress(f"normalised {len(layouts)} new sheets into {len(rows)} observations")
    return len(rows)
