"""Contracts of reading: files found, what reading them gave, and where each file ended up."""

import pandera.polars as pa
import polars as pl

from orchestration.contracts import words
from orchestration.contracts.base import Contract, Instant
from orchestration.reading.model import REASONS


class SourceFiles(Contract):
    """One row a source file found in the landing folder on the latest run."""

    source_path: str = pa.Field(description="Path below DAJUAN_RAW, POSIX form")
    kind: str = pa.Field(isin=words.KINDS, description="article or table: the folder the file lies in")
    sha256: str = pa.Field(description="SHA-256 of the file's bytes")
    bytes: pl.Int64 = pa.Field(ge=0, description="Size of the file in bytes")
    reading_key: str = pa.Field(description="What reading depends on: content, name, sidecar and reader version, hashed")

    class Config:
        unique = ["source_path"]


class Readings(Contract):
    """One row an attempt to read a file's content: the document it gave, or the reason why it was refused."""

    reading_key: str = pa.Field(description="Content, name, sidecar and reader version, hashed")
    source_path: str = pa.Field(description="Path below DAJUAN_RAW at the time of reading")
    kind: str = pa.Field(isin=words.KINDS, description="article or table")
    sha256: str = pa.Field(description="SHA-256 of the file's bytes")
    document_id: str = pa.Field(nullable=True, description="The document read; null when the file was refused")
    media_type: str = pa.Field(nullable=True, description="Media type told from the content")
    title: str = pa.Field(nullable=True, description="Title of the document")
    publisher: str = pa.Field(nullable=True, description="Who published it, where stated")
    published_on: pl.Date = pa.Field(nullable=True, description="Day of publication, else of the session it was given to, else null")
    known_from: pl.Date = pa.Field(
        nullable=True, description="First day its figures can have been known: published_on, else 1 January after report_year"
    )
    region_code: str = pa.Field(nullable=True, str_matches=r"^\d{6}$", description="GB/T 2260 code of the place it reports on")
    genre: str = pa.Field(nullable=True, isin=words.GENRES, description="Kind of document")
    source_tier: str = pa.Field(nullable=True, isin=words.TIERS, description="official, repost or unknown")
    report_year: pl.Int32 = pa.Field(nullable=True, ge=1949, le=2100, description="Year whose results or targets the text mainly states")
    source_url: str = pa.Field(nullable=True, description="Where it was published")
    licence: str = pa.Field(nullable=True, description="Licence of the text, where stated")
    unit: str = pa.Field(nullable=True, description="Unit of a table that states none itself")
    how_known: str = pa.Field(nullable=True, description="JSON: for each of these fields how it was known")
    warnings: str = pa.Field(nullable=True, description="JSON list of what the reader noticed")
    reason_code: str = pa.Field(nullable=True, isin=list(REASONS), description="Why the file was refused, as a code")
    reason: str = pa.Field(nullable=True, description="Why the file was refused and what to do")
    read_at: Instant = pa.Field(description="When it was read, UTC")

    class Config:
        unique = ["reading_key"]

    @pa.dataframe_check(description="either a document or a reason")
    def document_or_reason(cls, data: pa.PolarsData) -> pl.LazyFrame:
        """A reading ends in exactly one of the two."""
        return data.lazyframe.select(pl.col("document_id").is_null() == pl.col("reason_code").is_not_null())


class Texts(Contract):
    """One row a distinct text."""

    document_id: str = pa.Field(description="Hash of the text")
    text: str = pa.Field(description="The stored text that all offsets index, in code points")
    marks: str = pa.Field(description="JSON list of [char_start, paragraph, page]: where each stretch stood in the file")

    class Config:
        unique = ["document_id"]


class Sheets(Contract):
    """One row a sheet: a grid of cells as it stands in a file, before its header is understood."""

    document_id: str = pa.Field(description="Document that holds the sheet")
    sheet_no: pl.Int32 = pa.Field(ge=0, description="Position of the sheet in the document, from 0")
    sheet: str = pa.Field(description="Name of the sheet")
    grid: str = pa.Field(description="JSON: rows of [text, number] and merged areas")

    class Config:
        unique = ["document_id", "sheet_no"]


class Documents(Contract):
    """One row a distinct text that stands in the landing folder now, with the best of its sources."""

    document_id: str = pa.Field(description="Hash of the text")
    reading_key: str = pa.Field(description="The reading whose metadata was chosen")
    source_path: str = pa.Field(description="Path below DAJUAN_RAW; of several copies the best source")
    source_url: str = pa.Field(nullable=True, description="Where it was published")
    sha256: str = pa.Field(description="SHA-256 of that file's bytes")
    media_type: str = pa.Field(nullable=True, description="Media type told from the content")
    kind: str = pa.Field(isin=words.KINDS, description="article or table")
    title: str = pa.Field(nullable=True, description="Title of the document")
    publisher: str = pa.Field(nullable=True, description="Who published it, where stated")
    published_on: pl.Date = pa.Field(nullable=True, description="Day of publication, else of the session it was given to, else null")
    known_from: pl.Date = pa.Field(
        nullable=True, description="First day its figures can have been known: published_on, else 1 January after report_year"
    )
    region_code: str = pa.Field(nullable=True, description="GB/T 2260 code of the place it reports on, valid in that year")
    genre: str = pa.Field(
        nullable=True, isin=words.GENRES, description="work_report plan_report budget_report communique news press, or null"
    )
    source_tier: str = pa.Field(isin=words.TIERS, description="official, repost or unknown")
    report_year: pl.Int32 = pa.Field(nullable=True, description="Year whose results or targets the text mainly states")
    licence: str = pa.Field(nullable=True, description="Licence of the text, where stated")
    how_known: str = pa.Field(nullable=True, description="JSON: for each metadata field how it was known")
    warnings: str = pa.Field(nullable=True, description="JSON list of what the reader noticed")
    ingested_at: Instant = pa.Field(description="When the text was first read, UTC")

    class Config:
        unique = ["document_id"]


class DocumentSources(Contract):
    """One row a file that was accepted: which document it carries."""

    source_path: str = pa.Field(description="Path below DAJUAN_RAW")
    document_id: str = pa.Field(description="The document the file carries")
    sha256: str = pa.Field(description="SHA-256 of the file's bytes")
    source_tier: str = pa.Field(isin=words.TIERS, description="official, repost or unknown")
    first_seen: Instant = pa.Field(description="First run that found this content at this path, UTC")
    last_seen: Instant = pa.Field(description="Latest run that found it, UTC")

    class Config:
        unique = ["source_path"]


class Quarantine(Contract):
    """One row a file that could not be taken, with the reason."""

    source_path: str = pa.Field(description="Path below DAJUAN_RAW")
    sha256: str = pa.Field(description="SHA-256 of the file's bytes")
    reason_code: str = pa.Field(isin=list(REASONS), description="Why, as a code")
    reason: str = pa.Field(description="Why, and what to do")
    seen_at: Instant = pa.Field(description="First run that refused it, UTC")

    class Config:
        unique = ["source_path"]
