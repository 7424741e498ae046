"""Lines above a table: its title, its unit, its period, and whether it carries another one on."""

from __future__ import annotations

import re
from dataclasses import dataclass

from orchestration.extraction.words import alternation, load
from orchestration.regions import RegionIndex
from orchestration.tables import facets, labels, periods, units
from orchestration.tables.facets import Facet
from orchestration.tables.numbers import STATUS
from orchestration.tables.units import Unit

_WORDS = load("tables_words")
_NUMBER = re.compile(r"^(?:表)?\d{1,3}(?:[-—–.]\d{1,3}){0,3}(?!\d|年)|^表[一二三四五六七八九十]{1,3}")
_LEAD = re.compile(f"^{alternation(_WORDS['title_lead'])}(?=.)")
_TAIL = re.compile(f"{alternation(_WORDS['title_tail'])}$")
_VAGUE = re.compile(alternation(_WORDS["title_vague"]))
_CONTINUED = re.compile(f"^{alternation(_WORDS['continued'])}")
_SEVERAL = re.compile("[、和与及]")
_NOTES = re.compile(r"^(?:本表|注|说明|资料来源|数据来源|来源|单位:|制表|填报|摘编|按[当可不])")


@dataclass(frozen=True, slots=True)
class Title:
    """What the lines above a table say of all its figures."""

    text: str = ""
    continued: bool = False
    units: tuple[Unit, ...] = ()
    index_base: str | None = None
    period: str | None = None
    status: str | None = None


def read(lines: list[str]) -> Title:
    """The title of cleaned lines above a table (and of cells of its header that state the unit)."""
    named = [_NUMBER.sub("", line) for line in lines if not _NOTES.match(line) and not units.units_of(line) and labels.has_han(line)]
    continued = any(_CONTINUED.match(line) for line in named)
    names = [line for line in named if not _CONTINUED.match(line) and periods.whole(line) is None]
    told = [p for line in lines if (p := periods.only(line))]
    return Title(
        names[0] if names else "",
        continued,
        next((tuple(u) for line in lines if (u := units.stated(line) or (units.units_of(line) if line.startswith("(") else []))), ()),
        next((base for line in lines if (base := facets.index_base(line))), None),
        told[0] if len(set(told)) == 1 else None,
        next((STATUS[note] for line in lines for note in labels.brackets(line)[1] if note in STATUS), None),
    )


def subject(text: str, regions: RegionIndex) -> Facet:
    """The indicator that a title names, as a facet; empty where it names none in particular."""
    bare, inside = labels.brackets(_NUMBER.sub("", labels.clean(text)).lstrip("、,-."))
    found = periods.leading(bare)
    bare = found[1] if found else bare
    places = regions.find_in(bare)
    bare = _LEAD.sub("", bare[places[0][1] :] if places and places[0][0] == 0 else bare)
    bare = _TAIL.sub("", bare.split(",")[0])
    if not bare or _VAGUE.search(bare) or _CONTINUED.match(bare) or _SEVERAL.search(bare):
        return Facet()
    return facets.read([bare + "".join(f"({note})" for note in inside if facets.index_base(note))], lambda _: None)
