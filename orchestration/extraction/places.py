"""The place a document reports on is no part of what it measures: 江汉区地区生产总值 is 地区生产总值."""

from __future__ import annotations

from collections.abc import Sequence

SHORTEST = 3  # characters that must be left
_PART_OF_A_NAME = tuple("级属内域委区市县路站港")  # 北京市级…, 武汉市区…: the name goes on


def without_place(subject: str, places: Sequence[str]) -> str:
    """`subject` without the full name of a place at its head (江汉区, not 江汉: short names begin many other names)."""
    for place in places:
        rest = subject.removeprefix(place)
        if rest != subject and len(rest) >= SHORTEST and not rest.startswith(_PART_OF_A_NAME):
            return rest
    return subject
