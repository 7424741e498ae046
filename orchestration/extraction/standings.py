"""Ranks and honours, with or without a figure: 居全省第三位, 全国首个, 入选…名单, 荣获…奖. What is only hoped for is none."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from orchestration.extraction.model import Standing
from orchestration.extraction.passages import BRACKETED, QUOTED, Passage, hide, needles, shortened, whole_number
from orchestration.extraction.words import alternation, pattern
from orchestration.lexicon import load

WORDS = load("facts_standings")
NUMBER = r"[一二三四五六七八九十百\d]{1,4}"
SHORTEST, LONGEST = 4, 30  # characters of an honour's or a holder's name
UNIT = alternation(WORDS["rank_units"])
STOP = r"(?=[，,。；、）)”和及且与（ ]|$)"
NAMED = r"(?![一-龥]?[全本我各地成为])[一-龥]{2}[省市]"  # a province or city by name
AREA = rf"(?:{alternation(WORDS['areas'])}|{NAMED})"
SCOPE = rf"{AREA}(?:{alternation(WORDS['groups'])})?"

# 第3位, 第3 before a stop, 第二大市场; 第三产业 and 第一批 are no ranks
_PLACE = re.compile(rf"第({NUMBER})(?:{UNIT}|{STOP}|大[一-龥]{{2,10}})")
_AMONG = re.compile(rf"前({NUMBER})(?:{UNIT}|强|{STOP})")
_MORE = re.compile(rf"(?:、|和|及|与)第?({NUMBER})(?:{UNIT}|{STOP})")
_SCOPE_BEFORE = re.compile(rf"({SCOPE})(?:范围内|内|的)?$")
_SCOPE_AFTER = re.compile(SCOPE)
_SCOPE_AMID = re.compile(rf"^(?:{alternation(WORDS['rank_verbs'])}|继续|稳定|均|在|于|为)*({SCOPE}[^，,。；、]{{0,8}}?)(?:的)?$")
_RANK_VERB = pattern(WORDS["rank_verbs"], r"(?<![安定宜民邻旧移迁群同])({})(?![民住家委留])([^，,。；:、]{0,14})$")
_HOPE = pattern(WORDS["hopes"])
_FIRST_NOT = pattern(WORDS["first_not_before"])
_LEAD_NOT = pattern(WORDS["lead_not_before"])
_SUPERLATIVE_NOT = pattern(WORDS["superlative_not_before"])
_DONE = rf"(?:正式|顺利|成功|全面|即将)?(?:{alternation(WORDS['noun_ends'])}|{alternation(WORDS['noun_last'])}(?:$|[，,。；、]))"
_NOUN = re.compile(rf"[^，,。；、\[]{{2,26}}?(?={_DONE}|[在于][^，,。；、]{{1,10}}{_DONE}|[，,。；、\[]|$)")
_STRONG = r"(?P<number>\d+|[百十]|五百)强"
_QUALIFIED = pattern(WORDS["weak_scopes"])
_COUNT = re.compile(r"\s*(?:\d+|[一二三四五六七八九十两]{1,3})(?:[、—-]\d+)?余?(?:多)?[个家项件处座人名条次](?:（[^）]{0,4}）)?$")
_HEADS = {
    kind: pattern(WORDS[f"{kind}_heads"], rf"(?:{{}}{'|' + _STRONG if kind == 'listing' else ''})[”》]?$")
    for kind in ("pilot", "award", "listing")
}
_NO_HONOUR = pattern(WORDS["not_honours"])
_LEVELS = pattern(WORDS["levels"])
_GIVEN_BY = pattern(WORDS["areas"], "{}(?:地区)?")
_HEAD_OF = pattern([*WORDS["listing_heads"], *WORDS["pilot_heads"]], "(?:{})(?=的)")
_LIST_END = re.compile(rf"等(?:{NUMBER}余?[个项家处件座人名条])?(?=[一-龥“]{{2}})")
_PREDICATE = pattern([*WORDS["honour_verbs"], *WORDS["naming_verbs"], "成为", "作为", "是"], "(?:{})$")
_NOTE = re.compile(r"(?:\[[^\]]{0,8}\]|（[^）]{0,20}）)$")  # a footnote mark or bracket after a name
_SEPARATOR = re.compile("[、]|和(?=“|全国|国家|省级|世界)")

_LISTS = {
    "word": "rank_words",
    "front": "front_words",
    "lead": "lead_words",
    "pioneer": "pioneer_words",
    "superlative": "superlatives",
    "batch": "batch_words",
    "first": "first_words",
    "only": "only_words",
    "honour": "honour_verbs",
    "naming": "naming_verbs",
}
_TRIGGERS = {kind: alternation(WORDS[name]) for kind, name in _LISTS.items()} | {"place": rf"第{NUMBER}(?!批)", "among": rf"前{NUMBER}"}
_RANK_AT_END = re.compile(rf"(?:[第前]{NUMBER}{UNIT}?|{_TRIGGERS['word']}|{_TRIGGERS['front']})”?$")
TRIGGER = re.compile("|".join(f"(?P<{kind}>{words})" for kind, words in _TRIGGERS.items()))
NEEDLES = needles(["第", "前", *(word for name in _LISTS.values() for word in WORDS[name])], "第前首最获")
_HONOURS = ("listing", "award", "pilot")  # held by a place or a thing: never by the figure of the clause before
_PARTS_OF_HONOURS = ("batch", "among", "word", "naming", "honour")


@dataclass(slots=True)
class _Found:
    """A standing in a clause; `head` is where the words before it end, which name what holds it."""

    start: int
    end: int
    type: str
    head: int
    value: Decimal | None = None
    scope: str | None = None
    subject: str | None = None


def find(passage: Passage) -> list[Standing]:
    """The sentence's standings, in order."""
    found: list[Standing] = []
    for offset, clause in passage.clause_texts():
        for item in _in_clause(clause):
            if passage.planned(offset + item.start):
                continue
            before = clause[: item.head]
            subject = item.subject or (_holder(passage, offset, before) if before or item.type not in _HONOURS else None)
            start, end, quote = passage.span(offset + item.start, offset + item.end)
            theme = passage.theme((subject or "") + quote)
            found.append(
                Standing(start, end, quote, item.type, item.value, item.scope, subject, passage.period(offset + item.start), theme)
            )
    return sorted(found, key=lambda s: (s.char_start, s.char_end, s.type))


