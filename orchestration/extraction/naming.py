"""The subject of a figure: in its own clause before or behind it, shared with its neighbours, or said earlier.

Each way is tried in turn; the first that fits gives the subject and the name of its rule.
"""

from __future__ import annotations

import re

from orchestration.extraction import measures, scopes, status, subjects
from orchestration.extraction.figures import Figure, Said
from orchestration.extraction.words import alternation
from orchestration.lexicon import load

_WORDS = load("claims")
_EACH = re.compile("分别|依次")
_HEADED = re.compile(alternation(load("subjects")["works"]))
_PLANNED = re.compile("[\u4e00-\u9fff]{0,6}(?:任务|目标|计划|预算|指标)(?:数|值)?")
_FULFILLED = re.compile("完成|占|为")
_PART_OF = re.compile("(?<=[\u4e00-\u9fff])(?:占|对|拉动|下拉)")
_OF_WHOLE = re.compile("(?:对[^，。；、]{2,12}贡献率|(?:拉动|下拉)[^，。；、]{2,12})\\Z")
_IN_ALL = re.compile("达|累计|突破|总数|增至|增加到|超")
_RATE = re.compile("(?:增速|增幅|涨幅|降幅)\\Z")
_FOR = ("", "为", "向", "给")  # 为7万人次提供送餐服务: what is done for them
_REACHING = re.compile("惠及|受益")
_PLAN_NOUNS = frozenset(_WORDS["plan_nouns"])
_CARRIED = frozenset(_WORDS["carried_verbs"])
_OF_BEHIND = sorted(_WORDS["of_behind"], key=len, reverse=True)
_NOUN_MAY_FOLLOW = frozenset(_WORDS["noun_may_follow"])
_GROUPED = frozenset(name for group in load("subjects")["groups"] for name in group)
_LONGEST = 40
_SPENDING = frozenset(_WORDS["spending"])
_MONEY = ("元", "美元")
_SHORT_OWNER = 4  # characters: whose money it is, not what it measures
_SHORT_NAME = 3  # characters: with a rank, a place rather than what ranks
Named = tuple[str, str]


def quantity(figure: Figure, said: Said) -> Named:
    """(subject, rule) of a quantity; fills `said.pending` where 分别 names more than one."""
    if figure.listed and said.pending:
        return said.pending.pop(0), "distributed"
    if figure.listed and (not figure.counts or (not figure.text and said.event)):
        return said.subject, "subject_shared"
    pieces = subjects.items(figure.left.noun)
    noun = pieces[-1]
    given = _distributed(figure, said, noun) if not figure.listed else []
    if not given and len(pieces) > 1 and not figure.listed and _EACH.search(figure.left.predicate):
        given = _distributed(figure, said, figure.left.noun)  # 货值、新增企业、销售额分别增长…
    if given:
        said.pending = given[1:]
        return given[0], "distributed"
    behind = _behind(figure)
    if figure.listed and not behind:
        return said.subject, "subject_shared"
    spent = noun.strip("，、； \u200b")
    if spent in _SPENDING and "；" in figure.text and figure.right.startswith("，"):
        return spent, "noun_before"  # 硬化村道6公里；投资50万元，新修水渠3公里: not what the money before was for
    if subjects.verbal(noun):
        return _of_verb(figure, said, noun, behind, pieces)
    name = subjects.clean(noun)
    return inherited(figure, said) if not name or subjects.moved(name) else _of_noun(figure, said, noun, name, behind)


