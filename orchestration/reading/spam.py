"""Texts that are no report: adverts put into it, and templates whose figures nobody filled in."""

from __future__ import annotations

import re

from orchestration.reading.model import Refusal
from orchestration.reading.words import any_of, load

WORDS = load("spam")
UNMISTAKABLE = re.compile(any_of([re.escape(w) for w in WORDS["unmistakable"]]))
AMBIGUOUS = re.compile(any_of([re.escape(w) for w in WORDS["ambiguous"]]))
LURE = re.compile(any_of(WORDS["lures"]), re.IGNORECASE)
FOUGHT = re.compile(any_of([re.escape(w) for w in WORDS["fought"]]))
UNIT = any_of([re.escape(w) for w in WORDS["units"]])
BLANK = re.compile(any_of(WORDS["blanks"]) + UNIT)
FIGURE = re.compile(r"\d[\d,.，．]{0,20}" + UNIT)
NEAR = WORDS["near"]


def check(text: str) -> None:
    """Refusal (spam) where adverts stand in `text` or most of its figures are blanks to be filled in."""
    for match in UNMISTAKABLE.finditer(text):
        if not FOUGHT.search(text, max(match.start() - NEAR // 2, 0), match.start()):
            raise _advert(match)
    for match in AMBIGUOUS.finditer(text):
        if LURE.search(text, max(match.start() - NEAR, 0), match.end() + NEAR):
            raise _advert(match)
    blanks = BLANK.findall(text)
    if len(blanks) >= WORDS["least"] and len(blanks) > WORDS["share"] * (len(blanks) + len(FIGURE.findall(text))):
        raise Refusal("spam", f"{len(blanks)} figures are blanks ({blanks[0]}), so this is a template; put in the finished text")


def _advert(match: re.Match[str]) -> Refusal:
    return Refusal("spam", f"an advert stands in the text ({match[0]}, character {match.start()}), so it was tampered with; take a copy from the publisher")
