"""Numerals → exact numbers: Arabic and Chinese digits, magnitude words, mixtures of both (1亿3千万, 二万三千八百五十一)."""

from __future__ import annotations

import re
from decimal import Decimal, localcontext

DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2, "几": 1, "数": 1}
SMALL = {"十": 10, "百": 100, "千": 1000}
LARGE = {"万": 10**4, "亿": 10**8}
_ARABIC = re.compile(r"\d[\d.]*")
_JUNK = str.maketrans("", "", " \u200b,，多余来")
LONGEST = 60  # characters of a numeral: a longer one is no figure
_PLACES = Decimal(1).scaleb(-12)
_LIMIT = Decimal(10) ** 26


def parse(words: str) -> Decimal | None:
    """The number that `words` (a numeral without unit) stands for; null if it is none, or too long for DECIMAL(38,12)."""
    if len(words) > LONGEST:
        return None
    words = words.translate(_JUNK)
    if words.isdecimal():
        return fitting(Decimal(words))
    if "点" in words:
        return _spoken(words)
    if len(words) > 1 and all(c in DIGITS for c in words):
        return fitting(Decimal("".join(str(DIGITS[c]) for c in words)))
    total, section, number = Decimal(0), Decimal(0), None
    last = 0  # the magnitude just read: a digit right behind 千 or 万 stands one place below it (两千五)
    zero = False
    i = 0
    while i < len(words):
        c = words[i]
        m = _ARABIC.match(words, i)
        if m:
            if m.group().count(".") > 1:
                return None
            number = Decimal(m.group().rstrip("."))
            i = m.end()
            last = 0
            continue
        i += 1
        if c in "零〇○":
            number, last, zero = None, 0, True
        elif c in DIGITS:
            number, zero = Decimal(DIGITS[c]), False
        elif c in SMALL:
            section, number, last, zero = (
                _small(section, Decimal(1) if zero and number is None else number, SMALL[c]),
                None,
                SMALL[c],
                False,
            )
        elif c in LARGE:
            section, number, last = section + (number or 0), None, LARGE[c]
            total, section = _large(total, section, LARGE[c]), Decimal(0)
        else:
            return None
    if number is not None:
        ending = last if last >= 100 and words[-1] in DIGITS else 10
        section += number * ending / 10
    return fitting(total + section)


def _small(section: Decimal, number: Decimal | None, unit: int) -> Decimal:
    """Adds 三百; a magnitude after a magnitude multiplies (百千, 十百)."""
    if number is None and 0 < section < unit:
        return section * unit
    return section + (Decimal(1) if number is None else number) * unit


def _large(total: Decimal, section: Decimal, unit: int) -> Decimal:
    """Closes a section at 万 or 亿; 万亿 multiplies what stands before."""
    if not section:
        return (total or Decimal(1)) * unit
    return (total + section) * unit if total < unit else total + section * unit


def _spoken(words: str) -> Decimal | None:
    """三点五, 三点五万."""
    whole, _, rest = words.partition("点")
    tail = rest.lstrip("零〇一二三四五六七八九")
    head = parse(whole)
    digits = "".join(str(DIGITS[c]) for c in rest[: len(rest) - len(tail)])
    scale = parse(tail) if tail else Decimal(1)
    if head is None or scale is None or not digits:
        return None
    return fitting((head + Decimal(f"0.{digits}")) * scale)


def fitting(value: Decimal) -> Decimal | None:
    """`value` with at most twelve decimals, or null where DECIMAL(38,12) cannot hold it."""
    if abs(value) >= _LIMIT:
        return None
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and exponent < -12:
        with localcontext() as context:
            context.prec = 60
            value = value.quantize(_PLACES)
    return value


def neighbours(words: str) -> tuple[Decimal, Decimal] | None:
    """The ends of an approximation by neighbouring digits: 三四十 → 30, 40; 五六百 → 500, 600; 七八 → 7, 8."""
    for i in range(len(words) - 1):
        low, high = words[i], words[i + 1]
        if low in "一二三四五六七八两" and high in "二三四五六七八九" and DIGITS[high] - DIGITS[low] == 1:
            head, tail = words[:i], words[i + 2 :]
            first, second = parse(head + low + tail), parse(head + high + tail)
            return (first, second) if first is not None and second is not None and head[-1:] not in DIGITS else None
    return None
