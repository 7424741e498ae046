"""Document → claims: every figure of Chinese government prose. Pure and deterministic: no model, no Dagster, no I/O but its own words."""

from __future__ import annotations

from orchestration.extraction import layout, periods, spans
from orchestration.extraction.claims import Assembler
from orchestration.extraction.facts import find_facts
from orchestration.extraction.model import Context, Extraction
from orchestration.extraction.places import without_place
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
LONGEST_TEXT = 3_000_000  # characters read; what lies behind is named in a warning


def extract(text: str, context: Context) -> Extraction:
    """All that `text` states: claims, other numerals, facts without a figure, warnings. Never raises for any text; time and memory are linear in its length.

    Offsets count code points of `text`; `text[c.char_start:c.char_end] == c.quote` for every claim `c`.
    """
    warnings: list[str] = []
    if len(text) > LONGEST_TEXT:
        warnings.append(f"text of {len(text)} characters: only the first {LONGEST_TEXT} were read")
        text = text[:LONGEST_TEXT]
    plan = layout.parse(text)
    line = periods.timeline(plan, context)
    tokens, noticed = spans.scan(plan, line)
    assembler = Assembler(plan, line, tokens)
    assembler.run()
    for claim in assembler.claims:
        claim.subject = without_place(claim.subject, context.places)
    standings, milestones, projects, outcomes = find_facts(plan, context, assembler.claims, line)
    return Extraction(assembler.claims, assembler.numerals, standings, milestones, projects, outcomes, warnings + noticed)
