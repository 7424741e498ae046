"""A text's layout: normalised characters, page furniture, lines, headings, sentences and clauses.

Normalising replaces one character by one (full-width digits and letters by ASCII, odd spaces by a space, zero-width
characters by U+200B), so an offset means the same character in the text and in `normal`. A line break inside a sentence
(a soft wrap) becomes U+200B too: whoever reads a figure steps over it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from orchestration.lexicon import load

ZERO = "\u200b"
_BREAKS = "\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
_SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t"
_ZEROS = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u180e\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
_ALIKE = {
    "％": "%", "﹪": "%", "٪": "%", "．": ".", "∶": ":", "︰": ":", "：": ":", "～": "~", "〜": "~", "∼": "~", "－": "-", "﹣": "-", "−": "-",
    "‐": "-", "‑": "-", "‒": "-", "–": "—", "―": "—", "─": "—", "━": "—", "＋": "+", "／": "/", "﹐": "，", "﹔": "；", "﹕": ":", "﹖": "？",
    "﹗": "！", "︐": "，", "︒": "。", "｡": "。", "､": "、", ";": "；", "!": "！", "?": "？", "(": "（", ")": "）", "﹙": "（", "﹚": "）",
    "［": "[", "］": "]", "＃": "#", "＊": "*", "㎡": "㎡", "〇": "〇", "两": "两", "㈠": "㈠",
}  # fmt: skip
_TABLE = str.maketrans(
    {chr(c): chr(c - 0xFEE0) for c in [*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B)]}
    | dict.fromkeys(_SPACES, " ")
    | dict.fromkeys(_ZEROS, ZERO)
    | {chr(c): " " for c in [*range(0, 9), *range(14, 28), 31, 127, *range(0x80, 0x85), *range(0x86, 0xA0)]}
    | dict.fromkeys(_BREAKS, "\n")
    | _ALIKE
)
_COMMA = re.compile(r",(?!\d{3}(?!\d))|(?<!\d),")  # a half-width comma, but not one inside a number (1,680)
BULLETS = "■□◆◇●▲△▪•★☆"
_LONGEST_SENTENCE = 2000  # characters: a longer one is cut, so that work inside a sentence stays bounded
_LONGEST_HEADING = 60
_SHORT_LINE = 30

_SENTENCE = re.compile(rf"[^。！？…\n]{{1,{_LONGEST_SENTENCE}}}(?:[。！？…]+[”’」』）\"]*)?|[。！？…]+[”’」』）\"]*")
_BREAK = re.compile(r"[，；、:,](?!\d)")
_BREAK_WITHIN = 400  # characters before the cut
_CLAUSE = re.compile(r"[^，；:,]+[，；:,]?|[，；:,]")
_NUMBER = "[一二三四五六七八九十百]{1,4}"
_HEADING = re.compile(
    rf" {{0,8}}(?:(?P<hash>#{{1,6}}) +|(?P<part>第{_NUMBER}(?:部分|篇|章|编)) *|(?P<one>{_NUMBER}[、.] *)|(?P<two>（{_NUMBER}）[、.]? *)"
    rf"|(?P<three>\d{{1,2}}(?:[、.] *(?![\d ])))|(?P<four>（\d{{1,2}}） *)|(?P<dot>[○●◆◇■□★☆▲△►·] *)|(?P<dash>—{{1,3}} *))"
)
_LEVELS = {"part": 1, "one": 2, "two": 3, "three": 4, "four": 5, "dot": 6, "dash": 7}
DASH = 7
_TERMINAL = "。！？；:，、,…”"
_FURNITURE = load("furniture")
_LINE_FURNITURE = re.compile("(?:" + "|".join(f"(?:{p})" for p in _FURNITURE["lines"]).replace("：", ":") + r")\Z")
_TAIL = re.compile("(?:" + "|".join(_FURNITURE["tail"]).replace("：", ":") + r")\Z")
_TAIL_LINE = int(_FURNITURE["tail_line"])
_HAS_WORD = re.compile(r"[\u4e00-\u9fff]")
FIGURE = re.compile(r"\d[\d.]*(?:[%‰万亿元人个家户项]|公里|平方)")
_NO_HEADING = re.compile(r"\d[\d.]*(?:[%‰万亿元人个家户项]|公里|平方)|\d月\d{1,2}日|会议上|工作报告$|统计公报$|^各位代表|:")
_YEAR = re.compile(r"(?:19|20)\d\d|今年|明年|去年|十[一二三四五六]五")


@dataclass(slots=True)
class Section:
    """A heading and what stands under it: `level` 0 (the text before any heading) to 7, `parent` the index of the section above, −1 at the top."""

    level: int
    title: str
    start: int
    end: int
    parent: int
    path: str
    numbered: bool = False


@dataclass(slots=True)
class Sentence:
    """`start` to `end` (exclusive, with its closing mark); `section` and `line` are indices into the layout's lists."""

    start: int
    end: int
    section: int
    line: int


