"""Measure and sign of a figure, from its unit and the predicate before it."""

from __future__ import annotations

import re
from functools import lru_cache

from orchestration.extraction.words import alternation
from orchestration.lexicon import load

_WORDS = load("measures")
_DIRECTIONS = re.compile(
    rf"(?P<level>{alternation([*_WORDS['level_verbs'], *_WORDS['no_direction']])})|(?P<down>{alternation(_WORDS['down'])})|(?P<up>{alternation(_WORDS['up'])})"
)
_TO = re.compile(r"[到至为]")
_RATES = re.compile(alternation(_WORDS["growth_heads"]))
_FALLS = re.compile(alternation(_WORDS["falling_heads"]))
_ANNUAL = re.compile(alternation(_WORDS["annual"]))
_AFTER = re.compile(rf"{alternation(_WORDS['growth_after'])}(?![^，。；]{{0,2}}(?:点|极))")
_FALL_AFTER = re.compile(alternation(_WORDS["fall_after"]))
_YEAR_ON_YEAR = re.compile("(?:同比|环比)(?:分别|依次|均)?\\Z")  # 收入同比-5.1%
_BELOW = re.compile(alternation(_WORDS["below"]))
_BEYOND = re.compile(rf"超出?(?:{alternation(_WORDS['plans'])})")  # 超计划2座: by so much more
_FRONT_DOWN = re.compile(alternation(_WORDS["front_down"]))
_FRONT_UP = re.compile(alternation(_WORDS["front_up"]))
_FRONT_MOVED = re.compile(
    rf"(?:累计|合计|共|再|平均|每[年月]|净)*(?:(?P<down>{alternation(_WORDS['moved_down'])})|(?P<up>{alternation(_WORDS['moved_up'])}))"
)
_MOVING_UNITS = frozenset(_WORDS["moving_units"])
_RATE_TAILS = tuple(_WORDS["rate_tails"])
RELATIVE = frozenset({"%", "‰", "‱", "倍", "番", "个百分点", "百分点", "个千分点", "千分点", "个基点", "基点"})
POINTS = frozenset({"个百分点", "百分点", "个千分点", "千分点", "个基点", "基点"})


@lru_cache(maxsize=16384)
def in_front(noun: str) -> int:
    """+1 or −1 where a verb of rising or falling stands before the noun and its percentage behind it (压减时间58%); else 0."""
    if noun.endswith(_RATE_TAILS):
        return 0
    return -1 if _FRONT_DOWN.match(noun) else 1 if _FRONT_UP.match(noun) else 0


@lru_cache(maxsize=16384)
def moved_in_front(noun: str, unit: str) -> int:
    """+1 or −1 where a verb before the noun says by how much it moved (再减少制度性交易成本3亿元, 提高低保标准50元); 0 where it made something."""
    m = _FRONT_MOVED.match(noun)
    if m is None or noun.endswith(_RATE_TAILS) or m.end() == len(noun) or _TO.search(noun, m.end()):
        return 0
    return -1 if m.lastgroup == "down" else 1 if unit in _MOVING_UNITS else 0


@lru_cache(maxsize=16384)
def direction(predicate: str) -> tuple[int, bool, bool]:
    """(+1 rise, −1 fall, 0 none; whether it leads *to* the figure; whether a rate of growth is named) of a predicate."""
    sign, end = 0, 0
    for m in _DIRECTIONS.finditer(predicate):
        if m.lastgroup != "level":
            sign, end = (1 if m.lastgroup == "up" else -1), m.end()
    if not sign:
        return 0, _TO.search(predicate) is not None, False
    named = _RATES.search(predicate) is not None and re.search(r"[速幅率]", predicate) is not None
    if named and _FALLS.search(predicate):
        sign = -1
    return sign, _TO.search(predicate, end) is not None, named


def annual(predicate: str) -> bool:
    """Whether the predicate says that the figure holds for each year of a span."""
    return _ANNUAL.search(predicate) is not None


def measure(unit: str, predicate: str, compared: str, after: str, rule: str) -> tuple[str, int]:
    """(measure, sign) of a figure with `unit` after `predicate` (which holds the comparison `compared`) and before the text `after`."""
    if unit in POINTS:
        return "change", -1 if _BELOW.match(compared) else direction(predicate)[0] or 1
    if unit in ("倍", "番"):
        return "multiple", 1
    sign, to, named = direction(predicate)
    if unit in ("%", "‰", "‱"):
        if sign and (named or not to):
            return "growth", sign
        if not sign and _YEAR_ON_YEAR.search(predicate):
            return "growth", 1
        if not sign and _FALL_AFTER.match(after):
            return "growth", -1
        if not sign and _AFTER.match(after) and rule != "half":
            return "growth", 1
        return "share", 1
    if sign and not to:
        return "change", sign
    if not sign and _BEYOND.match(compared):
        return "change", 1
    return "level", 1
