"""The years that a document's words of time count from, by its headings, publication date, title, report_year and body."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date

from orchestration.extraction.isoperiods import DAY, GAP, MONTH, YEAR, day_of, plan_years, year_of
from orchestration.extraction.layout import ZERO, Layout
from orchestration.extraction.model import Context
from orchestration.extraction.words import alternation
from orchestration.lexicon import load

_WORDS = load("periods")
PLANS = re.compile(alternation(_WORDS["plan_words"]))
REVIEWS = re.compile(alternation(_WORDS["review_words"]))
_TITLE_YEAR = re.compile(rf"({YEAR}){GAP}年?(?!远景|[-/.]\d|\d{{1,2}}月\d)")
_DATE = re.compile(rf"((?:19|20)\d\d)(?:{GAP}年{GAP}({MONTH}){GAP}月{GAP}({DAY})|([-/.])({MONTH})\4({DAY}))(?!\d)")
_TITLE_PLANS = re.compile(alternation(_WORDS["title_plans"]))
_TITLE_REVIEWS = re.compile(alternation([*_WORDS["title_reviews"], *_WORDS["review_words"]]))
# no work report: it is named by the year it is given in
_TOLD_OF = re.compile(rf"(?:(?!工作报告|[（(]|\d{{4}}).){{0,30}}?{_TITLE_REVIEWS.pattern}")
_YEARS_OF_PLAN = re.compile(
    '第?(十?[一二三四五六七八九])个?五年?(?=[”"]?(?:规划|计划|年规划|年计划|发展))|“?(十?[一二三四五六七八九]五)”?(?=[^，。]{0,24}规划)'
)
_AIMED_YEAR = re.compile(rf"({YEAR}){GAP}年[^，。；\d]{{0,16}}(?:预期目标|主要目标|奋斗目标)(?:是|为|:|如下)")


@dataclass(frozen=True, slots=True)
class Anchor:
    """What words of time count from: `this` year (of publication), the `reviewed` year, the `planned` year; null where nothing tells."""

    this: int | None
    reviewed: int | None
    planned: int | None
    default: str | None
    published: date | None = None


def anchor_of(layout: Layout, context: Context) -> Anchor:
    """The years that the document's words of time count from, by its headings, publication date, title, report_year and body, in this order."""
    head = layout.normal[:600]
    title = (context.title or "") + " " + " ".join(layout.normal[a:b] for a, b in layout.lines[:8] if b - a < 60)
    first = next((line for a, b in layout.lines[:8] if (line := layout.normal[a:b].strip(" " + ZERO)) and b - a < 60), "")
    published = context.published_on or _dated(head)
    genre = context.genre or ("communique" if "公报" in title else "work_report" if "报告" in title or "各位代表" in head else "news")
    reviewed, planned = _headed_years(layout)
    if reviewed is None:
        told, set_for = _titled_years(context.title or first, published)
        if planned is None or (told and told < planned):
            reviewed, planned = told, planned or set_for
    named = _TITLE_YEAR.search(context.title or title)
    titled = year_of(named.group(1)) if named else None
    if genre == "communique":
        reviewed = context.report_year or titled or reviewed or (published.year - 1 if published else None) or _commonest(layout)
        return Anchor(reviewed, reviewed, None, text_of(reviewed), published)
    if genre in ("news", "press"):
        return _of_news(layout, context, published, reviewed, planned)
    if reviewed is None and planned is not None:
        reviewed = planned - 1
    if reviewed is None and published:
        reviewed = published.year if published.month >= 10 else published.year - 1
    if reviewed is None and titled:
        reviewed = (
            context.report_year
            if context.report_year in (titled, titled - 1) and _reviews_year(layout, context.report_year)
            else titled - 1
        )
    if reviewed is None and context.report_year is None and (aimed := _AIMED_YEAR.search(layout.normal, 0, 20_000)):
        reviewed = year_of(aimed.group(1)) - 1
    reviewed = reviewed or context.report_year or _commonest(layout)
    planned = planned or (reviewed + 1 if reviewed else None)
    this = reviewed if published and published.year == reviewed else planned
    return Anchor(this, reviewed, planned, text_of(context.report_year or reviewed), published)


