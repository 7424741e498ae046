"""Lines above a table: its title, its unit, its period, and whether it carries another one on."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from orchestration.extraction.words import alternation
from orchestration.lexicon import load
from orchestration.regions import RegionIndex
from orchestration.tables import facets, labels, periods, units
from orchestration.tables.facets import Facet
from orchestration.tables.grid import Block, Grid
from orchestration.tables.numbers import STATUS
from orchestration.tables.units import Unit

_WORDS = load("tables_words")
_NUMBER = re.compile(r"^(?:表)?\d{1,3}(?:[-—–.]\d{1,3}){0,3}(?![\d年月日季]|[-—–.]\d)|^表[一二三四五六七八九十]{1,3}")
_LEAD = re.compile(f"^{alternation(_WORDS['title_lead'])}(?=.)")
_TAIL = re.compile(f"{alternation(_WORDS['title_tail'])}$")
_VAGUE = re.compile(alternation(_WORDS["title_vague"]))
_CONTINUED = re.compile(f"^{alternation(_WORDS['continued'])}")
_INDICATOR = re.compile(r"^(?:统计)?指标(?:名称)?:")  # exports of a database name the indicator in a line of its own
_SEVERAL = re.compile("[、和与及]")
_NOTES = re.compile(r"^(?:本表|注|说明|资料来源|数据来源|来源|单位:|制表|填报|摘编|按[当可不])")


@dataclass(frozen=True, slots=True)
class Title:
    """What the lines above a table say of all its figures."""

    text: str = ""
    lines: tuple[str, ...] = ()  # without notes and units
    continued: bool = False
    units: tuple[Unit, ...] = ()
    index_base: str | None = None
    status: str | None = None


def of_block(grid: Grid, block: Block, before: Title | None) -> Title:
    """The title of a block; one that carries on the block `before` it takes from that what it does not say itself."""
    above = [label for r in block.above for c in range(grid.width) if grid.source(r, c) == (r, c) and (label := grid.label(r, c))]
    said = read(above + [label for r in block.header for c in range(grid.width) if units.stated(label := grid.label(r, c))])
    if not (said.continued and before):
        return said
    return replace(
        said,
        text=said.text or before.text,
        lines=(*before.lines, *said.lines),
        units=said.units or before.units,
        index_base=said.index_base or before.index_base,
        status=said.status or before.status,
    )


def read(lines: list[str]) -> Title:
    """The title of cleaned lines above a table."""
    named = [_NUMBER.sub("", line) for line in lines if not _NOTES.match(line) and not units.units_of(line) and labels.has_han(line)]
    named = [_INDICATOR.sub("", line) for line in named]
    names = [line for line in named if ":" not in line and not _CONTINUED.match(line) and periods.whole(line) is None]
    return Title(
        names[0] if names else "",
        tuple(named),
        any(_CONTINUED.match(line) for line in named),
        next((tuple(u) for line in lines if (u := units.stated(line) or (units.units_of(line) if line.startswith("(") else []))), ()),
        next((base for line in lines if (base := facets.index_base(line))), None),
        next((STATUS[note] for line in named for note in labels.brackets(line)[1] if note in STATUS), None),
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
    kept = "".join(f"({note})" for note in inside if facets.index_base(note) or units.unit_of(note))
    return facets.read([bare + kept], lambda _: None)
