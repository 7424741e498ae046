"""Of which year a text mainly tells; of a full work report the year reviewed."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date

from orchestration.lexicon import load
from orchestration.reading.dates import YEAR, year_of
from orchestration.reading.words import any_of

WORDS = load("reading_years")
NAMED = re.compile(rf"(?<![\d二〇○零])({YEAR})(?!年\d{{1,2}}月\d)(?=年|[)_\-](?!\d)|第?[一二三四]季度|上半年|$)")
REVIEWED = re.compile(any_of(WORDS["reviewed"]).replace("{year}", f"({YEAR})年"))
PLANNED = re.compile(any_of(WORDS["planned"]).replace("{year}", f"({YEAR})年"))
SPEECHES = {"work_report"}
ACCOUNTS = {"communique", "plan_report", "budget_report"}
HEADING = 60  # longest line that can be a heading
BODY = 8000


def years_in(text: str) -> list[int]:
    """The years that a title or a file name (normalised) names, in order; the year of a day is none."""
    return [year_of(year) for year in NAMED.findall(text.replace(" ", ""))]


def reviewed(text: str) -> int | None:
    """The year that a heading of a text (normalised lines) says is looked back on; else the year before the one it plans."""
    headings = [line for line in text.split("\n") if 4 <= len(line) <= HEADING and not line.endswith(("。", ";", ","))]
    for pattern, back in ((REVIEWED, 0), (PLANNED, 1)):
        for line in headings:
            match = pattern.search(line.replace(" ", ""))
            if match:
                return year_of(next(filter(None, match.groups()))) - back
    return None


def before(day: date) -> int:
    """The year that a report given on `day` looks back on."""
    return day.year if day.month >= WORDS["turn_of_year"] else day.year - 1


def most_named(text: str, day: date | None) -> int | None:
    """The year that a text (normalised) names most, not after `day`; of a text published early in a year that year or the one before."""
    counts = Counter(year for year in years_in(text[:BODY]) if day is None or year <= day.year)
    if day and day.month <= WORDS["new_year"]:
        return max((day.year - 1, day.year), key=lambda year: counts[year])
    if day:
        return day.year
    return max(counts, key=lambda year: (counts[year], year), default=None)


def report_year(
    genre: str | None, title: str, file_name: str, text: str, session: date | None, published: date | None, table: bool = False
) -> tuple[int, str] | None:
    """The year a document deals with and how it was known; `text`: its normalised lines; days where known."""
    named, filed = years_in(title), years_in(file_name)
    told: list[tuple[int | None, str]]
    if genre in SPEECHES:
        heading = reviewed(text)
        told = [(_near(heading, session) if session else heading, "body"), (before(session) if session else None, "session")]
        told += [(years[0] - 1 if years else None, how) for years, how in ((named, "title"), (filed, "file name"))]
        told += [(before(published) if published else None, "header")]
    elif genre in ACCOUNTS:
        told = [(min(years, default=None), how) for years, how in ((named, "title"), (filed, "file name"))]
        told += [(_closed(published), "header")]
    else:
        told = [(most_named(text, published), "body"), (filed[0] if filed else None, "file name")]
        told = [(named[0] if named else None, "title"), *(reversed(told) if table else told)]
    return next(((year, how) for year, how in told if year), None)


def _closed(published: date | None) -> int | None:
    """The year of which accounts published on that day tell: until summer the one before."""
    return published.year - (published.month <= WORDS["accounts_until"]) if published else None


def _near(year: int | None, session: date) -> int | None:
    """`year` if a report given at `session` can look back on it."""
    return year if year in (session.year - 1, session.year) and (year != session.year or session.month >= 6) else None