def _in_clause(clause: str) -> Iterator[_Found]:
    hoped: int | None = None
    covered = 0  # an honour's own 首批 and 百强 are not told twice
    for m in TRIGGER.finditer(clause):
        if hoped is None:
            hope = _HOPE.search(hide(QUOTED, clause))
            hoped = hope.start() if hope else len(clause)
        if hoped < m.start():
            return
        kind = m.lastgroup or ""
        for item in _RULES[kind](clause, m):
            if kind in _PARTS_OF_HONOURS and item.start < covered:
                continue
            if kind in ("honour", "naming"):
                covered = item.end
            yield item


def _rank(clause: str, m: re.Match[str]) -> Iterator[_Found]:
    """居中部第3位, 全省第一, 分别居全国第一、第四, 拿下中心城区“冠军”."""
    kind = m.lastgroup
    token = {"place": _PLACE, "among": _AMONG}[kind].match(clause, m.start()) if kind in ("place", "among") else m
    if token is None:
        return
    opening = _opening(clause, m.start(), among=kind == "among")
    if opening is None:
        return
    start, scope = opening
    value = Decimal(WORDS["rank_words"][m.group()] if kind == "word" else whole_number(token.group(1)))
    yield _Found(start, token.end(), "rank", start, value, scope)
    end = token.end()
    while kind == "place" and (more := _MORE.match(clause, end)):
        yield _Found(more.start() + 1, more.end(), "rank", start, Decimal(whole_number(more.group(1))), scope)
        end = more.end()


def _opening(clause: str, at: int, among: bool = False) -> tuple[int, str | None] | None:
    """Where the words of a rank that stands at `at` begin, and its scope; null where neither verb nor scope stands before it."""
    left = clause[max(0, at - 22) : at]
    base = max(0, at - 22)
    verb = _RANK_VERB.search(left)
    if verb:
        amid = _SCOPE_AMID.match(verb.group(2))
        if amid or not verb.group(2).strip("在了至到“"):
            return base + verb.start(), amid.group(1) if amid else None
        if verb.group(1)[-1] in "居列" and not among:
            return base + verb.start(), verb.group(2)
    scope = _SCOPE_BEFORE.search(left)
    if scope and left[: scope.start()].endswith(("从", "由")):
        return None  # 从全国第10位升至第7位: only the second is held
    return (base + scope.start(), scope.group(1)) if scope else None


def _front(clause: str, m: re.Match[str]) -> Iterator[_Found]:
    """位于中心城区前列."""
    opening = _opening(clause, m.start())
    if opening and opening[1]:
        yield _Found(opening[0], m.end(), "front", opening[0], None, opening[1])


def _lead(clause: str, m: re.Match[str]) -> Iterator[_Found]:
    """持续全市领跑, 领跑全省."""
    if _LEAD_NOT.match(clause, m.end()):
        return
    opening = _opening(clause, m.start())
    after = _SCOPE_AFTER.match(clause, m.end())
    if opening and opening[1]:
        yield _Found(opening[0], m.end(), "lead", opening[0], None, opening[1])
    elif after:
        yield _Found(m.start(), after.end(), "lead", m.start(), None, after.group())


