"""Named projects and how far they are: 开工建设甲机场、乙大桥; 丙、丁等水库建成. A kind of building without a proper name is no project."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from orchestration.extraction.model import Project
from orchestration.extraction.passages import BRACKETED, INSIDE, QUOTED, Passage, hide, needles
from orchestration.extraction.words import alternation, heads, pattern, sweep
from orchestration.lexicon import load

WORDS = load("facts_projects")
LONGEST, SHORTEST = 26, 4  # characters of a name
LONGEST_SHARED = 12  # of a name whose kind stands at the end of its list

_BUILDINGS = [word for words in WORDS["kinds"].values() for word in words]
_SHARED = [word for kind in WORDS["shared_kinds"] for word in WORDS["kinds"].get(kind, [kind])]
_STEM = rf"(?:{alternation(WORDS['building_works'])}(?:重大|重点|示范)?(?:工程|项目)|{alternation(_BUILDINGS)})"
_SECTION = r"(?:[一-龥]{1,6}至)?[一-龥]{2,6}?段"
_BUILDING = re.compile(_STEM)
_BUILDING_HEADS = heads([*_BUILDINGS, *WORDS["building_works"]])
_KIND = re.compile(rf"{_STEM}(?:{alternation([*WORDS['phases'], *WORDS['works']])}|{INSIDE}{{1,42}}|{_SECTION}){{0,3}}(?:工程|项目)?")
_KIND_AT_END = re.compile(_KIND.pattern + "$")
_STATUS_BEFORE = {word: status for status, words in WORDS["before"].items() for word in words}
_STATUS_AFTER = {word: status for status, words in WORDS["after"].items() for word in words}
_JUNK = frozenset(WORDS["junk_before"])
_CUT = re.compile(
    rf"{alternation([*_STATUS_BEFORE, *_JUNK, *WORDS['between']])}|(?:\d+|[一二两三四五六七八九十]+)[多余]?{alternation(WORDS['count_words'])}(?:左右|以上)?"
)
_TAILS = rf"{alternation(WORDS['tails'])}{{0,4}}"
_NOT_AFTER = alternation(WORDS["not_after"])
_AFTER = pattern(_STATUS_AFTER, rf"{_TAILS}({{}})(?!{_NOT_AFTER})")
_AFTER_CLASS = pattern(_STATUS_AFTER, rf"等[^、]{{0,18}}?({{}})(?!{_NOT_AFTER})")
_NOTHING = re.compile(rf"{_TAILS}(?:$|等)")
_GENERIC = pattern([w for w in WORDS["generic"] if len(w) > 1])
_SINGLE = "".join(w for w in WORDS["generic"] if len(w) == 1)
_POLICY = pattern(WORDS["policy_names"])
_SEPARATOR = re.compile(r"、|以及|及其|[及与和]")
_ETC = re.compile(r"(?<![高平初中])等(?!级|次|量|效)")
_CLASS = re.compile(rf"等(?:\d+[条座个项所]|一批|系列|{_GENERIC.pattern}){{0,3}}?({alternation(_SHARED)})(?!网|化|业|设施)")

_BLANK = " \u200b"  # soft line breaks are zero-width in the layout
_SPACE = re.compile(r"[\s\u200b]+")

NEEDLES = needles([*_BUILDINGS, "工程", "项目"], "馆站楼桥路港厂院园街")


@dataclass(slots=True)
class _Item:
    """A member of a list, `start` to `end` of the clause: what may be its name, and the verb before that."""

    start: int
    end: int
    name_start: int
    name_end: int
    verb: str | None
    unclear: bool  # something else is said of a building in it: 甲古城保护


@dataclass(slots=True)
class _Group:
    """Members that share their verbs; `shared` is the kind that stands once for all, `rest` what follows the last name."""

    items: list[_Item] = field(default_factory=list)
    shared: str = ""
    rest: str = ""


def find(passage: Passage) -> list[Project]:
    """The sentence's projects, in order."""
    found: list[Project] = []
    for offset, clause in passage.clause_texts():
        if next(sweep(_BUILDING, _BUILDING_HEADS, clause), None) is None:
            continue
        plain = hide(BRACKETED, clause)
        for group in _groups(plain):
            status = _status(group)
            if status is None:
                continue
            place = offset + group.items[0].name_start
            ahead = passage.planned(place)
            for item in group.items:
                if not _is_name(plain[item.name_start : item.name_end], group.shared):
                    continue
                start, end, quote = passage.span(offset + item.name_start, offset + item.name_end)
                name = _SPACE.sub("", quote) + ("" if _KIND_AT_END.search(plain[item.name_start : item.name_end]) else group.shared)
                found.append(Project(start, end, quote, name, "planned" if ahead else status, passage.period(place), passage.theme(name)))
    return found


