"""Linking as a whole: no order of documents matters, no later document changes an earlier link, one figure has one result at most."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from orchestration.ledger import Said, link

SUBJECTS = ["新建荧光步道驿站", "荧光步道", "改造滨河棚屋片区", "滨河棚屋片区", "驻村农艺顾问", "农艺顾问下乡服务", "柔性制造工程师"]
DAYS = [date(2024, 1, 20), date(2024, 2, 3), date(2025, 1, 18), date(2025, 1, 25), None]


def said(id: str, **fields: object) -> Said:
    """A statement of an invented place, with what the case leaves open filled in."""
    defaults: dict[str, object] = {
        "kind": "claim",
        "document_id": "d",
        "region_code": "990001",
        "period": "2024",
        "known_from": date(2025, 1, 18),
        "genre": "work_report",
        "subject": "新建荧光步道驿站",
        "unit": "处",
        "measure": "level",
    }
    return Said(id=id, **(defaults | fields))  # type: ignore[arg-type]


@st.composite
def statements(draw: st.DrawFn) -> tuple[list[Said], list[Said]]:
    """Targets and results of a few documents of one or two places."""

    def some(prefix: str, **fields: object) -> list[Said]:
        documents = draw(st.lists(st.tuples(st.sampled_from(["990001", "990002"]), st.sampled_from(DAYS)), min_size=1, max_size=3))
        made = []
        for number, (region, day) in enumerate(documents):
            for place, subject in enumerate(draw(st.lists(st.sampled_from(SUBJECTS), max_size=5))):
                codes = draw(st.sampled_from([(), (), ("stations",)]))
                where = {"document_id": f"{prefix}{number}", "region_code": region, "known_from": day, "start": place}
                made.append(said(f"{prefix}{number}-{place}", subject=subject, near=subject, indicator_codes=codes, **where, **fields))
        return made

    return some("t", genre="work_report"), some("r") + some("w", outcome="met", unit=None, measure=None)


@given(statements(), st.randoms(use_true_random=False))
def test_order_does_not_matter(given_: tuple[list[Said], list[Said]], rng: random.Random) -> None:
    targets, results = given_
    assert link(rng.sample(targets, len(targets)), rng.sample(results, len(results))) == link(targets, results)


@given(statements())
def test_links_of_two_documents_need_no_third(given_: tuple[list[Said], list[Said]]) -> None:
    """What is linked when all documents are there is what is linked when any two of them are: so nothing that comes later changes it."""
    targets, results = given_
    together = link(targets, results)
    apart = [
        found
        for t in sorted({t.document_id for t in targets})
        for r in sorted({r.document_id for r in results})
        for found in link([s for s in targets if s.document_id == t], [s for s in results if s.document_id == r])
    ]
    assert sorted(apart, key=lambda k: (k.target_id, k.result_id)) == together


@given(statements())
def test_a_result_is_known_after_its_target(given_: tuple[list[Said], list[Said]]) -> None:
    targets, results = given_
    day = {s.id: s.known_from or date.max for s in (*targets, *results)}
    region = {s.id: s.region_code for s in (*targets, *results)}
    for found in link(targets, results):
        assert day[found.target_id] < day[found.result_id]
        assert region[found.target_id] == region[found.result_id]


TARGET = said("t", document_id="t", known_from=date(2024, 1, 20))


def matched(*results: Said) -> dict[str, str]:
    return {k.result_id: k.matched_by for k in link([TARGET], results)}


def test_the_likest_takes_the_target() -> None:
    near, far = said("near", subject="新建荧光步道驿站点"), said("far", subject="荧光步道驿站用品")
    assert matched(near, far) == {"near": "subject"}


def test_a_report_with_two_figures_as_like_leaves_it_open() -> None:
    assert set(matched(said("a", subject="新建北岸荧光步道驿站"), said("b", subject="新建南岸荧光步道驿站")).values()) == {"review"}


def test_likeness_is_not_asked_of_the_press() -> None:
    assert matched(said("a", subject="新建荧光步道驿站点", genre="news")) == {}
    assert matched(said("a", genre="news")) == {"a": "subject"}


def test_the_last_day_of_the_year_is_the_year_but_not_for_a_mean() -> None:
    stock = replace(TARGET, indicator_codes=("metro_length",), unit="公里")
    mean = replace(TARGET, indicator_codes=("pm25",), unit="微克/立方米")
    for target, links in ((stock, 1), (mean, 0)):
        result = replace(target, id="r", document_id="r", known_from=date(2025, 1, 18), period="2024-12-31")
        assert len(link([target], [result])) == links


def test_scope_unit_and_measure_must_agree() -> None:
    for change in ({"scope": "中心城区"}, {"unit": "公里"}, {"measure": "growth"}, {"period": "2021/2025"}, {"region_code": None}):
        assert matched(replace(TARGET, id="r", document_id="r", known_from=date(2025, 1, 18), **change)) == {}
    assert matched(said("座", unit="座")) == {"座": "subject"}
