"""Industries that a name speaks of: the district's own system of ten (two backbones, three leading, five emerging), by the words of the seed `industry.csv`.

How they map to the national classification of industries (GB/T 4754-2017) is the seed `industry_class.csv`.
"""

from __future__ import annotations

import csv
import re
from functools import cache, lru_cache

from orchestration.extraction.words import alternation
from orchestration.settings import SEEDS


@cache
def _words() -> tuple[re.Pattern[str], dict[str, str]]:
    with (SEEDS / "industry.csv").open(encoding="utf-8", newline="") as file:
        industry_of = {word: row["industry_code"] for row in csv.DictReader(file) for word in [row["name_zh"], *row["aliases"].split("|")]}
    return re.compile(alternation(industry_of)), industry_of


@lru_cache(maxsize=65536)
def industry_for(name: str) -> str | None:
    """The code of the industry whose word in `name` is longest, of equals the last; None where it names none."""
    pattern, industry_of = _words()
    found = max(pattern.finditer(name), key=lambda m: (len(m[0]), m.start()), default=None)
    return industry_of[found[0]] if found else None
