"""Contracts of statistics tables and of the catalogue's answers."""

import pandera.polars as pa
import polars as pl

from orchestration.contracts import words
from orchestration.contracts.base import Contract, Figure
from orchestration.contracts.claims import PERIOD

KEY = "What normalising depends on: the sheets, the document's metadata and the code's version, hashed"


class Normalisations(Contract):
    """One row a document with sheets on the latest run: which normalisation of it is current."""

    document_id: str = pa.Field(description="The document")
    normalisation_key: str = pa.Field(description=KEY)

    class Config:
        unique = ["document_id"]


class Layouts(Contract):
    """One row a sheet that was tried: how many observations it gave, or why its layout was not understood."""

    normalisation_key: str = pa.Field(description=KEY)
    document_id: str = pa.Field(description="The document")
    sheet_no: pl.Int32 = pa.Field(ge=0, description="Position of the sheet in the document, from 0")
    sheet: str = pa.Field(description="Name of the sheet")
    observations: pl.Int64 = pa.Field(ge=0, description="Observations it gave")
    skipped: str = pa.Field(nullable=True, description="JSON list: cells, rows and columns left out, each with the reason")
    reason: str = pa.Field(nullable=True, description="Why the layout was not understood, and what to do")

    class Config:
        unique = ["normalisation_key", "sheet_no"]


class Observations(Contract):
    """One row a cell of a statistics table, normalised."""

    normalisation_key: str = pa.Field(description=KEY)
    observation_id: str = pa.Field(description="Hash of document, sheet and cell")
    document_id: str = pa.Field(description="The document that holds the table")
    sheet: str = pa.Field(description="Name of the sheet")
    cell: str = pa.Field(description="Address of the cell (A1)")
    quote: str = pa.Field(description="The cell as shown")
    region_code: str = pa.Field(nullable=True, str_matches=r"^\d{6}$", description="GB/T 2260 code of the place")
    subject: str = pa.Field(description="The indicator as the header names it")
    period: str = pa.Field(description=PERIOD)
    measure: str = pa.Field(isin=words.MEASURES, description="level growth share change multiple rank")
    status: str = pa.Field(isin=words.STATUSES, description="actual, or estimate where the table says so")
    value: Figure = pa.Field(description="Value in `unit`, magnitude words of the unit expanded")
    unit: str = pa.Field(description="Unit without its magnitude")
    value_base: Figure = pa.Field(description="The value in `unit_base`")
    unit_base: str = pa.Field(description="Base unit of the unit's kind, what matching uses")

    class Config:
        unique = ["normalisation_key", "observation_id"]


class Subjects(Contract):
    """One row a distinct subject with unit and measure: the catalogue's answer."""

    subject: str = pa.Field(description="The indicator as a text or table names it")
    unit: str = pa.Field(description="Unit as written")
    measure: str = pa.Field(isin=words.MEASURES, description="level growth share change multiple rank")
    theme: str = pa.Field(isin=words.THEMES, description="Theme the text suggests")
    indicator_code: str = pa.Field(nullable=True, description="Code of the catalogue, null where none fits")
    match_score: pl.Float64 = pa.Field(nullable=True, ge=0, le=1, description="How sure the match is, 0 to 1")
    matched_how: str = pa.Field(nullable=True, description="Rule by which the catalogue matched")
    topic: str = pa.Field(nullable=True, description="Topic within the theme")

    class Config:
        unique = ["subject", "unit", "measure", "theme"]


class Topics(Contract):
    """One row a distinct wording of standings, milestones, projects and outcomes: its topic."""

    wording: str = pa.Field(description="Subject, name or event as the text words it")
    theme: str = pa.Field(isin=words.THEMES, description="Theme the text suggests")
    topic: str = pa.Field(nullable=True, description="Topic within `topic_theme`")
    topic_theme: str = pa.Field(
        isin=words.THEMES, description="Theme of the topic: the catalogue’s where it knows the wording, else the text’s"
    )

    class Config:
        unique = ["wording", "theme"]


class Contexts(Contract):
    """One row a claim or fact whose own words tell no topic: what the words around it tell. Grows; `context_topics` are the current ones."""

    context_key: str = pa.Field(description="What it depends on: the extraction and the version of the topics’ words, hashed")
    document_id: str = pa.Field(description="The document")
    char_start: pl.Int64 = pa.Field(ge=0, description="First character of the claim or fact")
    char_end: pl.Int64 = pa.Field(ge=0, description="Its end, exclusive")
    theme: str = pa.Field(isin=words.THEMES, description="Theme the text suggests")
    topic: str = pa.Field(nullable=True, description="Topic within the theme; null where nothing tells")

    class Config:
        unique = ["context_key", "char_start", "char_end", "theme"]


class ContextTopics(Contract):
    """One row a claim or fact of the current extractions whose topic only the words around it tell."""

    document_id: str = pa.Field(description="The document")
    char_start: pl.Int64 = pa.Field(ge=0, description="First character of the claim or fact")
    char_end: pl.Int64 = pa.Field(ge=0, description="Its end, exclusive")
    theme: str = pa.Field(isin=words.THEMES, description="Theme the text suggests")
    topic: str = pa.Field(description="Topic within the theme")

    class Config:
        unique = ["document_id", "char_start", "char_end", "theme"]


class Industries(Contract):
    """One row a name (of an indicator, of a subject without one, of a fact without a figure) that speaks of an industry."""

    name: str = pa.Field(description="The name: Chinese name of an indicator, or subject, project or event as the text words it")
    industry_code: str = pa.Field(description="Code of the industry it speaks of")

    class Config:
        unique = ["name"]