def rank(figure: Figure, said: Said, noun: str, each: bool) -> Named:
    """(subject, rule) of a rank whose noun is `noun`; `each` under 分别."""
    if figure.listed and said.pending:
        return said.pending.pop(0), "distributed"
    rate = _RATE.search(figure.left.predicate)
    if rate and noun.endswith(("和", "与", "及", "、")):
        noun += rate.group()  # 总量和增幅分别居第六位和第九位
    given = _distributed(figure, said, noun) if (each or not noun.strip()) and not figure.listed else []
    given = [subjects.attach(g, said.subject) if said.subject and subjects.dependent(g) else g for g in given]
    if not given and (figure.listed or subjects.verbal(noun)):
        subject, rule = (said.subject, "subject_inherited") if said.subjects and said.subject else inherited(figure, said)
        return (subject + rate.group() if rate and not subject.endswith(rate.group()) else subject), rule  # 产值增长6%、增速居首位
    if given:
        said.pending = given[1:]
        return given[0], "distributed"
    name = subjects.clean(noun)
    if said.measure == "rank" and said.subjects and len(name) <= _SHORT_NAME and not subjects.headed(name):
        return said.subject, "subject_inherited"  # 断面水质居全国第二，甲市居第一
    return (
        (subjects.attach(name, said.subject), "attached")
        if said.subjects and said.subject and subjects.dependent(name)
        else (name, "noun_before")
    )


def inherited(figure: Figure, said: Said) -> Named:
    """Of a figure that names no noun: the subject said in its sentence, the noun of a clause before, what follows, the last sentence's subject."""
    if said.subjects and said.subject:
        return _whole(figure, said), "subject_inherited"
    found = _clause_noun(figure)
    if found:
        return found, "noun_of_clause"
    compared = figure.token.kind == "rank" or figure.token.unit in measures.RELATIVE or measures.direction(figure.left.predicate)[0]
    follows = "" if compared and said.subject else subjects.clean(subjects.event(figure.right))
    if follows:
        return follows, "noun_event"
    return (
        (said.subject, "subject_inherited")
        if said.subject
        else (subjects.clean(figure.left.noun) or figure.left.predicate.strip() or subjects.behind(figure.right), "subject_none")
    )


def _whole(figure: Figure, said: Said) -> str:
    """The subject said before; behind what was newly made of it, all of it: 新增县区26个，累计达46个 → 县区."""
    if figure.token.unit == said.unit and _IN_ALL.search(figure.left.predicate) and not figure.left.compared:
        verb = subjects.opening_verb(said.subject)
        if verb.startswith(("新", "净")):
            return said.subject[len(verb) :] or said.subject
        return said.subject.removesuffix("新增").removesuffix("净增") or said.subject
    return said.subject


def _of_verb(figure: Figure, said: Said, noun: str, behind: str, pieces: list[str]) -> Named:
    """Before the figure stands a verb only: 新增3家企业, 提高标准、覆盖12万人, 640户实现脱贫."""
    if behind in _PLAN_NOUNS and said.subjects and said.subject:
        return said.subject, "subject_inherited"  # 失业率2.1%，低于4%的控制目标
    if behind:
        if _REACHING.search(noun) and not figure.continued:
            return _clause_noun(figure) + "惠及" + behind, "noun_behind"
        verb = subjects.naming_verb(noun) or (subjects.opening_verb(said.subject) if figure.continued else "")
        return _with_verb(verb, behind), "noun_behind"
    event = subjects.event(figure.right) if figure.counts and figure.words.strip() in _FOR else ""
    if event:
        own = len(event) > _SHORT_OWNER and not subjects.doing(event)  # it has a noun of its own: 民生实事全面完成
        whose = said.subject if said.subjects and not own and len(said.subject) < 12 and "；" not in figure.text else ""
        return whose + (subjects.clean(event) if figure.words.strip() else event), "noun_event"
    if len(pieces) > 1 and not subjects.verbal(pieces[-2]):
        return subjects.clean(pieces[-2]), "noun_of_item"
    nearest = next(iter(figure.clauses_before()), "")
    if figure.counts and subjects.sized(nearest) and not subjects.split(nearest).predicate:
        return subjects.clean(nearest), "noun_of_clause"  # 改造完成9户，服务中心建设项目，已建成5家
    stage = noun.strip("，、； \u200b")
    if figure.counts and stage in _GROUPED and said.subject:
        thing = subjects.unmeasured(said.subject)  # 项目60个，总投资90亿元，开工40个
        attached = subjects.attach(stage, thing)
        return attached if attached != stage else stage + thing, "subject_verb"
    verb = subjects.kept_verb(noun)
    if verb and said.subject:
        attached = said.subject if said.subject.startswith(verb) else subjects.attach(verb, said.subject)
        return attached if attached != verb else said.subject + verb, "subject_verb"
    return inherited(figure, said)


