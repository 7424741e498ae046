"""Periods in headers, stubs and titles → ISO (`2023`, `2023-H1`, `2023-Q3`, `2023-04`, `2023-01/2023-05`, `2023-12-31`)."""

from __future__ import annotations

import re
from calendar import monthrange

from orchestration.extraction.words import alternation
from orchestration.lexicon import load

_PARTS: dict[str, str] = load("periods")["parts"]
_YEAR = r"(?P<year>(?:19[4-9]|20[0-9])\d)"
_MONTHS = r"(?P<first>\d{1,2})(?:月)?[-—–~至](?P<last>\d{1,2})月"
_WITHIN = rf"(?:{_MONTHS}|(?P<month>\d{{1,2}})月(?P<month_end>末|底)?|(?P<part>{alternation(_PARTS)})|(?P<end>年?末|年?底))"
_SPAN = re.compile(r"(?P<first>(?:19[4-9]|20[0-9])\d)年?[-—–~至](?P<last>(?:19[4-9]|20[0-9])\d)(?:年|(?!\d))")
_LEAD = re.compile(rf"{_YEAR}(?:年度?(?!鉴)|(?![\d.年])){_WITHIN}?(?:累计)?")
_BARE = re.compile(_WITHIN)
_PART = re.compile(rf"(?<![\d.年]){_WITHIN}")
_ANY = re.compile(rf"(?<![\d.鉴]){_YEAR}(?:年度?(?!鉴)(?P<rest>{_WITHIN.replace('?P<', '?P<r_')})?|(?=[)\s]|$))")


def leading(text: str, year: int | None = None) -> tuple[str, str] | None:
    """The period with which `text` begins, as (ISO, the rest of the text); a part of a year without its year takes `year`. None: no period."""
    if span := _SPAN.match(text):
        return (f"{span['first']}/{span['last']}", text[span.end() :]) if span["first"] < span["last"] else None
    match = _LEAD.match(text)
    if match:
        iso = _iso(int(match["year"]), match)
    else:
        match = _BARE.match(text)
        iso = _iso(year, match) if match and year and not match["end"] else None  # 年末总人口 is a name
    return (iso, text[match.end() :]) if match and iso else None


def whole(text: str, year: int | None = None) -> str | None:
    """The period that `text` is from end to end, or None."""
    found = leading(text, year)
    return found[0] if found and not found[1] else None


def only(text: str, year: int | None = None) -> str | None:
    """The one period that running `text` (a title, a file name) names, or None: none, or several. The year of a yearbook is none.

    A part of a year without its year (1-6月) takes `year`.
    """
    if _SPAN.search(text):
        return None
    found = {m[0] for m in _ANY.finditer(text)} or ({m[0] for m in _PART.finditer(text)} if year else set())
    return whole(found.pop(), year) if len(found) == 1 else None


def year_before(period: str) -> str:
    """The same part of the year before."""
    return re.sub(r"\d{4}", lambda m: str(int(m[0]) - 1), period)


def to_date(period: str) -> str | None:
    """From the start of the year to the end of a month; None where `period` is no month nor begins with the year."""
    first, _, last = period.partition("/")
    if not re.fullmatch(r"\d{4}-\d\d", first):
        return None if "Q" in period else period
    return period if last else _months(int(first[:4]), 1, int(first[5:]))


def month(period: str) -> str | None:
    """The month that `period` is or ends with, or None."""
    last = period.rpartition("/")[2]
    return last if re.fullmatch(r"\d{4}-\d\d", last) else None


PARTS = {"year_before": year_before, "to_date": to_date, "this_month": month}
"""The parts of a table's period that a column can be about."""


def _months(year: int, first: int, last: int) -> str | None:
    if not 1 <= first <= last <= 12:
        return None
    if (first, last) == (1, 12):
        return str(year)
    return f"{year}-{first:02d}" + (f"/{year}-{last:02d}" if last > first else "")


def _iso(year: int, m: re.Match[str]) -> str | None:
    if m["last"]:
        return _months(year, int(m["first"]), int(m["last"]))
    if m["month"]:
        month = int(m["month"])
        if not 1 <= month <= 12:
            return None
        return f"{year}-{month:02d}" + (f"-{monthrange(year, month)[1]}" if m["month_end"] else "")
    if m["part"]:
        low, _, high = _PARTS[m["part"]].partition("/")
        return f"{year}-{low}" + (f"/{year}-{high}" if high else "")
    return f"{year}-12-31" if m["end"] else str(year)