def _groups(plain: str) -> Iterator[_Group]:
    """The clause's lists: a verb opens one, words after a name close it."""
    group = _Group()
    for item in _items(plain):
        if item.verb and group.items:
            group.rest = plain[group.items[-1].name_end : item.start]
            yield group
            group = _Group()
        group.items.append(item)
        tail = plain[item.name_end : item.end]
        if tail and not _NOTHING.fullmatch(tail):
            group.rest = tail
            if shared := _CLASS.match(tail):
                group.shared, group.rest = shared.group(1), tail[shared.end() :]
            yield group
            group = _Group()
    if group.items:
        group.rest = group.rest or plain[group.items[-1].name_end : group.items[-1].end]
        yield group


def _items(plain: str) -> Iterator[_Item]:
    start = 0
    listed = False
    for m in _SEPARATOR.finditer(plain):
        and_ = m.group()[-1] in "及其与和"
        if and_ and not (listed and m.start() - start > 1) and not _KIND_AT_END.search(plain, max(start, m.start() - LONGEST), m.start()):
            continue  # 协和医院
        listed = listed or m.group() == "、"
        if m.start() > start:
            yield _item(plain, start, m.start())
        start = m.end()
    if start < len(plain):
        yield _item(plain, start, len(plain))


def _item(plain: str, start: int, end: int) -> _Item:
    """Finds the name in one member of a list: after the last verb, figure or 的, up to its kind, or up to 等."""
    etc = _ETC.search(plain, start, end)
    stop = etc.start() if etc else end
    kinds = list(_KIND.finditer(plain, start, stop))
    named = next((m.end() for m in reversed(kinds) if _closes(plain[m.end() : end])), None)
    name_end = named or stop
    cuts = [m for m in _CUT.finditer(plain, start, name_end) if m.end() < name_end - 1]
    verb = None
    for cut in cuts:
        verb = cut.group() if cut.group() in _STATUS_BEFORE else None if cut.group() in _JUNK else verb
    name_start = cuts[-1].end() if cuts else start
    name_start += len(plain[name_start:name_end]) - len(plain[name_start:name_end].lstrip(_BLANK))
    return _Item(start, end, name_start, name_end, verb, bool(kinds) and named is None)


def _closes(rest: str) -> bool:
    return bool(_NOTHING.match(rest) or _AFTER.match(rest))


def _status(group: _Group) -> str | None:
    after = _AFTER.match(group.rest) or (_AFTER_CLASS.match(group.rest))
    if after:
        return _STATUS_AFTER[after.group(1)]
    verb = group.items[0].verb
    return _STATUS_BEFORE[verb] if verb and not group.items[-1].unclear and _NOTHING.match(group.rest) else None


def _is_name(name: str, shared: str) -> bool:
    """Whether a name has more to it than words of a kind; without a kind of its own it must be a short member of a list that shares one."""
    kind = _KIND_AT_END.search(name)
    if _POLICY.search(name) or not (kind or shared):
        return False
    core = name[: kind.start()] if kind else name
    if not (SHORTEST <= len(name) <= LONGEST if kind else 2 <= len(name) <= LONGEST_SHARED):
        return False
    proper = _GENERIC.sub("", QUOTED.sub("", core.replace(INSIDE, "")))
    return (
        len(proper) >= 2 and "“" not in proper and "”" not in proper and bool(proper.strip(_SINGLE + "0123456789.·第一二三四五六七八九十"))
    )
