"""Subjects: the noun that a figure measures, cut out of the words around it.

What stands before a figure is a noun and a predicate (verb, adverbs, comparison, bound). The predicate is taken off the
end word by word; what remains is the noun. After a classifier the noun stands behind the figure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from orchestration.extraction.words import alternation, heads
from orchestration.lexicon import load

_WORDS = load("subjects")
_MEASURES = load("measures")
_COMPARATORS = load("comparators")
_TIMES = load("periods")


def _reversed(words: list[str]) -> str:
    return alternation([w[::-1] for w in words])


_GROWTH = [*_MEASURES["up"], *_MEASURES["down"]]
_PREDICATE = [*_GROWTH, *_MEASURES["to"], *_MEASURES["reach"], *[w for ws in _COMPARATORS["leading"].values() for w in ws if w != "上"]]
_PROTECTED = [*_MEASURES["level_verbs"], *_MEASURES["share_heads"], *load("bounds")["compounds"], *_WORDS["tail_protect"]]
_ENDING = re.compile(rf"(?:(?!{_reversed(_PROTECTED)}){_reversed(_PREDICATE)})+")
_COMPARED_WITH = [*_TIMES["relative"], *_TIMES["parts"], *_MEASURES["compared_with"]]
_COMPARISON = re.compile(
    r"(?P<word>同比|相比|为|是|相当于|比|较|与|同|和|高于|低于|快于|慢于|好于|优于|超过|超出|超|高出|由|从|占)"
    rf"(?P<other>(?:[^，；。、:由从比较占]{{0,12}}(?:{alternation(_COMPARED_WITH)})[、和与及])*[^，；。、:由从比较占]{{0,12}}?(?:{alternation(_COMPARED_WITH)}|“[^“”]{{1,10}}”末?))(?:的|相比|增速|平均|水平|增幅)*\Z"
)
# another thing's figure of a wider area: 高于全县工业2个百分点
_AGAINST = re.compile(rf"(?:{alternation([*_MEASURES['above'], *_MEASURES['below']])})(?:全[国省市区县州])[\u4e00-\u9fff]{{1,12}}\Z")
_LEAD = re.compile(
    rf"(?:(?!{alternation(_WORDS['lead_protect'])})(?:{alternation(_WORDS['lead'])}|{alternation(_WORDS['manner'])}(?={alternation([*_WORDS['dropped'], *_WORDS['kept']])})|[①-⑳]|\d{{1,2}}[.、）)](?!\d)|[，、 \u200b（）:—]|\d{{4}}年[底末度]?|“?十[一二三四五]五”?(?:时期|期间|末)|[\d一二三四五六七八九十]{{1,2}}年(?:来|间|累计)?))+"
)
_DROPPED = re.compile(rf"(?!{alternation([*_WORDS['drop_protect'], *_WORDS['lead_protect']])}){alternation(_WORDS['dropped'])}了?")
_OPENING = re.compile(rf"(?!{alternation(_WORDS['drop_protect'])}){alternation(_WORDS['dropped_first'])}")
_KEPT = re.compile(alternation(_WORDS["kept"]))
_ACTION = re.compile(rf"(?:(?!{alternation(_WORDS['drop_protect'])}){alternation([*_WORDS['dropped'], *_WORDS['kept']])}了?|[、和及并与])+")
_CONTINUES = re.compile(alternation(_WORDS["continues"]))
_CONTINUES_NOT = re.compile(alternation(_WORDS["continues_not"]))
_RELATIONAL = re.compile(rf"{alternation([w[::-1] for w in _WORDS['relational']])}")
_BARE = frozenset(_WORDS["bare"])
_DEPENDENT = frozenset(_WORDS["dependent"])
_HEAD = re.compile(_reversed(_WORDS["heads"]))
_FILL = re.compile(alternation(_WORDS["right_fill"]))
JOIN = re.compile(r"、|以及|(?<![普涉波遍危触惠顾兼推企累])及(?![格时其])|和(?![美谐平田顺])|(?<!参)与(?!会)")
_MODAL = re.compile(
    rf"(?:(?<![需重主必纪摘概])要|将|已|均|全部|正在|需|都|仍)(?=[\u4e00-\u9fff]{{2}})|(?:累计)?完成(?=年度|全年|投资|目标|计划)|按(?=进度|计划|期|时序|序时|时间)|(?<![合兼归])并(?![网购轨行联存])(?=[\u4e00-\u9fff]{{2}})|(?:共|均|累计|合计)?(?:{alternation(_WORDS['causes'])})\Z"
)
_GIVEN = re.compile("(?<=[人生户民童妇])(?<!医生)(?:发放|提供|开展|进行)(?=[\u4e00-\u9fff]{2})")  # 残疾人提供康复服务: what they get
_INTENDED = re.compile(
    rf"(?:[\u4e00-\u9fff]{{1,6}}[省市区县州镇乡])?(?:计划|将|拟)(?!投)(?={alternation([*_WORDS['kept'], *_WORDS['dropped']])})|[^，。；]{{2,20}}(?:任务|目标)(?:为|是)(?=..)"
)
_NAMED = re.compile("(?:比重|比例|占比)（([\u4e00-\u9fff]{3,10}率)）\\Z")  # 占总人口比重（城镇化率）
_SERVING = re.compile("以[^，。；、]{2,16}为[^，。；、]{2,10}的([^，。；、的]{2,20})")  # 80处以助餐为主要功能的服务站
_BRINGS = re.compile("实现|完成(?=投资|产值|税收|收入|营收)")
_AND = re.compile("(?:(?<![中饱总缓温柔])和|(?<!参)与|(?<![普涉波遍危触惠顾兼推企累])及)\\Z")
_OF_ALL = re.compile(
    "([\u4e00-\u9fff“”]{2,24}?[率量值比])(?:首次|均|全部|全都|总体)?(?:为|达|达到|占[^，；。]{2,14}|保持|稳定在|高于|超过|超)\\Z"
)
_LISTED = re.compile(rf"({alternation(_WORDS['listed_heads'])})(?:分别为|分别是|为|如下|情况)?:")
_HAPPENS = re.compile(alternation(_WORDS["happens"]))
_ETC = re.compile("等(?=(?:重点)?(?:产业|行业|领域|地区|支出|产品|商品|品种))")
_JOINS = re.compile("\\A(?:和(?![美谐田平])|及(?![其时])|与(?!会)|等(?![级候]))(?=..)")
_LINKS = re.compile("\\A(?:、|并(?![网购轨行联存])|和(?![美谐田平])|及(?![其时])|与(?!会))+")
_ORDINAL = re.compile("[一二三四五六七八九十]{1,3}")
_BECOMES = re.compile(rf"(?:{alternation(_WORDS['becoming'])})+[为到至]\Z")  # 88个站点整合优化为40个
_INSIDE = re.compile("(?:高|初|完|其|集|城|空|家|公)[中里]\\Z")
_PLACE_END = re.compile(r"[中上下里内后前时起](?=[，、。；的]|$)")
_YEARS_BEHIND = re.compile("[一二三四五六七八九十]{1,2}年\\Z")
_GOES_ON = re.compile(
    alternation([*_GROWTH, *_MEASURES["to"], *_MEASURES["reach"], "以上", "以下", "左右", "和", "与", "及", "等", "之", "，"])
)
_STREAK = re.compile("连续[\\d一二两三四五六七八九十]{1,3}个?(?:年|季度|月)")
_ASIDE = re.compile(r"(?<=[长降加少升落增减])（[^（）\d]{1,20}）\Z")  # 下降（同口径）12%
# 比上年净增: a change, not what is newly made
_GAINED = re.compile(r"((?:同比|环比)|(?:比|较)[^，；。、]{1,12}?)(?:净增加?|新增加?|多增加?)(?=了?[约近超]?\Z)")
# no part of the noun: over how many years a rate is averaged (两年平均), what it leaves out (扣除留抵退税因素后)
_SETTING = re.compile(
    rf"(?:近|前|过去)?[\d一二两三四五六七八九十]{{1,2}}年(?:来)?平均|(?:{alternation(_WORDS['leaving_out'])})[^，。；、]{{1,20}}?(?:{alternation(_WORDS['left_out'])}){{1,2}}后?|按[^，。；、]{{1,10}}?(?:汇率|口径)(?:折合|折算|计算)?|(?:现在|目前|当前|如今)的\Z"
)
_MIDST = re.compile(rf"(?:{alternation(_WORDS['midst'])}|完成(?={alternation(_WORDS['completed'])}))(?=[\u4e00-\u9fff“]{{2}})")
_AGENT = re.compile(
    rf"\A[^，；。、的]{{1,12}}?(?:{alternation(_WORDS['agents'])})(?:(?:联合|会同)[^，；。]{{1,8}}?)?(?:已|正式|首次)?(?:{alternation(_WORDS['agent_verbs'])})了?(?=[\u4e00-\u9fff“]{{2}})"
)
_STEPS = re.compile(rf"(?:连续|接连|先后|成功|首次)?(?:{alternation(_WORDS['steps'])})[^，；。、]{{0,8}}?(?:台阶|大关|关口|门槛)")
_MIDDLE = re.compile(alternation(_WORDS["shared_middles"]))
_ITEM = re.compile(
    rf"、(?={alternation(load('claims')['list_verbs'])}|(?!{alternation([*_WORDS['drop_protect'], *_WORDS['lead_protect']])})(?:{alternation([w for w in [*_WORDS['dropped'], *_WORDS['kept']] if len(w) > 1])}))"
)
_STEP_WORDS = re.compile("台阶|大关|关口|门槛")
_SETTING_WORDS = heads([*_WORDS["leaving_out"]], "年按现目当如")
_AGENT_WORDS = heads([a[-1] for a in _WORDS["agents"]])
_AGENT_REACH = 18  # characters: an agent stands at the head
_PER = re.compile(
    r"(?:平均)?每\d[\d.]*[百千万亿]?(?:公斤|斤|吨|克|千克|平方米|立方米|公里|千瓦时|亩|公顷|元)"
)  # 每50公斤: what a price is for
_TOPIC = re.compile(rf"([\u4e00-\u9fff“”]{{2,12}}?)(?:{alternation(_WORDS['topic_ends'])})")
_TAIL_JUNK = "，、。；: \u200b—·-…的了"
_STOP = re.compile(r"[，。；:！？…\n（）,;]|(?<![区市县省州党]委)、")  # 县委、县政府重点工作: one name
_NOUN_BRACKET = re.compile(r"（[^（）\d]{1,14}）")
_BOTH: dict[str, list[str]] = _WORDS["both"]
_GROUPS: list[list[str]] = _WORDS["groups"]
_GRADED = re.compile("^[\u4e00-\u9fff]{1,3}级(?:以上)?")
_MEASURED = tuple(_WORDS["measured"])
_SIZED = tuple(_WORDS["sized"])
_WORKERS = tuple(_WORDS["workers"])
_LEVELS = frozenset(_WORDS["levels"])
_GRADES = tuple(_WORDS["grades"])
_MOVES = frozenset(_GROWTH)
_GRADE = 5  # characters of a grade
_LONG = 20
_LONGEST = 32
_MODIFIER = 7  # characters: as much is kept before 的 where the noun behind it is short


@dataclass(slots=True, frozen=True)
class Left:
    """What stands before a figure: `noun` (uncleaned), `predicate`, `compared` (比上年, 高于全国), `source` (由, 从: the first of two figures)."""

    noun: str
    predicate: str
    compared: str
    source: bool


@lru_cache(maxsize=65536)
def split(text: str) -> Left:
    """Takes the predicate and a comparison off the end of `text`."""
    noun, predicate = _strip(_plain(text))
    compared, source = "", False
    reach = max(0, len(noun) - 28)
    m = _COMPARISON.search(noun, reach) or _AGAINST.search(noun, reach)
    if m and not _says_no_comparison(m):
        compared = m.group()
        source = compared.startswith(("由", "从"))
        noun, more = _strip(noun[: m.start()])
        predicate = more + compared + predicate
    if predicate.startswith("是") and _ORDINAL.fullmatch(noun.strip(_TAIL_JUNK)):
        noun = ""  # 三是为9万名…: the item's number is no noun
    if not source:
        tail = predicate.rstrip("了的 \u200b近约超")
        source = tail.endswith(("由", "从"))
    return Left(noun, predicate, compared, source)


def _says_no_comparison(m: re.Match[str]) -> bool:
    """Whether what looks like a comparison is a share (占…) or a part of the noun (与GDP, 和2023年)."""
    words = m.groupdict()
    word, other = words.get("word"), words.get("other") or ""
    return word == "占" or (other.endswith(("GDP", "年")) and word in ("与", "和", "同", "超"))


def _plain(text: str) -> str:
    """`text` without streaks, steps and settings, a net gain over an earlier time as a gain; each is looked for only where its word stands."""
    if "连续" in text:
        text = _STREAK.sub("", text)
    if "每" in text:
        text = _PER.sub("", text)
    if _STEP_WORDS.search(text):
        text = _STEPS.sub("", text)
    if _SETTING_WORDS.search(text):
        text = _SETTING.sub("", text)
    if text.endswith("）"):
        text = _ASIDE.sub("", text)
    return _GAINED.sub(r"\1增加", text) if "增" in text[-6:] else text


def _strip(text: str) -> tuple[str, str]:
    back = text[-48:][::-1]
    m = _ENDING.match(back)
    if not m:
        return text, ""
    n = m.end()
    return text[: len(text) - n], text[len(text) - n :]


@lru_cache(maxsize=65536)
def clean(noun: str) -> str:
    """The noun without openings (其中, 全市), verbs of doing (建成, 举办), and modifiers before the last 的."""
    text = noun.strip(_TAIL_JUNK)
    if _STEP_WORDS.search(text):
        text = _STEPS.sub("", text)
    text = _lead(text[1:] if text.startswith("“") and "”" not in text else text)
    text = _told(text)
    at = text.rfind("的")
    if at >= 0 and len(text) - at > 2 and not _RELATIONAL.match(text[::-1]) and not (len(text) - at <= 5 and at <= _MODIFIER):
        text = _lead(text[at + 1 :])
    if text.startswith("加大") and text.endswith("力度"):
        text = text[2:-2]
    text = _drop(_joined(_AGENT.sub("", text, 1) if _AGENT_WORDS.search(text, 0, _AGENT_REACH) else text))
    if len(text) > _LONG:
        text = _shorten(text)
    named = _NAMED.search(text)
    if named:
        return named.group(1)
    text = _JOINS.sub("", _YEARS_BEHIND.sub("", text).strip(_TAIL_JUNK))
    return _balanced(text)


def _told(text: str) -> str:
    """Without who intends or is told to do it: 某市计划新增车位, 省下达任务为新建住房."""
    m = _INTENDED.match(text)
    return text[m.end() :] if m else text


def opened(noun: str) -> str:
    """The noun without openings (其中, 全市, 累计)."""
    return _lead(noun.strip(_TAIL_JUNK))


def _lead(text: str) -> str:
    m = _LEAD.match(text)
    return text[m.end() :] if m and len(text) - m.end() >= 1 else text


def _joined(text: str) -> str:
    """Without a word of summing up in its midst (可再生能源累计装机); where a verb of doing follows it, only what that makes (全区累计建成泵站)."""
    m = _MIDST.search(text, 1)
    if not m:
        return text
    rest = _lead(text[m.end() :])
    told = _drop(rest) != rest or (_KEPT.match(rest) and text[: m.start()].endswith(_WORKERS))
    return rest if told or len(text) > _LONG else text[: m.start()] + rest


def _drop(text: str) -> str:
    for depth in range(3):
        m = _DROPPED.match(text) or (_OPENING.match(text) if depth == 0 else None)
        if not m or len(text) - m.end() < 2 or text[m.end() :] in _BARE:
            return text
        text = _lead(_LINKS.sub("", text[m.end() :], 1))
    return text


def _shorten(text: str) -> str:
    """Of a long noun what follows its last verb or comma, if that is enough to name it."""
    cut = max(text.rfind("，"), text.rfind("；"), text.rfind(":"))
    if 0 <= cut < len(text) - 3:
        text = _drop(_lead(text[cut + 1 :]))
    owned = text[text.rfind("的") + 1 :]
    if len(text) > _LONG and 5 <= len(owned) < len(text):
        text = _drop(_lead(owned))  # 合乎规范的村卫生室、街道医疗站占比
    if len(text) <= _LONG:
        return text
    best = 0
    for m in _DROPPED.finditer(text, 2, len(text) - 4):
        if m.end() - m.start() >= 2:
            best = m.end()
    return _drop(text[best:]) if best else text[-2 * _LONG :]


def _balanced(text: str) -> str:
    """Without a quotation mark or bracket at either end whose partner is not there; one opened inside is closed."""
    for opening, closing in (("“", "”"), ("（", "）"), ("《", "》")):
        more = text.count(opening) - text.count(closing)
        if more < 0:
            cut = text.find(closing) + 1
            text = text[cut:] if len(text) - cut > 3 else text.replace(closing, "")
        elif more > 0:
            text = (
                text[1:]
                if text.startswith(opening)
                else text + closing
                if text.rfind(opening) < len(text) - 2
                else text[: text.rfind(opening)]
            )
    return text


@lru_cache(maxsize=65536)
def verbal(noun: str) -> bool:
    """Whether `noun` is only a verb, its subject or object left out or behind the figure."""
    text = _lead(noun.strip(_TAIL_JUNK))
    if not text:
        return True
    m = _ACTION.match(text)
    return (m is not None and m.end() == len(text)) or _LEAD.fullmatch(text) is not None


def kept_verb(noun: str) -> str:
    """The verb that belongs to the name of what is counted (新增, 改造), if `noun` ends in, or is, one."""
    text = noun.strip(_TAIL_JUNK)
    for size in (6, 5, 4, 3, 2):
        if len(text) >= size and text[-size:] in _KEPT_SET:
            return text[-size:]
    return ""


def naming_verb(noun: str) -> str:
    """Like `kept_verb`, without verbs of doing: what goes before a noun that stands behind the figure."""
    verb = kept_verb(noun)
    return "" if verb in _DROPPED_SET else verb


def doing(name: str) -> bool:
    """Whether a name begins with a verb of doing (带动就业)."""
    return _DROPPED.match(name) is not None


def opening_verb(subject: str) -> str:
    """The kept verb that a subject begins with."""
    m = _KEPT.match(subject)
    return m.group() if m else ""


def topic(clause: str) -> str:
    """What a clause speaks of, by the noun before its adverb: 经营主体持续壮大 → 经营主体; empty where there is none."""
    m = _TOPIC.match(opened(clause))
    noun = clean(m.group(1)) if m else ""
    return "" if not noun or verbal(noun) else noun


_DROPPED_SET = frozenset(_WORDS["dropped"])
_KEPT_SET = frozenset(_WORDS["kept"])


@lru_cache(maxsize=65536)
def behind(text: str) -> str:
    """The noun that begins right behind a figure, up to the next stop; empty where the sentence goes on otherwise."""
    text = text.lstrip(" \u200b")
    if text[:1] == "的":
        text = text[1:]
    text = _NOUN_BRACKET.sub("", text) if "（" in text else text
    m = _STOP.search(text)
    runs_on = m is None
    text = text[: m.start()] if m else text
    served = _SERVING.match(text)
    if served:
        text = served.group(1)
    if not text or _PLACE_END.match(text) or (_CONTINUES.match(text) and not _CONTINUES_NOT.match(text)):
        return ""
    m = _MODAL.search(text, 2)
    text = text[: m.start()] if m else text
    if text.count("”") > text.count("“"):
        text = text[: text.find("”")]  # the quotation began before the figure
    stated = _OF_ALL.match(text)
    if stated:
        return clean(stated.group(1))  # 203个断面水质优良率达100%: the next figure's noun
    text = _BECOMES.sub("", text)
    if text[-1:] in ("为", "到", "至", "成", "达", ""):
        return ""
    text = _AND.sub("", text)
    if text[-1:] in ("中", "里") and not _INSIDE.search(text):
        text = text[:-1]
    brings = _BRINGS.search(text, 2) if runs_on else None
    text = text[: brings.start()] if brings else text  # 150幢楼宇实现税收…: the next figure's
    for m in _FILL.finditer(text, 2):
        text = text[: m.start()] + text[m.end() :]
        break
    text = _GIVEN.sub("", text, 1)
    if len(text) > _LONG:  # 有需求且符合条件的残疾人家庭实施无障碍改造
        text = text[text.rfind("的", 0, min(_LONG - 4, len(text) - 4)) + 1 :][:_LONGEST]
    return _balanced(text.strip(_TAIL_JUNK))


def thing(behind: str) -> str:
    """Of the words behind a sum or a length the thing alone: 母基金投运 → 母基金, 实施安居工程 → 安居工程."""
    m = _HAPPENS.search(behind, 2)
    return clean(behind[: m.start()] if m else behind)


@lru_cache(maxsize=4096)
def event(text: str) -> str:
    """What happened to the figure's things, where no noun is said: 6471户实现脱贫 → 脱贫."""
    m = _STOP.search(text)
    text = (text[: m.start()] if m else text).strip(_TAIL_JUNK)
    m = _FILL.match(text)
    text = text[m.end() :] if m else text
    return text if 2 <= len(text) <= _LONG and text[-1] not in "为到至达" and not _GOES_ON.match(text) else ""


