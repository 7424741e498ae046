"""Bytes → Document or Sheet: a reader a format, the header and sidecar, the reasons of quarantine."""

from __future__ import annotations

from dataclasses import replace

from orchestration.reading.model import Document, Refusal, Source
from orchestration.regions import RegionIndex
from orchestration.versions import code_version

READER_VERSION = code_version(
    "reading/*.py", "stages/reading.py", "contracts/sources.py", "lexicon/reading_*.yml", "regions.py", seeds=("region.csv",)
)
"""Changes with all that reading depends on: code, words, regions."""


def read(source: Source, regions: RegionIndex) -> Document:
    """The document that `source` holds, with what is known of it. Refusal where it cannot be taken."""
    from orchestration.reading.describe import describe
    from orchestration.reading.scan import read_bytes
    from orchestration.reading.sniff import sniff
    from orchestration.reading.spam import check

    data = read_bytes(source)
    kind = sniff(data, source.file.name, source.kind)
    content = kind.reader(data, source.file.name)
    if source.kind == "table" and not content.sheets:
        raise Refusal("unknown_layout", "the document holds no table; move it to articles/ or put the table in as .xlsx or .csv")
    check(content.text)
    return describe(replace(content, media_type=content.media_type or kind.media_type), source, regions)
