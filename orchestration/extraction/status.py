"""Status of a figure (actual, estimate, target) and vintage, from the words of its sentence and what its place says."""

from __future__ import annotations

import re
from dataclasses import dataclass

from orchestration.extraction.words import alternation
from orchestration.lexicon import load

_WORDS = load("status")
_MARKS = re.compile(
    rf"(?P<estimate>{alternation(_WORDS['estimate'])})|(?P<target>{alternation(_WORDS['target'])})|(?P<done>{alternation(_WORDS['done'])})"
)
_SAME_BELOW = re.compile(alternation(_WORDS["same_below"]))
_PLANNED_AFTER = re.compile(alternation(_WORDS["planned_after"]))
_PLANNED = re.compile(rf"(?:{alternation(_WORDS['planned'])})\Z")
_PLAN_IN_BRACKETS = re.compile("（(?:年度|年初|原)?(?:计划|目标|预期)[^，。；（）]{0,8}\\Z")  # 增长7.6%（计划增长7.5%）
_SET = re.compile(rf"(?:{alternation(_WORDS['set'])})(?:数|为|是)*\Z")
_MET = re.compile(rf"，(?:实际|全年|累计|已)*(?:{alternation(_WORDS['met'])})")
_STRONG = frozenset(_WORDS["strong"])
_PRELIMINARY = re.compile(alternation(_WORDS["preliminary"]))
_FINAL = re.compile(alternation(_WORDS["final"]))
_REVISED = re.compile(alternation(_WORDS["revised"]))


@dataclass(slots=True)
class Marks:
    """The words of modality in one sentence, as (start, kind, word)."""

    found: list[tuple[int, str, str]]
    vintage: str | None


def marks(normal: str, start: int, end: int) -> Marks:
    """Reads the sentence [start, end) once."""
    found = [(m.start(), m.lastgroup or "", m.group()) for m in _MARKS.finditer(normal, start, end)]
    vintage = None
    if found and _PRELIMINARY.search(normal, start, end):
        vintage = "preliminary"
    elif _REVISED.search(normal, start, end):
        vintage = "revised"
    elif _FINAL.search(normal, start, end):
        vintage = "final"
    return Marks(found, vintage)


def planned(right: str) -> bool:
    """Whether what follows a figure calls it an aim (…的要求, …的预期目标)."""
    return _PLANNED_AFTER.match(right) is not None


def set_before(left: str, right: str) -> bool:
    """Whether a sum is what was set, and what came of it follows (收入任务200万元，完成230万元)."""
    return _MET.match(right) is not None and _SET.search(left) is not None


def same_below(normal: str) -> int | None:
    """Where a note says that all figures from there on are estimates (预计数，下同), or null."""
    m = _SAME_BELOW.search(normal)
    return m.start() if m else None


def status(
    said: Marks, figure: int, clause: int, place: str | None, worded: str | None, left: str, right: str, below: bool
) -> tuple[str, str]:
    """(status, rule). `place` is what heading and opening say (target, actual, null), `worded` what a time in the sentence says."""
    if (planned(right) or _PLAN_IN_BRACKETS.search(left) or (right == "的" and _PLANNED.search(left)) or set_before(left, right)) and (
        place != "target" or worded == "actual"
    ):
        return "target", "status_planned"
    if worded == "target" or (place == "target" and worded != "actual"):
        if place == "target" and worded is None and any(k == "done" and clause <= at < figure for at, k, _ in said.found):
            return "actual", "status_done"
        return "target", "status_word" if worded == "target" else "status_section"
    if place is None or place == "actual":
        for at, kind, word in reversed(said.found):
            if at >= figure or kind != "target" or (place == "actual" and (word not in _STRONG or at < clause)):
                continue
            if word in _STRONG or worded != "actual" or _PLANNED.search(left):
                return "target", "status_word"
    if below or any(kind == "estimate" and at < figure for at, kind, _ in said.found):
        return "estimate", "status_estimate"
    return "actual", "status_default"
