"""The ledger: which statement of a later document is the result of which target. Pure; words and thresholds are data in `lexicon/ledger_*.yml`."""

from orchestration.ledger.linking import link, one_kind, year_end
from orchestration.ledger.model import Link, Said

__all__ = ["Link", "Said", "link", "one_kind", "year_end"]
