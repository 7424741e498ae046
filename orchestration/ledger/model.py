"""What linking takes and gives."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Said:
    """A target, or a statement that may be its result: a claim, a table's observation, or an outcome in words.

    Values are left out on purpose: that a result equals its target is no proof that they belong together.
    `before` is the clause up to the figure, `near` the part of it behind the figure before, `after` what follows up to the next figure
    or the clause's end; `rules` are the extractor's. `annexed_to` names the list (十件民生实事) that a target stands in.
    `known_from` is the first day on which its document can be known; None: some day.
    """

    id: str
    kind: str  # claim observation outcome
    document_id: str
    region_code: str | None
    period: str | None
    known_from: date | None
    genre: str | None
    subject: str
    indicator_codes: tuple[str, ...] = ()
    scope: str | None = None
    unit: str | None = None
    measure: str | None = None
    start: int = 0
    before: str = ""
    near: str = ""
    after: str = ""
    rules: str = ""
    annexed_to: str | None = None
    outcome: str | None = None
    quote: str | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A target and a statement that is its result, or may be.

    `matched_by` is `indicator` (one figure by the catalogue, or by the same words), `subject` (alike), `outcome` (in words) or `review` (too unsure to count);
    `score` from 0 to 1; `reason` says in short why.
    """

    target_id: str
    result_id: str
    matched_by: str
    score: float
    reason: str
