"""Tokens → claims: each figure with subject, measure, comparator, period, status, theme and scope.

A sentence is read from left to right. What a figure does not say for itself (subject, verb, unit) it takes from the figure before it.
"""

from __future__ import annotations

import re
from decimal import Decimal

from orchestration.extraction import bounds, dating, figures, measures, naming, scopes, status, subjects, themes, units
from orchestration.extraction.figures import Figure, Said
from orchestration.extraction.isoperiods import bounds as ends
from orchestration.extraction.layout import Layout, Sentence
from orchestration.extraction.model import Claim, Numeral
from orchestration.extraction.periods import Timeline
from orchestration.extraction.spans import Token
from orchestration.extraction.words import alternation
from orchestration.lexicon import load

_WORDS = load("claims")
_CONSTANT = re.compile(alternation(load("measures")["constant"]))
_CURRENT = re.compile(alternation(load("measures")["current"]))
_IMPLIED = [(re.compile(alternation(words)), unit) for unit, words in _WORDS["implied_units"].items()]
_STRETCH = re.compile(alternation(_WORDS["stretch"]))
_SECTORS = ("第一产业占比", "第二产业占比", "第三产业占比")
_PART = re.compile("[ \u200b]*(?:其中|分[^，。；]{1,8}看)")  # a sentence of parts: the next one goes on with the whole
_SHORT = 30  # characters: a longer sentence speaks of more than one thing
_SET_TAIL = re.compile(rf"(?:{alternation(load('status')['set'])})数?\Z")
_RATES = tuple(_WORDS["growth_subjects"])


