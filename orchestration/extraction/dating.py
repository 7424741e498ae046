"""The period of a figure: the time said nearest to it, else what its place says; of a span of years its end or the whole."""

from __future__ import annotations

import re
from dataclasses import dataclass

from orchestration.extraction import figures, measures
from orchestration.extraction.figures import Figure
from orchestration.extraction.periods import Time, Timeline, first_year, last_year
from orchestration.extraction.words import alternation, load

_WORDS = load("claims")
_FLOW = re.compile(alternation(_WORDS["flows"]))
_FLOW_UNITS = frozenset(_WORDS["flow_units"])


@dataclass(slots=True, frozen=True)
class Dated:
    """`period` (ISO) with its rule; `place`: status by headings and openings; `worded`: status by a time in the sentence."""

    period: str | None
    rule: str
    place: str | None
    worded: str | None


def date(figure: Figure, line: Timeline, kind: str, subject: str, unit: str, source: bool) -> Dated:
    """The period of `figure`, whose measure is `kind`; `source`: it is the first of two (由A提高到B)."""
    context = line.context(figure.token.start)
    time = _time(figure, line, context.status)
    worded = line.ahead(time.period) if time else None
    period, rule = (time.period, "period_word") if time else (context.period, context.rule)
    if period is None:
        return Dated(None, rule, context.status, worded)
    if source and not (time and figure.normal[time.start - 1 : time.start] in ("由", "从")):
        past = "actual" if time is None and context.status != "target" else worded
        return Dated(str(first_year(period) - 1), rule + "_before", context.status, past)
    if _years(period) and not source and _stands(figure, kind, subject, unit):
        return Dated(str(last_year(period)), rule + "_end", context.status, worded)
    return Dated(period, rule, context.status, worded)


def _time(figure: Figure, line: Timeline, place: str | None) -> Time | None:
    """The nearest time; a span ahead that a review mentions (谋划“十五五”) says nothing of the clauses behind it."""
    time = line.nearest(figure.sentence.start, figure.token.start)
    if time is None or not (time.span and place == "actual" and line.ahead(time.period) == "target"):
        return time
    return None if figures.cuts(figure.normal[time.end : figure.token.start]) else time


def _years(period: str) -> bool:
    return len(period) == 9 and period[4] == "/"


def _stands(figure: Figure, kind: str, subject: str, unit: str) -> bool:
    """Whether a figure of a span of years is the state at its end (a rank, a share, a stock), not the span's total or its yearly rate."""
    left = figure.left
    if measures.annual(left.noun[-8:] + left.predicate) or measures.annual(subject):
        return False
    if kind in ("rank", "share"):
        return True
    if kind != "level" or unit in _FLOW_UNITS:
        return False
    return measures.direction(left.predicate)[1] or not _FLOW.search(subject + left.noun[-14:] + left.predicate)
