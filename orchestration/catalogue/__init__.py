"""The catalogue of indicators: which indicator a subject names, and which topic it belongs to."""

from orchestration.catalogue.matching import Catalogue
from orchestration.catalogue.model import Indicator, Match

__all__ = ["Catalogue", "Indicator", "Match"]
