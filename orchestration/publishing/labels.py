"""Chinese names of tables, columns and codes (labels.yml), and how they stand in the comments of a release: `地区代码：GB/T 2260 code …`."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from orchestration.lexicon import read_yaml

MARK = "："  # between the Chinese name and the description
LABELS = Path(__file__).with_name("labels.yml")


@cache
def _words() -> dict[str, dict]:
    return read_yaml(LABELS)


def labelled(kind: str, name: str, comment: str | None) -> str | None:
    """The comment with the Chinese name before it; `kind` is `tables` or `columns`. As it was where there is no such name."""
    label = _words()[kind].get(name)
    if label is None or (comment or "").startswith(label + MARK):
        return comment
    return f"{label}{MARK}{comment or name}"


def label(comment: str | None, name: str) -> str:
    """The Chinese name that a comment of a release begins with; `name` where it has none."""
    head, mark, _ = (comment or "").partition(MARK)
    return head if mark and head and head.isascii() is False and " " not in head else name


def word(code_list: str, code: str | None) -> str:
    """The Chinese word of a code (verdict, verdict_note, theme, measure, status, comparator, matched_by); the code itself where there is none, nothing for null."""
    return "" if code is None else _words()["codes"].get(code_list, {}).get(code, code)


def codes(code_list: str) -> dict[str, str]:
    """All codes of a list with their Chinese words, in the order of the file."""
    return dict(_words()["codes"][code_list])