class Assembler:
    """Builds the claims of one text; `claims` and `numerals` are in order of the text."""

    def __init__(self, layout: Layout, line: Timeline, tokens: list[Token]) -> None:
        self.layout, self.line, self.tokens = layout, line, tokens
        self.claims: list[Claim] = []
        self.numerals: list[Numeral] = []
        self.below = status.same_below(layout.normal)
        self.before = ("", -1, "")  # the last sentence's subject, its line, and the unit of its last figure
        self.last = -1  # where the last sentence with figures began

    def run(self) -> None:
        """Reads all tokens, sentence by sentence."""
        self.numerals = [Numeral(t.start, t.end, t.reason) for t in self.tokens if t.kind == "none"]
        tokens = [t for t in self.tokens if t.kind != "none"]
        i = 0
        while i < len(tokens):
            sentence = self.layout.sentence_at(tokens[i].start)
            j = i + 1
            if sentence is None:
                self.numerals.append(Numeral(tokens[i].start, tokens[i].end, "furniture"))
            else:
                while j < len(tokens) and tokens[j].start < sentence.end:
                    j += 1
                self._sentence(sentence, tokens[i:j])
            i = j
        self.numerals.sort(key=lambda n: n.char_start)

    def _sentence(self, sentence: Sentence, tokens: list[Token]) -> None:
        normal = self.layout.normal
        said = Said(before=self._before(sentence))
        if self.before[1] == sentence.line:
            said.subject, _, said.whole = self.before
        said.list = subjects.listed_head(normal[sentence.start : sentence.end])
        marks = status.marks(normal, sentence.start, sentence.end)
        outside: Said | None = None
        for index, token in enumerate(tokens):
            bracketed = normal.rfind("（", sentence.start, token.start) > normal.rfind("）", sentence.start, token.start)
            if bracketed and outside is None:
                outside = said.kept()
                said.aside = said.measure
            elif not bracketed and outside is not None:
                said, outside = outside, None
                said.aside = ""
            figure = figures.place(sentence, tokens, index, normal, self.line, said)
            rules = [token.rule, "shared_predicate"] if figure.listed else [token.rule]
            if token.kind == "rank":
                self._rank(figure, said, marks, rules)
            else:
                self._quantity(figure, said, marks, rules)
        if not _PART.match(normal, sentence.start) or self.before[1] != sentence.line:
            self.before = (said.subject, sentence.line, said.unit)
        self.last = sentence.start

    def _before(self, sentence: Sentence) -> str:
        """The short sentence before in the same paragraph, where it stated no figure (经营主体稳步增长。总量达…)."""
        before = self.layout.sentence_at(sentence.start - 1)
        if before is None or before.line != sentence.line or before.end - before.start > _SHORT or before.start == self.last:
            return ""
        return self.layout.normal[before.start : before.end]

    def _quantity(self, figure: Figure, said: Said, marks: status.Marks, rules: list[str]) -> None:
        token = figure.token
        subject, rule = naming.quantity(figure, said)
        rules.append(rule)
        kind, sign = _measured(figure, said, subject, rules)
        elsewhere = scopes.field(figure.words.strip("，、 \u200b")) if said.aside == "growth" and token.unit == "%" else None
        if elsewhere:
            kind = "growth"  # 出口增长12%（全国-2%）
        if token.ratio and any("产业" in s or "结构" in s for s in (subject, said.subject, figure.words)):
            subject = _SECTORS[token.ratio - 1]
        if kind == "level" and status.set_before(figure.text, figure.right):
            subject = _SET_TAIL.sub("", subject) or subject
        if kind == "growth":
            subject = _of_growth(subject)
            if rule == "subject_inherited" and said.measure == "share":
                subject = subject.partition("占")[0] or subject  # 产值占全县的41%，增长7%
        source = (figure.left.source and not figure.listed) or (token.ratio > 1 and said.source)
        figure.after, figure.flows = said.measure, said.flows
        said.unit, said.measure = token.unit, kind
        said.parts = rule == "place_of_whole"
        scope = subjects.clean(figure.left.noun) if said.parts else elsewhere
        self._claim(figure, said, marks, subject, kind, sign, source, scope, rules)

    def _rank(self, figure: Figure, said: Said, marks: status.Marks, rules: list[str]) -> None:
        parts = scopes.ranked(figure.words.strip(" \u200b"))
        figure.left = left = subjects.split(parts.noun)
        subject, rule = naming.rank(figure, said, left.noun, "分别" in parts.verb + left.predicate)
        rules.append(rule)
        to = parts.verb.endswith(("至", "到", "为"))
        source = "从" in parts.verb or "由" in parts.verb or (left.source and not to)
        said.scope = parts.field or (said.scope if figure.listed or rule == "subject_inherited" else None)
        said.measure = "rank"
        self._claim(figure, said, marks, subject, "rank", 1, source, said.scope, rules)

    def _claim(
        self,
        figure: Figure,
        said: Said,
        marks: status.Marks,
        subject: str,
        kind: str,
        sign: int,
        source: bool,
        scope: str | None,
        rules: list[str],
    ) -> None:
        """Adds the claim, and notes what it said for the next figure."""
        token, sentence = figure.token, figure.sentence
        value, high, comparator, rule = _bounded(figure, sign)
        unit = token.unit or ("" if token.rule == "index" else _implied(subject, figure.right))
        dated = dating.date(figure, self.line, kind, subject, unit, source)
        below = self.below is not None and token.start > self.below
        clause = token.start - len(figure.text)
        state, state_rule = status.status(marks, token.start, clause, dated.place, dated.worded, figure.text, figure.right, below)
        theme = self._theme(figure, subject, said)
        first, last = ends(dated.period) if dated.period else (None, None)
        value_base, unit_base = units.base(value, unit)
        self.claims.append(
            Claim(
                char_start=token.start,
                char_end=token.end,
                quote=self.layout.text[token.start : token.end],
                value=value,
                value_high=high,
                unit=unit,
                value_base=value_base,
                unit_base=unit_base,
                comparator=comparator,
                measure=kind,
                status=state,
                vintage=marks.vintage,
                price_basis=_price_basis(figure.text[-40:]),
                period=dated.period,
                period_start=first,
                period_end=last,
                subject=subject,
                theme=theme,
                scope=scope or (None if "noun_behind" in rules or "noun_event" in rules else scopes.place(subject)),
                sentence_start=sentence.start,
                sentence_end=sentence.end,
                section=self.layout.sections[sentence.section].path or None,
                rules=" ".join(r for r in (*rules, rule, dated.rule, state_rule) if r),
            )
        )
        said.flows = kind == "level" and dated.period is not None and len(dated.period) == 9 and "/" in dated.period
        said.subjects.append(subject)
        said.subject, said.predicate, said.source, said.theme = subject or said.subject, figure.left.predicate, source, theme
        said.event = "noun_event" in rules
        said.behind = said.event or "noun_behind" in rules or "noun_around" in rules

    def _theme(self, figure: Figure, subject: str, said: Said) -> str:
        """The subject's theme; where its words are weak the headings', then the sentence's, then that of the figure before."""
        theme, strong = themes.weighed(subject.partition("占")[0] or subject)
        if theme and strong:
            return theme
        token, sentence = figure.token, figure.sentence
        section = themes.weighed(self.layout.sections[sentence.section].path)
        if section[0] and section[1]:
            return section[0]
        around = themes.weighed(figure.normal[max(sentence.start, token.start - 40) : min(sentence.end, token.end + 20)])
        if around[0] and around[1]:
            return around[0]
        return theme or said.theme or section[0] or around[0] or "economy"


