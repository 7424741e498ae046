"""The first lines of a text, before the speech begins, and its last ones: labels with their values, dates, the session, title candidates."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import pairwise

from orchestration.lexicon import load
from orchestration.reading.dates import days, small
from orchestration.reading.genre import by_title
from orchestration.reading.words import any_of

WORDS = load("reading_header")
BLANKS = re.compile(any_of([re.escape(b) for b in WORDS["blanks"]]), re.IGNORECASE)
INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
FIELD_OF = {word: field for field, words in WORDS["labels"].items() for word in words}
LABEL = re.compile(rf"(?<!\w)({'|'.join(' ?'.join(word) for word in sorted(FIELD_OF, key=len, reverse=True))}) ?: ?")
FURNITURE = re.compile(any_of(WORDS["furniture"]))
SITE = WORDS["site"]
SALUTATION = re.compile(any_of(WORDS["salutation"]))
TITLE_BEGINS = re.compile(any_of(WORDS["title_begins"]))
ORGAN = re.compile(load("reading_publishers")["organ"])
DATELINE = re.compile(WORDS["dateline"])
ASSEMBLY = re.compile(
    r"[^。,;:]{0,30}?在?(?P<where>[^。,;:在日]{2,40}?第?[^。,;:在]{0,12}(?:人民代表大会|人大|代表会议|代表大会)[^。,;:]{0,20}(?:会议|次会)(?:第[^。,;:]{1,8}会议)?)(?:上|开幕|,|$|\)| )"
)
FAR = 4000  # characters in which the head must end
LINES = 60
LONG_LINE = 100
TAIL = 1500


@dataclass(frozen=True, slots=True)
class Stated:
    """A value and where it stood: meta, front matter, header or tail."""

    value: str
    how: str


class Head:
    """What the first and last lines of a text state. Lines are normalised (NFKC, no invisible characters), blank ones left out."""

    def __init__(self, text: str) -> None:
        self.lines = list(_head_lines(text))
        self.opening = normal(text[:FAR])
        self._tail = [line for line in map(normal, text[-TAIL:].split("\n")[-15:]) if 0 < len(line) <= LONG_LINE] if len(text) > FAR else []

    @cached_property
    def labels(self) -> dict[str, list[tuple[str, str]]]:
        """Field → (label, value) pairs in order of the text; a value may stand on the line after its label."""
        return _labels(self.lines)

    @cached_property
    def tail_labels(self) -> dict[str, list[tuple[str, str]]]:
        """The same of the last lines, where they are short."""
        return _labels([line.strip("()[]【】 ") for line in self._tail])

    @cached_property
    def session(self) -> tuple[date, str] | None:
        """The day a report was given and the assembly: 2025年1月14日在某市第九届人民代表大会第四次会议上."""
        for line in (*self.lines, *_joined(self.lines)):
            for _, end, day in days(line):
                match = ASSEMBLY.match(line, end)
                if match:
                    return day, match["where"]
        return None

    @cached_property
    def assembly(self) -> str | None:
        """The assembly named in the head, with or without a day."""
        if self.session:
            return self.session[1]
        return next((m["where"] for line in self.lines if len(line) <= LONG_LINE and (m := ASSEMBLY.search(line))), None)

    @cached_property
    def loose_day(self) -> date | None:
        """A day that stands in the head without a label, on a line that holds little else (2026-02-03 09:02:33)."""
        for line in self.lines:
            for start, end, day in days(line):
                rest = re.sub(r"[\d:时分秒 ]|LABEL", "", line[:start] + line[end:])
                if len(LABEL.sub("", rest)) <= 24 and not ASSEMBLY.match(line, end) and not re.search(r"会议|[(（]$", rest):
                    return day
        return None

    @cached_property
    def signature(self) -> str | None:
        """The organ that a line of its own names."""
        return next(
            (line.split(" ")[0] for line in self.lines if ORGAN.fullmatch(line.split(" ")[0]) and not re.search(r"[:\d]", line)), None
        )

    def dateline(self, year: int | None) -> date | None:
        """The day of an agency's dateline, in `year`."""
        match = DATELINE.search(self.opening[:1500])
        if match is None or year is None:
            return None
        try:
            return date(year, small(match[2]), small(match[3]))
        except ValueError:
            return None

    @cached_property
    def titles(self) -> list[str]:
        """Lines that may be the title, in order; before a line the pair with the next one that may be a title broken in two."""
        found: list[str] = []
        for line, following in zip(self.lines, [*self.lines[1:], ""], strict=False):
            broken = by_title(line) in (None, "news") and (TITLE_BEGINS.fullmatch(line) or 0 < len(following) <= 3)
            if (
                following
                and broken
                and not FURNITURE.fullmatch(following)
                and not FURNITURE.fullmatch(line)
                and _may_be_title(line + following)
            ):
                found.append(line + following)
            if _may_be_title(line):
                found.append(line)
        return found


def normal(line: str) -> str:
    """`line` with full-width signs made narrow, blanks squeezed to one, invisible characters and Markdown's # gone."""
    narrow = unicodedata.normalize("NFKC", BLANKS.sub(" ", line)).translate(INVISIBLE)
    return " ".join(narrow.split()).lstrip("# ").strip("*")


def headline(title: str) -> str | None:
    """The title of a page without the names of its column and site (甲_乙_丙网 → 甲); null where it names the site only."""
    first = re.split(r"\s*[_|]\s*|\s+[-—–]+\s+|--+", title)[0]
    words = normal(re.sub(rf"[-—–]{SITE}$", "", first))
    return words if words and not re.fullmatch(SITE, words) else None


def _head_lines(text: str) -> Iterator[str]:
    count = 0
    for raw in text[:FAR].split("\n"):
        line = normal(raw[: FAR // 4])
        if not line or line in ("---", "-->", "<!--"):
            continue
        if SALUTATION.fullmatch(line) or count >= LINES or (len(line) > LONG_LINE and not LABEL.search(line[:LONG_LINE])):
            return
        count += 1
        yield line


def _labels(lines: list[str]) -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for i, line in enumerate(lines):
        matches = list(LABEL.finditer(line))
        ends = [*(m.start() for m in matches[1:]), len(line)]
        for match, after in zip(matches, ends, strict=False):
            value = line[match.end() : after].strip(" |/\t[]【】()")
            if not value and after == len(line) and i + 1 < len(lines) and not LABEL.search(lines[i + 1]):
                value = lines[i + 1].strip(" |/[]【】")
            if value and len(value) <= 80:
                label = match[1].replace(" ", "")
                found.setdefault(FIELD_OF[label], []).append((label, value))
    return found


def _joined(lines: list[str]) -> list[str]:
    """Neighbouring short lines as one: 政府工作报 / 告; 某市人民政府 / 工作报告."""
    return [a + b for a, b in pairwise(lines) if len(a) + len(b) <= 60 and not LABEL.search(a) and not LABEL.search(b)]


def _may_be_title(line: str) -> bool:
    return 4 <= len(line) <= 80 and not line.endswith(("。", ";", ",")) and not LABEL.search(line) and not FURNITURE.fullmatch(line)
