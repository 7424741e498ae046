"""Versions of the stages: what was worked out by other code or other words must be worked out anew."""

from __future__ import annotations

import hashlib

from orchestration import __version__
from orchestration.settings import PACKAGE, SEEDS


def code_version(*patterns: str, without: tuple[str, ...] = (), seeds: tuple[str, ...] = ()) -> str:
    """The package's version and a hash over its files that `patterns` match and `without` does not, and over dbt seeds both sides read."""
    left_out = {file for pattern in without for file in PACKAGE.glob(pattern)}
    files = sorted({file for pattern in patterns for file in PACKAGE.glob(pattern)} - left_out)
    content = hashlib.sha256()
    for file in [*files, *(SEEDS / seed for seed in seeds)]:
        content.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return f"{__version__}+{content.hexdigest()[:10]}"