def _of_noun(figure: Figure, said: Said, noun: str, name: str, behind: str) -> Named:
    """Before the figure stands a noun."""
    if not figure.continued and _REACHING.match(noun.strip("，、 ")):
        source = _clause_noun(figure)
        if source:
            return source + noun.strip("，、 "), "noun_of_clause"
    if not behind and _part_of_whole(figure, said, name):
        return said.subject, "place_of_whole"
    around = _around(figure, noun, name, behind)
    if around:
        return around
    if said.subject and (
        name in _PLAN_NOUNS or (figure.token.unit == "%" and _PLANNED.fullmatch(name) and _FULFILLED.search(figure.words))
    ):
        return said.subject, "subject_inherited"
    if name.startswith("占") and said.subject:
        whole = _PART_OF.split(said.subject)[0] if said.measure == "share" else said.subject  # 占全省25%，占全国6%
        return (whole + name if len(whole) + len(name) <= _LONGEST else name), "part_of_subject"
    if said.subject and subjects.level(name) and figure.left.predicate.strip():
        return subjects.of_level(name, said.subject), "level_of_subject"
    share = _OF_WHOLE.match(noun.strip("，、； \u200b")) if said.subjects and figure.token.unit in measures.RELATIVE else None
    if share:
        return _PART_OF.split(said.subject)[0] + share.group(), "part_of_subject"
    if said.list[1] and figure.token.start - figure.sentence.start >= said.list[0] and not subjects.headed(name):
        return name + said.list[1], "noun_of_list"
    if behind and figure.right.startswith("的"):
        size = next((s for s in _OF_BEHIND if name.endswith(s) and subjects.verbal(name[: -len(s)])), "")
        if size:
            return behind + size, "noun_behind"  # 引进总投资36亿元的环湖路
    if said.subjects and said.subject and (subjects.dependent(name) or name in _GROUPED):
        return subjects.attach(name, said.subject), "attached"
    if not said.subjects and subjects.dependent(name):
        topic = next(filter(None, map(subjects.topic, figure.clauses_before()[:2])), "") or subjects.topic(said.before)
        return (subjects.attach(name, topic), "attached_to_topic") if topic else (name, "noun_before")
    if figure.continued and figure.token.unit != "%" and not subjects.opening_verb(name):
        verb = subjects.opening_verb(said.subject)
        if verb in _CARRIED and not subjects.doing(name):
            return verb + name, "verb_carried"  # 新增绿道3公里、绿地5公顷
    return name, "noun_before"


def _part_of_whole(figure: Figure, said: Said, name: str) -> bool:
    """Whether `name` is a place with its part of the figure before: 建成公园9座，其中东桥区4座、西桥区5座."""
    begins = "其中" in figure.text or figure.text.startswith("（") or said.parts
    return bool(begins and said.subject and figure.counts and figure.token.unit == (said.unit or said.whole) and scopes.is_place(name))


