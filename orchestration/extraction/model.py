"""What extraction takes and gives. Offsets count code points of the document's text; ends are exclusive."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Context:
    """What is known of a document before its text is read; any field may be null."""

    title: str | None = None
    published_on: date | None = None
    region_code: str | None = None
    genre: str | None = None  # work_report plan_report budget_report communique news press
    report_year: int | None = None
    places: tuple[str, ...] = ()  # full names of the region and of those above it: 江汉区, 武汉市, 湖北省


@dataclass(slots=True)
class Claim:
    """One quantity or rank that the text asserts; fields as in the table core.fct_claim."""

    char_start: int
    char_end: int
    quote: str
    value: Decimal
    value_high: Decimal | None
    unit: str
    value_base: Decimal
    unit_base: str
    comparator: str  # eq gt ge lt le approx
    measure: str  # level growth share change multiple rank
    status: str  # actual estimate target
    vintage: str | None  # preliminary final revised
    price_basis: str | None  # current constant
    period: str | None
    period_start: date | None
    period_end: date | None
    subject: str
    theme: str  # economy urban_renewal livelihood governance
    scope: str | None
    sentence_start: int
    sentence_end: int
    section: str | None  # heading path, joined by " › "
    rules: str = ""  # names of the rules that fired, in order, joined by a space


@dataclass(slots=True)
class Numeral:
    """A numeral that is no claim; `reason` is one of date name ordinal plan meeting document_number age idiom furniture other."""

    char_start: int
    char_end: int
    reason: str


@dataclass(slots=True)
class Standing:
    """A rank or an honour; `type` is one of rank first only first_batch lead front listing award pilot."""

    char_start: int
    char_end: int
    quote: str
    type: str
    value: Decimal | None
    scope: str | None
    subject: str | None
    period: str | None
    theme: str


@dataclass(slots=True)
class Milestone:
    """Something that happened on a stated day, month or part of a year (`date`, ISO, as exact as the text)."""

    char_start: int
    char_end: int
    quote: str
    date: str
    what: str
    theme: str


@dataclass(slots=True)
class Project:
    """A named project; `status` is one of planned started under_way completed settled."""

    char_start: int
    char_end: int
    quote: str
    name: str
    status: str
    period: str | None
    theme: str


@dataclass(slots=True)
class Outcome:
    """A result or a promise without a figure (超额完成, 未能实现, 与经济增长同步)."""

    char_start: int
    char_end: int
    quote: str
    subject: str | None
    period: str | None
    status: str  # actual target
    outcome: str  # exceeded met missed kept_pace other
    theme: str


@dataclass(slots=True)
class Extraction:
    """All that one document yields, each list in order of the text."""

    claims: list[Claim] = field(default_factory=list)
    numerals: list[Numeral] = field(default_factory=list)
    standings: list[Standing] = field(default_factory=list)
    milestones: list[Milestone] = field(default_factory=list)
    projects: list[Project] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
