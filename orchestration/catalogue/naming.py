"""Names of indicators brought to one form: what two wordings of one thing have in common."""

from __future__ import annotations

import re
from collections.abc import Iterator

from orchestration.extraction.words import alternation
from orchestration.lexicon import load

_WORDS = load("catalogue_words")
_WIDTH = str.maketrans({chr(0xFF01 + i): chr(0x21 + i) for i in range(94)} | {"Ⅰ": "I", "Ⅱ": "II", "Ⅲ": "III", "Ⅳ": "IV", "Ⅴ": "V"})
_NOISE = re.compile(r"[\s\u200b-\u200f\u2060\ufeff\"'“”‘’「」『』《》〈〉_·,，。;；:：!！的①-⑳]")
_BRACKET = re.compile(r"[(\[【〔][^()\[\]【】〔〕]{0,20}[)\]】〕]")
_YEAR = "(?:19|20)[0-9]{2}年?"
_TAIL = re.compile(f"(?:{alternation(_WORDS['tail'])}|(?:到|至)?{_YEAR})$")
_LEAD = re.compile(f"(?:{alternation(_WORDS['lead'])}|{alternation(_WORDS['verbs'])}|{_YEAR})")
_ALL_TAIL = re.compile(f"{alternation(_WORDS['all_tail'])}$")
_GROWTH = re.compile(f"{alternation(_WORDS['growth_tail'])}$")
_SAME = re.compile(alternation(_WORDS["same"]))
_NEW = re.compile(alternation(_WORDS["new"]))
_MARKS = [(re.compile(alternation(_WORDS[key])), re.compile(f"{alternation(_WORDS[key])}$"), mark) for key, mark in _WORDS["marks"].items()]
_SHORTEST = 2  # characters that a name keeps
_LONGEST = 60  # a longer one is no name, and is left as it is


def normal(name: str) -> str:
    """`name` without quotes, blanks, marks, short brackets and 的, half-width, in plain capitals: “GDP” 总量（现价） → GDP总量."""
    text, before = _NOISE.sub("", name.upper().translate(_WIDTH)), ""
    while text != before:  # a bracket may be short only after the one inside it is gone
        text, before = _BRACKET.sub("", text), text
    return text


def fold(name: str) -> str:
    """A normal name in standard words: 新建的规模以上企业 and 新增规上企业 fold to one form, so do 小区改造 and 改造小区."""
    if len(name) > _LONGEST:
        return name
    text, before = name, ""
    while text != before and len(text) <= _LONGEST:  # a word may be complete only after another was replaced
        text, before = _SAME.sub(_standard, text), text
    for ahead, _, mark in _MARKS:
        if match := ahead.match(text):
            return mark + text[match.end() :]
    for _, behind, mark in _MARKS:
        if match := behind.search(text):
            return mark + text[: match.start()]
    return text


def _standard(match: re.Match[str]) -> str:
    word: str = _WORDS["same"][match[0]]
    return word


def shorter(name: str) -> Iterator[tuple[str, bool]]:
    """Shorter forms of a normal name, the longest first, each with whether the words left out say that the figure is a growth.

    Left out are words before and behind the name that say nothing of what is measured: 全省完成…, …数量, …增速.
    """
    if len(name) > _LONGEST:
        return
    starts = [name]
    while (match := _LEAD.match(starts[-1])) and len(starts[-1]) - match.end() >= _SHORTEST:
        starts.append(starts[-1][match.end() :])
    for start in starts:
        if start is not name:
            yield start, False
        grown, end = False, start
        while True:
            growth = _GROWTH.search(end)
            match = growth or (None if _NEW.match(end) else _ALL_TAIL.search(end)) or _TAIL.search(end)
            if not match or match.start() < _SHORTEST:
                break
            grown, end = grown or growth is not None, end[: match.start()]
            yield end, grown