def _around(figure: Figure, noun: str, name: str, behind: str) -> Named | None:
    """The noun behind the figure, alone or with the one before it: 组织企业30家 … 试点扩大到45家医院."""
    if not behind:
        return None
    sign, to, _ = measures.direction(figure.left.predicate)
    if figure.counts:
        if _HEADED.match(behind) and not figure.left.predicate.strip() and not _HEADED.search(name):
            return name + behind, "noun_around"  # 城中村1.2万套改造任务
        if len(behind) >= 4 and not to and not figure.left.predicate.endswith("的"):
            return _with_verb(subjects.naming_verb(noun), behind), "noun_behind"
        return (name if name.endswith(behind) else name + behind), "noun_around"
    if figure.token.unit in _NOUN_MAY_FOLLOW and figure.token.unit != "%" and not figure.left.predicate.strip():
        sized = _sized(figure, name, behind)
        if sized:
            return sized, "noun_around"
    if figure.token.unit == "%" and len(behind) <= 4 and not sign and figure.left.predicate.strip():
        return name + behind, "noun_around"
    return None


def _sized(figure: Figure, name: str, behind: str) -> str:
    """The thing whose size or sum stands between its owner and itself: 某厂9万吨乙烯项目, 中央9亿元补助资金."""
    if subjects.headed(name) or figure.token.trailing or figure.right.startswith("的"):
        return ""
    owner = name if len(name) <= _SHORT_OWNER else ""
    if subjects.sized(behind):
        return owner + behind
    alone = (
        not subjects.dependent(name) and name not in _OF_BEHIND and subjects.clean(behind) == behind and not subjects.opening_verb(behind)
    )
    return owner + behind if owner and alone and figure.token.unit in _MONEY else ""


def _behind(figure: Figure) -> str:
    """The noun right behind the figure, where one may stand there."""
    token = figure.token
    if status.planned(figure.right) or (figure.listed and not figure.right):
        return ""
    if not figure.counts and token.unit and token.unit not in _NOUN_MAY_FOLLOW:
        return ""
    if token.unit == "%" and measures.direction(figure.left.predicate)[0]:
        return ""
    behind = subjects.behind(figure.right)
    if subjects.graded(behind):
        behind += _of_next(figure, behind)
    return behind if figure.counts or token.unit == "%" else subjects.thing(behind)


def _of_next(figure: Figure, grade: str) -> str:
    """What a grade is said of, behind the next figure of the list: 建设2个国家级、5个省级重点实验室."""
    end = figure.token.end
    for following in figure.tokens[figure.index + 1 :]:
        if figure.normal[end : following.start].strip() not in (grade + "、", grade + "和", grade + "及"):
            return ""
        end = following.end
        grade = subjects.behind(figure.normal[end : min(figure.sentence.end, end + _LONGEST)])
        if not subjects.graded(grade):
            return subjects.of_grade(grade)
    return ""


def _distributed(figure: Figure, said: Said, noun: str) -> list[str]:
    """One subject for each of the figures listed from here on (分别); empty where the words do not match the figures."""
    count = figure.together()
    if count < 2 or any(t.kind != figure.token.kind or t.ratio for t in figure.tokens[figure.index : figure.index + count]):
        return []
    if any(t.unit != figure.token.unit for t in figure.tokens[figure.index : figure.index + count]) and subjects.verbal(noun):
        return []
    own, each = noun.strip("，、； "), _EACH.search(figure.words[-16:])
    recent = list(dict.fromkeys(said.subjects))[-count:]
    recent = recent if len(recent) == count else []
    if subjects.verbal(noun) or _PLANNED.fullmatch(noun.strip()):
        return recent if each or not own else []
    part = _OF_WHOLE.match(own) if each else None
    if part:
        return [_PART_OF.split(s)[0] + part.group() for s in recent]  # 三次产业占比分别为…，对增长的贡献率分别为…
    return subjects.shared(noun, count)


def _clause_noun(figure: Figure) -> str:
    """The noun of the nearest clause before that has one."""
    for piece in figure.clauses_before():
        noun = subjects.split(piece).noun
        if not subjects.verbal(noun):
            return subjects.clean(noun)
    return ""


def _with_verb(verb: str, noun: str) -> str:
    return noun if not verb or noun.startswith(verb) else verb + noun
