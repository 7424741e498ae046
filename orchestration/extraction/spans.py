"""Every numeral of a text as a token: a quantity, a rank, or none with its reason. One compiled expression, one pass."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from orchestration.extraction import units
from orchestration.extraction.layout import Layout
from orchestration.extraction.numerals import LONGEST, fitting, neighbours, parse
from orchestration.extraction.periods import Timeline
from orchestration.extraction.words import alternation, heads, sweep
from orchestration.lexicon import load

_IDIOMS = load("idioms")
_COMPARATORS = load("comparators")
_RULES = load("spans")

_SP = "[ \u200b]{0,2}"
_MAG = r"(?:十|百(?!分)|千(?![瓦克米伏卡兆帕])|万|亿)"
_ARAB = (
    r"(?:\d{1,3}(?:[,，]\d{3})+(?!\d)|\d{1,3}(?: \d{3}){1,6}(?=(?:\.\d+)? ?(?:[万亿元人户吨%]|平方|公里))|\d[\d\u200b]*)"
    r"(?:\.\d[\d\u200b]*|[ \u200b]\.[ \u200b]?\d+(?= ?[%万亿])|\.[ \u200b]\d+(?= ?[%万亿个]))?"
)
_MIXED = rf"{_ARAB}(?:{_SP}{_MAG}{{1,4}}(?:\d[\d.]{{0,8}}{_MAG}{{1,3}}){{0,3}}(?:[多余]{_MAG}{{1,2}})?|[多余]{_MAG}{{1,3}})?"
_HAN = rf"(?:[零〇○一二两三四五六七八九]|{_MAG})"
_CHINESE = rf"{_HAN}{{1,24}}(?:点[零一二三四五六七八九]{{1,6}}[万亿]{{0,2}})?(?:[多余][百千万亿]{{1,2}})?"
_NUM = rf"(?:{_MIXED}|{_CHINESE})"
_UNIT = alternation(units.ALL)
_PER = alternation([*units.PER, *units.MEASURES])
_UNITS = rf"{_UNIT}(?:/{_PER})?(?![A-Za-z])"
_TRAILING = rf"(?!{alternation(_COMPARATORS['no_bound'])})" + alternation([w for words in _COMPARATORS["trailing"].values() for w in words])
_SMALLS = "[一二两三四五六七八九十百千万]"
_TOKEN = re.compile(
    rf"(?P<percent>(?P<of>百|千|万)分之(?P<pn>{_ARAB}|{_CHINESE})(?P<pb>{_TRAILING})?)"
    rf"|(?P<fraction>(?P<fd>[一二三四五六七八九十]{{1,3}}|\d{{1,2}})分之(?P<fc>[一二两三四五六七八九十]{{1,3}}|\d{{1,2}})(?P<fb>{_TRAILING})?"
    rf"|(?<![\d/])1/(?P<fs>[1-9]\d?)(?![\d/])(?P<fsb>{_TRAILING})?)"
    rf"|(?P<plain>{alternation(_IDIOMS['plain'])})"
    rf"|(?P<idiom>{alternation(_IDIOMS['idiom'])})"
    r"|(?P<document>[〔\[（(](?:19|20)\d\d[〕\]）)] ?第?\d{1,5}号|(?<!\d)(?:0\d{2,3}-\d{7,8}|1[3-9]\d{9})(?!\d)|\[\d{1,3}\](?!号)|国令\d+号)"
    rf"|(?P<rank>第 ?(?P<rn>\d{{1,4}}|{_SMALLS}{{1,5}})(?P<ru>位|名)?)"
    rf"|(?P<front>前 ?(?P<fn>\d{{1,3}}|[一二三四五六七八九十]{{1,3}})(?P<fu>位|名|强)?(?![个年月季.\d]))"
    rf"|(?P<half>一半|半数|(?<!双)(?<!时间)(?<!任务)过半(?!年)|多半)(?P<hb>{_TRAILING})?"
    rf"|(?P<double>翻了?(?P<dn>{_SMALLS}|\d{{1,2}})?番|翻倍|翻一倍)(?P<db>多|以上)?"
    rf"|(?P<name>(?<![A-Za-z])[A-Za-z]+-?\d[\d.]*(?![\d.]*{_SP}[%万亿])[A-Za-z]*|\d+(?:\+[\dNnXx]+)+)"
    rf"|(?P<ratio>(?P<ra>\d{{1,3}}(?:\.\d{{1,4}})?):(?P<rb>\d{{1,3}}(?:\.\d{{1,4}})?)(?::(?P<rc>\d{{1,3}}(?:\.\d{{1,4}})?))?)"
    rf"|(?P<tenths>(?P<tn>[一二两三四五六七八九](?:点[一二三四五六七八九])?|\d(?:\.\d)?)成(?![立为员效果本就长熟交都功品人分型])(?P<tb>{_TRAILING})?)"
    rf"|(?P<quantity>(?P<n1>{_NUM})(?P<a1>[多余来])?{_SP}(?P<u1>{_UNITS})?"
    rf"(?:(?P<dash>—{{1,2}}|-|~|至|到)(?P<n2>{_NUM})(?P<a2>[多余来])?{_SP}(?P<u2>{_UNITS})?)?(?P<bound>{_TRAILING})?)"
    rf"|(?P<vague>[几数](?:{_MAG}{{1,2}}|(?=[个家项年百千万])))"
    r"|(?P<digit>\d+|[〇零]|半|两|[一二三四五六七八九十百千万亿])"
)


# a minus sign, and no dash of a range or a name, stands behind one of these
_MINUS = re.compile(rf"(?:{alternation(_RULES['minus_after'])})-\Z")
_SIGNED = frozenset(_RULES["signed_units"])
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_HEADS = heads([*_IDIOMS["plain"], *_IDIOMS["idiom"]], "0123456789零〇○一二两三四五六七八九十百千万亿半几数〔[（(国第前过多翻" + _LETTERS)


def _words(name: str) -> re.Pattern[str]:
    return re.compile(alternation(_RULES[name]))


_LEADING = alternation([w for words in _COMPARATORS["leading"].values() for w in words])
_BOUND_BEFORE = re.compile(rf"(?:{_LEADING})(?:{alternation(_COMPARATORS['between'])})?[ \u200b]?\Z")
_COUNTING = re.compile(rf"(?:{alternation(_RULES['counting_before'])})[了]?[ \u200b]?\Z")
_MEASURES_LISTED = frozenset(_RULES["listed_measures"])
_SCOPE = re.compile(rf"(?:{alternation(_RULES['rank_scopes'])})的?[ \u200b]?\Z")
_RANKED = re.compile(rf"(?:{alternation(_RULES['rank_before'])})[^，。；、]{{0,12}}\Z")
_THRESHOLD = re.compile(rf"[的]?(?:{alternation(_RULES['threshold_nouns'])})")
_CLASS = re.compile(rf"(?:{alternation(_RULES['class_nouns'])})(?!投资|建设|产值)")
_CLASS_UNITS = frozenset(_RULES["threshold_units"])
_DURATION = _words("duration_before")
_DURATION_NOUNS = re.compile(rf"(?:{alternation(_RULES['duration_before'])})[^，。；]{{0,16}}\Z")
_AGE = re.compile(rf"[^，。；]{{0,8}}(?:{alternation(_RULES['age_after'])})")
_LIFE = re.compile(rf"(?:{alternation(_RULES['age_quantity'])})[^，。；]{{0,24}}\Z")
_INDEX = re.compile(rf"(?:{alternation(_RULES['index_nouns'])})[^，。；、“”]{{0,12}}(?<![\u4e00-\u9fff]第)\Z")
_NAME_AFTER = re.compile(alternation(_RULES["name_after"]))
_MEETING_AFTER = re.compile(alternation(_RULES["meeting_after"]))
_SLOGAN_AFTER = re.compile(alternation(_RULES["slogan_after"]))
_STEPS_AFTER = re.compile(alternation(_RULES["steps_after"]))
_PEOPLE_BEFORE = re.compile(rf"(?:{alternation(_RULES['people_before'])})[^，。；、]{{0,8}}\Z")
_NOT_BEFORE = {unit: re.compile(alternation(words)) for unit, words in _RULES["not_before"].items()}
_ONE_OF = re.compile(r"[^，。；、]{0,14}(?:之一|样板名单|名单的)")
_LIST_HEAD = re.compile(
    r"[ \u200b]*(?:[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})(?:[、)）]|\.(?!\d))|[一二三四五六七八九十]{1,3}是|第[一二三四五六七八九十]{1,2}[，、])"
)
_GOES_ON = re.compile(alternation(load("subjects")["continues"]))
_TO_OR_FRO = re.compile(rf"(?:{alternation(_RULES['index_moves'])})了?\Z")
_NUMBERED = re.compile(r"\d{1,2}\.\d{1,3}")
_HANS = re.compile(r"[\u4e00-\u9fff]")
_REACH = 24  # characters between an index and its change
_LISTS = frozenset(["、", "和", "与", "及", "，", ",", " 和 ", "、 "])
_ENDS = "，。；、:！？）)”…》\n,;"


@dataclass(slots=True)
class Token:
    """A numeral with its unit and trailing bound. `kind`: quantity, rank or none; `reason` of a none.

    `value`, `high`: signed later; `unit` without magnitude; `trailing`: the bound behind; `start`, `end`: in the text;
    `joined`: unit taken from the next figure of a list; `ratio`: place (1, 2, 3) in a ratio.
    """

    start: int
    end: int
    kind: str
    reason: str = ""
    value: Decimal | None = None
    high: Decimal | None = None
    unit: str = ""
    trailing: str = ""
    joined: bool = False
    ratio: int = 0
    digits: bool = True
    rule: str = ""


def scan(layout: Layout, line: Timeline) -> tuple[list[Token], list[str]]:
    """All tokens of the text in order, and warnings. Linear in the text's length."""
    scanner = _Scanner(layout, line)
    return scanner.run(), scanner.warnings


