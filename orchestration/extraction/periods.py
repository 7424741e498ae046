"""Time: expressions in the text, and the period that holds at any of its characters.

A figure's period is the nearest word of time before it in its sentence; failing that what its sentence's or paragraph's
opening set, then the headings above, then the title, then the year that the document reports on.

Periods are written in ISO 8601 style: `2023`, `2023-H1`, `2023-Q3`, `2023-04`, `2023-01/2023-05`, `2021/2025`, `2023-12-31`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from calendar import monthrange
from dataclasses import dataclass, field, replace

from orchestration.extraction.anchors import PLANS, REVIEWS, Anchor, anchor_of, tasks_of, text_of
from orchestration.extraction.isoperiods import (
    DAY,
    GAP,
    MONTH,
    YEAR,
    bounds,
    day_of,
    is_day,
    is_part,
    last_year,
    number,
    plan_years,
    year_of,
)
from orchestration.extraction.layout import BULLETS, DASH, FIGURE, ZERO, Layout, Section, Sentence, char_before
from orchestration.extraction.model import Context
from orchestration.extraction.words import alternation, heads, sweep
from orchestration.lexicon import load

_WORDS = load("periods")
_DASHES = r"(?:—{1,2}|-|~|至|到)"
_N = r"(?:\d{1,2}|[一二两三四五六七八九十]{1,3})"
_PARTS = alternation(_WORDS["parts"])


def _since(year: str) -> str:
    """The part of the pattern for months of a year since January (前5个月, 1—5月) or since another (7—12月); its groups' names begin with `year`."""
    return (
        rf"(?:前|1{GAP}月?份?{GAP}{_DASHES}){GAP}(?P<{year}n>1[0-2]|[1-9]|[一二两三四五六七八九十]{{1,2}}){GAP}个?月(?:份|底|末)?"
        rf"|(?P<{year}f>1[0-2]|[2-9]){GAP}月?份?{GAP}{_DASHES}{GAP}(?P<{year}l>1[0-2]|[1-9]){GAP}月(?:份|底|末)?"
    )


