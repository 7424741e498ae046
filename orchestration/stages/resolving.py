"""Readings → documents, their sources, and the quarantine: where each file of the landing folder ended up."""

from __future__ import annotations

from datetime import UTC, datetime

import polars as pl

from orchestration.contracts.base import Contract
from orchestration.contracts.observations import Layouts, Normalisations
from orchestration.contracts.sources import Documents, DocumentSources, Quarantine, Readings, SourceFiles
from orchestration.lake import Lake

TIER_ORDER = {"official": 0, "unknown": 1, "repost": 2}


def resolve(lake: Lake) -> dict[str, int]:
    """Write documents, document_sources and quarantine for the files of the latest scan; their row counts.

    A table file none of whose sheets was understood is quarantined, though it could be read. Of several files with one text the best
    source speaks for it: official before unknown before repost, then the one that says most, then the first path.
    """
    files = lake.read(SourceFiles, ["source_path", "kind", "sha256", "reading_key"]).collect()
    readings = lake.read(Readings).drop("source_path", "kind", "sha256").unique("reading_key").collect()
    now = datetime.now(UTC)
    read = files.join(readings, on="reading_key", how="left").with_columns(
        reason_code=pl.when(pl.col("document_id").is_null()).then(pl.coalesce("reason_code", pl.lit("timeout"))),
        reason=pl.when(pl.col("document_id").is_null()).then(
            pl.coalesce("reason", pl.lit("reading took too long and was stopped; it is tried again on the next run"))
        ),
        read_at=pl.coalesce("read_at", pl.lit(now)),
    )
    read = _with_unknown_layouts(lake, read)
    accepted = read.filter(pl.col("reason_code").is_null())
    refused = read.filter(pl.col("reason_code").is_not_null())
    documents = (
        accepted.with_columns(
            tier=pl.col("source_tier").replace_strict(TIER_ORDER, return_dtype=pl.Int32),
            said=pl.sum_horizontal(pl.col("published_on", "publisher", "region_code", "title", "report_year").is_not_null()),
            ingested_at=pl.col("read_at").min().over("document_id"),
        )
        .sort("document_id", "tier", "said", "source_path", descending=[False, False, True, False])
        .unique("document_id", keep="first", maintain_order=True)
    )
    lake.write_state(Documents, _shaped(Documents, documents))
    lake.write_state(
        DocumentSources,
        _shaped(DocumentSources, accepted.with_columns(first_seen="read_at", last_seen=pl.lit(now, dtype=pl.Datetime("us", "UTC")))),
    )
    lake.write_state(Quarantine, _shaped(Quarantine, refused.with_columns(seen_at="read_at")))
    return {"documents": documents.height, "document_sources": accepted.height, "quarantine": refused.height}


def _with_unknown_layouts(lake: Lake, read: pl.DataFrame) -> pl.DataFrame:
    """Table files without a single understood sheet get the reason of their first sheet."""
    unknown = (
        lake.read(Normalisations)
        .join(lake.read(Layouts), on=["document_id", "normalisation_key"])
        .sort("document_id", "sheet_no")
        .group_by("document_id")
        .agg(pl.col("observations").sum(), layout_reason=pl.col("reason").drop_nulls().first())
        .filter(pl.col("observations") == 0)
        .select("document_id", "layout_reason")
        .collect()
    )
    joined = read.join(unknown, on="document_id", how="left")
    lost = (pl.col("kind") == "table") & pl.col("document_id").is_in(unknown["document_id"].implode())
    return joined.with_columns(
        reason_code=pl.when(lost).then(pl.lit("unknown_layout")).otherwise("reason_code"),
        reason=pl.when(lost)
        .then(pl.coalesce("layout_reason", pl.lit("no cell of the table could be read as a figure")))
        .otherwise("reason"),
    )


def _shaped(contract: type[Contract], frame: pl.DataFrame) -> pl.DataFrame:
    """The contract's columns in its order and types, rows in the order of the grain."""
    return frame.select(pl.col(c).cast(t) for c, t in contract.schema().items()).sort(contract.grain())
