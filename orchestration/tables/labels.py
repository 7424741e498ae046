"""Labels of a table: the Chinese of a bilingual cell, without the blanks that stretch names and without marks of notes."""

from __future__ import annotations

import re

from orchestration.lexicon import load

_WORDS = load("tables_words")
_ACRONYMS = frozenset(_WORDS["acronyms"])
_NARROW = str.maketrans("（）：％，．０１２３４５６７８９＋－＝［］＃", "():%,.0123456789+-=[]#")
_HAN = re.compile(r"[\u3400-\u9fff]")
_LATIN = re.compile(r"[A-Za-z]")
_BRACKET = re.compile(r"\(([^()]{0,60})\)")
_MARKS = re.compile(r"(?:\[\d{1,2}\]|[①-⑳¹²³⁴-⁹*★▲△]|注\d{1,2}|\(注\))+$")
_NUMBERING = re.compile(r"^(?:[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十\d]{1,3}\)|\d{1,2}[.、](?!\d)|[#*·▲△○●]|其中:?|[、:,])+")


def clean(text: str) -> str:
    """The Chinese of a cell on one line: 地 区⏎Region → 地区; brackets and signs half-width; '' for a cell in English only."""
    lines = (_chinese(_BRACKET.sub(_without_english, line)) for line in text.translate(_NARROW).splitlines())
    return "".join(filter(None, lines))


def name(text: str) -> str:
    """A cleaned label without numbering before it and marks of notes behind: 一、工业增加值① → 工业增加值."""
    return _MARKS.sub("", _NUMBERING.sub("", text))


def unmarked(text: str) -> str:
    """A cell without marks of notes at its end: 12.5① → 12.5."""
    return _MARKS.sub("", text.strip())


def brackets(text: str) -> tuple[str, list[str]]:
    """A cleaned label without its brackets, and what stands in them."""
    return _BRACKET.sub("", text), _BRACKET.findall(text)


def has_han(text: str) -> bool:
    """Whether there is a Chinese character in `text`."""
    return _HAN.search(text) is not None


def is_latin(text: str) -> bool:
    """Whether `text` is written in Latin letters only."""
    return _LATIN.search(text) is not None and not has_han(text)


def _without_english(match: re.Match[str]) -> str:
    inside = match[1]
    return "" if _LATIN.search(inside) and not has_han(inside) and inside not in _ACRONYMS else match[0]


def _chinese(line: str) -> str:
    """The words of a line up to the English that follows the Chinese; '' where English comes first."""
    words = line.split()
    english = next((i for i, w in enumerate(words) if _LATIN.search(w) and not has_han(w) and w not in _ACRONYMS), len(words))
    kept = words[:english]
    return "".join(kept) if english == len(words) or any(has_han(w) for w in kept) else ""