class _Scanner:
    def __init__(self, layout: Layout, line: Timeline) -> None:
        self.normal = layout.normal
        self.layout = layout
        self.times = [(t.start, t.end) for t in line.times]
        self.furniture = layout.furniture
        self.tokens: list[Token] = []
        self.warnings: list[str] = []
        self.line_starts = {start for start, _ in layout.lines}
        self.line_heads = self.line_starts | {s.start for s in layout.sentences}

    def run(self) -> list[Token]:
        time = page = covered = 0
        times, furniture = self.times, self.furniture
        for m in sweep(_TOKEN, _HEADS, self.normal):
            kind = m.lastgroup
            if kind == "plain":
                continue
            start = m.start()
            if start < covered:
                if m.end() > covered:
                    self._rest(covered, m.end())
                continue
            while page < len(furniture) and furniture[page][1] <= start:
                page += 1
            if page < len(furniture) and furniture[page][0] <= start:
                self._none(m.start(), m.end(), "furniture")
                continue
            while time < len(times) and times[time][1] <= start:
                time += 1
            if time < len(times) and times[time][0] < m.end():
                inside = times[time]
                if inside[1] - inside[0] >= 2 and not (kind == "quantity" and inside[0] > start):
                    covered = inside[1]
                    self._none(start, covered, "date")
                    if m.end() > covered:
                        self._rest(covered, m.end())
                    continue
            self._token(m, start)
        _share_units(self.tokens, self.normal)
        _index_moves(self.tokens, self.normal)
        return self.tokens

    def _rest(self, start: int, end: int) -> None:
        """What a match held behind a date: read anew, as far as it went."""
        for m in _TOKEN.finditer(self.normal, start, min(len(self.normal), end + LONGEST)):
            if m.start() >= end:
                return
            if m.lastgroup != "plain" and m.end() <= end:
                self._token(m, m.start())

    def _none(self, start: int, end: int, reason: str) -> None:
        self.tokens.append(Token(start, end, "none", reason))

    def _token(self, m: re.Match[str], start: int) -> None:
        g = m.group
        if g("quantity"):
            self._quantity(m)
        elif g("idiom"):
            if any(c in "零一二三四五六七八九十百千万亿两半" for c in m.group()):
                self._none(start, m.end(), "idiom")
        elif g("document"):
            self._none(start, m.end(), "document_number")
        elif g("rank"):
            self._rank(m)
        elif g("front"):
            self._front(m)
        elif g("percent"):
            unit = {"百": "%", "千": "‰", "万": "‱"}[g("of")]
            self._simple(m, parse(g("pn")), unit, g("pb"), "percent_words")
        elif g("fraction"):
            self._fraction(m)
        elif g("half"):
            self._half(m)
        elif g("double"):
            self._double(m)
        elif g("name"):
            self._none(start, m.end(), "name")
        elif g("ratio"):
            self._ratio(m)
        elif g("tenths"):
            value = parse(g("tn"))
            self._simple(m, value * 10 if value is not None else None, "%", g("tb"), "tenths")
        else:
            self._none(start, m.end(), "idiom" if not m.group().isdecimal() else "other")

    def _simple(self, m: re.Match[str], value: Decimal | None, unit: str, trailing: str | None, rule: str) -> None:
        if value is None:
            self._none(m.start(), m.end(), "other")
        else:
            self.tokens.append(Token(m.start(), m.end(), "quantity", "", value, None, unit, trailing or "", rule=rule))

    def _fraction(self, m: re.Match[str]) -> None:
        g = m.group
        top, bottom = (Decimal(1), parse(g("fs"))) if g("fs") else (parse(g("fc")), parse(g("fd")))
        value = fitting(top * 100 / bottom) if top is not None and bottom else None
        self._simple(m, value, "%", g("fb") or g("fsb"), "fraction")

    def _half(self, m: re.Match[str]) -> None:
        if m.group("half") == "多半":
            self._none(m.start(), m.end(), "idiom")
            return
        trailing = "过" if m.group("half") == "过半" else m.group("hb") or ""
        self.tokens.append(Token(m.start(), m.end(), "quantity", "", Decimal(50), None, "%", trailing, rule="half"))

    def _double(self, m: re.Match[str]) -> None:
        if self.normal[m.start() - 1 : m.start()] in ("“", "个"):
            self._none(m.start(), m.end(), "name")
            return
        times = parse(m.group("dn")) if m.group("dn") else Decimal(1)
        if times is None or times > 20:
            self._none(m.start(), m.end(), "other")
            return
        self.tokens.append(
            Token(m.start(), m.end(), "quantity", "", Decimal(2) ** int(times), None, "倍", m.group("db") or "", rule="doubling")
        )

    def _ratio(self, m: re.Match[str]) -> None:
        g = m.group
        parts = [Decimal(g(k)) for k in ("ra", "rb", "rc") if g(k)]
        if len(parts) == 3 and 98 <= sum(parts) <= 102:
            for place, k in enumerate(("ra", "rb", "rc"), 1):
                self.tokens.append(Token(m.start(k), m.end(k), "quantity", "", Decimal(g(k)), None, "%", ratio=place, rule="ratio"))
            return
        if len(parts) == 2 and parts[1] == 1 and _INDEX.search(self.normal, max(0, m.start() - 20), m.start()):
            self.tokens.append(Token(m.start(), m.end(), "quantity", "", parts[0], None, "倍", rule="ratio_to_one"))
            return
        self._none(m.start(), m.end(), "other")

    def _rank(self, m: re.Match[str]) -> None:
        normal, start, end = self.normal, m.start(), m.end()
        before, after = normal[max(0, start - 14) : start], normal[end : end + 6]
        value = parse(m.group("rn"))
        listed = start in self.line_heads or before[-1:] in "。；\n“—" or before == ""
        if _MEETING_AFTER.match(after):
            self._none(start, end, "meeting")
        elif value is None or (listed and not m.group("ru")):
            self._none(start, end, "ordinal")
        elif (m.group("ru") and not after.startswith(("的", "位"))) or (
            (after[:1] in _ENDS or after == "" or after[:1] in "的和、升跃上提前进降至到退")
            and (_SCOPE.search(before) or _RANKED.search(before))
        ):
            self.tokens.append(Token(start, end, "rank", "", value, None, "位", rule="rank"))
        else:
            self._none(start, end, "ordinal")

    def _front(self, m: re.Match[str]) -> None:
        normal, start, end = self.normal, m.start(), m.end()
        before = normal[max(0, start - 14) : start]
        value = parse(m.group("fn"))
        after = normal[end : end + 1]
        if value is not None and (m.group("fu") or after in _ENDS or after == "") and (_SCOPE.search(before) or _RANKED.search(before)):
            self.tokens.append(Token(start, end, "rank", "", value, None, "位", "前", rule="rank_front"))
        else:
            self._none(start, end, "ordinal")

    def _quantity(self, m: re.Match[str]) -> None:
        start = m.start()
        if m.end() - start > 4 * LONGEST or len(m.group("n1")) > LONGEST:
            self._none(start, m.end(), "other")
            self.warnings.append(f"numeral of {m.end() - start} characters at {start}: too long to be a figure")
            return
        if m.group("dash") and self._apart(m):
            self._parts(m)
            return
        n1, unit = m.group("n1"), m.group("u2") or m.group("u1") or ""
        if m.group("dash") and m.group("u1") and not m.group("u2"):
            unit = m.group("u1")
        token = self._read(m, start, m.end(), n1, unit)
        if token is not None:
            self.tokens.append(token)

    def _apart(self, m: re.Match[str]) -> bool:
        """Whether A—B is no range: from … to, a name, or different units."""
        u1, u2 = m.group("u1"), m.group("u2")
        if u1 and not u2:
            return True
        if u1 and u2 and u1 != u2 and not u2.endswith(u1):
            return True
        if m.group("dash") in "至到" and self.normal[m.start() - 1 : m.start()] in ("由", "从"):
            return True
        return not u2 and not u1 and not _digits(m.group("n1"))

    def _parts(self, m: re.Match[str]) -> None:
        first_end = m.end("u1") if m.group("u1") else m.end("a1") if m.group("a1") else m.end("n1")
        self._sub(m.start(), first_end)
        self._sub(m.start("n2"), m.end())

    def _sub(self, start: int, end: int) -> None:
        m = _TOKEN.match(self.normal, start, end)
        if m and m.lastgroup != "plain":
            self._token(m, start)

    def _read(self, m: re.Match[str], start: int, end: int, n1: str, unit: str) -> Token | None:
        normal = self.normal
        digits = _digits(n1)
        before, after = normal[max(0, start - 20) : start], normal[end : end + 24]
        trailing = m.group("bound") or m.group("a2") or m.group("a1") or ("多" if _inner(n1) else "")
        if unit in _NOT_BEFORE and _NOT_BEFORE[unit].match(normal, m.end()) and not m.group("bound"):
            shorter = next((unit[:n] for n in range(len(unit) - 1, 0, -1) if unit[:n] in units.CLASSIFIERS), "")
            end -= len(unit) - len(shorter)
            unit = shorter
            after = normal[end : end + 24]
        unit_end = end if not unit and end < m.end() else m.end("u2") if m.group("u2") else m.end("u1") if m.group("u1") else m.end("n1")
        reason = self._reason(n1, unit, digits, before, after, m, unit_end)
        if reason:
            self._none_in(m, start, end, n1, unit, reason)
            return None
        near = neighbours(n1) if not digits else None
        value = near[0] if near else parse(n1)
        high = near[1] if near else None
        if m.group("n2"):
            high = parse(m.group("n2"))
            value, high = _aligned(n1, m.group("n2"), value, high)
            if value is None or high is None or value > high:
                self._none(start, end, "other")
                return None
        if value is None:
            self._none(start, end, "other")
            self.warnings.append(f"numeral too long for a figure at {start}")
            return None
        if not unit and high is None and near is None and not m.group("bound"):
            end = m.end("a1") if m.group("a1") else m.end("n1")
        bare = digits and not unit and not any(c in "万亿" for c in n1)
        if digits and high is None and unit in _SIGNED and _MINUS.search(normal, max(0, start - 3), start):
            start, value = start - 1, -value
        return Token(
            start,
            end,
            "quantity",
            "",
            value,
            high,
            unit,
            "约" if near else trailing,
            digits=digits,
            rule="index" if bare else "numeral" if digits else "chinese_numeral",
        )

    def _none_in(self, m: re.Match[str], start: int, end: int, n1: str, unit: str, reason: str) -> None:
        """A numeral that is no figure spans itself and its unit; of a range that is none, each end is read for itself."""
        if m.group("dash"):
            self._none(start, m.end("u1") if m.group("u1") else m.end("n1"), reason)
            self._sub(m.start("n2"), end)
            return
        self._none(start, end, reason)

    def _reason(self, n1: str, unit: str, digits: bool, before: str, after: str, m: re.Match[str], unit_end: int) -> str | None:
        """Why this numeral is no figure, or null."""
        start = m.start()
        last = before[-1:]
        if start in self.line_heads and _LIST_HEAD.match(self.normal, start, start + 12):
            return "ordinal"
        if start in self.line_starts and unit in units.CLASSIFIERS and _NUMBERED.fullmatch(n1):
            return "ordinal"  # 3.10种有色金属: the third note
        if not digits and last in "。；:，、！— “\n" and after[:1] == "是" and not unit:
            return "ordinal"
        if last in ("（", "(") and after[:1] in ("）", ")") and not unit:
            return "ordinal"
        magnitude_only = not digits and not any(c in "零〇○一二两三四五六七八九" for c in n1) and n1 != "十"
        if before.endswith(("连续", "连")) and not before.endswith("相连"):
            return "idiom"
        if unit in units.DURATIONS:
            return self._duration(unit, before, after, digits)
        if unit in ("岁", "周岁"):
            return None if _LIFE.search(self.normal, max(0, start - 36), start) else "age"
        if (
            m.group("bound") in ("以上", "以下", "及以上", "及以下", "以内")
            and (unit in _CLASS_UNITS or not unit)
            and (_THRESHOLD.match(after) or after[:1].isdecimal())
        ):
            return "name"
        if m.group("bound") in ("及以上", "及以下") and _HANS.match(after) and not _GOES_ON.match(after):
            return "name"  # 30户及以上自然村
        if (after[:1] == "级" and unit in units.MEASURES) or (
            unit in _CLASS_UNITS and _CLASS.match(after) and _BOUND_BEFORE.search(before)
        ):
            return "name"  # 30万吨级码头; 产值超百亿元园区
        if magnitude_only:
            if not unit:
                return "idiom"
            vague = m.group("a1")  # 百余名
            bounded = (
                vague or _BOUND_BEFORE.search(before) or (m.group("bound") and (_COUNTING.search(before) or not _class_of(unit, after)))
            )
            counts = bounded and unit not in units.NAMING and (vague or not _THRESHOLD.match(after))
            return None if counts else "name"
        if not unit:
            return self._bare(n1, digits, before, after)
        seldom = unit in units.SELDOM and not _COUNTING.search(before) and not _INDEX.search(before) and not _many(n1, unit, after)
        if (unit in units.NAMING or seldom) and not any(c in "万亿千百" for c in n1) and not m.group("dash") and not m.group("bound"):
            return "name"
        if unit == "届" and not digits and not _COUNTING.search(before):
            return "meeting"
        if not digits and before.rfind("“", -7) > before.rfind("”", -7) and self.normal.find("”", m.end(), m.end() + 8) >= 0:
            return "name"
        if after[:1] == "”" and unit in _MEASURES_LISTED:
            return "name"  # “稳增长20条”
        if _ONE_OF.match(self.normal, unit_end):
            return "name"
        if last == "“" and self.normal.find("”", m.end(), m.end() + 8) >= 0:
            return "name"
        if last == "每" and unit in units.MEASURES and unit != "元":
            return "name"  # 每50公斤提高5元
        if last in ("“", "《", "第"):
            return "name" if not digits or last != "第" else "ordinal"
        if _SLOGAN_AFTER.match(self.normal, unit_end) or (unit == "个" and _STEPS_AFTER.match(self.normal, unit_end)):
            return "name"
        if digits:
            return None
        return self._chinese(n1, unit, before, after, last, bool(m.group("a1")))

    def _chinese(self, n1: str, unit: str, before: str, after: str, last: str, approximate: bool) -> str | None:
        """Chinese numerals count where they are large, measured, or the object of making, gaining, holding."""
        value = parse(n1)
        if value is None:
            return "other"
        if last == "每" or last == "同" or last == "第":
            return "idiom"
        if unit in units.MEASURES and unit not in units.NAMING:
            return None
        if value >= 20 or neighbours(n1):
            return None
        if value == 1:
            return "idiom"
        if approximate or _COUNTING.search(before) or _BOUND_BEFORE.search(before):
            return None
        if value >= 10 and unit not in units.SOFT:
            return None
        if after[:1] in _ENDS and last and _HANS.match(last) and value > 1 and unit not in ("次", "步", "面", "手", "位", "种", "类"):
            return None
        return "idiom"

    def _bare(self, n1: str, digits: bool, before: str, after: str) -> str | None:
        """A numeral without a unit: a figure only with a magnitude (696万), or in a list whose last figure has the unit (15、22个百分点)."""
        if digits and any(c in "万亿" for c in n1):
            return "name" if before[-1:] == "“" else None
        if digits:
            return None if _INDEX.search(before) else "list"
        value = parse(n1)
        if (
            value is not None
            and value >= 1000
            and (_BOUND_BEFORE.search(before) or _PEOPLE_BEFORE.search(before))
            and any(c in "零一二两三四五六七八九" for c in n1)
        ):
            return None
        if len(n1) >= 2 and n1[-1] in "五" and before[-1:] in ("“", '"'):
            return "plan"
        if _MEETING_AFTER.match(after):
            return "meeting"
        return "idiom" if before[-1:] != "“" else "name"

    def _duration(self, unit: str, before: str, after: str, digits: bool) -> str | None:
        if _NAME_AFTER.match(after):
            return "name"
        if _DURATION_NOUNS.search(before) and not (unit == "年" and not digits):
            return None
        if unit in ("工作日", "个工作日") and _COUNTING.search(before):
            return None
        return "date" if unit in ("年", "月", "个月", "天", "周") else "name"