def _titled_years(title: str, published: date | None) -> tuple[int | None, int | None]:
    """(reviewed, planned) years by what the title says of its year: that it sets tasks (2025年民生实事), or tells what came of it (2021年上半年…情况)."""
    if plan := _five_years(title):
        return plan[0] - 1, plan[0]
    named = _TITLE_YEAR.search(title)
    if named is None:
        return None, None
    year = year_of(named.group(1))
    if _sets_tasks(title, year, published):
        return year - 1, year
    return (year, None) if _TOLD_OF.match(title, named.end()) and not PLANS.search(title, named.end()) else (None, None)


def _sets_tasks(title: str, year: int, published: date | None) -> bool:
    late = published is not None and published > date(year, 10, 1)
    return _TITLE_PLANS.search(title) is not None and not _TITLE_REVIEWS.search(title) and not late


def _five_years(title: str) -> tuple[int, int] | None:
    """First and last year of the five-year plan that a title is of; null for another title, or one that looks back."""
    named = _YEARS_OF_PLAN.search(title)
    if named is None or _TITLE_REVIEWS.search(title.replace("草案", "")):
        return None
    return plan_years(named.group(2) or named.group(1) + "五")


def tasks_of(title: str, anchor: Anchor) -> str | None:
    """The period that a title sets tasks for: the years of a five-year plan, or the planned year; null for another title."""
    if plan := _five_years(title):
        return f"{plan[0]}/{plan[1]}"
    named = _TITLE_YEAR.search(title)
    if named and anchor.planned == year_of(named.group(1)) and _sets_tasks(title, anchor.planned, anchor.published):
        return str(anchor.planned)
    return None


def _reviews_year(layout: Layout, year: int) -> bool:
    """Whether the text says that it looks back on `year`."""
    return re.search(rf"(?:回顾|过去的?){year}年|{year}年(?:的)?(?:工作)?(?:回顾|总结|完成)", layout.normal[:20000]) is not None


def _of_news(layout: Layout, context: Context, published: date | None, reviewed: int | None, planned: int | None) -> Anchor:
    this = published.year if published else None
    if reviewed is None:
        reviewed = context.report_year
    if reviewed is None and published and published.month <= 2:
        reviewed = _commonest(layout, published.year - 1, published.year) or published.year - 1
    if reviewed is None:
        reviewed = this or _commonest(layout)
    this = this or reviewed
    return Anchor(this, reviewed, planned or (reviewed + 1 if reviewed else None), text_of(reviewed), published)


def _dated(head: str) -> date | None:
    m = _DATE.search(head)
    day = day_of(int(m.group(1)), int(m.group(2) or m.group(5)), int(m.group(3) or m.group(6))) if m else None
    return date.fromisoformat(day) if day else None


def _headed_years(layout: Layout) -> tuple[int | None, int | None]:
    """(reviewed, planned) years that headings name: 一、2024年工作回顾, 三、2025年重点工作."""
    reviewed = planned = None
    for section in layout.sections:
        if section.level > 3 or not section.title:
            continue
        m = re.search(rf"({YEAR}){GAP}年(?!以来)", section.title)
        if not m:
            continue
        if REVIEWS.search(section.title):
            reviewed = reviewed or year_of(m.group(1))
        elif PLANS.search(section.title):
            planned = planned or year_of(m.group(1))
    if reviewed and planned and not 0 < planned - reviewed <= 5:
        planned = None
    return reviewed, planned


def _commonest(layout: Layout, *among: int) -> int | None:
    """The year the text names most often (the later of equals)."""
    years = Counter(int(y) for y in re.findall(rf"(?<!\d)((?:19|20)\d\d){GAP}年", layout.normal[:100_000]))
    if among:
        return max(among, key=lambda y: (years[y], -y)) if any(years[y] for y in among) else None
    return max(years, key=lambda y: (years[y], y)) if years else None


def text_of(year: int | None) -> str | None:
    """A year as an ISO period."""
    return str(year) if year else None
