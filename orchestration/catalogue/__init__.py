"""The catalogue of indicators: which indicator a subject names, and which topic it belongs to.

What the seed `indicator.csv` decides:
- Level, growth, change, rank and multiple of one thing share a code; a share of something (X占Y比重), a figure per head, a town or country variant,
  another calibre (地方…, 规上…, 省级…) is an indicator of its own.
- Things, households, floor area and people of one work are one indicator each: they share the alias, the unit tells. Without a unit (growth, rank) the first line stands for all.
- What is newly made (新增…, 新建…) is kept apart from what there is. A bare noun is what there is, or, of works that have no stock (改造…, 打通…), what was done.
- `unit_kind` names kinds of `lexicon/catalogue_units.yml`; an alias `经济@growth` holds for one measure. Plausible ranges are of the level in the base unit, from a county to the country.
"""

from orchestration.catalogue.matching import Catalogue
from orchestration.catalogue.model import Indicator, Match
from orchestration.versions import code_version

CATALOGUE_VERSION = code_version("catalogue/*.py", "lexicon/catalogue_*.yml", seeds=("indicator.csv",))
"""Changes with the catalogue's code, words and indicators."""

__all__ = ["CATALOGUE_VERSION", "Catalogue", "Indicator", "Match"]