_PATTERN = re.compile(
    rf"(?P<years>(?P<y1>{YEAR}){GAP}年?{GAP}{_DASHES}{GAP}(?P<y2>{YEAR}){GAP}年)"
    rf"|(?P<ymd>(?P<yd>{YEAR})(?:{GAP}年{GAP}(?P<my>{MONTH}){GAP}月{GAP}(?P<dd>{DAY})|(?P<sep>[-/.])(?P<ms>{MONTH})(?P=sep)(?P<ds>{DAY}))(?!\d)(?:{GAP}日)?)"
    rf"|(?P<y>{YEAR})(?:{GAP}年度?|(?=[“\"]))(?:{GAP}(?P<tail>以来|年?底前?|末|终|初|{_PARTS}"
    rf"|{_since('t')}|(?P<tm>1[0-2]|[1-9]){GAP}月(?:份|底|末)?(?:{GAP}(?P<td>\d{{1,2}}){GAP}日)?))?"
    rf"|(?P<word>{alternation(_WORDS['relative'])})(?:{GAP}(?P<rtail>{_PARTS}"
    rf"|{_since('r')}|(?P<rm>1[0-2]|[1-9]){GAP}月(?:份|底|末)?(?:{GAP}(?P<rd>\d{{1,2}}){GAP}日)?))?"
    rf"|[“\"]?(?P<plan>十?[一二三四五六七八九]五)[”\"](?:规划)?(?P<ptail>时期|期间|以来|期末|末|初|前(?P<pn>[一二三四])年|五年|(?<!划)(?=[，累全年回]))"
    rf"|(?P<term>{alternation(_WORDS['term'])})(?:的(?P<termn>{_N})年)?"
    rf"|(?P<back>{alternation(_WORDS['back'])}){GAP}(?P<bn>{_N}){GAP}个?年(?:多)?(?P<btail>来|间|里|中)?"
    rf"|(?P<ahead>{alternation(_WORDS['ahead'])}){GAP}(?P<an>{_N}){GAP}个?(?:到\d)?年"
    rf"|(?<![\d第同])(?P<sn>{_N}){GAP}年(?P<stail>{alternation(_WORDS['back_after'])})"
    rf"|(?<![\d第同])(?P<ago>{_N}){GAP}年前"
    rf"|(?P<part>{_PARTS})"
    rf"|(?<![\d.提目])(?:{_since('m')})"
    rf"|(?<![\d.个前])(?P<mm>1[0-2]|[1-9]){GAP}月(?P<mtail>份|底|末|下旬|上旬|中旬|初)?(?:{GAP}(?P<md>3[01]|[12]\d|[1-9]){GAP}日)?"
)
_HEADS = heads(
    [*_WORDS["relative"], *_WORDS["parts"], *_WORDS["back"], *_WORDS["ahead"], *_WORDS["term"]], '0123456789一二两三四五六七八九十“"前'
)
_COMPARED = re.compile(rf"(?:{alternation(_WORDS['compare'])})[“\"（]?(?:了|于)?\Z")
_LISTED = frozenset(["、", "和", "与", "及", "或"])
_RELATED = re.compile(r"(?:的[\d.]+倍|相比|同期|的?水平|翻[一两]?番|增长|减少|下降)?")
_BEFORE = ("上年", "上一年")
_RECORD = re.compile("(?:以?来)?的?(?:同期)?(?:新高|新低|最|历史)")  # 为近五年最高: no span that the figure is said of
_AS_OF = re.compile("(?:截至|截止|截止到|到|至)\\Z")
_CARRIED_OVER = re.compile("结转|结余")  # 上年结转: an item of this year's sum
_STOP = re.compile("[，；,;]")
_REACHED = re.compile("[到至为]")
_AIM = re.compile(r"(?:目标|要求|总体思路|任务|指标|安排)(?:是|为|:|如下)")
_HAIL = re.compile(
    rf"[ \u200b]*(?:[—○{BULLETS}]+ *)?"
    rf"(?:[^，。；:\d]{{0,12}}(?:{alternation(_WORDS['sayers'])})(?:{alternation(_WORDS['says'])})[，:] *|据(?:悉|了解|统计|介绍|初步统计)[，:] *|(?:据|记者)[^，。；:\d]{{2,30}}(?:{alternation(_WORDS['heard'])})[，:] *)?"
    r"(?:各位代表(?:们)?[！，:。]? *|同志们[！，]? *)?(?:刚刚过去的|刚过去的|即将过去的|回顾|回望|回首|展望|进入|在|截至|截止|自)?(?:[（(]?[一二三四五六七八九十]{1,3}[、）)是] *)?"
)
_YEARS_OF = re.compile(rf"(?:这|那)?是[^，。！；\d]{{2,24}}的({_N})年[。，！；]")
_PLAN_NAME = re.compile("“(十?[一二三四五六七八九]五)”")
_BASE = re.compile(rf"(?:的|年?末)?(?:{alternation(_WORDS['bases'])})")
_INTENDS = re.compile(rf"[，的]?[^，。；:]{{0,10}}?(?:{alternation([*load('status')['target'], *_WORDS['intends']])})")
# what was intended is told before, what is done from here on
_SO_FAR = re.compile(f"[ {ZERO}]*(?:(?:截至|截止|到)?目前|截至|截止|至今|现已|已)")
_BRACKETS = re.compile(r"[（(]([^（）()]{2,40})[）)]")
_PARTS_OF = re.compile(f"[ {ZERO}]*其中")
_FIRST = re.compile("[（(]?[一1][）)、.]")
_LEAD = 14  # characters: a paragraph's opening words of time begin within these


@dataclass(slots=True)
class Time:
    """An expression of time. `compared`: only what a figure is compared with; `until`: the end of its reach (a quotation's end), exclusive; `event`: the day of something."""

    start: int
    end: int
    period: str | None
    year: int | None
    compared: bool
    until: int
    span: bool
    event: bool = False


@dataclass(frozen=True, slots=True)
class When:
    """The period at a place, `status` `target` where it lies ahead (null: not said), and the rule that found it."""

    period: str | None
    status: str | None
    rule: str


