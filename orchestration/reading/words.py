"""Regular expressions built from the lexicon's patterns."""

from __future__ import annotations


def any_of(patterns: list[str]) -> str:
    """One regular expression (a non-capturing group) that matches what any of `patterns` matches, the earlier ones first."""
    return "(?:" + "|".join(f"(?:{p})" for p in patterns) + ")"
