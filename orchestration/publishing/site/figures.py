"""Figures as readers expect them: 168000000000 元 is 1680亿元, and in English 168 billion yuan. Never more digits than the source."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from orchestration.publishing.site.words import Both, say

ZH = ((10**12, "万亿"), (10**8, "亿"), (10**4, "万"))
EN = ((10**12, " trillion"), (10**9, " billion"), (10**6, " million"))
PLAIN_DIGITS = 9  # a longer number that fits no magnitude word is rounded to two decimals of the largest one
MINUS = "−"
UNSCALED = {"%", "‰", "个百分点", "个千分点", "倍"}


def _digits(value: Decimal) -> str:
    """A number without trailing zeros and without an exponent."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _decimals(value: Decimal) -> int:
    return len(_digits(value).partition(".")[2])


def _grouped(digits: str) -> str:
    whole, dot, rest = digits.partition(".")
    return f"{int(whole):,}{dot}{rest}"


def _scaled(size: Decimal, scales: tuple[tuple[int, str], ...], decimals: int) -> tuple[str, str]:
    """A size as digits and a magnitude word: the largest word that leaves at most so many decimals."""
    fitting = [(size / scale, word) for scale, word in scales if size >= scale]
    for scaled, word in fitting:
        if _decimals(scaled) <= decimals:
            return _digits(scaled), word
    if fitting and len(_digits(size).replace(".", "")) > PLAIN_DIGITS:
        scaled, word = fitting[0]
        return _digits(scaled.quantize(Decimal("0.01"), ROUND_HALF_UP)), word
    return _digits(size), ""


def _sizes(value: Decimal, unit: str | None) -> tuple[tuple[str, str], tuple[str, str]]:
    size = abs(value)
    if unit in UNSCALED:
        return (_digits(size), ""), (_digits(size), "")
    digits, word = _scaled(size, EN, 3)
    return _scaled(size, ZH, 2), (_grouped(digits), word)


def _unit(unit: str | None) -> Both:
    if not unit:
        return Both("", "")
    said = say("unit", unit)
    spaced = said.en if not said.en or said.en[0] in " %‰" else f" {said.en}"
    return Both(said.zh, spaced)


def figure(
    value: Decimal | None, unit: str | None, measure: str = "level", comparator: str | None = "eq", high: Decimal | None = None
) -> Both:
    """A value with its bound, magnitude word, sign and unit: 约6.5%, 超过1900亿元, +6.5%, 降幅不低于3%, 第4位, 5–7%. A dash for null."""
    if value is None:
        return say("say", "no_result")
    if measure == "rank":
        number = _digits(value)
        return Both(f"前{number}位", f"top {number}") if comparator == "le" else Both(f"第{number}位", f"no. {number}")
    bounded = comparator not in (None, "eq")
    falls = measure == "growth" and value < 0 and bounded
    lead = say("fall" if falls else "bound", comparator) if bounded else Both("", "")
    sign = (
        MINUS if value < 0 and not falls else "+" if value > 0 and measure in ("growth", "change") and not bounded and high is None else ""
    )
    (zh, zh_word), (en, en_word) = _sizes(value, unit)
    named = _unit(unit)
    if high is None:
        return Both(f"{lead.zh}{sign}{zh}{zh_word}{named.zh}", f"{lead.en}{sign}{en}{en_word}{named.en}")
    (zh_high, zh_high_word), (en_high, en_high_word) = _sizes(high, unit)
    high_sign = MINUS if high < 0 and not falls else ""
    return Both(
        f"{lead.zh}{sign}{zh}{zh_word if zh_word != zh_high_word else ''}–{high_sign}{zh_high}{zh_high_word}{named.zh}",
        f"{lead.en}{sign}{en}{en_word if en_word != en_high_word else ''}–{high_sign}{en_high}{en_high_word}{named.en}",
    )


def difference(value: Decimal | None, unit: str | None) -> Both:
    """A difference with its sign; of percentages in percentage points."""
    if value is None:
        return Both("", "")
    return figure(value, "个百分点" if unit == "%" else unit, "change") if value else Both("0", "0")


def percent(share: float | None) -> str:
    """A share as a whole percentage; a dash for null."""
    return "—" if share is None else f"{Decimal(str(share * 100)).quantize(Decimal(1), ROUND_HALF_UP)}%"


def period(text: str | None) -> Both:
    """An ISO period in words: 2023年, 2023年上半年, 2023年第三季度, 2023年4月, 2021—2025年."""
    if not text:
        return Both("", "")
    if "/" in text:
        first, last = text.split("/", 1)
        if len(first) == len(last) == 4:
            return Both(f"{first}—{last}年", f"{first}–{last}")
        return Both(f"{period(first).zh}至{period(last).zh}", f"{period(first).en} to {period(last).en}")
    year, _, rest = text.partition("-")
    if not rest:
        return Both(f"{year}年", year)
    if rest[0] == "H":
        return Both(f"{year}年{'上' if rest[1] == '1' else '下'}半年", f"{rest} {year}")
    if rest[0] == "Q":
        return Both(f"{year}年第{'一二三四'[int(rest[1]) - 1]}季度", f"{rest} {year}")
    month, _, day = rest.partition("-")
    return Both(f"{year}年{int(month)}月" + (f"{int(day)}日" if day else ""), text)


def display_scale(sizes: list[Decimal], unit: str | None) -> tuple[int, str]:
    """One magnitude for a whole chart: the divisor and the unit's name with its word, by the middle of the sizes."""
    if unit in UNSCALED or not sizes:
        return 1, unit or ""
    middle = sorted(abs(v) for v in sizes)[len(sizes) // 2]
    for scale, word in ZH:
        if middle >= scale * (10 if word == "万亿" else 1):
            return scale, f"{word}{unit or ''}"
    return 1, unit or ""