@dataclass(slots=True)
class Timeline:
    """All times of a text and the period that holds where none is near; build with `timeline`."""

    layout: Layout
    anchor: Anchor
    times: list[Time] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    changes: list[int] = field(default_factory=list)
    contexts: list[When] = field(default_factory=list)

    def context(self, offset: int) -> When:
        """What headings, paragraph openings, title and publication say of this place."""
        return self.contexts[bisect_right(self.changes, offset) - 1]

    def between(self, start: int, end: int) -> list[Time]:
        """The times that begin in [start, end)."""
        i = bisect_right(self.starts, start - 1)
        j = bisect_right(self.starts, end - 1)
        return self.times[i:j]

    def nearest(self, sentence_start: int, offset: int) -> Time | None:
        """The nearest time said before `offset` in its sentence that is no comparison and whose reach holds `offset`."""
        i = bisect_right(self.starts, offset - 1) - 1
        while i >= 0 and self.times[i].start >= sentence_start:
            t = self.times[i]
            if not t.compared and offset < t.until and t.period:
                return t
            i -= 1
        return None

    def at(self, offset: int) -> When:
        """The period at `offset`."""
        sentence = self.layout.sentence_at(offset)
        t = self.nearest(sentence.start, offset) if sentence else None
        if t:
            return When(t.period, self.ahead(t.period), "period_word")
        return self.context(offset)

    def ahead(self, period: str | None) -> str | None:
        """`target` where the period ends after the reviewed year, else `actual`."""
        if not period or self.anchor.reviewed is None:
            return None
        return "target" if last_year(period) > self.anchor.reviewed else "actual"


def _part(year: int, suffix: str) -> str:
    if "/" in suffix:
        low, high = suffix.split("/")
        return f"{year}-{low}/{year}-{high}"
    return f"{year}-{suffix}"


def _months(year: int, first: int, last: int) -> str | None:
    if not 1 <= first <= last <= 12:
        return None
    return str(year) if (first, last) == (1, 12) else f"{year}-{first:02d}" if first == last else f"{year}-{first:02d}/{year}-{last:02d}"


def _within(year: int, tail: str, m: re.Match[str], named: str) -> str | None:
    """The ISO period of a part of `year`: 上半年, 前三季度, 1—11月, 7—12月, 6月底, 9月5日, 底. The groups' names begin with `named`."""
    count, since, until, month, day = (m.group(named + k) for k in ("n", "f", "l", "m", "d"))
    if count or until:
        last = number(count or until)
        if not 1 <= last <= 12:
            return None
        return day_of(year, last, monthrange(year, last)[1]) if tail[-1] in "底末" else _months(year, number(since) if since else 1, last)
    if month:
        of = int(month)
        if day:
            return day_of(year, of, int(day))
        return day_of(year, of, monthrange(year, of)[1]) if tail[-1] in "底末" else f"{year}-{of:02d}"
    if tail in _WORDS["parts"]:
        return _part(year, _WORDS["parts"][tail])
    return f"{year}-12-31" if tail[:1] in "底末终年" else str(year)


def _resolve(m: re.Match[str], said: int | None, anchor: Anchor) -> tuple[str | None, int | None, bool]:
    """(ISO period, the year it names, whether it is a span of years) of a match."""
    g = m.group
    if g("years"):
        low, high = year_of(g("y1")), year_of(g("y2"))
        return (f"{low}/{high}", high, True) if low < high else (None, None, False)
    if g("ymd"):
        return day_of(year_of(g("yd")), int(g("my") or g("ms")), int(g("dd") or g("ds"))), year_of(g("yd")), False
    if g("y"):
        year, tail = year_of(g("y")), g("tail")
        if tail == "以来":
            end = anchor.reviewed or year
            return (f"{year}/{end}", end, True) if end > year else (str(year), year, False)
        return (_within(year, tail, m, "t") if tail and tail != "初" else str(year)), year, False
    if g("word"):
        base, offset, part = _WORDS["relative"][g("word")]
        origin = {"this": anchor.this, "reviewed": anchor.reviewed, "said": said}[base]
        if origin is None:
            return None, None, False
        year = origin + offset
        if g("rtail"):
            return _within(year, g("rtail"), m, "r"), year, False
        return (f"{year}-12-31" if part == "end" else str(year)), year, False
    if g("plan"):
        low, high = plan_years(g("plan"))
        tail = g("ptail") or ""
        if g("pn"):
            high = low + number(g("pn")) - 1
        if tail in ("末", "期末"):
            return str(high), high, False
        if tail == "初":
            return str(low), low, False
        return f"{low}/{high}", high, True
    if g("ahead"):
        start = anchor.planned or (anchor.reviewed + 1 if anchor.reviewed else None)
        return _span(start, number(g("an"))) if start else (None, None, False)
    if g("ago"):
        then = anchor.reviewed - number(g("ago")) if anchor.reviewed else None
        return text_of(then), then, False
    count = g("bn") or g("sn") or g("termn")
    if count or g("term"):
        n = number(count) if count else int(_WORDS["term_years"])
        if g("back") == "前":
            return None, None, False
        return _span(anchor.reviewed - n + 1, n) if anchor.reviewed and n else (None, None, False)
    if said is None:
        return None, None, False
    if g("part"):
        return _part(said, _WORDS["parts"][g("part")]), said, False
    return _within(said, (g("mtail") or " ") if g("mm") else m.group(), m, "m"), said, False