def moved(noun: str) -> bool:
    """Whether `noun` is a word of rising or falling only: 产量保持20%以上增长、达9艘."""
    return noun in _MOVES


def graded(noun: str) -> bool:
    """Whether `noun` is a grade only (国家级): its thing is named behind the next figure of the list."""
    return 2 <= len(noun) <= _GRADE and noun.endswith(_GRADES)


def of_grade(noun: str) -> str:
    """The thing of a graded noun: 省级重点专科 → 重点专科; empty where there is no grade."""
    m = _GRADED.match(noun)
    return noun[m.end() :] if m else ""


def level(noun: str) -> bool:
    """Whether `noun` is a level of government only (市级)."""
    return noun in _LEVELS


def of_level(noun: str, before: str) -> str:
    """A level's part of what was said before: 县级 + 市级税收 → 县级税收."""
    other = next((o for o in sorted(_LEVELS, key=len, reverse=True) if before.startswith(o)), "")
    return noun + before.removeprefix(other)


def listed_head(sentence: str) -> tuple[int, str]:
    """(where a list begins, what it measures) of 主要产品产量：水泥…; (−1, "") without one."""
    m = _LISTED.search(sentence) if ":" in sentence else None
    return (m.end(), m.group(1)) if m else (-1, "")


def items(noun: str) -> list[str]:
    """The parts of a list whose later ones begin with a verb of their own: 预算评审、压减资金; not two verbs of one object (新建、改建公路)."""
    pieces = _apart(_ITEM, noun)
    while len(pieces) > 1 and verbal(pieces[-2]):
        pieces[-2:] = [pieces[-2] + "、" + pieces[-1]]
    return pieces


