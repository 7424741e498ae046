"""Lists that a report counts out after their name (十件民生实事：①…②…) or under a heading that names them: where their items stand."""

from __future__ import annotations

import re

from orchestration.extraction.words import alternation
from orchestration.lexicon import load

_WORDS = load("ledger_lists")
_NAMES: dict[str, str] = _WORDS["names"]
_NAME = re.compile(alternation(_NAMES))
_COUNTED = re.compile(
    rf"(?:[0-9]{{1,3}}|[一二三四五六七八九十两]{{1,3}}){alternation(_WORDS['counts'])}[^，。；：\n]{{0,12}}?{alternation(_NAMES)}"
)
_ITEM = re.compile(r"[①-⑳⑴-⒇]|[（(][0-9一二三四五六七八九十]{1,2}[）)]|[一二三四五六七八九十]是|(?<![0-9])[0-9]{1,2}[.．、](?![0-9])")


def name_of(words: str) -> str | None:
    """The list that `words` name, with or without its number; None where they name none."""
    found = _NAME.search(words)
    return _NAMES[found.group()] if found else None


def list_at(text: str, start: int, section: str | None) -> str | None:
    """The list whose items are counted out around `start`: named before in the same paragraph, or by a heading above."""
    opening = text.rfind("\n", 0, start) + 1
    named = list(_COUNTED.finditer(text, opening, start))[-1:]
    if named and _ITEM.search(text, named[0].end(), start):
        return name_of(named[0].group())
    for heading in (section or "").split(" › "):
        if _COUNTED.search(heading):
            return name_of(heading)
    return None
