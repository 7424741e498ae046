"""The period of a figure: the time said nearest to it, else what its place says; of a span of years its end or the whole."""

from __future__ import annotations

import re
from dataclasses import dataclass

from orchestration.extraction import figures, measures, subjects
from orchestration.extraction.figures import Figure
from orchestration.extraction.isoperiods import first_year, last_year
from orchestration.extraction.layout import char_before
from orchestration.extraction.periods import Time, Timeline
from orchestration.extraction.words import alternation
from orchestration.lexicon import load

_WORDS = load("claims")
_SUBJECTS = load("subjects")
_FLOW = re.compile(alternation(_WORDS["flows"]))
_ABOVE = re.compile("[高低快慢好优多少]于|超[过出]?|高出")
_PLANNING = re.compile(alternation(load("status")["planning"]))
_STATES = frozenset(_WORDS["states"])
_DOING = [w for w in [*_SUBJECTS["dropped"], *_SUBJECTS["kept"], *_WORDS["flow_verbs"]] if w not in _STATES]
_DONE = re.compile(
    rf"(?!{alternation([*_SUBJECTS['drop_protect'], *load('measures')['no_direction']])})(?:{alternation(_DOING)}|新(?=[修辟植栽挖打架铺]))"
)
_HAPPENED = re.compile(rf"[^，。；、]{{2,16}}?(?:{alternation(_WORDS['happened'])})")
_OF_THE_YEAR = re.compile(alternation(_WORDS["flows_of_a_year"]))
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
    if time and time.event and figures.cuts(figure.normal[time.end : figure.token.start]):
        return Dated(str(time.year), "period_word_year", context.status, line.ahead(str(time.year)))  # 5月12日，开工仪式举行，6个项目签约
    if time and _yearly(figure, kind, subject):
        since, until = _origin(figure, line), int((time.period or "0")[:4])
        if context.period and _years(context.period) and _end_of(time, context.period):
            time = None  # 五年间由A增加到2006年的B、年均增长9%: the rate is the span's
        elif since and not time.span and since < until:
            return Dated(f"{since + 1}/{until}", "period_rate", context.status, line.ahead(time.period))
    worded = line.ahead(time.period) if time else None
    if time and context.rule == "period_intended" and time.period == context.period:
        worded = context.status  # 今年计划新增800个: of the running year, and ahead
    period, rule = (time.period, "period_word") if time else (context.period, context.rule)
    if period is None:
        return Dated(None, rule, context.status, worded)
    if source and not (time and not time.span and char_before(figure.normal, time.start) in ("由", "从")):
        since = _origin(figure, line)
        if since:
            return Dated(str(since), "period_since", context.status, "actual")
        if line.anchor.reviewed and "target" in (worded, line.ahead(period)):
            return Dated(str(line.anchor.reviewed), rule + "_before", context.status, "actual")  # a target starts from what is
        past = "actual" if time is None else worded
        return Dated(str(first_year(period) - 1), rule + "_before", context.status, past)
    summed = time is not None and figure.normal.endswith("累计", time.start, time.end)
    if _years(period) and not source and not summed and _stands(figure, kind, subject, unit):
        return Dated(str(last_year(period)), rule + "_end", context.status, worded)
    if time and period.endswith("-12-31") and _OF_THE_YEAR.search(subject) and figures.cuts(figure.normal[time.end : figure.token.start]):
        return Dated(period[:4], rule + "_flow", context.status, worded)  # 年末存栏9万头，出栏8万头
    return Dated(period, rule, context.status, worded)


def _origin(figure: Figure, line: Timeline) -> int | None:
    """The year from which the sentence counts (由2002年的A增加到B，C从D增加到E), where it has named one before the figure."""
    normal = figure.normal
    times = line.between(figure.sentence.start, figure.token.start)
    return next((first_year(t.period) for t in reversed(times) if t.period and char_before(normal, t.start) in ("由", "从")), None)


def _yearly(figure: Figure, kind: str, subject: str) -> bool:
    left = figure.left
    return kind == "growth" and measures.annual(left.noun[-8:] + left.predicate + subject)


def _end_of(time: Time, span: str) -> bool:
    """Whether `time` is no more than the last year of `span`."""
    return time.period is not None and not time.span and time.period[:4] == span[-4:]


def _time(figure: Figure, line: Timeline, place: str | None) -> Time | None:
    """The nearest time; a span ahead that a review mentions (谋划“十五五”) says nothing of the clauses behind it, unless they plan."""
    time = line.nearest(figure.sentence.start, figure.token.start)
    if time is None or not (time.span and place == "actual" and line.ahead(time.period) == "target"):
        return time
    between = figure.normal[time.end : figure.token.start]
    return None if figures.cuts(between) and not _PLANNING.search(between) else time


def _years(period: str) -> bool:
    return len(period) == 9 and period[4] == "/"


def _stands(figure: Figure, kind: str, subject: str, unit: str) -> bool:
    """Whether a figure of a span of years is the state at its end (a rank, a share, a stock), not the span's total or its yearly rate."""
    left = figure.left
    if measures.annual(left.noun[-8:] + left.predicate) or measures.annual(subject):
        return False
    if kind in ("rank", "share"):
        return True
    if kind == "change" and unit in measures.POINTS:
        return figure.after in ("share", "level") and _ABOVE.match(left.compared) is not None  # 95%、高于全国8个百分点
    to = measures.direction(left.predicate)[1]
    if kind == "multiple":
        return to
    if kind != "level" or unit in _FLOW_UNITS:
        return False
    if (
        figure.continued
        and figure.flows
        and not to
        and not subjects.verbal(left.noun)
        and not subjects.dependent(subjects.opened(left.noun))
    ):
        return False  # 五年改造卫生院9所、医院3所
    flows = _FLOW.search(subject + left.noun[-14:] + left.predicate) or _DONE.match(subjects.opened(left.noun))
    return to or not (flows or (subjects.verbal(left.noun) and _HAPPENED.match(figure.right)))
