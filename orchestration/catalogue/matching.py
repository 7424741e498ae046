"""Subject → indicator: exact wording, the same in other words, the same with words left out; unit and measure must always fit."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

from orchestration.catalogue import topics
from orchestration.catalogue.fitting import KINDS, fits
from orchestration.catalogue.model import Indicator, Match
from orchestration.catalogue.naming import fold, normal, shorter
from orchestration.settings import SEEDS

_SCORES = {"exact": 1.0, "folded": 0.95, "stripped": 0.9}
_Index = dict[
    str, list[tuple[Indicator, str]]
]  # a form of a name → indicators, each with the one measure that the name is for (empty: any)


class Catalogue:
    """The indicators by their names and aliases. Build it with `load`; `match` is deterministic and needs no text but the subject."""

    def __init__(self, indicators: Iterable[Indicator]) -> None:
        self.indicators = {i.code: i for i in indicators}
        self._exact: _Index = {}
        self._folded: _Index = {}
        for indicator in self.indicators.values():
            names = [(normal(name), measure) for name, measure in indicator.aliases]
            for index, forms in ((self._exact, names), (self._folded, [(fold(n), m) for n, m in names])):
                for form, measure in dict.fromkeys(forms):
                    index.setdefault(form, []).append((indicator, measure))

    @classmethod
    def load(cls, path: Path | None = None) -> Catalogue:
        """The catalogue of the seed at `path`, by default the project's own. OSError: no such file; KeyError: a column or a kind of unit is unknown."""
        with (path or SEEDS / "indicator.csv").open(encoding="utf-8", newline="") as file:
            return cls([_indicator(row) for row in csv.DictReader(file)])

    def match(self, subject: str, unit: str | None, measure: str | None, theme: str | None = None) -> Match | None:
        """The indicator that `subject` names, or None.

        `unit` is the figure's unit as written or its base unit, `measure` one of level growth share change multiple rank; None leaves that unchecked.
        `theme` decides between indicators of one name that both fit.
        """
        name = normal(subject)
        if code := _pick(self._exact.get(name), unit, measure, theme):
            return Match(code, _SCORES["exact"], "exact")
        if code := _pick(self._folded.get(fold(name)), unit, measure, theme):
            return Match(code, _SCORES["folded"], "folded")
        for form, grown in shorter(name):
            stated = "growth" if grown and measure in ("level", "share") else measure
            if code := _pick(self._folded.get(fold(form)), unit, stated, theme):
                return Match(code, _SCORES["stripped"], "stripped")
        return None

    def assign(self, subjects: Iterable[tuple[str, str | None, str | None]]) -> list[Match | None]:
        """`match` for each (subject, unit, measure)."""
        return [self.match(*s) for s in subjects]

    def topic_for(self, subject: str, theme: str) -> str | None:
        """The topic within `theme` of a subject without an indicator, by its words; None where none tells."""
        return topics.topic_for(subject, theme)


def _pick(found: list[tuple[Indicator, str]] | None, unit: str | None, measure: str | None, theme: str | None) -> str | None:
    """The first indicator that fits, one of `theme` before the others. The order of the seed decides where no unit tells (growth, rank)."""
    fitting = [i for i, only in found or () if only in ("", measure) and fits(i, unit, measure)]
    return min(fitting, key=lambda i: i.theme != theme).code if fitting else None


def _indicator(row: dict[str, str]) -> Indicator:
    """One line of the seed. An alias `经济@growth` is one for figures of that measure only."""
    names = [row["name_zh"], *filter(None, row["aliases"].split("|"))]
    kinds = [KINDS[k] for k in row["unit_kind"].split("|")]
    return Indicator(
        code=row["indicator_code"],
        name=row["name_zh"],
        theme=row["theme"],
        topic=row["topic"],
        units=frozenset(u for kind in kinds for u in kind["units"]),
        is_rate=any(kind.get("rate", False) for kind in kinds),
        aliases=tuple((name, measure) for name, _, measure in (n.partition("@") for n in names)),
    )
