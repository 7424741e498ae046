"""What the words around a figure say of it: what is done, whether it is a stock, one of several years, several things together."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from orchestration.extraction.words import alternation
from orchestration.ledger.model import Said
from orchestration.lexicon import load

_WORDS = load("ledger_words")
_ACTION_OF: dict[str, frozenset[str]] = {}
for _kind, _words in _WORDS["actions"].items():
    for _word in _words:
        _ACTION_OF[_word] = _ACTION_OF.get(_word, frozenset()) | {_kind}
_ACTIONS = re.compile(alternation(_ACTION_OF))
_NO_ACTION = re.compile(rf"{alternation(_WORDS['no_actions'])}|[（）()]")
_RESTATED = re.compile(rf"[的]?{alternation(_WORDS['restated'])}")
_STOCK = re.compile(rf"{alternation(_WORDS['stock'])}[了约近超逾至到 ]?$")
_WHOLE = re.compile(alternation(_WORDS["whole"]))
_GATHERED = re.compile(alternation(_WORDS["gathered"]))
_RECURRING_NOT = re.compile(alternation(_WORDS["recurring_not"]))
_RECURRING = re.compile(rf"{alternation(_WORDS['recurring'])}|{alternation(_WORDS['recurring_years'])}[0-9两三四五六七八九十]{{1,2}}年")
_OTHER_CALIBRE = re.compile(alternation(_WORDS["other_calibre"]))
_EACH = re.compile(rf"{alternation(_WORDS['each'])}|各$")
_JOINTS = re.compile(alternation(_WORDS["joints"]))
_JOINT_MARKS = "".join(word for word in _WORDS["joints"] if len(word) == 1)
_DONE_TO_IT = re.compile(rf"^(?:{alternation(_ACTION_OF)}|{alternation(_WORDS['joints'])}){{1,6}}")
_FAMILIES = {family: frozenset(members) for family, members in _WORDS["families"].items()}
_OTHER_ACTIONS = [tuple(frozenset(pair[side]) for side in ("wanted", "stated", "unless_both")) for pair in _WORDS["other_actions"]]
_LEVEL_OF = {word: level for level, words in _WORDS["levels"].items() for word in words}
_LEVELS = re.compile(alternation(_LEVEL_OF))
_SHORTEST_NAME = 2
_DOING = frozenset({"new", "make", "built", "renew", "finish", "begin"})


@dataclass(frozen=True, slots=True)
class Wording:
    """`actions`: what is done; `stock`: the figure is what there is by now; `recurring`: it is of several years, or of each of them; `merged`: how many
    things it counts together; `levels`: of which level of government the things are; `term`: it stands where several years are reviewed;
    `restated`: it is that of a target (实现…100万人目标); `other_calibre`: a part is left out.
    """

    actions: frozenset[str]
    stock: bool
    recurring: bool
    merged: int
    levels: frozenset[str]
    term: bool
    restated: bool
    other_calibre: bool


@lru_cache(maxsize=65536)
def wording(said: Said) -> Wording:
    """The wording of one statement."""
    actions = _actions(f"{said.near}|{said.after}") or _actions(said.subject)
    if not actions and said.near.startswith("、"):  # an item of a list: what is done stands before the first
        actions = _actions(said.before)
    stock = bool(_STOCK.search(said.near) or _WHOLE.search(said.subject) or _GATHERED.search(said.near))
    return Wording(
        actions=actions,
        stock=stock and "new" not in actions,
        recurring=bool(_RECURRING.search(_RECURRING_NOT.sub("", said.before + said.subject))),
        merged=_merged(said),
        levels=frozenset(_LEVEL_OF[m] for m in _LEVELS.findall(said.subject)),
        term=any(rule.startswith("period_") and rule.endswith("_end") for rule in said.rules.split()),
        other_calibre=bool(_OTHER_CALIBRE.search(said.before)),
        restated=bool(_RESTATED.match(said.after)),
    )


def _actions(words: str) -> frozenset[str]:
    return frozenset[str]().union(*(_ACTION_OF[m] for m in _ACTIONS.findall(_NO_ACTION.sub("", words))))


def _merged(said: Said) -> int:
    """How many things the figure counts together: 2 of 学校和幼儿园60所, 1 where 分别 or 均 shares it out."""
    if _EACH.search(said.near) or _EACH.match(said.after):
        return 1
    named = (said.after if "noun_behind" in said.rules or "noun_around" in said.rules else said.near).strip(_JOINT_MARKS)
    thing = _DONE_TO_IT.sub("", said.subject)
    before, found, behind = named.rpartition(thing)
    if not found or not thing:
        return _parts(named)
    listed = _ACTIONS.sub("", before)
    joined_before = bool(_JOINTS.search(listed[-1:])) and len(listed.strip(_JOINT_MARKS)) >= _SHORTEST_NAME
    return _parts(thing) + joined_before + bool(_JOINTS.match(behind))


def _parts(names: str) -> int:
    parts = (_ACTIONS.sub("", part).strip() for part in _JOINTS.split(names))
    return max(1, sum(len(part) >= _SHORTEST_NAME for part in parts))


def objection(target: Said, result: Said) -> str | None:
    """Why the two cannot speak of one figure, though their names may be alike; None where nothing speaks against it."""
    t, r = wording(target), wording(result)
    if r.recurring and not t.recurring:
        return "recurring"
    if r.restated:
        return "restated"
    if r.other_calibre and not t.other_calibre:
        return "calibre"
    if t.levels and r.levels and not t.levels & r.levels:
        return "level"
    if target.measure != "level":
        return None
    if (t.merged > 1) != (r.merged > 1):
        return "merged"
    return _stock_or_flow(t, r) or _other_action(t.actions, r.actions)


def _stock_or_flow(t: Wording, r: Wording) -> str | None:
    """What was done in the year is no stock, and what was done in several years is not what was done in one."""
    wanted_flow, stated_flow = bool(t.actions & _DOING) and not t.stock, bool(r.actions - {"finish"}) and not r.stock
    if r.term and (wanted_flow or stated_flow):
        return "term"
    if wanted_flow and r.stock and not r.actions & (_DOING - {"make", "built"}):
        return "stock"
    if t.stock and "new" in r.actions:
        return "addition"
    return "stock" if "new" in t.actions and not r.actions else None


def _other_action(t: frozenset[str], r: frozenset[str]) -> str | None:
    """Whether something else was done than was wanted: another stage of the work, or another family of works."""
    for wanted, stated, saving in _OTHER_ACTIONS:
        if t & wanted and r & stated and not t & r & saving:
            return "action"
    wanted_works, stated_works = _works(t), _works(r)
    return "action" if wanted_works and stated_works and not wanted_works & stated_works else None


def _works(actions: frozenset[str]) -> frozenset[str]:
    return frozenset(family for family, members in _FAMILIES.items() if actions & members)
