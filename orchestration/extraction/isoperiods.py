"""ISO periods (2024, 2024-H1, 2024-01/2024-05, 2021/2025, 2024-12-31): what they cover; and numerals of years, months and plans in words."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from functools import lru_cache

_DIGITS = {c: str(i) for i, c in enumerate("〇一二三四五六七八九")} | {"○": "0", "零": "0", "Ｏ": "0", "两": "2"}
_SMALL = {"两": 2, "十": 10} | {c: i for i, c in enumerate("零一二三四五六七八九")}
YEAR = r"(?:(?:19|20)\d\d|[一二][九〇○零][〇○零一二三四五六七八九]{2})"
GAP = "[ \u200b]?"  # typesetters put one between a digit and 年, 月, 日
MONTH, DAY = "(?:1[0-2]|0?[1-9])", "(?:3[01]|[12]\\d|0?[1-9])"


def last_year(period: str) -> int:
    """The year in which an ISO period ends."""
    return int(period.rsplit("/", 1)[-1][:4])


def first_year(period: str) -> int:
    """The year in which an ISO period begins."""
    return int(period[:4])


@lru_cache(maxsize=4096)
def bounds(period: str) -> tuple[date, date]:
    """First and last day of an ISO period. Raises ValueError for anything else."""
    if "/" in period:
        low, high = period.split("/")
        return bounds(low)[0], bounds(high)[1]
    year = int(period[:4])
    part = period[5:]
    if not part:
        return date(year, 1, 1), date(year, 12, 31)
    if part[0] in "HQ":
        months = 6 if part[0] == "H" else 3
        last = int(part[1]) * months
        return date(year, last - months + 1, 1), date(year, last, monthrange(year, last)[1])
    if len(part) == 2:
        return date(year, int(part), 1), date(year, int(part), monthrange(year, int(part))[1])
    return date.fromisoformat(period), date.fromisoformat(period)


def is_day(period: str) -> bool:
    """A full date: in a title or heading it is the day a text was given or published, not the time it speaks of."""
    return len(period) == 10


def is_part(period: str) -> bool:
    """Months, a quarter or a half of one year."""
    return len(period) > 4 and not is_day(period) and first_year(period) == last_year(period)


def number(word: str) -> int:
    """A small whole number in Arabic or Chinese digits (up to 99)."""
    if word.isdecimal() and word.isascii():
        return int(word)
    if "十" in word:
        tens, _, ones = word.partition("十")
        return (_SMALL[tens] if tens else 1) * 10 + (_SMALL[ones] if ones else 0)
    return _SMALL.get(word[:1], 0)


def year_of(word: str) -> int:
    """A year in Arabic or Chinese digits (二〇二四)."""
    return int("".join(_DIGITS.get(c, c) for c in word))


def day_of(year: int, month: int, day: int) -> str | None:
    """The ISO day, or null where the calendar has none such."""
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def plan_years(name: str) -> tuple[int, int]:
    """The five years of a plan by its name: 六五 is 1981 to 1985, each next one five years on."""
    start = 1981 + 5 * (number(name[:-1]) - 6)
    return start, start + 4
