"""Bytes → Document or Sheet: a reader a format, the header and sidecar, the reasons of quarantine."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

from orchestration import __version__
from orchestration.reading.model import Document, Source
from orchestration.regions import RegionIndex

PACKAGE = Path(__file__).resolve().parents[1]


def _version() -> str:
    """The package's version and a hash of all that reading depends on: code, lexicons, regions."""
    files = [*sorted(PACKAGE.glob("reading/*.py")), *sorted(PACKAGE.glob("lexicon/reading_*.yml")), PACKAGE / "regions.py"]
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return f"{__version__}+{digest.hexdigest()[:10]}"


READER_VERSION = _version()


def read(source: Source, regions: RegionIndex) -> Document:
    """The document that `source` holds, with what is known of it. Refusal where it cannot be taken."""
    from orchestration.reading.describe import describe
    from orchestration.reading.scan import read_bytes
    from orchestration.reading.sniff import sniff
    from orchestration.reading.spam import check

    data = read_bytes(source)
    kind = sniff(data, source.file.name, source.kind)
    content = kind.reader(data, source.file.name)
    check(content.text)
    return describe(replace(content, media_type=content.media_type or kind.media_type), source, regions)
