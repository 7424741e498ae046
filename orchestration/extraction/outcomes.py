"""Results and promises without a figure: 超额完成…任务, 未能实现…目标, 居民收入与经济增长同步, 高于全国平均水平, 保持稳定."""

from __future__ import annotations

import re
from collections.abc import Iterator

from orchestration.extraction.model import Outcome
from orchestration.extraction.passages import REACH, SOFT, Passage, needles, shortened
from orchestration.extraction.words import alternation, pattern
from orchestration.lexicon import load

WORDS = load("facts_outcomes")
LONGEST = 40  # characters of a subject
_GOAL = alternation(WORDS["goals"])
_WITHIN = r"[^，,。；、“”]{0,24}?"
_NO_FIGURE = r"(?!约|近|逾|超|\d|的)"
_FILLER = alternation(WORDS["fillers"])
_LEFT_TRIM = re.compile(
    rf"^(?:{_FILLER}|(?:到)?(?:19|20)\d\d年[前底]?|“[^”]{{2,5}}”(?:时期|期间)|要|\d年内|在[^，、]{{2,14}}[中下]|按照[^，、]{{2,8}}要求|[、和及与的 ])+"
)
_RIGHT_TRIM = re.compile(rf"(?:{_FILLER}|在合理[^，、]{{0,6}}水平上|\d+年|要在|[、，和及与（ 的在])+$")
_VAGUE = re.compile(rf"(?:{alternation(WORDS['vague'])}|(?:19|20)\d\d年|[“”、])+")
_STEADY_SUBJECT = pattern(WORDS["steady_subjects"])
_ECONOMY = r"(?:经济|国内生产总值|地区生产总值|GDP|生产总值)"

PATTERNS = {
    "missed": rf"{alternation(WORDS['missed'])}(?P<m_object>{_WITHIN}{_GOAL})?",
    "exceeded": rf"(?:{alternation(WORDS['exceeded'])}(?P<e_object>{_WITHIN}{_GOAL})?|{alternation(WORDS['early'])}(?P<p_object>{_WITHIN}{_GOAL})){_NO_FIGURE}",
    "kept_pace": rf"(?:[与和同]{_ECONOMY}[^，,。；、]{{0,6}}?同步|{alternation(WORDS['kept_pace'])})(?:增长|提高)?",
    "met": rf"{alternation(WORDS['met'])}(?P<d_object>{_WITHIN}{_GOAL})(?!的|\d|量|攻坚|目标)",
    "met_after": rf"{_GOAL}(?:均|都|已|将|能够|可以|可){{0,2}}{alternation(WORDS['met_after'])}(?=[，,。；、）]|$)",
    "yardstick": rf"(?:{alternation(WORDS['above'])}|{alternation(WORDS['below'])}){alternation(WORDS['yardsticks'])}(?=[，,。；、）]|$)",
    "done": rf"{alternation(WORDS['done'])}(?=[，,。；、）]|$)",
    "steady": rf"{alternation(WORDS['steady'])}(?=[，,。；、）]|$)",
}
_RESULT = re.compile("|".join(f"(?P<{kind}>{p})" for kind, p in PATTERNS.items()))
_SAID = [
    word
    for kind in ("exceeded", "early", "met", "met_after", "done", "missed", "kept_pace", "above", "below", "steady")
    for word in WORDS[kind]
]
NEEDLES = needles([*_SAID, "同步"])
_OUTCOMES = {"met_after": "met", "done": "met", "yardstick": "other", "steady": "other"}
_NOT_GOAL = pattern(WORDS["goal_not"])
_AIM = pattern(WORDS["aims"])
_NEWS = pattern(WORDS["news_verbs"])
_BARE_GOAL = pattern(WORDS["bare_goals"], "(?:{})+")
_BLANKET = pattern(WORDS["blanket"])
_PURPOSE = pattern(WORDS["purposes"], "{}[^，,。；]{0,14}$")


def find(passage: Passage) -> list[Outcome]:
    """The sentence's results and promises, in order."""
    found: list[Outcome] = []
    for offset, clause in passage.clause_texts():
        for m in _RESULT.finditer(clause):
            found += _outcome(passage, offset, clause, m)
    return found


def _outcome(passage: Passage, offset: int, clause: str, m: re.Match[str]) -> Iterator[Outcome]:
    kind = m.lastgroup or ""
    nearby = max(0, m.start() - REACH)
    if (
        clause.startswith("的", m.end())
        or _NOT_GOAL.search(m.group())
        or (kind.startswith("met") and _PURPOSE.search(clause, nearby, m.start()))
    ):
        return
    place = offset + m.start()
    status = "target" if passage.planned(place) or _AIM.search(clause, nearby, m.start()) else "actual"
    subject = _subject(passage, offset, clause, m)
    if subject is None or (kind == "steady" and not _STEADY_SUBJECT.search(subject)):
        return
    if status == "target" and not _VAGUE.sub("", subject):
        return
    start, end, quote = passage.span(place, offset + m.end())
    yield Outcome(start, end, quote, subject, passage.period(place), status, _OUTCOMES.get(kind, kind), passage.theme(subject))


def _subject(passage: Passage, offset: int, clause: str, m: re.Match[str]) -> str | None:
    """What it is said of: the words before it or the figure they follow, else what it names (超额完成新增就业任务), else null."""
    named = next((text for name, text in m.groupdict().items() if name.endswith("_object") and text), "")
    named = _bare(named).strip("的、“” ")
    if (_VAGUE.sub("", named) or _BLANKET.search(named)) and not _bare(clause[: m.start()]):
        return shortened(named, LONGEST)
    before = _bare(passage.said_of(offset, clause[: m.start()]))
    if _BARE_GOAL.fullmatch(before):
        before = _said_last(passage, offset) + before
    goal = _bare(m.group()) if m.lastgroup == "met_after" else ""
    return shortened(before + goal if goal else before or named, LONGEST) or None


def _said_last(passage: Passage, offset: int) -> str:
    """The noun that opens the clause before: 进出口总额 of 我国进出口总额下降，增长目标未能实现."""
    above = [text for start, text in passage.clause_texts() if start < offset]
    noun = _NEWS.split(_bare(above[-1]), maxsplit=1)[0] if above else ""
    return noun if len(noun) <= LONGEST else ""


def _bare(words: str) -> str:
    return _RIGHT_TRIM.sub("", _LEFT_TRIM.sub("", words.replace(SOFT, "")))
