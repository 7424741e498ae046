"""Scopes: the area or calibre that a figure is narrower or wider than, and the field in which something ranks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from orchestration.extraction.words import alternation
from orchestration.lexicon import load

_WORDS = load("scopes")
_RANK_VERB = re.compile(
    rf"(?:均|都|双双|分别|仍|稳步|已|连续[^，；。]{{1,6}}?[年个季度月次]+|一直|总体|综合)*(?:居(?![民家住委留])|(?:{alternation(_WORDS['rank_verbs'])})(?![奖幅率量度]))(?:了|至|到|在|为)?"
)
_FIELD = re.compile(rf"(?:{alternation(_WORDS['fields'])}|(?:[两三四五六七八九十\d]+个?[区县市州]){{1,2}})(?:的)?\Z")
_AMONG = re.compile(rf"在({alternation(_WORDS['fields'])})(?:的)?\Z")
_PLACE = re.compile(
    rf"(?!{alternation(_WORDS['generic'])})(?:(?:(?![和与及等、])[\u4e00-\u9fff·]){{2,12}}?(?:{alternation(_WORDS['places'])})|{alternation(_WORDS['bare_places'])}"
    rf"|{alternation(_WORDS['calibres'])}|[省市县区州](?:属|管|直)(?:国有)?(?:企业|国企|高校|医院)|[\u4e00-\u9fff]{{2,4}}港(?=货|集装|吞吐|旅客|完成|通达|新增))(?=[\u4e00-\u9fffA-Z])"
)


_AREAS = tuple(_WORDS["areas"])
_KIND_OF_AREA = re.compile(alternation(_WORDS["kinds_of_area"]))


@dataclass(slots=True, frozen=True)
class Ranked:
    """What stands before a rank: the noun, the verb (居, 升至), the field (全国)."""

    noun: str
    verb: str
    field: str | None


def field(words: str) -> str | None:
    """The area that `words` are the name of and nothing else (全国, 全省); null for other words."""
    return words if _FIELD.fullmatch(words) else None


@lru_cache(maxsize=16384)
def ranked(left: str) -> Ranked:
    """Takes 地区生产总值稳居全国 apart."""
    found = None
    for m in _RANK_VERB.finditer(left):
        if len(left) - m.end() <= 16:
            found = m
            break
    if found:
        end = found.end()
        for m in _RANK_VERB.finditer(left, end):
            if m.start() == end:
                end = m.end()
        field, noun = left[end:].strip("“”的 ，第前"), left[: found.start()]
        among = _AMONG.search(noun)
        if among:  # 总量在全省排名由第八…
            field, noun = field or among.group(1), noun[: among.start()]
        elif not field and (held := _FIELD.search(noun)):  # 增速六县排名第二
            field, noun = held.group(), noun[: held.start()]
        return Ranked(noun, left[found.start() : end], field or None)
    held = _FIELD.search(left, max(0, len(left) - 14))
    if held:
        return Ranked(left[: held.start()], "", held.group().removesuffix("的"))
    return Ranked(left, "", None)


def is_place(name: str) -> bool:
    """Whether `name` is that of an area and nothing else (东桥社区), not a kind of area (示范社区)."""
    return name.endswith(_AREAS) and _KIND_OF_AREA.search(name) is None


@lru_cache(maxsize=65536)
def place(subject: str) -> str | None:
    """A part of the region, or of its bodies, that opens the subject (长水机场旅客吞吐量 → 长水机场, 省属企业利润 → 省属企业)."""
    m = _PLACE.match(subject)
    return m.group() if m else None