@dataclass(slots=True)
class Layout:
    """What `parse` finds. `lines` are (start, end) without the line break; `furniture` spans are sorted and do not overlap."""

    text: str
    normal: str
    furniture: list[tuple[int, int]] = field(default_factory=list)
    lines: list[tuple[int, int]] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    sentences: list[Sentence] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)

    def sentence_at(self, offset: int) -> Sentence | None:
        """The sentence that holds `offset`; null in furniture and between sentences."""
        i = bisect_right(self.starts, offset) - 1
        return self.sentences[i] if i >= 0 and offset < self.sentences[i].end else None

    def clauses(self, sentence: Sentence) -> list[tuple[int, int]]:
        """The sentence's clauses (start, end), each with its closing comma, semicolon or colon."""
        return [m.span() for m in _CLAUSE.finditer(self.normal, sentence.start, sentence.end)]

    def in_furniture(self, offset: int) -> bool:
        """Whether `offset` lies in page furniture."""
        i = bisect_right(self.furniture, (offset, len(self.text) + 1)) - 1
        return i >= 0 and offset < self.furniture[i][1]


def normalise(text: str) -> str:
    """`text` character for character in plain forms; the length never changes."""
    return _COMMA.sub("，", text.translate(_TABLE))


def parse(text: str) -> Layout:
    """The layout of `text`, in time linear in its length."""
    normal = normalise(text)
    lines = _lines(normal)
    normal, lines = _unwrap(normal, lines)
    layout = Layout(text, normal, lines=lines, sections=[Section(0, "", 0, 0, -1, "")])
    current, tail = 0, False
    for index, (start, end) in enumerate(lines):
        stripped = normal[start : min(end, start + 400)].strip(" " + ZERO)
        if not stripped:
            continue
        tail = (tail and len(stripped) <= _TAIL_LINE) or _TAIL.match(stripped) is not None
        if tail or (len(stripped) <= 120 and _LINE_FURNITURE.match(stripped)):
            layout.furniture.append((start, end))
            continue
        heading = _heading(layout, current, index, start, end)
        if heading:
            current = heading[0]
        owner = current
        if heading and layout.sections[owner].level == DASH:
            current = layout.sections[owner].parent  # a dash item governs its own line only
        for first, last in _sentences(normal, start, end):
            layout.sentences.append(Sentence(first, last, owner, index))
    layout.starts = [s.start for s in layout.sentences]
    return layout


def _lines(normal: str) -> list[tuple[int, int]]:
    found, start = [], 0
    for line in normal.split("\n"):
        found.append((start, start + len(line)))
        start += len(line) + 1
    return found


def _unwrap(normal: str, lines: list[tuple[int, int]]) -> tuple[str, list[tuple[int, int]]]:
    """Joins lines that were broken in mid-sentence (PDF, mail): long, without a closing mark, followed at once by ordinary text."""
    joined: list[tuple[int, int]] = []
    breaks: list[int] = []
    gap: tuple[int, int] | None = None  # a line of zero-width characters only, where a web page's mark-up broke a sentence
    for start, end in lines:
        if joined and end > start and not normal[start:end].strip(ZERO):
            gap = (start, end)
        elif joined and _wraps(normal, joined[-1], start, end, gap is not None):
            breaks += [gap[0] - 1, start - 1] if gap else [start - 1]
            joined[-1] = (joined[-1][0], end)
            gap = None
        else:
            joined.append((start, end))
            gap = None
    if breaks:
        chars = list(normal)
        for at in breaks:
            chars[at] = ZERO
        normal = "".join(chars)
    return normal, joined


