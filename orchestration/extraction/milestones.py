"""Milestones: what happened on a stated day, in a stated month or part of a year. A figure's date (截至6月底) is none."""

from __future__ import annotations

import re

from orchestration.extraction.model import Milestone
from orchestration.extraction.passages import STOPS, Passage
from orchestration.extraction.periods import Time
from orchestration.extraction.words import alternation, pattern
from orchestration.lexicon import load

WORDS = load("facts_milestones")
_EXACT = re.compile(r"\d{4}-(?:\d\d(?:-\d\d)?|[HQ]\d)")
_EVENT = pattern(WORDS["events"])
_NOT_HAPPENED = pattern(WORDS["not_happened"])
_AS_OF = re.compile(alternation(WORDS["as_of"]) + "$")
_RANGE = re.compile(r"[—~\-至到、和]")
_SPACE = re.compile(r"[\u200b\n\r]+")  # line breaks within the clause
_DAYS = re.compile(r"(?:[—~\-]|至|到)\d{1,2}日")  # 3月19日至20日 begins on the 19th


def find(passage: Passage) -> list[Milestone]:
    """The sentence's milestones, in order."""
    found: list[Milestone] = []
    times = passage.line.between(passage.start, passage.start + len(passage.text))
    for time in times:
        date = _date(passage, time)
        start = time.start - passage.start
        days = _DAYS.match(passage.text, time.end - passage.start)
        after = days.end() if days else time.end - passage.start + passage.text.startswith("初", time.end - passage.start)
        if date is None or time.compared or passage.planned(start) or _AS_OF.search(passage.text, max(0, start - 4), start):
            continue
        if _NOT_HAPPENED.match(passage.text, after) or _RANGE.match(passage.text, after):
            continue
        end = _event_end(passage, after)
        what = _SPACE.sub("", passage.original[after:end]).strip(STOPS)
        if end > after and _EVENT.search(what):
            found.append(Milestone(*passage.span(start, end), date, what, passage.theme(what)))
    return _apart(found)


def _date(passage: Passage, time: Time) -> str | None:
    """The ISO date of a time that is exact to a part of a year; 年初 is January, 年底 December."""
    start, end = time.start - passage.start, time.end - passage.start
    words = passage.text[start:end]
    year = (time.period or "")[:4]
    if words.endswith("初") or passage.text.startswith("初", end):
        return f"{year}-01" if words.rstrip("初").endswith("年") else None
    if words in WORDS["balance_days"]:
        return None  # 年末公路通车里程: the day of a stock
    if not time.period or not _EXACT.fullmatch(time.period):
        return None
    return time.period[:7] if words[-1] in "底末" else time.period


def _event_end(passage: Passage, after: int) -> int:
    """Where the event's clause ends: the clause that holds the date, or the next where nothing follows the date."""
    for start, clause in passage.clause_texts():
        if start + len(clause) > after and clause[max(0, after - start) :].strip(STOPS):
            return start + len(clause)
    return after


def _apart(found: list[Milestone]) -> list[Milestone]:
    """Of milestones that overlap, the first: 2月至3月 tells one thing."""
    kept: list[Milestone] = []
    for item in found:
        if not kept or item.char_start >= kept[-1].char_end:
            kept.append(item)
    return kept
