"""What the labels above a column or before a row say: the thing measured, the place, the time, the kind of figure, the unit."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from orchestration.extraction.words import alternation
from orchestration.lexicon import load
from orchestration.tables import labels, periods, units
from orchestration.tables.numbers import STATUS
from orchestration.tables.units import PERCENT, Unit

_WORDS = load("tables_words")
_SETS = {
    key: frozenset(_WORDS[key])
    for key in ("whole_area", "narrower", "level", "to_date", "this_month", "year_before", "product_parts", "acronyms", "plain_notes")
}
_WHOLE_PRODUCT, _HEADS, _MODIFIERS = (frozenset(_WORDS[k]) for k in ("whole_product", "heads", "modifiers"))
_AGAINST = f"(?:{alternation(_WORDS['against'])}){{0,3}}"
_ENDS = {
    "growth": re.compile(f"{_AGAINST}{alternation(_WORDS['growth'])}$"),
    "growth_or_change": re.compile(f"{_AGAINST}{alternation(_WORDS['growth_or_change'])}$"),
    "change": re.compile(f"{_AGAINST}{alternation(_WORDS['change'])}$"),
    "rank": re.compile(f"{alternation(_WORDS['rank'])}$"),
}
_AGAINST_ONLY = re.compile(_AGAINST)
_OTHER_BASE = re.compile(alternation(_WORDS["other_base"]))
_ESTIMATE_AT_END = re.compile(f"^{alternation(_WORDS['status']['estimate'])}|{alternation(_WORDS['status']['estimate'])}$")
_RATE = re.compile(f"{alternation([*_WORDS['permille_ends'], *_WORDS['other_rate_ends']])}$")
_BASE_100 = re.compile(r"(?:以)?(?P<base>上年同期|上年|上月|(?:19|20)\d\d年?)(?:价格)?(?:=|为)100")
_AS_PERCENT_OF = re.compile(r"(?:相当于|为|是)(?P<base>上年|上年同期|去年|去年同期|(?:19|20)\d\d年?)的?$")
_PRODUCT_LEAD = re.compile(f"^{alternation(_WORDS['whole_product_lead'])}")
_INDEX = re.compile(r"(?<!价格)指数$")
LONGEST = 120  # characters of a label
_YEAR_BEFORE = frozenset({"上年", "上年同期", "去年", "去年同期"})


@dataclass(frozen=True, slots=True)
class Facet:
    """What labels say; a field is None (or empty) where they do not. `problem`: why the figures under them cannot be read."""

    subject: str = ""
    region: str | None = None
    period: str | None = None
    part: str | None = None  # to_date, this_month, year_before: which part of the table's period
    measure: str | None = None  # growth, change, rank; growth_or_change where the unit decides
    unit: Unit | None = None
    index_base: str | None = None  # what is 100: 上年, 上年同期, or a year
    status: str | None = None
    problem: str | None = None


def read(parts: Iterable[str], place: Callable[[str], str | None], year: int | None = None, product: bool = False) -> Facet:
    """The facet of cleaned labels from the top down.

    `place` gives the code of a place's name; `year` completes 一季度 or 1-6月; `product`: the table is about gross product, so that
    第一产业 means its value added.
    """
    facet = Facet()
    subjects: list[str] = []
    for part in parts:
        facet, rest = _read_part(part, facet, place, year)
        if rest:
            subjects.append(rest)
    subject, problem = _join(subjects, product)
    if facet.index_base:
        subject = _INDEX.sub("", subject)
    return replace(facet, subject=subject, problem=facet.problem or problem)


def index_base(text: str) -> str | None:
    """What a line says is 100: 上年=100 → 上年."""
    match = _BASE_100.search(text)
    return match["base"] if match else None


def is_growth(base: str, period: str) -> bool:
    """Whether an index of `period` on this base, less 100, is the growth on the year before."""
    return base in _YEAR_BEFORE or base[:4] == str(int(period[:4]) - 1)


def is_whole_product(subject: str) -> bool:
    """Whether a subject is the gross product of a place."""
    return subject in _WHOLE_PRODUCT or _PRODUCT_LEAD.sub("", subject) in _WHOLE_PRODUCT


def is_head(subject: str) -> bool:
    """Whether a name completes another one (增加值, 产量) and says nothing alone."""
    return subject in _HEADS


def _read_part(part: str, facet: Facet, place: Callable[[str], str | None], year: int | None) -> tuple[Facet, str]:
    """`facet` with what one label adds, and what of the label names the thing measured."""
    if len(part) > LONGEST:
        return replace(facet, problem=f"“{part[:20]}…” is too long for a label"), ""
    text, inside = labels.brackets(labels.name(part))
    for note in inside:
        facet, kept = _note(note, facet)
        text += kept
    found = periods.leading(text, year)
    if found and (place(text) is None):
        facet, text = replace(facet, period=found[0]), found[1]
    text = labels.name(text)
    if text in _SETS["whole_area"] or not text:
        return facet, ""
    if code := place(text):
        return replace(facet, region=code), ""
    if text in _SETS["narrower"]:
        return replace(facet, problem=f"{text} is not the whole place"), ""
    for flag in ("to_date", "this_month", "year_before"):
        if text in _SETS[flag]:
            return replace(facet, part=flag), ""
    if text in STATUS:
        return replace(facet, status=STATUS[text]), ""
    if text in _SETS["level"]:
        return facet, ""
    if _OTHER_BASE.search(text):
        return replace(facet, problem=f"{text} compares with another time than the year before"), ""
    if unit := units.unit_of(text):
        return replace(facet, unit=unit), ""
    return _kind(text, facet)


def _note(note: str, facet: Facet) -> tuple[Facet, str]:
    """`facet` with what a bracket says, and what of it belongs to the name."""
    if base := index_base(note):
        return replace(facet, index_base=base), ""
    if note in STATUS:
        return replace(facet, status=STATUS[note]), ""
    if unit := units.unit_of(note):
        return replace(facet, unit=unit), ""
    head, comma, tail = note.rpartition(",") if "," in note else note.rpartition("、")
    if comma and (unit := units.unit_of(tail)):
        facet, kept = _note(head, facet)
        return replace(facet, unit=unit), kept
    if note in _SETS["acronyms"] or note in _SETS["plain_notes"] or _AGAINST_ONLY.fullmatch(note):
        return facet, ""
    growing = any(end.search(note.rstrip("%")) for end in _ENDS.values())
    return facet, note if growing else f"({note})"


def _kind(text: str, facet: Facet) -> tuple[Facet, str]:
    """`facet` with the kind of figure that the end of a name tells, and the name without it."""
    name, comma, tail = text.rpartition(",")
    if comma and (unit := units.unit_of(tail)):
        facet, text = replace(facet, unit=unit), name
    if text.endswith("%"):
        facet, text = replace(facet, unit=PERCENT), text.rstrip("%")
    if shorter := _ESTIMATE_AT_END.sub("", text):
        facet, text = (facet if shorter == text else replace(facet, status="estimate")), shorter
    if facet.unit == PERCENT and (match := _AS_PERCENT_OF.search(text)):
        return replace(facet, index_base=match["base"], unit=None), text[: match.start()]
    return (facet, text) if _RATE.search(text) else _growth(text, facet)


def _growth(text: str, facet: Facet) -> tuple[Facet, str]:
    """`facet` with the kind that the end of `text` names, and `text` without it; several may stand together (增速(±%))."""
    for kind, end in _ENDS.items():
        if match := end.search(text):
            to_date = any(word in match[0] for word in _SETS["to_date"])
            facet = replace(
                facet,
                measure=kind if facet.measure in (None, "growth_or_change") else facet.measure,
                part="to_date" if to_date else facet.part,
            )
            return _growth(text[: match.start()], facet)
    return facet, text


def _join(subjects: list[str], product: bool) -> tuple[str, str | None]:
    """One name from the names above a column, and a problem where the joint would not be clear."""
    subject = ""
    for name in subjects:
        if labels.brackets(name)[0] in _SETS["product_parts"]:
            if not (product or is_whole_product(subject) or subject.endswith(_WORDS["value_added"])):
                return name, f"{name}: the header does not say what of it is measured"
            subject = labels.brackets(name)[0] + _WORDS["value_added"]
        elif not subject or subject in name:
            subject = name
        elif name in _HEADS:
            subject += name
        elif name in _MODIFIERS:
            subject = name + subject
        else:
            subject = f"{subject} › {name}"
    return subject, None
