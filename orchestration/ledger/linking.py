"""Targets → their results. A pair of documents is linked by itself, so that no other document, and no order, changes its links."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from orchestration.ledger import worded
from orchestration.ledger.likeness import likeness, standard, substance
from orchestration.ledger.model import Link, Said
from orchestration.ledger.wording import objection
from orchestration.lexicon import load

RULES = load("ledger_rules")
_Name = tuple[str, ...] | str
Pairs = Collection[tuple[str, str]]
_Figure = tuple[str, str, str, str]  # name, scope, unit, measure
_REPORTS = frozenset(RULES["reports"])
_COMPARABLE: dict[str, frozenset[str]] = defaultdict(frozenset)
for _kind, _units in RULES["comparable"].items():
    for _unit in _units:
        _COMPARABLE[_unit] |= {_kind}


@dataclass(slots=True)
class _Stated:
    """What was stated of a region and year: figures by what they are named, figures of reports by document, results in words."""

    named: dict[_Name, list[Said]] = field(default_factory=lambda: defaultdict(list))
    reported: dict[str, list[Said]] = field(default_factory=lambda: defaultdict(list))
    worded: list[Said] = field(default_factory=list)


def link(targets: Iterable[Said], results: Iterable[Said], apart: Pairs = frozenset(), settled: Pairs = frozenset()) -> list[Link]:
    """All links of `targets` with `results`, in the order of their ids. Any order of either gives the same list.

    `apart` are (target, result) that are never linked; `settled` (target or result, other document) that need no likest partner there.
    """
    stated: dict[tuple[str, str], _Stated] = defaultdict(_Stated)
    for result in sorted(results, key=_place):
        if result.region_code and result.period:
            _file(stated[result.region_code, year_end(result.period)], result)
    asked: dict[tuple[str, str, str], list[Said]] = defaultdict(list)
    for target in sorted(targets, key=_place):
        if target.region_code and target.period and target.known_from:
            asked[target.document_id, target.region_code, year_end(target.period)].append(target)
    links = (
        k
        for (_, *block), wanted in asked.items()
        if tuple(block) in stated
        for k in _linked(wanted, stated[block[0], block[1]], apart, settled)
    )
    return sorted((k for k in links if (k.target_id, k.result_id) not in apart), key=lambda k: (k.target_id, k.result_id))


def year_end(period: str) -> str:
    """The period under which a figure is looked for: a year's last day with its year."""
    return period.removesuffix("-12-31")


def _place(said: Said) -> tuple[str, int, str]:
    return said.document_id, said.start, said.id


def _file(stated: _Stated, result: Said) -> None:
    if result.outcome is not None:
        stated.worded.append(result)
        return
    stated.named[_name(result)].append(result)
    if result.genre in _REPORTS:
        stated.reported[result.document_id].append(result)


def _name(said: Said) -> _Name:
    return said.indicator_codes or standard(said.subject)


def _linked(targets: list[Said], stated: _Stated, apart: Pairs, known: Pairs) -> Iterator[Link]:
    """Links of one document's targets of a year. In each later document: the same figure first; of the rest the likest, each figure with one other
    at most; and results in words."""
    settled = set(known)  # (claim, other document)
    for target in targets:
        for result in stated.named.get(_name(target), ()):
            if (target.id, result.id) not in apart and _later(target, result) and (found := _same_figure(target, result)):
                settled |= {(target.id, result.document_id), (result.id, target.document_id)}
                yield found
    for document_id, figures in stated.reported.items():
        if _later(targets[0], figures[0]):
            open_targets = [t for t in targets if (t.id, document_id) not in settled]
            yield from _alike(open_targets, [r for r in figures if (r.id, targets[0].document_id) not in settled], apart)
    yield from worded.links(targets, [r for r in stated.worded if _later(targets[0], r)])


def _later(target: Said, result: Said) -> bool:
    """Whether the result stands in another document that can be known after the target's; one without a day is after all others."""
    if target.known_from is None or target.document_id == result.document_id:
        return False
    return result.known_from is None or target.known_from < result.known_from


def _comparable(target: Said, result: Said) -> bool:
    """One scope, one measure, units of one kind; and no year's last day where the indicator is a mean over the year."""
    if target.scope != result.scope or target.measure != result.measure:
        return False
    if target.period != result.period and not frozenset(target.indicator_codes).isdisjoint(RULES["over_the_year"]):
        return False
    return one_kind(target.unit, result.unit)


def one_kind(unit: str | None, other: str | None) -> bool:
    """Whether two base units count alike: 个 and 座 do, 个 and 户 do not."""
    return unit == other or bool(_COMPARABLE.get(unit or "", frozenset()) & _COMPARABLE.get(other or "", frozenset()))


def _telling(target: Said, result: Said) -> bool:
    """Whether both subjects say enough to be told from others by their words."""
    return min(substance(target), substance(result)) >= RULES["substance"]


def _same_figure(target: Said, result: Said) -> Link | None:
    """The link of two statements that are named alike, if nothing else tells them apart."""
    if not _comparable(target, result) or not (target.indicator_codes or _telling(target, result)):
        return None
    if against := objection(target, result):
        return Link(target.id, result.id, "review", RULES["review"], against)
    return Link(target.id, result.id, "indicator" if target.indicator_codes else "subject", 1.0, "same figure")


def _alike(targets: list[Said], results: list[Said], apart: Pairs) -> Iterator[Link]:
    """Links of the likest figures, each with one at most. What is said twice in a document, or on two levels, is one figure."""
    alike = [(score, t, r) for t in targets for r in results if (t.id, r.id) not in apart and (score := _score(t, r)) >= RULES["review"]]
    pairings: dict[tuple[_Figure, _Figure], float] = defaultdict(float)
    for score, t, r in alike:
        pairings[_figure(t), _figure(r)] = max(score, pairings[_figure(t), _figure(r)])
    order = sorted(pairings, key=lambda p: (-pairings[p], p))
    wanted_with: dict[_Figure, _Figure] = {}
    stated_with: dict[_Figure, _Figure] = {}
    for wanted, stated in order:
        if wanted not in wanted_with and stated not in stated_with:
            wanted_with[wanted], stated_with[stated] = stated, wanted
    for score, t, r in alike:
        wanted, stated = _figure(t), _figure(r)
        if wanted_with.get(wanted) == stated:
            rivals = [pairings[p] for p in order if (p[0] == wanted) != (p[1] == stated)]
            yield Link(t.id, r.id, _counts(score, t, r, max(rivals, default=0.0)), round(score, 4), "alike")


def _figure(said: Said) -> _Figure:
    return "|".join(said.indicator_codes) or standard(said.subject), said.scope or "", said.unit or "", said.measure or ""


def _score(t: Said, r: Said) -> float:
    """How alike two statements are, 0 where they cannot speak of one figure."""
    if not _comparable(t, r) or not _telling(t, r):
        return 0.0
    score = likeness(t, r)
    return 0.0 if score >= RULES["review"] and objection(t, r) else score


def _counts(score: float, t: Said, r: Said, rival: float) -> str:
    """Whether a link by likeness counts: alike enough, and ahead of what else either could be linked with."""
    rate = t.measure != "level"
    two_codes = bool(t.indicator_codes and r.indicator_codes)
    if score < RULES["codes_differ" if two_codes else "accept_rate" if rate else "accept"] or (two_codes and rate):
        return "review"
    return "subject" if score >= RULES["sure"] or score - rival >= RULES["margin"] else "review"
