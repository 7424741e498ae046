"""Contracts of corrections: what people have found wrong in a source or in the extractor, and what was done about it."""

import pandera.polars as pa

from orchestration.contracts.base import Contract
from orchestration.contracts.claims import Claims

CORRECTABLE = [
    "value",
    "value_high",
    "unit",
    "comparator",
    "measure",
    "status",
    "vintage",
    "price_basis",
    "period",
    "subject",
    "theme",
    "scope",
]


class Corrections(Contract):
    """One row a correction: from raw/corrections (applied, or stale because what it expected no longer holds), or of a conflict from raw/reviews."""

    file: str = pa.Field(description="File below raw/corrections that states it; of a review, reviews/…")
    document: str = pa.Field(description="source_path or document_id of the document it speaks of")
    quote: str = pa.Field(description="The characters of the claim")
    nth: int = pa.Field(ge=1, description="Which of equal quotes in the document, from 1")
    field: str = pa.Field(isin=CORRECTABLE, description="Field of the claim that is corrected")
    expected: str = pa.Field(nullable=True, description="What the field must hold for the correction to apply")
    corrected: str = pa.Field(nullable=True, description="What it holds instead")
    reason: str = pa.Field(description="Why")
    by: str = pa.Field(description="Who found it")
    claim_id: str = pa.Field(nullable=True, description="The claim corrected; null where none was found")
    problem: str = pa.Field(nullable=True, description="Why it no longer applies; null where it was applied")

    class Config:
        unique = ["document", "quote", "nth", "field"]


class CorrectedClaims(Claims):
    """One row a claim that a correction has changed, as it reads now; it stands in the place of the extracted one."""

    class Config:
        unique = ["extraction_key", "claim_id"]