def _sentences(normal: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentences of a line; one that is too long is cut behind a comma, so that no figure is torn, or else where it grows too long."""
    while m := _SENTENCE.match(normal, start, end):
        stop = m.end()
        if stop - start >= _LONGEST_SENTENCE and stop < end:
            breaks = [b.end() for b in _BREAK.finditer(normal, stop - _BREAK_WITHIN, stop)]
            stop = breaks[-1] if breaks else stop
        yield start, stop
        start = stop


def _wraps(normal: str, above: tuple[int, int], start: int, end: int, gap: bool) -> bool:
    """Whether the line goes on with the one `above`; behind a `gap` where that is no title."""
    last = normal[max(above[0], above[1] - 1) : above[1]]
    if above[1] - above[0] < 15 or end - start < 1 or not last.strip() or last in "。！？；:…":
        return False
    first = normal[start]
    if first in " —#○●◆■★▲（" or _HEADING.match(normal, start, end):
        return False
    long = gap or above[1] - above[0] > _SHORT_LINE
    return last in "，、,%" or (long and ("，" in normal[above[0] : above[1]] or "。" in normal[above[0] : above[1]]))


def _heading(layout: Layout, current: int, line: int, start: int, end: int) -> tuple[int] | None:
    """Opens the section that a heading on this line begins (a whole line, or its first sentence); null for ordinary text."""
    normal = layout.normal
    m = _HEADING.match(normal, start, end)
    if m:
        kind = m.lastgroup or ""
        level = min(6, len(m.group("hash"))) if kind == "hash" else _LEVELS[kind]
        stop = _run_in_end(normal, m.end(), end, kind)
        if stop is None:
            return None
        title = normal[m.start() : stop].strip(" 。#" + ZERO)
    else:
        stripped = normal[start:end].strip(" " + ZERO)
        if (
            not 2 <= len(stripped) <= _SHORT_LINE
            or stripped[-1] in _TERMINAL
            or _NO_HEADING.search(stripped)
            or not _HAS_WORD.search(stripped)
        ):
            return None
        numbered = any(layout.sections[i].numbered for i in _ancestors(layout, current))
        level = (2 if _YEAR.search(stripped) else 6) if numbered else 1
        kind = "plain"
        stop, title = end, stripped
    parent = current
    while layout.sections[parent].level >= level and parent > 0:
        parent = layout.sections[parent].parent
    above = layout.sections[parent].path
    numbered = kind in ("part", "one", "two", "three", "four")
    layout.sections.append(Section(level, title, start, stop, parent, f"{above} › {title}" if above else title, numbered))
    return (len(layout.sections) - 1,)


def _run_in_end(normal: str, start: int, end: int, kind: str) -> int | None:
    """Where the heading's words end: the whole line, or its first sentence where that is short and states no figure."""
    limit = min(end, start + _LONGEST_HEADING + 1)
    mark = re.compile("[。:！？]").search(normal, start, limit)
    stop = mark.start() if mark else end if end <= limit else None
    if stop is None or FIGURE.search(normal, start, stop) or stop - start < 2:
        return None
    if kind == "three" and not mark and stop == end and end - start > _SHORT_LINE:
        return None
    return stop


def _ancestors(layout: Layout, index: int) -> list[int]:
    found = []
    while index > 0:
        found.append(index)
        index = layout.sections[index].parent
    return found


def char_before(normal: str, at: int) -> str:
    """The character before `at`, a typesetter's gap apart; empty at the beginning."""
    return normal[max(0, at - 2) : at].rstrip(" \u200b")[-1:]
