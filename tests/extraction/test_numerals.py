"""Numerals: exact values of many spellings, and the limits of what is a figure."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestration.extraction.numerals import fitting, neighbours, parse

CASES = {
    "12": 12,
    "1,234.5": "1234.5",
    "1.5万亿": 1_500_000_000_000,
    "1亿3千多万": 130_000_000,
    "2600多万": 26_000_000,
    "二十": 20,
    "十六": 16,
    "一百零三": 103,
    "二千零十六万": 20_160_000,
    "二万三千八百五十一亿": 2_385_100_000_000,
    "十亿八千万": 1_080_000_000,
    "两千五": 2500,
    "三点五万": 35_000,
    "二〇二三": 2023,
    "一九九○": 1990,
    "百": 100,
    "千万": 10_000_000,
    "万亿": 1_000_000_000_000,
    "亿": 100_000_000,
}


@pytest.mark.parametrize(("words", "value"), CASES.items())
def test_parse(words: str, value: object) -> None:
    assert parse(words) == Decimal(str(value))


@pytest.mark.parametrize("words", ["1.2.3", "甲", "9" * 61, "9" * 40])
def test_no_figure(words: str) -> None:
    assert parse(words) is None


@pytest.mark.parametrize(("words", "ends"), [("三四十", (30, 40)), ("五六百", (500, 600)), ("七八", (7, 8)), ("十七八", (17, 18))])
def test_neighbours(words: str, ends: tuple[int, int]) -> None:
    assert neighbours(words) == ends


@pytest.mark.parametrize("words", ["三十", "一百二十三", "五七", "四"])
def test_no_neighbours(words: str) -> None:
    assert neighbours(words) is None


def _spell(n: int) -> str:
    """A whole number below 10^12 in plain Chinese."""

    def section(k: int) -> str:
        words, gap = "", False
        for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
            digit = k // unit % 10
            if digit:
                words += ("零" if gap and words else "") + "零一二三四五六七八九"[digit] + name
            gap = not digit
        return words

    parts = []
    for size, name in ((10**8, "亿"), (10**4, "万"), (1, "")):
        k, n = divmod(n, size)
        if k:
            parts.append(("零" if parts and k < 1000 else "") + section(k) + name)
    return "".join(parts)


@given(st.integers(min_value=1, max_value=10**12 - 1))
def test_chinese_round_trip(n: int) -> None:
    assert parse(_spell(n)) == n


@given(st.text(alphabet="0123456789.,，零一二两三四五六七八九十百千万亿多余点 \u200b", max_size=80))
def test_never_raises(words: str) -> None:
    value = parse(words)
    assert value is None or fitting(value) == value
