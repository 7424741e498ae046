"""Tokens → claims: each figure with subject, measure, comparator, period, status, theme and scope.

A sentence is read from left to right. What a figure does not say for itself (subject, verb, unit) it takes from the figure before it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal

from orchestration.extraction import bounds, measures, scopes, status, subjects, themes, units
from orchestration.extraction.layout import Layout, Sentence
from orchestration.extraction.model import Claim, Context, Numeral
from orchestration.extraction.periods import Timeline, first_year, last_year
from orchestration.extraction.periods import bounds as period_bounds
from orchestration.extraction.spans import Token
from orchestration.extraction.words import alternation, load

_WORDS = load("claims")
_CUT = re.compile(r"[，；:。！？,;\n]|）|（(?![^（）\d]{1,6}）)")
_LIST_GAP = frozenset({"", "、", "和", "及", "与", "，", "、 ", "以及", ",", "或"})
_EACH = re.compile("分别|依次")
_FLOW = re.compile(alternation(_WORDS["flows"]))
_FLOW_UNITS = frozenset(_WORDS["flow_units"])
_CONSTANT = re.compile(alternation(load("measures")["constant"]))
_CURRENT = re.compile(alternation(load("measures")["current"]))
_OBJECT_FROM = re.compile(rf"、(?={alternation(_WORDS['list_verbs'])})")
_INDUSTRY = ("第一产业占比", "第二产业占比", "第三产业占比")
_IMPLIED = [(re.compile(alternation(words)), unit) for unit, words in _WORDS["implied_units"].items()]
_LEFT = 160
_RIGHT = 60


@dataclass(slots=True)
class _Said:
    """What the sentence has said so far: the last subject, predicate and the subjects of its figures."""

    subject: str = ""
    predicate: str = ""
    subjects: list[str] = field(default_factory=list)
    pending: list[str] = field(default_factory=list)
    source_period: bool = False
    theme: str | None = None
    measure: str = ""


class Assembler:
    """Builds the claims of one text; `claims` and `numerals` are in order of the text."""

    def __init__(self, layout: Layout, line: Timeline, tokens: list[Token], context: Context) -> None:
        self.layout, self.line, self.tokens, self.context = layout, line, tokens, context
        self.normal, self.text = layout.normal, layout.text
        self.claims: list[Claim] = []
        self.numerals: list[Numeral] = []
        self.below = status.same_below(self.normal)
        self.before = ""
        self.before_line = -1
        self.section_theme: dict[int, str | None] = {}

    def run(self) -> None:
        """Reads all tokens."""
        figures: list[Token] = []
        for token in self.tokens:
            if token.kind == "none":
                self.numerals.append(Numeral(token.start, token.end, token.reason))
            else:
                figures.append(token)
        i = 0
        while i < len(figures):
            sentence = self.layout.sentence_at(figures[i].start)
            if sentence is None:
                self.numerals.append(Numeral(figures[i].start, figures[i].end, "furniture"))
                i += 1
                continue
            j = i
            while j < len(figures) and figures[j].start < sentence.end:
                j += 1
            self._sentence(sentence, figures[i:j])
            i = j
        self.numerals.sort(key=lambda n: n.char_start)

    def _sentence(self, sentence: Sentence, figures: list[Token]) -> None:
        said = _Said()
        if self.before_line == sentence.line:
            said.subject = self.before
        marks = status.marks(self.normal, sentence.start, sentence.end)
        end = sentence.start
        for k, token in enumerate(figures):
            following = figures[k + 1].start if k + 1 < len(figures) else sentence.end
            self._figure(sentence, marks, said, figures, k, end, min(following, sentence.end))
            end = token.end
        self.before, self.before_line = said.subject, sentence.line

    def _figure(self, sentence: Sentence, marks: status.Marks, said: _Said, figures: list[Token], k: int, floor: int, ceiling: int) -> None:
        token, normal = figures[k], self.normal
        text = normal[max(floor, token.start - _LEFT) : token.start]
        cuts = [m.end() for m in _CUT.finditer(text)]
        left_text = text[cuts[-1] :] if cuts else text
        right = normal[token.end : min(ceiling, token.end + _RIGHT)]
        rules = [token.rule]
        listed = k > 0 and floor == figures[k - 1].end and text in _LIST_GAP
        if token.ratio > 1:
            listed = True
        if token.kind == "rank":
            self._rank(sentence, marks, said, token, text, left_text, right, listed, rules)
            return
        left = subjects.Left("", said.predicate, "", said.source_period) if listed else subjects.split(left_text.strip(" \u200b"))
        if listed:
            rules.append("shared_predicate")
        if listed and said.pending:
            subject = said.pending.pop(0)
            rules.append("distributed")
        else:
            subject = self._subject(token, said, figures, k, text, cuts, left_text, left, right, listed, rules)
        kind, sign = measures.measure(token.unit, left.predicate, right, token.rule)
        if token.ratio:
            kind, sign = "share", 1
            subject = _INDUSTRY[token.ratio - 1] if "产业" in subject or "结构" in subject else subject
            if token.ratio > 1 and "产业" in said.subject:
                subject = _INDUSTRY[token.ratio - 1]
        if token.rule == "half" and not measures.direction(left.predicate)[0]:
            kind, sign = "share", 1
        if kind == "share" and any(subject.endswith(h) for h in _WORDS["growth_subjects"]):
            kind = "growth"
        if kind == "growth":
            subject = _of_growth(subject)
        said.predicate, said.subject = left.predicate, subject or said.subject
        source = left.source and not listed or (token.ratio > 0 and said.source_period)
        self._add(sentence, marks, said, token, text, left, right, subject, kind, sign, source, None, rules)
        said.source_period = source

    def _subject(
        self, token: Token, said: _Said, figures: list[Token], k: int, text: str, cuts: list[int], left_text: str, left: subjects.Left, right: str, listed: bool, rules: list[str]
    ) -> str:
        """The subject of a quantity; adds the rule that found it."""
        if listed and not (token.unit in units.CLASSIFIERS or token.unit in units.PEOPLE):
            rules.append("subject_shared")
            return said.subject
        noun = left.noun
        continued = text[:1] == "、" and len(cuts) == 0
        pieces = _OBJECT_FROM.split(noun)
        if len(pieces) > 1:
            noun = pieces[-1]
        behind = "" if listed and not right else self._behind(token, right)
        if _EACH.search(left.predicate) or _EACH.search(left_text[-12:]):
            given = self._distribute(noun, said, figures, k)
            if given:
                said.pending = given[1:]
                rules.append("distributed")
                return given[0]
        if listed and not behind:
            rules.append("subject_shared")
            return said.subject
        if subjects.verbal(noun):
            verb = subjects.kept_verb(noun)
            if behind:
                rules.append("noun_behind")
                if not verb and continued:
                    verb = subjects.opening_verb(said.subject)
                return _joined(verb, behind)
            if verb and said.subject:
                rules.append("subject_verb")
                return subjects.attach(verb, said.subject) if subjects.attach(verb, said.subject) != verb else said.subject + verb
            return self._inherited(said, text, cuts, left, rules)
        name = subjects.clean(noun)
        if token.unit in units.CLASSIFIERS or token.unit in units.PEOPLE:
            if behind:
                if len(behind) >= 4 and not measures.direction(left.predicate)[1]:
                    rules.append("noun_behind")
                    return _joined(subjects.kept_verb(noun), behind)
                rules.append("noun_around")
                return name + behind if not name.endswith(behind) else name
        elif token.unit == "%" and behind and len(behind) <= 4 and not measures.direction(left.predicate)[0] and left.predicate.strip():
            rules.append("noun_around")
            return name + behind
        if name.startswith("占") and said.subject:
            rules.append("part_of_subject")
            base = said.subject
            return base + name if len(base) + len(name) <= 40 else name
        if (said.subjects or said.subject) and (subjects.dependent(name) or _grouped(name)):
            rules.append("attached")
            return subjects.attach(name, said.subject)
        if continued and said.subject and token.unit not in ("%",):
            verb = subjects.opening_verb(said.subject)
            if verb in _WORDS["carried_verbs"] and not subjects.opening_verb(name):
                rules.append("verb_carried")
                return verb + name
        rules.append("noun_before")
        return name

    def _behind(self, token: Token, right: str) -> str:
        if token.unit in units.CLASSIFIERS or token.unit in units.PEOPLE or not token.unit or token.unit in ("%", "元", "美元", "公里", "亩", "平方米", "公顷", "吨", "千瓦", "米"):
            return subjects.behind(right)
        return ""

    def _inherited(self, said: _Said, text: str, cuts: list[int], left: subjects.Left, rules: list[str]) -> str:
        """A figure that names no noun: the subject said before it, else the noun of the clause before."""
        if said.subjects and said.subject:
            rules.append("subject_inherited")
            return said.subject
        stops = [0, *cuts]
        for i in range(len(stops) - 2, -1, -1):
            piece = text[stops[i] : stops[i + 1]].strip("，；:。,; \u200b（）“”")
            if len(piece) < 2:
                continue
            noun = subjects.split(piece).noun
            if not subjects.verbal(noun):
                rules.append("noun_of_clause")
                return subjects.clean(noun)
        rules.append("subject_inherited" if said.subject else "subject_none")
        return said.subject or subjects.clean(left.noun) or left.predicate.strip()

    def _distribute(self, noun: str, said: _Said, figures: list[Token], k: int) -> list[str]:
        """One subject for each of the figures listed from `k` on."""
        count = 1
        while k + count < len(figures) and self.normal[figures[k + count - 1].end : figures[k + count].start] in _LIST_GAP:
            count += 1
        if count < 2:
            return []
        if subjects.verbal(noun):
            recent = list(dict.fromkeys(said.subjects))[-count:]
            return recent if len(recent) == count else []
        return subjects.shared(noun, count)

    def _rank(
        self, sentence: Sentence, marks: status.Marks, said: _Said, token: Token, text: str, left_text: str, right: str, listed: bool, rules: list[str]
    ) -> None:
        parts = scopes.ranked(left_text.strip(" \u200b"))
        left = subjects.split(parts.noun)
        to = parts.verb.endswith(("至", "到")) or parts.verb in ("为",)
        source = "从" in parts.verb or "由" in parts.verb
        if not source:
            source = left.source and not to
        if listed or subjects.verbal(left.noun):
            rules.append("subject_inherited")
            subject = said.subject
            if not said.subjects or not subject:
                cuts = [m.end() for m in _CUT.finditer(text)]
                subject = self._inherited(said, text, cuts, left, rules)
        else:
            name = subjects.clean(left.noun)
            rules.append("noun_before")
            subject = subjects.attach(name, said.subject) if said.subject and subjects.dependent(name) else name
        said.subject = subject or said.subject
        said.predicate = left.predicate
        self._add(sentence, marks, said, token, text, left, right, subject, "rank", 1, source, parts.field, rules)
        said.source_period = source

    def _add(
        self, sentence: Sentence, marks: status.Marks, said: _Said, token: Token, text: str, left: subjects.Left, right: str,
        subject: str, kind: str, sign: int, source: bool, scope: str | None, rules: list[str],
    ) -> None:  # fmt: skip
        value = token.value if token.value is not None else Decimal(0)
        high = token.high
        if token.kind == "rank":
            comparator, rule = ("le", "bound_before") if token.trailing == "前" else ("eq", "")
        else:
            shown = self.normal[token.start : token.end]
            comparator, rule = bounds.comparator(text, token.trailing, not token.digits and shown[:1] in "十百千万亿")
        if rule:
            rules.append(rule)
        if sign < 0:
            value, high = (-value, None) if high is None else (-high, -value)
            comparator = bounds.flipped(comparator)
        unit = token.unit or self._implied(subject, right)
        when, when_rule, place, worded = self._when(sentence, token, kind, subject, unit, left, source)
        rules.append(when_rule)
        below = self.below is not None and token.start > self.below
        clause = token.start - len(text)
        state, state_rule = status.status(marks, token.start, clause, place, worded, text, right, below)
        rules.append(state_rule)
        theme = self._theme(subject, sentence, token, said)
        said.subjects.append(subject)
        said.theme = theme
        low, last = period_bounds(when) if when else (None, None)
        value_base, unit_base = units.base(value, unit)
        around = text[-40:]
        basis = "constant" if _CONSTANT.search(around) else "current" if _CURRENT.search(around) else None
        section = self.layout.sections[sentence.section].path or None
        self.claims.append(
            Claim(
                token.start, token.end, self.text[token.start : token.end], value, high, unit, value_base, unit_base, comparator, kind, state,
                marks.vintage, basis, when, low, last, subject, theme, scope or scopes.place(subject), sentence.start, sentence.end, section,
                " ".join(r for r in rules if r),
            )  # fmt: skip
        )

    def _implied(self, subject: str, right: str) -> str:
        """The unit of a figure that is written without one (技能人才总量超696万): by what is counted."""
        for pattern, unit in _IMPLIED:
            if pattern.search(subject) or pattern.match(right):
                return unit
        return "个"

    def _when(self, sentence: Sentence, token: Token, kind: str, subject: str, unit: str, left: subjects.Left, source: bool) -> tuple[str | None, str, str | None, str | None]:
        """(period, rule, status of the place, status by a time in the sentence)."""
        context = self.line.context(token.start)
        time = self.line.nearest(sentence.start, token.start)
        worded = None
        if time is not None:
            period, rule = time.period, "period_word"
            worded = self.line.ahead(period)
            if source and "由" + self.normal[time.start : time.end] in self.normal[max(0, time.start - 1) : time.end]:
                return period, rule, context.status, worded
        else:
            period, rule = context.period, context.rule
        if period is None:
            return None, rule, context.status, worded
        explicit = time is not None and self.normal[time.start - 1 : time.start] in ("由", "从")
        if source and not explicit:
            start = first_year(period)
            return str(start - 1), rule + "_before", context.status, "actual" if time is None and context.status != "target" else worded
        if len(period) == 9 and period[4] == "/":
            year_by_year = measures.annual(left.predicate) or measures.annual(subject)
            stock = kind in ("rank", "share") or (kind == "level" and unit not in _FLOW_UNITS and not _FLOW.search(subject) and not _FLOW.search(left.noun[-12:] + left.predicate))
            if stock and not year_by_year:
                period, rule = str(last_year(period)), rule + "_end"
        return period, rule, context.status, worded

    def _theme(self, subject: str, sentence: Sentence, token: Token, said: _Said) -> str:
        theme = themes.by_words(subject)
        if theme:
            return theme
        if said.theme:
            return said.theme
        theme = themes.by_words(self.normal[max(sentence.start, token.start - 40) : min(sentence.end, token.end + 20)])
        if theme:
            return theme
        if sentence.section not in self.section_theme:
            self.section_theme[sentence.section] = themes.by_words(self.layout.sections[sentence.section].path)
        return self.section_theme[sentence.section] or "economy"


def _joined(verb: str, noun: str) -> str:
    return noun if not verb or noun.startswith(verb) else verb + noun


def _grouped(name: str) -> bool:
    return any(name in group for group in load("subjects")["groups"])


def _of_growth(subject: str) -> str:
    """地区生产总值年均增速 → 地区生产总值: of a rate of growth the thing that grew."""
    for tail in _WORDS["growth_tails"]:
        if subject.endswith(tail) and len(subject) > len(tail) + 1:
            return subject[: -len(tail)]
    return subject
