"""Contracts of extraction: claims, the other numerals, and facts without a figure. Spans are code points of the document's text."""

import pandera.polars as pa
import polars as pl

from orchestration.contracts import words
from orchestration.contracts.base import Contract, Figure

KEY = "What extraction depends on: text, metadata and extractor version, hashed"
START = "First character in the document's text, from 0"
END = "End in the document's text, exclusive"
PERIOD = "ISO period: 2023, 2023-H1, 2023-Q3, 2023-04, 2023-01/2023-05, 2021/2025, 2023-12-31"


def _span_in_order(data: pa.PolarsData) -> pl.LazyFrame:
    return data.lazyframe.select((pl.col("char_start") >= 0) & (pl.col("char_start") < pl.col("char_end")))


class Extractions(Contract):
    """One row a document of the latest run: which extraction of it is current."""

    document_id: str = pa.Field(description="The document")
    extraction_key: str = pa.Field(description=KEY)

    class Config:
        unique = ["document_id"]


class ExtractionLog(Contract):
    """One row an extraction that was done; written last, so what is listed here is complete."""

    extraction_key: str = pa.Field(description=KEY)
    document_id: str = pa.Field(description="The document")
    extractor_version: str = pa.Field(description="Version of the extractor: package version and hash of its code and words")
    claims: pl.Int64 = pa.Field(ge=0, description="Claims found")
    numerals: pl.Int64 = pa.Field(ge=0, description="Other numerals accounted for")
    warnings: str = pa.Field(description="JSON list of what the extractor noticed")

    class Config:
        unique = ["extraction_key"]


class Claims(Contract):
    """One row a quantity or rank that a document states, grounded in its characters."""

    extraction_key: str = pa.Field(description=KEY)
    claim_id: str = pa.Field(description="Hash of document, start and end: independent of path and extractor version")
    document_id: str = pa.Field(description="The document that states it")
    char_start: pl.Int64 = pa.Field(description=START)
    char_end: pl.Int64 = pa.Field(description=END)
    quote: str = pa.Field(description="text[char_start:char_end]: the numeral with its unit and trailing bound")
    value: Figure = pa.Field(description="Signed value in `unit`, magnitude words expanded; of a range the low end")
    value_high: Figure = pa.Field(nullable=True, description="High end of a range")
    unit: str = pa.Field(description="Unit as written, without its magnitude")
    value_base: Figure = pa.Field(description="The value in `unit_base`")
    unit_base: str = pa.Field(description="Base unit of the unit's kind, what matching uses")
    comparator: str = pa.Field(isin=words.COMPARATORS, description="How the signed value bounds the truth: eq gt ge lt le approx")
    measure: str = pa.Field(isin=words.MEASURES, description="level growth share change multiple rank")
    status: str = pa.Field(isin=words.STATUSES, description="actual estimate target")
    vintage: str = pa.Field(nullable=True, isin=words.VINTAGES, description="preliminary final revised, where stated")
    price_basis: str = pa.Field(nullable=True, isin=words.PRICE_BASES, description="current or constant prices, where stated")
    period: str = pa.Field(nullable=True, description=PERIOD)
    period_start: pl.Date = pa.Field(nullable=True, description="First day of the period")
    period_end: pl.Date = pa.Field(nullable=True, description="Last day of the period")
    subject: str = pa.Field(description="The indicator as the text names it")
    theme: str = pa.Field(isin=words.THEMES, description="economy urban_renewal livelihood governance")
    scope: str = pa.Field(nullable=True, description="A narrower or wider area or calibre than the region's figure")
    sentence_start: pl.Int64 = pa.Field(ge=0, description="First character of the sentence")
    sentence_end: pl.Int64 = pa.Field(ge=0, description="End of the sentence, exclusive")
    section: str = pa.Field(nullable=True, description="Path of headings above it")
    paragraph: pl.Int64 = pa.Field(
        nullable=True, ge=1, description="Paragraph of the file (of its page, where it has pages) in which it stands, from 1"
    )
    page: pl.Int64 = pa.Field(nullable=True, ge=1, description="Page of the file, where it has pages, from 1")
    rules: str = pa.Field(description="Names of the rules that fired, in order")
    extractor_version: str = pa.Field(description="Version of the extractor: package version and hash of its code and words")

    class Config:
        unique = ["extraction_key", "claim_id"]

    @pa.dataframe_check(description="span in order")
    def span_in_order(cls, data: pa.PolarsData) -> pl.LazyFrame:
        """0 ≤ start < end."""
        return _span_in_order(data)

    @pa.dataframe_check(description="quote as long as its span")
    def quote_fits(cls, data: pa.PolarsData) -> pl.LazyFrame:
        """The quote has exactly the span's code points."""
        return data.lazyframe.select(pl.col("quote").str.len_chars().cast(pl.Int64) == pl.col("char_end") - pl.col("char_start"))

    @pa.dataframe_check(description="range in order")
    def range_in_order(cls, data: pa.PolarsData) -> pl.LazyFrame:
        """The low end is not above the high end."""
        return data.lazyframe.select(pl.col("value_high").is_null() | (pl.col("value") <= pl.col("value_high")))


