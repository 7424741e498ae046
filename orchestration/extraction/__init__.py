"""Document → claims: every figure of Chinese government prose. Pure and deterministic: no model, no Dagster, no I/O but its own words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields

from orchestration.extraction import layout, periods, spans
from orchestration.extraction.claims import Assembler
from orchestration.extraction.facts import find_facts
from orchestration.extraction.model import Context, Extraction
from orchestration.extraction.places import without_place
from orchestration.extraction.windowing import Window, own, windows
from orchestration.versions import code_version

_OTHERS_WORDS = ("lexicon/reading_*.yml", "lexicon/tables_*.yml", "lexicon/catalogue_*.yml", "lexicon/ledger_*.yml")
EXTRACTOR_VERSION = code_version(
    "extraction/*.py",
    "stages/extracting.py",
    "contracts/claims.py",
    "lexicon/*.yml",
    "regions.py",
    without=_OTHERS_WORDS,
    seeds=("region.csv",),
)
"""Changes with the extractor's code and words: what was extracted by anything else is out of date."""
MOST_WARNINGS = 100


def extract(text: str, context: Context) -> Extraction:
    """All that `text` states: claims, other numerals, facts without a figure, warnings. Never raises for any text; time is linear in its length.

    Offsets count code points of `text`; `text[c.char_start:c.char_end] == c.quote` for every claim `c`.
    """
    return joined([extract_window(window, context) for window in windows(text)])


def extract_window(window: Window, context: Context) -> Extraction:
    """What one window of a text states, with offsets of the whole text."""
    plan = layout.parse(window.text)
    line = periods.timeline(plan, context)
    tokens, noticed = spans.scan(plan, line)
    assembler = Assembler(plan, line, tokens)
    assembler.run()
    for claim in assembler.claims:
        claim.subject = without_place(claim.subject, context.places)
    facts = find_facts(plan, context, assembler.claims, line)
    return own(Extraction(assembler.claims, assembler.numerals, *facts, warnings=noticed), window)


def joined(parts: Sequence[Extraction]) -> Extraction:
    """The extractions of a text's windows, in order, as one; of many warnings the first."""
    whole = parts[0] if len(parts) == 1 else Extraction()
    for part in parts if len(parts) > 1 else ():
        for name in (f.name for f in fields(Extraction)):
            getattr(whole, name).extend(getattr(part, name))
    whole.warnings = first_warnings(whole.warnings)
    return whole


def first_warnings(warnings: list[str]) -> list[str]:
    """As many warnings as anyone reads, and how many more there are."""
    more = len(warnings) - MOST_WARNINGS
    return [*warnings[:MOST_WARNINGS], f"and {more} more warnings"] if more > 0 else warnings
