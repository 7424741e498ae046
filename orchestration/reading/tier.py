"""Who publishes: an organ of government or somebody who reprints."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from orchestration.lexicon import load
from orchestration.reading.words import any_of

WORDS = load("reading_publishers")
TIERS = {tier: re.compile(any_of(patterns)) for tier, patterns in WORDS["tiers"].items()}
NOBODY = re.compile(any_of(WORDS["nobody"]), re.IGNORECASE)
COPIED = re.compile(any_of(WORDS["copied"]))
NATIONAL = re.compile(any_of(WORDS["national"]))


def by_publisher(publisher: str) -> str | None:
    """official or repost, by a publisher's name; null where the name does not tell."""
    return next((tier for tier, pattern in TIERS.items() if pattern.search(publisher)), None)


def by_url(url: str) -> str:
    """official for a government's host, otherwise repost."""
    host = (urlsplit(url).hostname or "").rstrip(".")
    return "official" if host == "gov.cn" or host.endswith(".gov.cn") else "repost"
