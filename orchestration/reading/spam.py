"""Texts that are no report: adverts put into it, and templates whose figures nobody filled in."""

from __future__ import annotations

import re

from orchestration.lexicon import load
from orchestration.reading.model import Refusal
from orchestration.reading.words import any_of

WORDS = load("reading_spam")
UNMISTAKABLE, AMBIGUOUS, FOUGHT = (re.compile(any_of(WORDS[name])) for name in ("unmistakable", "ambiguous", "fought"))
LURE = re.compile(any_of(WORDS["lures"]), re.IGNORECASE)
PRONUNCIATION = re.compile(WORDS["pronunciation"])
UNIT = any_of([re.escape(w) for w in WORDS["units"]])
BLANK = re.compile(any_of(WORDS["blanks"]) + UNIT)
FIGURE = re.compile(r"\d[\d,.，．]{0,20}" + UNIT)


def check(text: str) -> None:
    """Refusal (spam) where adverts stand in `text`, where a machine has garbled it, or where most of its figures are blanks to be filled in."""
    for match in UNMISTAKABLE.finditer(text):
        if not _near(FOUGHT, text, match, WORDS["fought_near"]):
            raise _advert(match)
    for match in AMBIGUOUS.finditer(text):
        if _near(LURE, text, match, WORDS["near"]) and not _near(FOUGHT, text, match, WORDS["fought_near"]):
            raise _advert(match)
    spelt = len(PRONUNCIATION.findall(text))
    if spelt > WORDS["most_pronunciations"]:
        raise Refusal(
            "spam", f"{spelt} pronunciations stand within the words, as machines put them into copied pages; take a copy from the publisher"
        )
    blanks = BLANK.findall(text)
    if len(blanks) >= WORDS["least"] and len(blanks) > WORDS["share"] * (len(blanks) + len(FIGURE.findall(text))):
        raise Refusal("spam", f"{len(blanks)} figures are blanks ({blanks[0]}), so this is a template; put in the finished text")


def _near(words: re.Pattern[str], text: str, match: re.Match[str], distance: int) -> bool:
    return words.search(text, max(match.start() - distance, 0), match.end() + distance) is not None


def _advert(match: re.Match[str]) -> Refusal:
    return Refusal(
        "spam",
        f"an advert stands in the text ({match[0]}, character {match.start()}), so it was tampered with; take a copy from the publisher",
    )
