"""Which place a document reports on."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from urllib.parse import urlsplit

from orchestration.lexicon import load
from orchestration.reading.tier import NATIONAL
from orchestration.regions import COUNTRY, RegionIndex

HOSTS = load("reading_hosts")
LEADING = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{2,12}?)(?=[:\d]|(?:人民)?政府|20|19|二[〇○零]|关于|国民经济|统计|工作报告|经济|今年|去年|上半年)"
)
SPEAKER = re.compile(r"代表(?P<name>[\u4e00-\u9fff]{2,20}?)(?:人民政府|政府)?,?(?:,|向|作)")
FEW_PLACES = 3
BODY = 6000  # characters that are searched for places


class Places:
    """Looks places up as they stood in `year`; `hints` are codes of wider or equal places that settle an ambiguous name."""

    def __init__(self, regions: RegionIndex, year: int | None, hints: Iterable[str] = ()) -> None:
        self._regions, self._year, self._hints = regions, year, [None, *hints]

    def in_title(self, title: str) -> str | None:
        """The place a title names first, the narrowest of a chain (甲省乙市丙区); a short name before a colon, a year or 政府 counts too."""
        plain = title.replace(" ", "")
        return next(
            (code for hint in self._hints if (code := self._first(plain, hint) or self._leading(plain, hint))), None
        ) or self._national(plain)

    def in_publisher(self, publisher: str) -> str | None:
        """The place in a publisher's name."""
        plain = publisher.replace(" ", "")
        return self._first(plain, None) or self._national(plain)

    def in_body(self, text: str) -> str | None:
        """The place for which the speaker speaks, else the one named most (twice at least) in the beginning of a text."""
        speaker = SPEAKER.search(text)
        spoken = self.in_title(speaker["name"]) if speaker else None
        if spoken:
            return spoken
        best, _ = self._voted(text[:BODY], None)
        best, votes = self._voted(text[:BODY], best) if best else (None, 0)  # the place once known settles names that others bear too
        return best if votes >= 2 else None

    def _voted(self, text: str, hint: str | None) -> tuple[str | None, int]:
        """The place named most, the earlier of equals, and how often."""
        found = [code for code in self._chains(text, hint) if code != COUNTRY]
        return max(Counter(found).items(), key=lambda item: (item[1], -found.index(item[0])), default=(None, 0))

    def around(self, names: Iterable[str]) -> str | None:
        """The region directly above most of the places named, each in a cell of its own; null unless there are three of them."""
        codes = {code for name in names if (code := self._regions.by_name("".join(name.split()), self._year)) and code != COUNTRY}
        above = Counter(parent for code in codes if (parent := self._regions.parent(code, self._year)))
        best, count = max(above.items(), key=lambda item: (item[1], item[0]), default=("", 0))
        return best if count >= max(FEW_PLACES, len(codes) / 2) else None

    def _first(self, text: str, hint: str | None) -> str | None:
        return next((code for code in self._chains(text, hint) if code != COUNTRY), None)

    def _chains(self, text: str, hint: str | None) -> list[str]:
        """The places named in `text`, of those that follow each other directly and lie in each other only the last."""
        chains: list[str] = []
        reached = -1
        for start, end, code in self._regions.find_in(text, self._year, hint):
            if start == reached and self._regions.is_within(code, chains[-1], self._year):
                chains[-1] = code
            else:
                chains.append(code)
            reached = end
        return chains

    def _leading(self, text: str, hint: str | None) -> str | None:
        match = LEADING.match(re.sub(r"^(关于|中共)|^\d{4}年", "", text))
        return self._regions.by_name(match["name"], self._year, hint) if match else None

    def _national(self, text: str) -> str | None:
        return COUNTRY if NATIONAL.search(text) or "全国" in text else None


def host_name(url: str) -> str | None:
    """The name of the place whose government runs the host of `url`."""
    host = (urlsplit(url).hostname or "").rstrip(".")
    labels = host.removesuffix(".gov.cn").split(".") if host.endswith(".gov.cn") else []
    return HOSTS.get(labels[-1]) if labels else None
