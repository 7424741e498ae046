"""Targets and the text around them → who answers for them, and until when."""

from __future__ import annotations

import polars as pl

from orchestration.contracts.ledger import Duties
from orchestration.contracts.sources import Documents, Texts
from orchestration.lake import Lake
from orchestration.ledger.duties import duty
from orchestration.stages.correcting import current_claims

BATCH_DOCUMENTS = 2000  # whose texts are held at a time


def assign(lake: Lake) -> int:
    """Write `duties` of all current targets; how many have one."""
    targets = (
        current_claims(lake)
        .filter(pl.col("status") == "target")
        .select(
            "claim_id",
            "document_id",
            "char_start",
            "char_end",
            "sentence_start",
            "sentence_end",
            pl.col("period_end").dt.year().alias("year"),
        )
        .join(lake.read(Documents, ["document_id", "known_from"]), on="document_id")
        .with_columns(pl.col("known_from").dt.year().alias("now"))
        .sort("document_id", "char_start", "claim_id")
        .collect()
    )
    ids = targets["document_id"].unique(maintain_order=True).to_list()
    rows = []
    for first in range(0, len(ids), BATCH_DOCUMENTS):
        batch = ids[first : first + BATCH_DOCUMENTS]
        texts = dict(lake.read(Texts, ["document_id", "text"]).filter(pl.col("document_id").is_in(batch)).collect().iter_rows())
        for row in targets.filter(pl.col("document_id").is_in(batch)).iter_rows(named=True):
            sentence = (row["sentence_start"], row["sentence_end"])
            found = duty(texts[row["document_id"]], row["char_start"], row["char_end"], sentence, row["year"], row["now"])
            if found.responsible or found.deadline:
                rows.append({"claim_id": row["claim_id"], "responsible": found.responsible, "deadline": found.deadline})
    lake.write_state(Duties, Duties.frame(rows))
    return len(rows)
