"""Contract of the ledger: which statements are, or may be, the result of a target."""

import pandera.polars as pa
import polars as pl

from orchestration.contracts.base import Contract

STATEMENT_KINDS = ["claim", "observation", "outcome"]
MATCHED_BY = ["indicator", "subject", "outcome", "review"]


class Links(Contract):
    """One row a target claim and a statement of a later document that is its result, or may be. Links of two documents depend on these two only."""

    target_claim_id: str = pa.Field(description="The target")
    target_document_id: str = pa.Field(description="The document that states the target")
    statement_id: str = pa.Field(description="Claim, observation or outcome that states the result")
    statement_kind: str = pa.Field(isin=STATEMENT_KINDS, description="claim observation outcome")
    result_document_id: str = pa.Field(description="The document that states the result")
    matched_by: str = pa.Field(
        isin=MATCHED_BY,
        description="indicator: one figure of the catalogue; subject: alike; outcome: in words; review: accepted by a person where `review_id` says by which event, else too unsure to count",
    )
    match_score: pl.Float64 = pa.Field(ge=0, le=1, description="How sure the link is, 0 to 1")
    reason: str = pa.Field(description="Why it was linked, or what speaks against it")
    outcome: str = pa.Field(nullable=True, description="Of a result in words: exceeded met missed kept_pace other")
    quote: str = pa.Field(nullable=True, description="Of a result in words: its characters")
    review_id: str = pa.Field(nullable=True, description="The event by which a person accepted the link; such a link counts")

    class Config:
        unique = ["target_claim_id", "statement_id"]


class Linkings(Contract):
    """One row a region of the latest run: what its links were made from. While that is the same they need not be made again."""

    region_code: str = pa.Field(description="GB/T 2260 code of the place")
    linking_key: str = pa.Field(
        description="What its links depend on: documents, extractions, tables, corrections and code's version, hashed"
    )

    class Config:
        unique = ["region_code"]


class Duties(Contract):
    """One row a target claim whose text says who answers for it or until when."""

    claim_id: str = pa.Field(description="The target")
    responsible: str = pa.Field(nullable=True, description="Responsible units as written, of its paragraph")
    deadline: str = pa.Field(
        nullable=True, description="Until when, ISO, as exact as the text: 2025, 2025-H1, 2025-Q3, 2025-06, 2025-06-30"
    )

    class Config:
        unique = ["claim_id"]
