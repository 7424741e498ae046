"""Names of indicators brought to one form: what two wordings of one thing have in common."""

from __future__ import annotations

import re
from collections.abc import Iterator

from orchestration.extraction.words import alternation, load

_WORDS = load("catalogue_words")
_WIDTH = str.maketrans({chr(0xFF01 + i): chr(0x21 + i) for i in range(94)})
_NOISE = re.compile(r"[\s\u200b-\u200f\u2060\ufeff\"'“”‘’「」『』《》〈〉_·,，。;；:：!！的]")
_BRACKET = re.compile(r"[(\[【〔][^()\[\]【】〔〕]{0,20}[)\]】〕]")
_LEAD = re.compile(f"(?:{alternation(_WORDS['lead'])}|{alternation(_WORDS['verbs'])}|(?:19|20)[0-9]{{2}}年?)")
_TAIL = re.compile(f"{alternation(_WORDS['tail'])}$")
_GROWTH = re.compile(f"{alternation(_WORDS['growth_tail'])}$")
_SAME = re.compile(alternation(_WORDS["same"]))
_NEW = re.compile(alternation(_WORDS["new"]))
_NEW_BEHIND = re.compile(f"{alternation(_WORDS['new'])}$")
_MADE_OVER = re.compile(alternation(_WORDS["made_over"]))
_TURNING = re.compile(alternation(_WORDS["turning"]))
_TURNING_BEHIND = re.compile(f"{alternation(_WORDS['turning'])}$")
_SHORTEST = 2  # characters that a name keeps


def normal(name: str) -> str:
    """`name` without quotes, blanks, marks, short brackets and 的, half-width, in capitals: “GDP” 总量（现价） → GDP总量."""
    text = name.translate(_WIDTH)
    return _NOISE.sub("", _BRACKET.sub("", text)).upper()


def fold(name: str) -> str:
    """A normal name in standard words: 新建的规模以上企业 and 新增规上企业 fold to one form, so do 小区改造 and 改造小区."""
    text = _SAME.sub(lambda m: _WORDS["same"][m[0]], name)
    if match := _MADE_OVER.match(text):
        return "新改建" + text[match.end() :]
    if match := _NEW.match(text):
        return "新增" + text[match.end() :]
    if match := _TURNING.match(text):
        return "改造" + text[match.end() :]
    for pattern, mark in ((_MADE_OVER, "新改建"), (_NEW_BEHIND, "新增"), (_TURNING_BEHIND, "改造")):
        if (match := pattern.search(text)) and match.end() == len(text):
            return mark + text[: match.start()]
    return text


def shorter(name: str) -> Iterator[tuple[str, bool]]:
    """Shorter forms of a normal name, the longest first, each with whether the words left out say that the figure is a growth.

    Left out are words before and behind the name that say nothing of what is measured: 全省完成…, …数量, …增速.
    """
    starts = [name]
    while (match := _LEAD.match(starts[-1])) and len(starts[-1]) - match.end() >= _SHORTEST:
        starts.append(starts[-1][match.end() :])
    for start in starts:
        if start is not name:
            yield start, False
        grown, end = False, start
        while True:
            growth, tail = _GROWTH.search(end), _TAIL.search(end)
            match = growth or tail
            if not match or match.start() < _SHORTEST:
                break
            grown, end = grown or growth is not None, end[: match.start()]
            yield end, grown