class Numerals(Contract):
    """One row a numeral that is no claim, with the reason why."""

    extraction_key: str = pa.Field(description=KEY)
    document_id: str = pa.Field(description="The document")
    char_start: pl.Int64 = pa.Field(description=START)
    char_end: pl.Int64 = pa.Field(description=END)
    reason: str = pa.Field(
        isin=words.NUMERAL_REASONS, description="date name ordinal plan meeting document_number age idiom furniture other"
    )

    class Config:
        unique = ["extraction_key", "char_start", "char_end"]

    @pa.dataframe_check(description="span in order")
    def span_in_order(cls, data: pa.PolarsData) -> pl.LazyFrame:
        """0 ≤ start < end."""
        return _span_in_order(data)


class Standings(Contract):
    """One row a rank or an honour, with or without a figure."""

    extraction_key: str = pa.Field(description=KEY)
    document_id: str = pa.Field(description="The document")
    char_start: pl.Int64 = pa.Field(description=START)
    char_end: pl.Int64 = pa.Field(description=END)
    quote: str = pa.Field(description="text[char_start:char_end]")
    type: str = pa.Field(isin=words.STANDINGS, description="rank first only first_batch lead front listing award pilot")
    value: Figure = pa.Field(nullable=True, description="The rank, or the size of the list (百强 → 100)")
    scope: str = pa.Field(nullable=True, description="Among whom: 全国, 全省, 中心城区 …")
    subject: str = pa.Field(nullable=True, description="What holds it")
    period: str = pa.Field(nullable=True, description=PERIOD)
    theme: str = pa.Field(isin=words.THEMES, description="economy urban_renewal livelihood governance")

    class Config:
        unique = ["extraction_key", "char_start", "char_end", "type"]


class Milestones(Contract):
    """One row a thing that happened on a stated day, month or part of a year."""

    extraction_key: str = pa.Field(description=KEY)
    document_id: str = pa.Field(description="The document")
    char_start: pl.Int64 = pa.Field(description=START)
    char_end: pl.Int64 = pa.Field(description=END)
    quote: str = pa.Field(description="text[char_start:char_end]")
    date: str = pa.Field(description="ISO date, as exact as the text")
    what: str = pa.Field(description="What happened")
    theme: str = pa.Field(isin=words.THEMES, description="economy urban_renewal livelihood governance")

    class Config:
        unique = ["extraction_key", "char_start", "char_end"]


class Projects(Contract):
    """One row a mention of a named project with its state."""

    extraction_key: str = pa.Field(description=KEY)
    document_id: str = pa.Field(description="The document")
    char_start: pl.Int64 = pa.Field(description=START)
    char_end: pl.Int64 = pa.Field(description=END)
    quote: str = pa.Field(description="text[char_start:char_end]")
    name: str = pa.Field(description="Name of the project")
    status: str = pa.Field(isin=words.PROJECT_STATUSES, description="planned started under_way completed settled")
    period: str = pa.Field(nullable=True, description=PERIOD)
    theme: str = pa.Field(isin=words.THEMES, description="economy urban_renewal livelihood governance")

    class Config:
        unique = ["extraction_key", "char_start", "char_end"]


class Outcomes(Contract):
    """One row a result or promise without a figure: 超额完成, 未能实现, 与经济增长同步."""

    extraction_key: str = pa.Field(description=KEY)
    document_id: str = pa.Field(description="The document")
    char_start: pl.Int64 = pa.Field(description=START)
    char_end: pl.Int64 = pa.Field(description=END)
    quote: str = pa.Field(description="text[char_start:char_end]")
    subject: str = pa.Field(nullable=True, description="What it is said of")
    period: str = pa.Field(nullable=True, description=PERIOD)
    status: str = pa.Field(isin=words.STATUSES, description="actual or target")
    outcome: str = pa.Field(isin=words.OUTCOMES, description="exceeded met missed kept_pace other")
    theme: str = pa.Field(isin=words.THEMES, description="economy urban_renewal livelihood governance")

    class Config:
        unique = ["extraction_key", "char_start", "char_end"]