def _span(start: int, n: int) -> tuple[str | None, int | None, bool]:
    if not 1 <= n <= 50:
        return None, None, False
    return (f"{start}/{start + n - 1}" if n > 1 else str(start)), start + n - 1, n > 1


def _quoted_until(normal: str, low: int, at: int, high: int) -> int:
    """Where the quotation that holds `at` ends, or `high` if it stands in none."""
    opened = normal.rfind("“", low, at)
    if opened < 0 or normal.find("”", opened, at) >= 0:
        return high
    closed = normal.find("”", at, high)
    return closed if closed >= 0 else high


def timeline(layout: Layout, context: Context) -> Timeline:
    """The times of `layout` and the contexts they set; linear in the text."""
    anchor = anchor_of(layout, context)
    line = Timeline(layout, anchor)
    base = When(anchor.default, None, "period_document")
    if anchor.default and anchor.reviewed and int(anchor.default) > anchor.reviewed:
        base = When(anchor.default, "target", "period_document")
    builder = _Builder(line, base)
    builder.build(builder.of_title(context.title or ""))
    return line


class _Builder:
    """Walks through the text once; keeps a stack of (level, when): headings, and openings of paragraphs half a level below them."""

    def __init__(self, line: Timeline, base: When) -> None:
        self.line = line
        self.layout = line.layout
        self.anchor = line.anchor
        self.stack: list[tuple[float, When]] = [(-1.0, base)]
        self.matches = sweep(_PATTERN, _HEADS, self.layout.normal)
        self.pending: re.Match[str] | None = next(self.matches, None)
        self.section = 0

    def of_title(self, title: str) -> When | None:
        """What the title narrows the text to: a part of a year, or what stands in brackets (2024年目标, 过去五年工作回顾)."""
        inner = _BRACKETS.search(title)
        if inner and (said := self._titled(inner.group(1))):
            return said
        if tasks := tasks_of(title, self.anchor):
            return When(tasks, "target", "period_title")
        for m in _PATTERN.finditer(title):
            period, _, span = _resolve(m, self.anchor.reviewed, self.anchor)
            if period and not span and len(period) > 4 and not is_day(period):
                return When(period, None, "period_title")
        return None

    def build(self, titled: When | None) -> None:
        """Fills the timeline; `titled` is what the title says, where it says anything."""
        if titled:
            self.stack[0] = (-1.0, titled)
        self._change(0, self.stack[-1][1])
        sentences = self.layout.sentences
        i = 0
        while i < len(sentences):
            j = i
            while j < len(sentences) and sentences[j].line == sentences[i].line:
                j += 1
            self._paragraph(i, j)
            i = j

    def _change(self, offset: int, when: When) -> None:
        line = self.line
        if not line.contexts or line.contexts[-1] != when:
            line.changes.append(offset)
            line.contexts.append(when)

    def _paragraph(self, first: int, stop: int) -> None:
        sentences = self.layout.sentences
        start = sentences[first].start
        section = sentences[first].section
        local = None
        if section != self.section and self.layout.sections[section].start >= self.layout.lines[sentences[first].line][0]:
            local = self._heading(self.layout.sections[section])
            self.section = section
        when = local or self.stack[-1][1]
        self._change(start, when)
        borrowed = False
        for k in range(first, stop):
            s = sentences[k]
            found = self._times(s.start, s.end, when)
            opening = self._opening(s.start, s.end, found)
            if opening is None and when.rule == "period_intended" and _SO_FAR.match(self.layout.normal, s.start, s.end):
                when = When(when.period, "actual", "period_opening")
                self._change(s.start, when)
            part = self._part(sentences[k - 1], s) if k > first and not opening else None
            if part or borrowed:
                self._change(s.start, part or when)  # 1—8月完成投资9亿元。其中续建项目4亿元。
            borrowed = part is not None
            if opening:
                when = opening
                introduces = k == first or (k == first + 1 and sentences[first].end - sentences[first].start < 12)
                if introduces or (
                    opening.period and "/" in opening.period and not FIGURE.search(self.layout.normal, s.start, sentences[stop - 1].end)
                ):
                    self._keep(opening, local is not None or self._said_of_one(found, s.end, self.layout.sections[section]), s.line)
                self._change(found[0].start if found else s.start, when)

    def _heading(self, section: Section) -> When | None:
        """Enters a section: its own time and nature, if it names any. A dash item's holds for its line only."""
        if section.level == DASH:
            return self._titled(section.title)
        anew = self.stack[-1] if self.stack[-1][0] == section.level + 0.5 and _FIRST.match(section.title) else None
        while self.stack[-1][0] > section.level:
            self.stack.pop()
        if anew:  # （一）…（三） 2025年极不平凡。 （一）…: what opened behind the last item holds for the items that follow
            while self.stack[-1][0] >= section.level - 0.5:
                self.stack.pop()
            self.stack.append((section.level - 0.5, anew[1]))
        when = self._titled(section.title)
        if when is None:
            return None  # 三、… after 二、2015年工作部署: what the heading before said still holds
        while self.stack[-1][0] >= section.level:
            self.stack.pop()
        self.stack.append((float(section.level), when))
        return None

    def _titled(self, title: str) -> When | None:
        above = self.stack[-1][1]
        said = last_year(above.period) if above.period else self.anchor.reviewed
        periods = []
        for m in _PATTERN.finditer(title):
            period, _, _ = _resolve(m, said, self.anchor)
            if period and not is_day(period):
                periods.append(period)
        named = _PLAN_NAME.search(title)
        if named and not periods:
            low, high = plan_years(named.group(1))
            periods.append(f"{low}/{high}")
        review, plan = REVIEWS.search(title), PLANS.search(title)
        if len({self.line.ahead(p) for p in periods}) > 1 and not (review and not plan):
            return When(periods[0], None, "period_heading")  # “十四五”成就和“十五五”目标: its paragraphs say which
        if not periods and not review and not plan:
            return None
        if review and not plan:
            return When(periods[0] if periods else text_of(self.anchor.reviewed), "actual", "period_heading")
        if plan and not review:
            ahead = [p for p in periods if self.line.ahead(p) == "target"]
            period = ahead[0] if ahead else periods[0] if periods else text_of(self.anchor.planned)
            return When(period, "target" if ahead or not periods else self.line.ahead(period), "period_heading")
        return When(periods[0] if periods else above.period, self.line.ahead(periods[0]) if periods else above.status, "period_heading")

    def _times(self, start: int, end: int, when: When) -> list[Time]:
        """Resolves the times of one sentence; a part of a year belongs to the year said last in it, else to the context's."""
        found: list[Time] = []
        normal = self.layout.normal
        said = last_year(when.period) if when.period else self.anchor.reviewed
        while self.pending is not None and self.pending.start() < end:
            m = self.pending
            self.pending = next(self.matches, None)
            if m.start() < start:
                continue
            period, year, span = _resolve(m, said, self._anchor(m, when))
            if period is None or _CARRIED_OVER.match(normal, m.end()):
                continue
            compared = _COMPARED.search(normal, max(start, m.start() - 6), m.start()) is not None
            compared = compared or (
                normal[m.end() : m.end() + 1] == "的" and re.match(r"的[\d.]+倍", normal[m.end() : m.end() + 8]) is not None
            )
            compared = compared or (found != [] and found[-1].compared and normal[found[-1].end : m.start()] in _LISTED)  # 较1—2月、1—3月
            compared = compared or _BASE.match(normal, m.end()) is not None  # 按2020年可比价格计算
            compared = compared or normal.startswith("相比", m.end()) or (span and _RECORD.match(normal, m.end()) is not None)
            if year and not compared and m.group("word") not in _BEFORE:
                said = year
            until = _quoted_until(normal, start, m.start(), end)
            if m.group("word") in _BEFORE:  # 上年结转3亿元，收入合计9亿元: said of its own clause only
                stop = _STOP.search(normal, m.end(), until)
                until = stop.start() if stop else until
            if not span and char_before(normal, m.start()) in ("由", "从"):  # 由上年的3%提高到4%: the time of the first figure only
                reached = _REACHED.search(normal, m.end(), until)
                until = reached.start() if reached else until
            event = is_day(period) and m.group()[-1] == "日" and not _AS_OF.search(normal, max(start, m.start() - 3), m.start())
            found.append(Time(m.start(), m.end(), period, year, compared, until, span, event))
        self.line.times += found
        self.line.starts += [t.start for t in found]
        return found

    def _anchor(self, m: re.Match[str], when: When) -> Anchor:
        """Where a look back of the year before says 今年1—11月, it was written in that year: the months had not been when it was published."""
        anchor, word = self.anchor, m.group("word")
        if not (word and when.status == "actual" and anchor.published and anchor.reviewed and anchor.this == anchor.reviewed + 1):
            return anchor
        base, offset, _ = _WORDS["relative"][word]
        period = _resolve(m, None, anchor)[0] if base == "this" and not offset else None
        written = period is not None and len(period) > 4 and bounds(period)[1] > anchor.published
        return replace(anchor, this=anchor.reviewed) if written else anchor

    def _opening(self, start: int, end: int, found: list[Time]) -> When | None:
        """The context that a sentence's opening sets: a time at its very head, or the announcement of aims."""
        normal = self.layout.normal
        head = _HAIL.match(normal, start, end)
        begin = head.end() if head else start
        aims = _AIM.search(normal, start, min(end, start + 80))
        years = _YEARS_OF.match(normal, begin, end)
        if years and self.anchor.reviewed:
            period, _, _ = _span(self.anchor.reviewed - number(years.group(1)) + 1, number(years.group(1)))
            return When(period, "actual", "period_opening") if period else None
        for t in found:
            if t.compared or t.until < end or (t.period and is_day(t.period)):
                continue  # the day of something, or that a stock is counted on, is said of its own sentence
            if not t.span and char_before(normal, t.start) in ("自", "从") and normal[t.end - 2 : t.end] != "以来":
                continue  # 自去年列入试点以来: what follows is since then, not of then
            if aims and t.start < aims.end() and self.line.ahead(t.period) == "target":
                return When(t.period, "target", "period_aims")
            running = t.year is not None and t.year == self.anchor.this == self.anchor.reviewed and not t.span
            if aims and running and t.start < aims.end():
                return When(t.period, "target", "period_intended")
            follows = normal[t.end : t.end + 1]
            if running and t.start - begin <= 2 and _INTENDS.match(normal, t.end, end):
                return When(t.period, "target", "period_intended")
            if t.start - begin <= 2 and (follows in "，,是:" or self._is_first(start)):
                return When(t.period, self.line.ahead(t.period), "period_opening")
            if t.start - begin <= _LEAD and t.span and follows in "，,":
                return When(t.period, self.line.ahead(t.period), "period_opening")
        if aims and self.stack[-1][1].status != "actual" and PLANS.search(normal, start, aims.end()):
            top = self.stack[-1][1]
            return When(top.period if top.status == "target" else text_of(self.anchor.planned), "target", "period_aims")
        return None

    def _part(self, before: Sentence, sentence: Sentence) -> When | None:
        """The months that the sentence before told of, for one that tells its parts (其中…); null for another sentence, or other times."""
        if not _PARTS_OF.match(self.layout.normal, sentence.start, sentence.end):
            return None
        said = self.line.nearest(before.start, before.end - 1)
        months = said.period if said and said.period and is_part(said.period) else None
        return When(months, self.line.ahead(months), "period_part") if months else None

    def _said_of_one(self, found: list[Time], end: int, section: Section) -> bool:
        """Whether the opening year belongs to its own sentence only (2025年旅客数超9万人: no comma, but a figure), or is a heading's."""
        if not found or found[0].span or self.layout.normal[found[0].end : found[0].end + 1] in ("，", ",", "是", ":"):
            return False
        return found[0].end <= section.end or FIGURE.search(self.layout.normal, found[0].end, end) is not None

    def _is_first(self, start: int) -> bool:
        i = bisect_right(self.layout.starts, start) - 1
        return i == 0 or self.layout.sentences[i - 1].line != self.layout.sentences[i].line

    def _level(self, line: int) -> float:
        """The level of the section that `line` is in. A dash item is a line: what follows it belongs to the heading above again."""
        section = self.layout.sections[self.section]
        if section.level != DASH or section.start >= self.layout.lines[line][0]:
            return section.level
        return max((n for n, _ in self.stack if n == int(n) and 0 < n < DASH), default=1.5)

    def _keep(self, when: When, local: bool, line: int) -> None:
        """A paragraph's opening holds for what follows it too, until a heading or another opening: years and spans, not months and days.

        So does a span that a paragraph without figures comes to at its end (…回望过去五年，贵在坚持。).
        """
        if local or not when.period or not (len(when.period) == 4 or (len(when.period) == 9 and when.period[4] == "/")):
            return
        above = next((w.status for n, w in reversed(self.stack) if n == int(n)), None)
        if above and when.status and above != when.status:
            return  # a look back in a plan, or ahead in a review, ends with its paragraph
        level = self._level(line) + 0.5 if self.section else 2.0
        while self.stack[-1][0] >= level:
            self.stack.pop()
        self.stack.append((level, when))
