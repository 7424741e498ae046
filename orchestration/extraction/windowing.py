"""Long texts in windows, so that memory is bounded: cut where a line, a sentence or a clause ends.

What a window calls its own (its body) is read together with the document's opening, the headings that hold there, the text before it and a
little of what follows, so that period, status and subject are found as in one piece. What begins in the body is the window's.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, fields

from orchestration.extraction.layout import DASH, Layout, parse
from orchestration.extraction.model import Claim, Extraction

WINDOW = 1_000_000  # characters of a body; a text no longer than this is read in one piece
SLACK = 100_000  # how far before a body's end a place to cut is looked for
LEAD = 20_000  # characters read before a body
TAIL = 2_000  # characters read behind it, at most
OPENING = 2_000  # characters of the document's opening, at most
_AT = re.compile(r"(?<= at )\d+")
_ENDS = (("line", "\n"), ("sentence", "。！？"), ("clause", "，；、,;"))


@dataclass(frozen=True, slots=True)
class Window:
    """`text` as it is read, its body [start, end), and what to add to an offset of `text` for the document's; `warning` of a cut inside a line."""

    text: str
    start: int
    end: int
    shift: int
    warning: str | None = None


def windows(text: str) -> Iterator[Window]:
    """The windows of `text`, in order; their bodies make up the whole. Time is linear in the length of `text`."""
    if len(text) <= WINDOW:
        yield Window(text, 0, len(text), 0)
        return
    opening = text[: text.rfind("\n", 0, OPENING) + 1]
    above, lead, start = "", 0, 0
    while start < len(text):
        end, kind = _cut(text, start + WINDOW)
        stop = end if kind == "none" else _first_end(text, end)
        window = Window(above + text[lead:stop], len(above) + start - lead, len(above) + end - lead, lead - len(above), _warning(kind, end))
        yield window
        start = end
        if start < len(text):
            lead = end if kind == "none" else _last_end(text, end - LEAD)
            above = "\n\n".join([opening, *_headings(parse(window.text), lead - window.shift), ""])


def own(found: Extraction, window: Window) -> Extraction:
    """What of `found` begins in the window's body, with offsets of the document. Its items are changed in place."""
    kept = Extraction(warnings=[*_own_warnings(found.warnings, window), *filter(None, [window.warning])])
    for name in (f.name for f in fields(Extraction) if f.name != "warnings"):
        items = [item for item in getattr(found, name) if window.start <= item.char_start < window.end]
        for item in items if window.shift else ():
            item.char_start += window.shift
            item.char_end += window.shift
            if isinstance(item, Claim):
                item.sentence_start += window.shift
                item.sentence_end += window.shift
        setattr(kept, name, items)
    return kept


def _own_warnings(warnings: list[str], window: Window) -> Iterator[str]:
    """What was noticed in the body; a warning names its place as `at N`."""
    for warning in warnings:
        said = _AT.search(warning)
        if said is None or window.start <= int(said.group()) < window.end:
            yield _AT.sub(lambda m: str(int(m.group()) + window.shift), warning)


def _cut(text: str, at: int) -> tuple[int, str]:
    """(end of a body, what ends there) at or a little before `at`; `none` where nothing does."""
    if at >= len(text):
        return len(text), "text"
    for kind, marks in _ENDS:
        last = max(text.rfind(mark, at - SLACK, at) for mark in marks)
        if last >= 0:
            return last + 1, kind
    return at, "none"


def _warning(kind: str, at: int) -> str | None:
    if kind in ("line", "text"):
        return None
    where = f"where a {kind} ends" if kind != "none" else "within a run without any mark, where figures may be torn"
    return f"line of more than {SLACK} characters: read in parts, cut at {at} {where}"


def _first_end(text: str, at: int) -> int:
    """Where the line or the sentence after `at` ends, TAIL characters on at the latest."""
    found = [i + 1 for mark in "\n。" if (i := text.find(mark, at, at + TAIL)) >= 0]
    return min(found, default=min(len(text), at + TAIL))


def _last_end(text: str, at: int) -> int:
    """Where the last line before `at` ended, or else the last sentence; `at` itself where there is none near."""
    low = max(0, at - LEAD)
    return next((i + 1 for mark in "\n。" if (i := text.rfind(mark, low, at)) >= 0), max(0, at))


def _headings(layout: Layout, offset: int) -> list[str]:
    """The headings that hold at `offset`, from the outermost to the innermost."""
    sentence = bisect_right(layout.starts, offset) - 1
    index = layout.sentences[sentence].section if sentence >= 0 else 0
    found = []
    while index > 0:
        section = layout.sections[index]
        if section.level != DASH:
            found.append(layout.text[section.start : section.end + 1].strip())
        index = section.parent
    return found[::-1]
