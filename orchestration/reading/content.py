"""What a reader of one format hands on: the stored text, where its parts stood, and what the file says of itself in fields of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from orchestration.reading.model import Mark, Sheet


@dataclass(frozen=True, slots=True)
class Content:
    """`stated` holds fields that the format itself names (meta tags of a page, front matter): title, page (its title with the site's), publisher, site,
    published_on, column, url, domain.

    `head` is what stands above the text together with it, where the format keeps the two apart (a page's header); empty where the text has it.
    """

    text: str
    media_type: str
    marks: tuple[Mark, ...] = ()
    sheets: tuple[Sheet, ...] = ()
    stated: Mapping[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    head: str = ""


Reader = Callable[[bytes, str], Content]
"""Takes a file's bytes and its name; raises Refusal."""


def line_marks(text: str) -> tuple[Mark, ...]:
    """One mark a line that holds more than spaces, numbered from 1."""
    marks: list[Mark] = []
    start = 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            marks.append(Mark(start, len(marks) + 1))
        start += len(line)
    return tuple(marks)
