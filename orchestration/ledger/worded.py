"""Results in words: 超额完成 of a named target, or of the list that it is annexed to. A blanket sentence names no target and is none."""

from __future__ import annotations

import re
from collections.abc import Iterator

from orchestration.extraction.words import alternation
from orchestration.ledger.likeness import likeness, pairs
from orchestration.ledger.model import Link, Said
from orchestration.lexicon import load

RULES = load("ledger_rules")
_WORDS = load("facts_outcomes")
_NO_OBJECT = re.compile(
    alternation(
        word
        for kind in ("exceeded", "early", "met", "met_after", "done", "missed", "goals", "vague", "steady", "fillers")
        for word in _WORDS[kind]
    )
    + "|"
    + alternation(load("ledger_lists")["of_the_plan"])
)


def links(targets: list[Said], outcomes: list[Said]) -> Iterator[Link]:
    """The links of two documents by results in words."""
    for outcome in outcomes:
        for target in targets:
            if found := _of_list(target, outcome) or _of_target(target, outcome):
                yield found


def _of_list(target: Said, outcome: Said) -> Link | None:
    if target.annexed_to and outcome.annexed_to == target.annexed_to and outcome.outcome in ("exceeded", "met", "missed"):
        return Link(target.id, outcome.id, "outcome", 0.9, "annexed list")
    return None


def _of_target(target: Said, outcome: Said) -> Link | None:
    if target.scope != outcome.scope or _other_object(outcome):
        return None
    if not frozenset(target.indicator_codes).isdisjoint(outcome.indicator_codes):
        return Link(target.id, outcome.id, "outcome", 0.95, "named indicator")
    if (target.indicator_codes and outcome.indicator_codes) or not pairs(outcome.subject):
        return None
    score = likeness(target, outcome)
    if score < RULES["review"]:
        return None
    return Link(target.id, outcome.id, "outcome" if score >= RULES["worded"] else "review", round(score, 4), "named target")


def _other_object(outcome: Said) -> bool:
    """Whether a result in words names an aim of its own besides its subject: 升学率实现三年进入前列目标 says nothing of this year's target."""
    if outcome.outcome == "other":
        return False
    return not pairs(_NO_OBJECT.sub("", outcome.quote or "")) <= pairs(outcome.subject)