def _class_of(unit: str, after: str) -> bool:
    """Whether a bound names a class of what follows (万吨以上码头), not how many there are (万名以上学员, 万人以上。)."""
    return unit in _CLASS_UNITS and _HANS.match(after) is not None


def _many(n1: str, unit: str, after: str) -> bool:
    """A hundred and more at the end of a clause are counted, whatever the unit: 水井5000口."""
    return unit in units.COUNTED and len(n1) >= 3 and n1.isdecimal() and (after[:1] in _ENDS or after[:1] in "和及与")


def _digits(words: str) -> bool:
    return words[:1].isascii() and words[:1].isdecimal()


def _inner(words: str) -> bool:
    return "多" in words or "余" in words


def _aligned(low: str, high: str, first: Decimal | None, second: Decimal | None) -> tuple[Decimal | None, Decimal | None]:
    """Ends of a range in one magnitude: 3—5万 → 30000, 50000; 三百至五百 as they stand."""
    if first is None or second is None:
        return None, None
    scale = "".join(c for c in high if c in "万亿")
    if scale and not any(c in "万亿" for c in low) and first < second:
        scaled = parse(low + scale)
        return (scaled if scaled is not None else first), second
    return first, second


def _share_units(tokens: list[Token], normal: str) -> None:
    """15、22个百分点; 14.2和9.8万吨: a bare figure takes magnitude and unit from the next of its list; else it is a name."""
    for i in range(len(tokens) - 1, -1, -1):
        token = tokens[i]
        following = tokens[i + 1] if i + 1 < len(tokens) else None
        if token.kind == "quantity" and token.rule == "numeral" and not token.unit and following is not None and following.unit:
            if normal[token.end : following.start] in _LISTS and following.unit != "%":
                token.unit, token.joined, token.rule = following.unit, True, "shared_unit"  # 4.2万、3.8万公顷
            continue
        if token.reason != "list":
            continue
        token.reason = "name"
        if following is None or following.kind != "quantity" or not following.digits or following.ratio or following.value is None:
            continue
        if normal[token.end : following.start] not in _LISTS:
            continue
        value = parse(normal[token.start : token.end])
        scale = "".join(c for c in normal[following.start : following.end].split(following.unit or "\0")[0] if c in "十百千万亿")
        scaled = parse(normal[token.start : token.end] + scale) if scale and value is not None else value
        if scaled is None or (following.joined is False and not following.unit):
            continue
        token.kind, token.reason, token.value, token.unit, token.joined, token.rule = (
            "quantity",
            "",
            scaled,
            following.unit,
            True,
            "shared_unit",
        )


def _index_moves(tokens: list[Token], normal: str) -> None:
    """收入比为2.16，比上年缩小0.04; 优良天数达272天，增加29天: a number behind an index or a duration and a verb of rising or falling is its change."""
    for before, token in pairwise(tokens):
        quote = normal[token.start : token.end]
        if token.reason == "name" and before.rule in ("index", "ratio_to_one"):
            unit = ""
        elif token.reason == "date" and before.kind == "quantity" and before.unit in units.DURATIONS and quote.endswith(before.unit):
            unit = before.unit
        else:
            continue
        between = normal[before.end : token.start]
        moves = len(between) <= _REACH and "。" not in between and _TO_OR_FRO.search(between)
        value = parse(quote.removesuffix(unit)) if moves else None
        if value is not None:
            token.kind, token.reason, token.value, token.unit, token.rule = "quantity", "", value, unit, "index" if not unit else "numeral"