def _measured(figure: Figure, said: Said, subject: str, rules: list[str]) -> tuple[str, int]:
    """(measure, sign) of a quantity: by unit and predicate, or as the figure before it had it."""
    token, left = figure.token, figure.left
    if token.ratio:
        return "share", 1
    kind, sign = measures.measure(token.unit, left.predicate, left.compared, figure.right, token.rule)
    if kind == "change" and token.unit in measures.POINTS and left.noun.strip("，、 ").startswith("下拉"):
        sign = -1  # 下拉全市工业0.5个百分点
    if kind == "change" and sign > 0 and "noun_behind" in rules and not left.compared:
        kind = "level"  # 增加3000个岗位, 提升100所学校: a verb with its object
    said.front, front = 0, said.front
    if kind == "level" and not token.ratio and not figure.listed and "noun_behind" not in rules:
        moved = measures.moved_in_front(left.noun.strip("，、 "), token.unit)
        if moved and not measures.direction(left.predicate)[1]:
            rules.append("verb_in_front")
            return "change", moved
    if kind != "share":
        return kind, sign
    if not figure.listed:
        front = measures.in_front(left.noun.strip("，、 ")) or (front if figure.continued else 0)
    said.front = front
    if front and not measures.direction(left.predicate)[1]:
        rules.append("verb_in_front")
        return "growth", front
    stretched = (
        said.measure == "growth"
        and token.unit == said.unit
        and "subject_inherited" in rules
        and (_STRETCH.search(left.predicate) or status.planned(figure.right))
    )
    return ("growth" if stretched or subject.endswith(_RATES) else kind), sign


def _bounded(figure: Figure, sign: int) -> tuple[Decimal, Decimal | None, str, str]:
    """(value, high end, comparator, rule), signed: a bound on a fall is turned round with it."""
    token = figure.token
    value, high = token.value or Decimal(0), token.high
    if token.kind == "rank":
        return (value, high, "le", "bound_before") if token.trailing == "前" else (value, high, "eq", "")
    magnitude_only = not token.digits and figure.normal[token.start] in "十百千万亿"
    comparator, rule = bounds.comparator(figure.text, token.trailing, magnitude_only)
    if sign < 0:
        low, high = (-abs(value), None) if high is None else (-high, -value)  # 下降-2% is a fall by two as well
        return low, high, bounds.flipped(comparator), rule
    return value, high, comparator, rule


def _implied(subject: str, right: str) -> str:
    """The unit of a figure that is written without one (技能人才总量超696万): by what is counted."""
    named = next((unit for pattern, unit in _IMPLIED if pattern.match(right)), "")
    return named or next((unit for pattern, unit in _IMPLIED if pattern.search(subject)), "个")


def _price_basis(around: str) -> str | None:
    return "constant" if _CONSTANT.search(around) else "current" if _CURRENT.search(around) else None


def _of_growth(subject: str) -> str:
    """地区生产总值年均增速 → 地区生产总值: of a rate of growth the thing that grew."""
    tail = next((t for t in _WORDS["growth_tails"] if subject.endswith(t) and len(subject) > len(t) + 1), "")
    return subject.removesuffix(tail) if tail else subject
