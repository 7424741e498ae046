"""A figure in its place: the words before and behind it, cut at the clause, and what its sentence has said so far."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import pairwise

from orchestration.extraction import subjects, units
from orchestration.extraction.layout import BULLETS, ZERO, Sentence
from orchestration.extraction.periods import Timeline
from orchestration.extraction.spans import Token

_NOTE = re.compile("（[^（）\\d]{0,40}(?:下同|下称|以下简称)[^（）\\d]{0,16}）")  # （含油料收入，下同）: said of the word, no part of it
_CUT = re.compile(
    rf"{_NOTE.pattern}|"
    r"（(?![一二三四五六七八九十]{1,3}）)[^（）\d，；]{1,14}）|（[A-Za-z][^（），；]{0,10}）|(?P<cut>[，；:。！？,;\n（）】"
    + BULLETS
    + "])"
)
_GAPS = frozenset({"", "、", "和", "及", "与", "，", "、 ", "以及", ",", "或"})
_GAINS = frozenset(["净增", "净增加", "多增", "多增加"])
_LEFT = 160
_RIGHT = 60


@dataclass(slots=True)
class Said:
    """What a sentence has said up to a figure: what the next one may leave out.

    `subjects` of its figures so far; `pending` those that 分别 still owes; `source` whether the last figure was the first of two
    (由A提高到B); `behind` whether its noun stood behind it; `front` the sign of a verb before the noun (压减时间58%);
    `flows` whether the last figure was a span's total; `list` where a list begins whose head stands before its colon, and that head; `before` the short sentence before, where it stated no figure; `whole` the unit that the sentence before ended with; `parts` whether the last figure was a place's part of a whole; `aside` inside a bracket the measure of the figure before it.
    """

    subject: str = ""
    predicate: str = ""
    subjects: list[str] = field(default_factory=list)
    pending: list[str] = field(default_factory=list)
    source: bool = False
    behind: bool = False
    event: bool = False
    front: int = 0
    unit: str = ""
    measure: str = ""
    scope: str | None = None
    theme: str | None = None
    before: str = ""
    list: tuple[int, str] = (-1, "")
    flows: bool = False
    whole: str = ""
    parts: bool = False
    aside: str = ""

    def kept(self) -> Said:
        """A copy, to go back to behind a bracket: what is said inside is not spoken of outside."""
        return replace(self, subjects=[*self.subjects], pending=[*self.pending])


@dataclass(slots=True)
class Figure:
    """One figure of a sentence, the `index`-th of `tokens`.

    `text`: all words since the figure before; `cuts`: where its clauses begin; `words`: the last clause, without times;
    `right`: what follows; `after`: the measure of the figure before; `flows`: that was a span's total; `listed`: goes on with the figure before (5%、8%); `continued`: another item of a list (绿道3公里、绿地5公顷).
    """

    sentence: Sentence
    tokens: list[Token]
    index: int
    normal: str
    text: str
    cuts: list[int]
    words: str
    right: str
    listed: bool
    continued: bool
    left: subjects.Left
    after: str = ""
    flows: bool = False

    @property
    def token(self) -> Token:
        """The figure's token."""
        return self.tokens[self.index]

    @property
    def counts(self) -> bool:
        """Whether its unit counts things or people, so that their noun may stand behind it."""
        token = self.token
        return token.unit in units.CLASSIFIERS or token.unit in units.PEOPLE or (not token.unit and token.rule != "index")

    def together(self) -> int:
        """How many figures stand in one list from this one on (增长8%、11%和3% → 3)."""
        count = 1
        while _listed(self.tokens, self.index + count, self.normal):
            count += 1
        return count

    def clauses_before(self) -> list[str]:
        """The clauses between the figure before and the last clause, the nearest first."""
        stops = [0, *self.cuts]
        pieces = [self.text[a:b].strip("，；:。,; \u200b（）") for a, b in pairwise(stops)]
        return [p for p in reversed(pieces) if len(p) > 1]


def cuts(text: str) -> list[int]:
    """Where the clauses of `text` begin, after the first; a short bracket inside a noun (服务中心（站）) cuts nothing."""
    return [m.end() for m in _CUT.finditer(text) if m.lastgroup]


def place(sentence: Sentence, tokens: list[Token], index: int, normal: str, line: Timeline, said: Said) -> Figure:
    """The figure at `index` among the sentence's `tokens`."""
    token = tokens[index]
    floor = tokens[index - 1].end if index else sentence.start
    text = normal[max(floor, token.start - _LEFT) : token.start]
    found = cuts(text)
    words = _timeless(text[found[-1] :] if found else text, token.start, line)
    if "下" in words:
        words = _NOTE.sub("", words)
    if not token.digits:
        words = words.removesuffix("上")  # 上亿人: a bound
    listed = token.ratio > 1 or _listed(tokens, index, normal)
    if index and not found and not listed and said.behind:
        words = subjects.JOIN.split(words)[-1]  # 7名院士、9个实验室: the noun behind the figure before is read already
    left = subjects.Left("", said.predicate, "", said.source) if listed else subjects.split(words.strip(" \u200b"))
    if left.noun.strip("，、； \u200b") in _GAINS and said.unit == token.unit and said.measure == "level":
        left = subjects.Left("", "增加" + left.predicate, left.compared, left.source)  # 收入2126元，净增218元
    right = _right(sentence, tokens, index, normal)
    return Figure(sentence, tokens, index, normal, text, found, words, right, listed, text[:1] == "、" and not found, left)


def _listed(tokens: list[Token], index: int, normal: str) -> bool:
    """Whether a figure goes on with the one before; behind a comma only with the same unit."""
    if not 0 < index < len(tokens):
        return False
    gap = normal[tokens[index - 1].end : tokens[index].start]
    return gap in _GAPS and (gap not in ("，", ",") or tokens[index].unit == tokens[index - 1].unit)


def _right(sentence: Sentence, tokens: list[Token], index: int, normal: str) -> str:
    """The words behind a figure up to the next one; of two figures of one noun (6471户1.97万人) those behind the second."""
    end = tokens[index].end
    ceiling = min(tokens[index + 1].start if index + 1 < len(tokens) else sentence.end, sentence.end, end + _RIGHT)
    right = normal[end:ceiling].replace(ZERO, "")
    if not right and index + 1 < len(tokens):
        second = tokens[index + 1].end
        right = normal[second : min(sentence.end, second + _RIGHT)]
    return right


def _timeless(words: str, end: int, line: Timeline) -> str:
    """The words before a figure without those of time, unless they are what it is compared with."""
    start = end - len(words)
    for time in reversed(line.between(start, end)):
        if not time.compared:
            words = words[: time.start - start] + words[min(time.end, end) - start :]
    return words.replace(ZERO, "")
