"""Places: GB/T 2260 codes of county and above, with the time in which each bore a name, and what took its place.

The rows come from the seed `region.csv`, the same that dbt reads. Only the standard library is imported: every reader can afford it.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

COUNTRY = "100000"
LEVELS = ("country", "province", "prefecture", "county")
DROP_SPACE = {ord(c): None for c in " \t\r\n\u00a0\u2002\u2003\u2009\u3000\ufeff"}
AUTONOMOUS = ("自治区", "自治州", "自治县", "自治旗")
SHORTEST_IN_TEXT = 2
ANSWERS = 100_000  # names remembered with what they were found to mean


@dataclass(frozen=True, slots=True)
class Region:
    """One code and the years in which it bore this name: from `first` (inclusive) to `end` (exclusive, None while in use)."""

    code: str
    name: str
    short_name: str
    level: str
    parent: str | None
    first: int
    end: int | None
    successor: str | None

    def distance(self, year: int | None) -> int:
        """Years between `year` and the time of this name; 0 within it. Without a year: years before the far future."""
        if year is None:
            return 0 if self.end is None else 9999 - self.end
        return max(self.first - year, 0) or (max(year - self.end + 1, 0) if self.end else 0)


class RegionIndex:
    """All regions, by code and by name. Build it with `load`."""

    def __init__(self, regions: list[Region]) -> None:
        self._versions: dict[str, list[Region]] = {}
        self._answers: dict[tuple[str, int | None, str | None], str | None] = {}
        for region in regions:
            self._versions.setdefault(region.code, []).append(region)

    @classmethod
    @cache
    def load(cls, path: Path | None = None) -> RegionIndex:
        """The index of the seed at `path`, by default the project's own; read once. OSError where the file is missing, KeyError where a column is."""
        with (path or _seed()).open(encoding="utf-8", newline="") as file:
            return cls([_region(row) for row in csv.DictReader(file)])

    def by_code(self, code: str, year: int | None = None) -> Region | None:
        """What `code` stood for in `year` (default: now); failing that the version nearest in time. None: no such code."""
        return min(self._versions.get(code, ()), key=lambda r: r.distance(year), default=None)

    def by_name(self, name: str, year: int | None = None, within: str | None = None) -> str | None:
        """The code of a place by its full name, its short name, or the short name with its kind (恩施州, 恩施自治州). Spaces in it are ignored.

        `within`: only that region and what lies below it. Of several places one that bore the name in `year` (default: bears it now) goes
        before one that did at another time, a full name before a short one, one below `within` before `within` itself, a province or
        prefecture before a county.
        None: unknown, or still ambiguous.
        """
        asked = (name.translate(DROP_SPACE), year, within)
        if asked not in self._answers and len(self._answers) < ANSWERS:
            self._answers[asked] = self._named(*asked)
        return self._answers[asked] if asked in self._answers else self._named(*asked)

    def _named(self, plain: str, year: int | None, within: str | None) -> str | None:
        found = [*self._full.get(plain, ()), *self._short.get(plain, ())]
        found = [r for r in found if within is None or self.is_within(r.code, within, year)]
        if not found:
            return None
        nearest = min(r.distance(year) for r in found)
        found = [r for r in found if r.distance(year) == nearest]
        found = [r for r in found if r.name == plain] or found
        found = [r for r in found if r.code != within] or found
        highest = min(min(LEVELS.index(r.level) for r in found), LEVELS.index("county"))
        codes = {r.code for r in found if LEVELS.index(r.level) == highest}
        return codes.pop() if len(codes) == 1 else None

    def find_in(self, text: str, year: int | None = None, within: str | None = None) -> list[tuple[int, int, str]]:
        """Places named in running text, as (start, end, code), in order: the longest name at each place, none overlapping. Linear.

        Full names of all levels, short names of provinces and prefectures; short names of counties only of those in `within`, because
        many of them are ordinary words. A name that several places bear is settled by the place named just before it (南京市鼓楼区) or
        by `within`, otherwise left out. With `within`, a county elsewhere is taken only in the same province or after its parent.
        """
        found: list[tuple[int, int, str]] = []
        start = 0
        while start < len(text) - 1:
            end, code = self._at(text, start, year, within, found[-1][2] if found and found[-1][1] == start else None)
            if code:
                found.append((start, end, code))
            start = end
        return found

    def name(self, code: str, year: int | None = None) -> str | None:
        """The full name of `code` in `year`."""
        region = self.by_code(code, year)
        return region.name if region else None

    def level(self, code: str) -> str | None:
        """country province prefecture county."""
        region = self.by_code(code)
        return region.level if region else None

    def parent(self, code: str, year: int | None = None) -> str | None:
        """The code of the region above."""
        region = self.by_code(code, year)
        return region.parent if region else None

    def ancestors(self, code: str, year: int | None = None) -> list[str]:
        """Codes of the regions above, nearest first."""
        above: list[str] = []
        parent = self.parent(code, year)
        while parent:
            above.append(parent)
            parent = self.parent(parent, year)
        return above

    def is_within(self, code: str, region: str, year: int | None = None) -> bool:
        """Whether `code` is `region` or lies in it."""
        return code == region or region in self.ancestors(code, year)

    def children(self, code: str, year: int | None = None) -> list[str]:
        """Codes of the regions directly below that were in use in `year` (default: now), in order."""
        return sorted({r.code for r in self._below.get(code, ()) if r.distance(year) == 0})

    def siblings(self, code: str, year: int | None = None) -> list[str]:
        """Codes of the other regions of the same level under the same parent in `year` (default: now), in order."""
        region = self.by_code(code, year)
        if region is None or region.parent is None:
            return []
        return [c for c in self.children(region.parent, year) if c != code and self.level(c) == region.level]

    def successor(self, code: str) -> str | None:
        """The code that took over the area of one out of use, followed to the one in use today; None: in use, or nothing known."""
        seen = {code}
        current = self.by_code(code)
        while current and current.end is not None and current.successor and current.successor not in seen:
            seen.add(current.successor)
            current = self.by_code(current.successor)
        return current.code if current and current.code != code else None

    @cached_property
    def _full(self) -> dict[str, list[Region]]:
        names: dict[str, list[Region]] = {}
        for region in self._all():
            names.setdefault(region.name, []).append(region)
        return names

    @cached_property
    def _short(self) -> dict[str, list[Region]]:
        names: dict[str, list[Region]] = {}
        for region in self._all():
            kind = next((k for k in AUTONOMOUS if region.name.endswith(k)), region.name[-1])
            for name in {region.short_name, region.short_name + region.name[-1], region.short_name + kind} - {region.name}:
                names.setdefault(name, []).append(region)
        return names

    @cached_property
    def _below(self) -> dict[str, list[Region]]:
        below: dict[str, list[Region]] = {}
        for region in self._all():
            if region.parent:
                below.setdefault(region.parent, []).append(region)
        return below

    @cached_property
    def _lengths(self) -> dict[str, list[int]]:
        """First two characters of every name → the lengths of names that begin so, ascending."""
        lengths: dict[str, set[int]] = {}
        for name in (*self._full, *self._short):
            if len(name) >= SHORTEST_IN_TEXT:
                lengths.setdefault(name[:SHORTEST_IN_TEXT], set()).add(len(name))
        return {head: sorted(found) for head, found in lengths.items()}

    def _all(self) -> list[Region]:
        return [region for versions in self._versions.values() for region in versions]

    def _at(self, text: str, start: int, year: int | None, within: str | None, before: str | None) -> tuple[int, str | None]:
        """Where to read on, and the place whose name, the longest there, begins at `start`. An ambiguous name is passed over whole."""
        for length in reversed(self._lengths.get(text[start : start + SHORTEST_IN_TEXT], [])):
            name = text[start : start + length]
            if name in self._full or name in self._short:
                near = (self.by_name(name, year, area) for area in (before, within) if area)
                code = next(filter(None, near), None)
                if code is None and (code := self.by_name(name, year)) and not self._stands_alone(name, code, year, within):
                    return start + 1, None
                return start + length, code
        return start + 1, None

    def _stands_alone(self, name: str, code: str, year: int | None, within: str | None) -> bool:
        """Whether `name` means the place `code` even where nothing near it points there: many names of counties are ordinary words."""
        if self.level(code) != "county":
            return True
        ordinary = name not in self._full or len(name) == SHORTEST_IN_TEXT
        return not ordinary and (within is None or self.is_within(code, self._province(within), year))

    def _province(self, code: str) -> str:
        return next((c for c in (code, *self.ancestors(code)) if self.level(c) == "province"), COUNTRY)


def _region(row: dict[str, str]) -> Region:
    return Region(
        row["region_code"],
        row["name"],
        row["short_name"],
        row["level"],
        row["parent_code"] or None,
        int(row["valid_from"][:4]),
        int(row["valid_to"][:4]) if row["valid_to"] else None,
        row["successor_code"] or None,
    )


def _seed() -> Path:
    from orchestration.settings import SEEDS

    return SEEDS / "region.csv"