def _apart(pattern: re.Pattern[str], text: str) -> list[str]:
    """`text` split at what `pattern` matches outside quotation marks: “春游、夏品”活动 is one thing."""
    if "“" not in text:
        return pattern.split(text)
    pieces, start = [], 0
    for m in pattern.finditer(text):
        if text.count("“", 0, m.start()) == text.count("”", 0, m.start()):
            pieces.append(text[start : m.start()])
            start = m.end()
    return [*pieces, text[start:]]


def unmeasured(noun: str) -> str:
    """The thing alone of a name that ends in one of its sizes: 重点项目总投资 → 重点项目."""
    size = next((d for d in _MEASURED if noun.endswith(d) and len(noun) > len(d) + 1), "")
    return noun.removesuffix(size)


def sized(noun: str) -> bool:
    """Whether `noun` ends in works that a size may stand before: 9万吨乙烯项目."""
    return noun.endswith(_SIZED)


def headed(noun: str) -> bool:
    """Whether `noun` ends in the head of an indicator's name (出口额, 产量)."""
    return _HEAD.match(noun[::-1]) is not None


def dependent(noun: str) -> bool:
    """Whether `noun` names nothing by itself (总量, 增加值, 在校生)."""
    return noun in _DEPENDENT or graded(noun)


def attach(noun: str, before: str) -> str:
    """A dependent noun joined to the subject said before: 新增上市公司 + 总量 → 上市公司总量; 普通高中招生 + 在校生 → 普通高中在校生."""
    for group in _GROUPS:
        if noun in group:
            for other in sorted(group, key=len, reverse=True):
                rest = before.removeprefix(other)
                if rest != before and (rest in _BARE or sized(rest)):
                    return noun + rest  # 新开工项目 + 竣工 → 竣工项目
                if before.endswith(other) and len(before) > len(other):
                    return before[: -len(other)] + noun
    if before and graded(noun):  # 科技项目56项，其中国家级3项
        base = _GRADED.sub("", before[len(opening_verb(before)) :])
        return noun + base if not base.endswith(noun) else base
    if not dependent(noun) or (noun.endswith("率") and before.endswith("率")):
        return noun
    verb = opening_verb(before)
    base = _LINKS.sub("", before[len(verb) :], 1) if verb and len(before) - len(verb) >= 2 else before  # 新建和改造农田
    base = base.removeprefix("各类")
    base = unmeasured(base) if noun in _MEASURED else base  # 二期工程全长 + 总投资
    if base.endswith(noun):
        return base
    return base + noun if len(base) + len(noun) <= 2 * _LONG else noun


