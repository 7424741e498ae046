"""Which place a row, a column or a whole table is about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from orchestration.lexicon import load
from orchestration.regions import COUNTRY, RegionIndex

_TOTALS: dict[str, str] = load("tables_words")["totals"]
_ALIASES: dict[str, str] = load("tables_words")["place_aliases"]
COUNTRY_NAME = "全国"
MOST = 0.5


class Places:
    """The places that a table can name: those within its host, then those above and around it."""

    def __init__(self, regions: RegionIndex, host: str | None, sure: bool, year: int | None) -> None:
        """`host`: the place the table is about; `sure` where the document says so and it is not only inferred from the rows."""
        self.regions, self.host, self.year, self.sure = regions, host, year, sure

    def code(self, label: str, near: str | None = None) -> str | None:
        """The place that a cleaned label names, by its full or short name or as a total of the host; `near`: the city that stands above it."""
        if label in _TOTALS:
            return self._total(_TOTALS[label])
        label = _ALIASES.get(label, label)
        for area in (self.host, near) if self.host else (near,):
            if area and (code := self.regions.by_name(label, self.year, area)):
                return code
        for area in (*(self.regions.ancestors(self.host) if self.host else ()), None):
            code = self.regions.by_name(label, self.year, area)
            if code and self._is_plain(label, code):
                return code
        return None

    def column(self, label: str) -> str | None:
        """The place that a column's head names; totals there only repeat the row's place, and 公安 is a head of expenditure."""
        code = None if label in _TOTALS else self.code(label)
        return code if code and self._is_plain(label, code) else None

    def _is_plain(self, label: str, code: str) -> bool:
        """Whether the label can mean a place outside the host: short names of counties (南部, 和平) are ordinary words."""
        return self.regions.level(code) != "county" or any(label == name for name in self._names(code))

    def _names(self, code: str) -> Iterable[str]:
        return filter(None, (self.regions.name(code), self.regions.name(code, self.year)))

    def _total(self, end: str) -> str | None:
        if end == COUNTRY_NAME:
            return COUNTRY
        if self.host is None or (end == "host" and not self.sure):
            return None
        return self.host if end == "host" or (self.regions.name(self.host, self.year) or "").endswith(end) else None


def host_of(
    region_code: str | None, names: Iterable[str], rows: Iterable[str], regions: RegionIndex, year: int | None
) -> tuple[str | None, bool]:
    """The place that a table is about, and whether that is said.

    The one place that its title or its sheet (`names`) names within the document's, else the document's; failing both, where its rows lie.
    """
    for name in names:
        named = _one_of([code for _, _, code in regions.find_in(name, year)], regions, year)
        if named and (region_code is None or regions.is_within(named, region_code, year)):
            return named, True
        if named:
            return region_code, False
    if region_code:
        return region_code, True
    found = [code for row in rows if row not in _TOTALS and (code := regions.by_name(row, year))]
    above = Counter(_above(code, regions, year) for code in found if regions.level(code) != "county")
    host, votes = above.most_common(1)[0] if above else (None, 0)
    return (host, False) if votes > MOST * sum(above.values()) and votes > 1 else (None, False)


def _one_of(codes: list[str], regions: RegionIndex, year: int | None) -> str | None:
    """The innermost of `codes` if each of the others lies around it (湖北省武汉市)."""
    inner = [c for c in codes if all(regions.is_within(c, other, year) for other in codes)]
    return inner[0] if inner else None


def _above(code: str, regions: RegionIndex, year: int | None) -> str | None:
    return regions.parent(code, year) if code != COUNTRY else COUNTRY
