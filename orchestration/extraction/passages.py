"""What the finders of facts without figures share: a sentence with what is known of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from orchestration.extraction.model import Claim
from orchestration.extraction.periods import Timeline
from orchestration.extraction.status import marks
from orchestration.extraction.themes import by_words
from orchestration.extraction.words import alternation, pattern
from orchestration.lexicon import load

_WORDS = load("facts_common")
_ADVERBS = alternation(_WORDS["adverbs"])
_NUMBER = r"(?:\d+|[一二三四五六七八九十两]{1,3})"
_LEFT_TRIM = re.compile(rf"^(?:{_ADVERBS}|[、和及与的 ]|以及)+")
_RIGHT_TRIM = re.compile(rf"(?:{_ADVERBS}|连续(?:{_NUMBER}(?:年|个[一-龥]{{1,3}})|多年)|[、（ ]|{_NUMBER}[项个家处])+$")
_BARE = pattern(_WORDS["bare_nouns"], "(?:{}|[、和及])+$")
_AFTER_FIGURE = ("", "、", "，", ",", " ")
_NEAR = 30  # characters between a figure and words that still speak of it
SOFT = "\u200b"  # a soft line break within a word
REACH = 80  # characters before a fact that can bear on it: bounds the work in a long clause
QUOTED = re.compile(r"“[^“”]{0,40}”|《[^《》]{0,80}》")
STOPS = "，,；:。！？… "
BRACKETED = re.compile(r"（[^（）]{0,40}）|\[[^\[\]]{0,40}\]")
INSIDE = "\ue000"  # stands for a hidden character: part of a word, equal to none
_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}


@dataclass(slots=True)
class Passage:
    """One sentence. `text` is normalised and as long as `original`; `claims` are the sentence's, in order.

    `start` and `clauses` are offsets of the document; every other offset here counts from `start`.
    """

    text: str
    original: str
    start: int
    clauses: list[tuple[int, int]]
    claims: list[Claim]
    line: Timeline
    section: str

    def span(self, start: int, end: int) -> tuple[int, int, str]:
        """`start` and `end` as offsets of the document, with the document's own characters between them."""
        return self.start + start, self.start + end, self.original[start:end]

    def claim_before(self, offset: int) -> Claim | None:
        """The sentence's last claim that ends at or before `offset`."""
        return next((c for c in reversed(self.claims) if c.char_end <= self.start + offset), None)

    def said_of(self, offset: int, before: str) -> str:
        """What a fact is said of, by the words `before` it in its clause (which begins at `offset`), or the figure they follow.

        增长5%、居全省首位 is said of the figure's subject, …、增速居首位 of its subject's 增速; empty where neither tells.
        """
        offset, before = offset + max(0, len(before) - REACH), before[-REACH:]
        claim = self.claim_before(offset + len(before))
        figure = claim.char_end - self.start - offset if claim else 0
        noun = before[max(0, figure) :]
        noun = _LEFT_TRIM.sub("", _RIGHT_TRIM.sub("", noun))
        if claim is None or len(before) - figure > _NEAR + len(noun):
            return noun
        if not noun:
            return claim.subject
        return claim.subject + noun if _BARE.match(noun) and not claim.subject.endswith(noun) else noun

    def period(self, offset: int) -> str | None:
        """The period that holds at `offset`."""
        return self.line.at(self.start + offset).period

    def planned(self, offset: int) -> bool:
        """Whether the place speaks of what shall be: by its time or section, else by its figures, else by words of intent before it."""
        status = self.line.at(self.start + offset).status
        if status is None and self.claims:
            return all(c.status == "target" for c in self.claims)
        if status is None:
            said = marks(self.text, 0, len(self.text)).found
            return any(kind == "target" and at < offset and word not in _WORDS["nouns_of_intent"] for at, kind, word in said)
        return status == "target"

    def theme(self, words: str) -> str:
        """The theme of what a fact is about: by its own words, else by its sentence's, else by the headings above."""
        return by_words(words) or by_words(self.text) or by_words(self.section) or "economy"

    def clause_texts(self) -> Iterator[tuple[int, str]]:
        """(offset, text without the closing mark) of each clause."""
        for start, end in self.clauses:
            yield start - self.start, self.text[start - self.start : end - self.start].rstrip(STOPS)


def needles(words: Iterable[str], initials: str = "") -> list[str]:
    """What a text is searched for first, because it is cheaper than matching `words`: each one's last two characters.

    One of `initials` stands for all the words that hold it.
    """
    return sorted({next((char for char in initials if char in word), word[-2:]) for word in words if word})


def hide(pattern: re.Pattern[str], text: str) -> str:
    """`text` with every match hidden, of the same length."""
    return pattern.sub(lambda m: INSIDE * len(m.group()), text)


def shortened(noun: str, longest: int) -> str:
    """`noun` with at most `longest` characters: the first members of a list go, or else its first characters."""
    if len(noun) <= longest:
        return noun
    member = noun.find("、", len(noun) - longest - 1)
    return noun[member + 1 :] if 0 <= member < len(noun) - 2 else noun[-longest:]


def whole_number(text: str) -> int:
    """A plain whole number in Arabic or Chinese numerals; ValueError for anything else.

    >>> whole_number("十二"), whole_number("五百"), whole_number("30")
    (12, 500, 30)
    """
    if text.isdecimal():
        return int(text)
    total = digit = 0
    for char in text:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char in _TENS:
            total += (digit or 1) * _TENS[char]
            digit = 0
        else:
            raise ValueError(f"no whole number: {text}")
    return total + digit
