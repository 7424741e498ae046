"""Contracts of reviews: what people decided about links, subjects and conflicts, and which links that makes."""

import pandera.polars as pa
import polars as pl

from orchestration.contracts.base import Contract, Figure, Instant
from orchestration.contracts.ledger import Links

REVIEWED = ["link", "subject", "conflict"]
DECISIONS = ["accept", "reject", "correct"]


class Reviews(Contract):
    """One row a decision from raw/reviews. It is applied where `problem` and `superseded_by` are null."""

    event_id: str = pa.Field(description="Id of the event")
    decided_at: Instant = pa.Field(description="When it was decided")
    decided_by: str = pa.Field(description="Who decided")
    kind: str = pa.Field(isin=REVIEWED, description="What it is about: link subject conflict")
    decision: str = pa.Field(isin=DECISIONS, description="accept reject correct")
    reason: str = pa.Field(description="Why")
    first_id: str = pa.Field(nullable=True, description="Of a link the target claim, of a conflict the statement known first")
    second_id: str = pa.Field(nullable=True, description="Of a link the statement, of a conflict the one known later")
    subject: str = pa.Field(nullable=True, description="The subject decided on")
    unit: str = pa.Field(nullable=True, description="Base unit of the subject, or of `value`")
    measure: str = pa.Field(nullable=True, description="Measure of the subject")
    result_id: str = pa.Field(nullable=True, description="Of a corrected link: the claim or observation that is the result")
    indicator_code: str = pa.Field(nullable=True, description="Of a corrected subject: the indicator it belongs to")
    value: Figure = pa.Field(nullable=True, description="Of a corrected conflict: the figure that holds, in `unit`")
    file: str = pa.Field(description="File in the landing folder that states it")
    superseded_by: str = pa.Field(nullable=True, description="The later event on the same thing, which speaks instead")
    problem: str = pa.Field(nullable=True, description="Why it no longer applies; null where it does")

    class Config:
        unique = ["event_id"]


class ReviewedLinks(Links):
    """One row a pair that people decided on: it is a link, or it is none."""

    accepted: pl.Boolean = pa.Field(description="Whether the statement is the target's result")

    class Config:
        unique = ["target_claim_id", "statement_id"]