def _pioneer(clause: str, m: re.Match[str]) -> Iterator[_Found]:
    """在全国率先…."""
    scope = _SCOPE_BEFORE.search(clause, max(0, m.start() - 16), m.start())
    if scope:
        start = scope.start() - (clause[scope.start() - 1 : scope.start()] == "在")
        noun = _object(clause, m.end())
        yield _Found(start, m.end() + len(noun), "lead", start, None, scope.group(1), noun.strip() or None)


def _superlative(clause: str, m: re.Match[str]) -> Iterator[_Found]:
    """全国最大."""
    scope = _SCOPE_BEFORE.search(clause, max(0, m.start() - 16), m.start())
    if scope and not scope.group(0).endswith("的") and not _SUPERLATIVE_NOT.match(clause, m.end()):
        attribute = "" if clause[: scope.start()].strip() else _object(clause, m.end()).strip("的 ")  # 全球最大的射电望远镜建成
        yield _Found(scope.start(), m.end(), "rank", scope.start(), Decimal(1), scope.group(1), attribute or None)


def _novelty(kind: str) -> Callable[[str, re.Match[str]], Iterator[_Found]]:
    """全省首个, 全国首批, 华中地区唯一: what is named after it holds it."""

    def rule(clause: str, m: re.Match[str]) -> Iterator[_Found]:
        scope = _SCOPE_BEFORE.search(clause, max(0, m.start() - 16), m.start())
        if not scope or _FIRST_NOT.match(clause, m.end()):
            return
        attribute = clause.startswith("的", m.end())  # 国内唯一的试验台: the noun after it, not the words before
        noun = _object(clause, m.end()) if kind != "only" or attribute else ""
        named = noun.strip("的“” ")
        end = m.end() if kind == "only" else m.end() + len(noun)
        yield _Found(scope.start(), end, kind, scope.start(), None, scope.group(1), named or None)

    return rule


def _object(clause: str, at: int) -> str:
    m = _NOUN.match(clause, at)
    return m.group() if m else ""


def _honour(clause: str, m: re.Match[str]) -> Iterator[_Found]:
    """入选A名单、B名单: a row each; 获批… and the like only where the object ends in the name of an honour that a level of government gives."""
    if clause.startswith("的", m.end()):
        return  # 上榜的小镇
    strong = m.lastgroup == "honour"
    start, name = m.start(), m.end()
    for end in _list_ends(clause, m.end()):
        body = clause[name:end]
        bare = _COUNT.sub("", _NOTE.sub("", body))
        if of := _HEAD_OF.search(bare):
            bare = bare[: of.end()]
        if len(body) > 2 * LONGEST or m.group() in body or _RANK_AT_END.search(bare):
            return
        kind, value = _honour_kind(bare)
        whole = strong and start == m.start() and end == len(clause) and SHORTEST <= len(bare) <= LONGEST
        if kind is None and not whole:
            continue  # 入选甲、乙试点: both halves are one name
        if _NO_HONOUR.search(body) or not (strong or _QUALIFIED.search(body)):
            return
        default = "award" if m.group() in WORDS["awards_given_by"] else "listing"
        yield _Found(start, name + len(bare), kind or default, m.start(), value, _level(body))
        start = name = end + 1


def _list_ends(clause: str, at: int) -> list[int]:
    """Where the members of a list that begins at `at` may end: before each 、 outside quotes and brackets, and with the clause."""
    window = hide(BRACKETED, hide(QUOTED, clause[at : at + 4 * LONGEST]))
    ends = [at + m.start() for m in _SEPARATOR.finditer(window)]
    return [*ends, len(clause)] if at + len(window) == len(clause) else ends


def _honour_kind(name: str) -> tuple[str | None, Decimal | None]:
    for kind, heads in _HEADS.items():
        m = heads.search(name)
        if m:
            number = m.groupdict().get("number")
            return kind, Decimal(whole_number(number)) if number else Decimal(100) if "百强" in m.group() else None
    return None, None


def _level(name: str) -> str | None:
    m = _LEVELS.search(name) or _GIVEN_BY.search(name)
    return WORDS["levels"].get(m.group(), m.group()) if m else None


def _holder(passage: Passage, offset: int, before: str) -> str | None:
    """What holds it: of the words before it the noun, or of a long list what it ends with (甲、乙等6项改革)."""
    noun = _PREDICATE.sub("", passage.said_of(offset, before)).partition("成为")[0]
    if len(noun) > LONGEST and (listed := list(_LIST_END.finditer(noun))):
        noun = noun[listed[-1].end() :]
    return shortened(noun, LONGEST) or None


_RULES: dict[str, Callable[[str, re.Match[str]], Iterator[_Found]]] = {
    "place": _rank,
    "among": _rank,
    "word": _rank,
    "front": _front,
    "lead": _lead,
    "pioneer": _pioneer,
    "superlative": _superlative,
    "batch": _novelty("first_batch"),
    "first": _novelty("first"),
    "only": _novelty("only"),
    "honour": _honour,
    "naming": _honour,
}
