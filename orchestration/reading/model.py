"""What reading hands on: a Document (running text) or a Sheet (a grid of cells), or a Refusal with its reason."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Source:
    """One file of the landing folder.

    `path` is relative to DAJUAN_RAW in POSIX form; `kind` is `article` or `table` (the folder it lies in);
    `sidecar` holds the checked content of `X.source.yml`, empty where there is none.
    """

    path: str
    file: Path
    kind: str
    sha256: str
    size: int
    sidecar: dict[str, object] = field(default_factory=dict)
    sidecar_sha256: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a stretch of the stored text stood in the file: from `char_start` on it is `paragraph` of `page` (both from 1)."""

    char_start: int
    paragraph: int
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a grid: `text` as shown, `number` where the cell holds one (floats rounded to 15 significant digits)."""

    text: str
    number: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A grid of cells as it stands in a workbook, CSV, HTML page or DOCX: no header known yet.

    `rows[r][c]` is row r, column c, from 0, ragged rows padded; `merged` lists (row, column, last row, last column), inclusive.
    """

    name: str
    rows: tuple[tuple[Cell, ...], ...]
    merged: tuple[tuple[int, int, int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A text with what is known of it. Null means the document (and its sidecar) does not say.

    `text` is what offsets index. `session_on` is the day a report was given, `published_on` the day it was published or,
    failing that, `session_on`. `how` names for each field how it was known (`sidecar`, `meta`, `header`, `tail`, `session`, `title`,
    `file name`, `publisher`, `host`, `body`).
    """

    text: str
    media_type: str
    title: str | None = None
    publisher: str | None = None
    published_on: date | None = None
    session_on: date | None = None
    region_code: str | None = None
    genre: str | None = None
    source_tier: str = "unknown"
    report_year: int | None = None
    source_url: str | None = None
    licence: str | None = None
    unit: str | None = None  # of a table that states none
    marks: tuple[Mark, ...] = ()
    sheets: tuple[Sheet, ...] = ()
    how: dict[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()


class Refusal(Exception):
    """A file that cannot be taken. `code` is one of REASONS; `reason` says what is wrong and what to do, in one sentence."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(f"{code}: {reason}")
        self.code = code
        self.reason = reason


REASONS = (
    "empty",  # no bytes, or no text in them
    "unreadable",  # broken, truncated or not what its type says
    "unknown_type",  # no reader for this kind of file
    "encrypted",
    "too_large",
    "timeout",
    "unsafe_path",  # a link, or a name that leads out of the landing folder
    "hostile",  # entity expansion, zip bomb, injected text
    "spam",  # a template or a page whose text is not a report
    "bad_sidecar",
    "unknown_layout",  # a sheet whose header is not understood
)