def shared(noun: str, count: int) -> list[str]:
    """The subjects of `count` figures under 分别, one each; empty where the parts do not match the figures."""
    noun = noun.partition("分别")[0] or noun
    for both, named in _BOTH.items():
        if count == len(named) and both in noun and not JOIN.search(noun.replace(both, "")):
            return [clean(noun.replace(both, one, 1)) for one in named]
    parts = [p.strip(_TAIL_JUNK) for p in _apart(JOIN, _ETC.sub("", noun))]
    parts = [p for p in parts if p]
    if len(parts) != count or count < 2:
        return []
    parts[0] = clean(parts[0])
    return [clean(p) for p in _spread(parts)]


def _spread(parts: list[str]) -> list[str]:
    """Gives every part the words it shares with its neighbours: a head said once at the end, or a modifier said once at the start."""
    first, last = parts[0], parts[-1]
    if any(_KEPT.match(p) for p in parts[1:]):
        return parts  # 货值、新增企业、销售额: each has its own verb, so no head is shared
    head, found = _HEAD.match(last[::-1]), _HEAD.match(first[::-1])
    if head and found and last[: -head.end()].endswith(first[-found.end() :]):
        found = None  # 新兴产业、高技术产业增加值: the parts are alike before the head, so the head is shared
    if (
        head
        and len(last) > head.end()
        and (len(first) <= 2 or not found)
        and (head.end() > 1 or len(parts) == 2 or min(len(first), len(last) - 3) <= 2)
    ):
        tail = last[-head.end() :]
        own = last[: -head.end()]
        extra = ""
        if len(first) <= 2 and len(own) > len(first) + 1:
            middle = _MIDDLE.search(own, 2)
            extra = own[middle.start() :] if middle else own[len(first) :] if len(own) % 2 == 0 else ""
        return [p + extra + tail if not p.endswith(tail) else p for p in parts[:-1]] + [last]
    if found and len(first) > found.end():
        modifier = first[: -found.end()]
        if found.end() == 1 and len(first) > 5 and all(len(p) == 3 and _HEAD.match(p[::-1]) for p in parts[1:]):
            return [first] + [first[:-3] + p for p in parts[1:]]  # 合同登记数、成交额 → 合同成交额
        return [first] + [modifier + p if _bare(p) else p for p in parts[1:]]
    return parts


def _bare(part: str) -> bool:
    """Whether a part is a head without a modifier of its own."""
    m = _HEAD.match(part[::-1])
    return m is not None and len(part) - m.end() <= min(2, m.end()) and len(part) <= 4
