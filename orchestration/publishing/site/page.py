"""What a page is before it is written, and the links pages share."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from orchestration.publishing.site.charts import Chart
from orchestration.publishing.site.reading import Release
from orchestration.publishing.site.sentences import Excerpt
from orchestration.publishing.site.words import Both, say

_PLAIN = re.compile(r"[A-Za-z0-9]{1,32}")


@dataclass(frozen=True, slots=True)
class Page:
    """A page: where it goes, its template and what the template is given, the files that go with it (CSV, scripts) by path."""

    path: str
    template: str
    title: Both
    context: dict[str, Any]
    charts: tuple[Chart, ...] = ()
    files: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Source:
    """Where something is said: the document's title, date and address, and the stretch in its sentence (or the cell of a table)."""

    title: str
    date: str
    url: str | None
    excerpt: Excerpt | None
    start: int | None = None
    end: int | None = None
    cell: str | None = None
    quote: str | None = None


def answer_path(region_code: str, year: int) -> str:
    """The page of a region and year. Codes are digits; what is not plain stays out of file names."""
    code = region_code if _PLAIN.fullmatch(region_code) else "".join(f"{ord(c):x}" for c in region_code)
    return f"answers/{code}-{year}.html"


def web_address(url: str | None) -> str | None:
    """The address if it is one that a reader can follow; what a document says of itself may be anything."""
    return url if url and url.lower().startswith(("http://", "https://")) else None


def source(
    release: Release,
    document_id: str | None,
    start: int | None,
    end: int | None,
    sentence: tuple[int, int] | None = None,
    cell: str | None = None,
    quote: str | None = None,
) -> Source | None:
    """Where a stretch of a document, or a cell of its table, stands; None where there is no document."""
    document = release.documents.get(document_id or "")
    if document is None:
        return None
    return Source(
        title=document["title"] or document["source_path"],
        date=str(document["published_on"] or ""),
        url=web_address(document["source_url"]),
        excerpt=release.said(document_id, start, end, sentence),
        start=start,
        end=end,
        cell=cell,
        quote=quote,
    )


def indicator_name(release: Release, code: str | None, name: str | None) -> Both:
    """An indicator's two names; a subject without a code has only the one of its text."""
    known = release.indicators.get(code or "")
    return Both(known["name_zh"], known["name_en"]) if known else Both(name or "", name or "")


def qualified(name: Both, measure: str | None, scope: str | None = None) -> Both:
    """An indicator with its measure, where that is not simply its level, and its scope."""
    said = say("measure", measure)
    tail_zh = [t for t in (scope, said.zh if measure != "level" else None) if t]
    tail_en = [t for t in (scope, said.en if measure != "level" else None) if t]
    return Both(f"{name.zh}（{'，'.join(tail_zh)}）" if tail_zh else name.zh, f"{name.en} ({', '.join(tail_en)})" if tail_en else name.en)


def joined(parts: Iterable[Both], zh: str, en: str) -> Both:
    """Several sayings as one."""
    listed = list(parts)
    return Both(zh.join(p.zh for p in listed), en.join(p.en for p in listed))
