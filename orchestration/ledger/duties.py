"""Who answers for a target (责任单位) and until when (6月底前), where its sentence or paragraph says so."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass

from orchestration.extraction.words import alternation
from orchestration.lexicon import load

_WORDS = load("ledger_duties")
_PARTS: dict[str, str] = _WORDS["parts"]
_RELATIVE: dict[str, int] = _WORDS["relative"]
_MONTHS = {word: n for n, word in enumerate(["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"], 1)}
_SEP = r"[：:]\s?"
_ENDS = rf"[。；;\n）)〕】]|{alternation(_WORDS['labels'] + _WORDS['other_labels'])}"
_LABELLED = re.compile(rf"{alternation(_WORDS['labels'])}{_SEP}(?P<units>[^。；;\n）)〕】]{{2,80}})")
_IN_BRACKETS = re.compile(
    rf"[（(〔](?P<units>[^（()）〔〕。\n]{{2,60}}?{alternation(_WORDS['units'])}等?)(?:按职责)?{alternation(_WORDS['verbs'])}[^（()）〔〕\n]{{0,60}}[）)〕]"
)
_BY = re.compile(rf"由(?P<units>[^，。；;：（()）\n由]{{1,30}}?{alternation(_WORDS['units'])}等?){alternation(_WORDS['verbs'])}(?!任)")
_STOP = re.compile(_ENDS)
_WHEN = (
    rf"(?:(?P<year>20[0-9]{{2}})年|(?P<said>{alternation(_RELATIVE)}))?"
    rf"(?:(?<![0-9个])(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月(?:(?P<day>3[01]|[12][0-9]|0?[1-9])日|(?P<last>底|末)|份|[上中下]旬)?"
    rf"|(?P<part>{alternation(_PARTS)})[末底]?|(?P<end>年?[底末])|(?P<within>(?<![0-9一两二三四五六七八九十几])年?内(?!到期))|(?P<only>))"
)
_DEADLINE = re.compile(
    rf"{_WHEN}(?:(?P<before>{alternation(_WORDS['before'])})(?![后期])|(?P<done>(?=[^，。；;：\n]{{0,6}}?{alternation(_WORDS['done'])})))?"
)
_TIME_LABEL = re.compile(rf"{alternation(_WORDS['time_labels'])}{_SEP}")
_TIME = re.compile(_WHEN)
_STARTS = re.compile(
    rf"20[0-9]{{2}}年|{alternation(_RELATIVE)}|(?<![0-9])[0-9]{{1,2}}月|[一二三四五六七八九十]{{1,2}}月|{alternation(_PARTS)}|年[底末内]"
)
_SEGMENT = re.compile(r"[；;。！？\n]")
_CLAUSE = re.compile(r"[，,；;。！？\n]")
REACH = 600  # characters of a paragraph that are looked at behind a figure


@dataclass(frozen=True, slots=True)
class Duty:
    """`responsible`: the units as written; `deadline`: ISO, as exact as the text (2025, 2025-H1, 2025-Q3, 2025-06, 2025-06-30); None where not stated."""

    responsible: str | None = None
    deadline: str | None = None


def duty(text: str, start: int, end: int, sentence: tuple[int, int], year: int | None, now: int | None) -> Duty:
    """Who answers for the target at [start, end) of `text`, and until when.

    `sentence`: its sentence's span; `year`: that in which the target's period ends, meant where a month stands alone; `now`: the year in
    which the text was given, from which 今年 and 明年 count, and before which nothing is still to be done.
    """
    return Duty(_responsible(text, start, end, sentence), _deadline(text, start, end, sentence, year, now))


def _responsible(text: str, start: int, end: int, sentence: tuple[int, int]) -> str | None:
    """The units named behind the figure in its paragraph, or on the line below it; failing that 由…负责 in its sentence."""
    closing = text.find("\n", end, end + REACH)
    paragraph = closing if closing >= 0 else min(len(text), end + REACH)
    found = min((m for p in (_LABELLED, _IN_BRACKETS) if (m := p.search(text, end, paragraph))), key=lambda m: m.start(), default=None)
    if not found and closing >= 0:
        below = closing + len(text[closing : closing + 20]) - len(text[closing : closing + 20].lstrip("\n \u3000（("))
        found = _LABELLED.match(text, below)
    by = _BY.search(text, sentence[0], sentence[1])
    found = found or by
    if not found:
        return None
    units = found["units"]
    stop = _STOP.search(units)
    return (units[: stop.start()] if stop else units).strip(" \u3000，,、：:（(") or None


def _deadline(text: str, start: int, end: int, sentence: tuple[int, int], year: int | None, now: int | None) -> str | None:
    """Of the figure's clause; else of an earlier clause, up to a semicolon or full stop; else of the next, where it begins with it; else what a label says.

    A bare year (2030年前) holds in its own clause only.
    """
    opening = max((m.end() for m in _SEGMENT.finditer(text, sentence[0], start)), default=sentence[0])
    close = _SEGMENT.search(text, end, max(end, sentence[1]))
    closing = close.start() if close else max(end, sentence[1])
    left = max((m.end() for m in _CLAUSE.finditer(text, opening, start)), default=opening)
    comma = _CLAUSE.search(text, end, closing)
    right = comma.start() if comma else closing
    stated = [(m, iso) for m in _expressions(text, opening, closing) if (iso := _iso(m, year, now))]
    here = [iso for m, iso in stated if left <= m.start() < right]
    before = [iso for m, iso in stated if m.start() < left and m["only"] is None]
    behind = [iso for m, iso in stated if m.start() == right + 1]
    if here or before or behind:
        return [*behind, *before, *here][-1]
    label = _TIME_LABEL.search(text, end, end + REACH)
    if not label or "\n" in text[end : label.start()]:
        return None
    said = _TIME.match(text, label.end())
    return _iso(said, year, now) if said else None


def _expressions(text: str, opening: int, closing: int) -> Iterator[re.Match[str]]:
    """Times until which something is to be done."""
    behind = opening
    for head in _STARTS.finditer(text, opening, closing):
        m = _DEADLINE.match(text, head.start(), closing) if head.start() >= behind else None
        if m:
            behind = m.end()
            if m["before"] or m["within"] or (m["done"] is not None and not m["end"] and not _bare(m)):
                yield m


def _bare(m: re.Match[str]) -> bool:
    """A year, or a month of which it is not said that it is its last day or a certain one, is no deadline without 前."""
    return m["only"] is not None or bool(m["month"] and not (m["day"] or m["last"]))


def _iso(m: re.Match[str], year: int | None, now: int | None) -> str | None:
    given = int(m["year"]) if m["year"] else now + _RELATIVE[m["said"]] if m["said"] and now else year or now
    if given is None or (now and given < now) or (m["only"] is not None and not (m["year"] or m["said"])):
        return None
    if m["month"]:
        month = _MONTHS.get(m["month"]) or int(m["month"])
        days = monthrange(given, month)[1]
        if m["last"]:
            return f"{given}-{month:02}-{days}"
        if m["day"]:
            return f"{given}-{month:02}-{int(m['day']):02}" if int(m["day"]) <= days else None
        return f"{given}-{month:02}"
    if m["part"]:
        return f"{given}-{_PARTS[m['part']]}"
    return f"{given}-12-31" if m["end"] else str(given)
