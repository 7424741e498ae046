"""Days written in a header: 2024-01-19, 2024年1月19日, ２０２４/1/19, 二〇二四年一月十九日."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

DIGITS = {c: str(i) for i, row in enumerate(("〇○零ＯO", "一", "二", "三", "四", "五", "六", "七", "八", "九")) for c in row}
CHINESE_YEAR = "[一二][〇○零ＯO一二三四五六七八九]{3}"
YEAR = rf"(?:(?:19|20)\d\d|{CHINESE_YEAR})"
_SMALL = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
DAY = re.compile(
    rf"(?<!\d)(?P<y>{YEAR}) ?年 ?(?P<m>{_SMALL}) ?月 ?(?P<d>{_SMALL}) ?日"
    r"|(?<![\d.])(?P<y2>(?:19|20)\d\d)(?P<sep>[-/.])(?P<m2>\d{1,2})(?P=sep)(?P<d2>\d{1,2})(?![\d])"
    r"|(?<!\d)(?P<y3>(?:19|20)\d\d)(?P<m3>0[1-9]|1[0-2])(?P<d3>0[1-9]|[12]\d|3[01])(?!\d)"
)


def days(text: str) -> Iterator[tuple[int, int, date]]:
    """Days named in `text` (normalised by NFKC) as (start, end, day), in order; what is no day of the calendar is passed over."""
    for match in DAY.finditer(text):
        parts = [match[f"{name}{n}"] for n in ("", "2", "3") for name in "ymd" if match[f"{name}{n}"]]
        try:
            yield match.start(), match.end(), date(year_of(parts[0]), small(parts[1]), small(parts[2]))
        except ValueError:
            continue


def first_day(text: str) -> date | None:
    """The first day named in `text`."""
    return next((day for _, _, day in days(text)), None)


def year_of(text: str) -> int:
    """2024, or 二〇二四."""
    return int("".join(DIGITS.get(c, c) for c in text))


def small(text: str) -> int:
    """1 to 99: 19 or 十九. ValueError where it is neither."""
    if text.isdecimal():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return int(DIGITS[ones]) if len(ones) == 1 else _no_number(text)
    return (int(DIGITS[tens]) if tens else 1) * 10 + (int(DIGITS[ones]) if ones else 0)


def _no_number(text: str) -> int:
    raise ValueError(text)
