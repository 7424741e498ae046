"""Decisions replayed: links made, undone and redone, subjects assigned, figures settled; what no longer applies is listed and changes nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from orchestration.catalogue import Catalogue
from orchestration.catalogue.fitting import fits
from orchestration.contracts.corrections import Corrections
from orchestration.contracts.ledger import Links
from orchestration.contracts.observations import Subjects
from orchestration.contracts.reviews import Reviews
from orchestration.lake import Lake
from orchestration.reviewing.events import Event, record
from orchestration.stages.cataloguing import catalogue_subjects
from orchestration.stages.correcting import correct, current_claims
from orchestration.stages.linking import link_targets
from orchestration.stages.reviewing import replay
from tests.stages.reports import linked, pair

AREA = next(code for code, i in Catalogue.load().indicators.items() if fits(i, "亩", "level"))
NOON = datetime(2025, 2, 1, 4, tzinfo=UTC)
TARGET = "新建荧光步道驿站12处，培训驻村农艺顾问300名。"
RESULT = "新建荧光步道驿站13处，辅导农技骨干310名，财政补助茶苗26亩。"


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return linked(tmp_path / "lake", pair(1, TARGET, RESULT))


def claims(lake: Lake) -> dict[str, dict]:
    """Claims by their quotes."""
    return {row["quote"]: row for row in current_claims(lake).collect().to_dicts()}


def ids(lake: Lake, *quotes: str) -> tuple[str, ...]:
    return tuple(claims(lake)[quote]["claim_id"] for quote in quotes)


def built(lake: Lake, raw: Path, *events: Event) -> dict[str, int]:
    """The stages that heed reviews, run as a build runs them, with `events` recorded."""
    for event in events:
        record(raw, event)
    correct(raw, lake, print)
    done = replay(raw, lake, print)
    catalogue_subjects(lake)
    link_targets(lake)
    return done


def pairs(lake: Lake) -> dict[tuple[str, str], tuple[str, str | None]]:
    """(quote of the target, of the result) → (matched_by, review_id)."""
    quote = {row["claim_id"]: row["quote"] for row in claims(lake).values()}
    rows = lake.read(Links).collect().to_dicts()
    return {(quote[r["target_claim_id"]], quote[r["statement_id"]]): (r["matched_by"], r["review_id"]) for r in rows}


def link(lake: Lake, decision: str, target: str, statement: str, number: int = 1, **stated: str) -> Event:
    return Event(f"e{number}", NOON + timedelta(seconds=number), "甲", "link", ids(lake, target, statement), decision, "读过原文", **stated)  # type: ignore[arg-type]


def test_without_decisions_nothing_changes(lake: Lake, tmp_path: Path) -> None:
    before = pairs(lake)
    assert before == {("12处", "13处"): ("subject", None)}
    assert built(lake, tmp_path) == {"reviews": 0, "stale reviews": 0}
    assert pairs(lake) == before


def test_an_accepted_link_counts_and_a_rejected_one_is_gone(lake: Lake, tmp_path: Path) -> None:
    built(lake, tmp_path, link(lake, "accept", "300名", "310名", 1), link(lake, "reject", "12处", "13处", 2))
    assert pairs(lake) == {("300名", "310名"): ("review", "e1")}


def test_a_corrected_link_leads_elsewhere(lake: Lake, tmp_path: Path) -> None:
    built(lake, tmp_path, link(lake, "correct", "300名", "13处", 1, result=ids(lake, "310名")[0]))
    assert pairs(lake) == {("12处", "13处"): ("subject", None), ("300名", "310名"): ("review", "e1")}


def test_the_later_decision_speaks_and_the_earlier_says_so(lake: Lake, tmp_path: Path) -> None:
    built(lake, tmp_path, link(lake, "accept", "300名", "310名", 2), link(lake, "reject", "300名", "310名", 1))
    assert pairs(lake)["300名", "310名"] == ("review", "e2")
    rows = lake.read(Reviews, ["event_id", "superseded_by", "problem"]).collect().rows()
    assert rows == [("e1", "e2", None), ("e2", None, None)]


def test_what_is_gone_or_cannot_be_is_listed_and_changes_nothing(lake: Lake, tmp_path: Path) -> None:
    before = pairs(lake)
    gone = link(lake, "reject", "12处", "13处", 1)
    events = [
        replace(gone, key=("no such", gone.key[1])),
        link(lake, "accept", "13处", "12处", 2),
        link(lake, "accept", "12处", "300名", 3),
        link(lake, "accept", "12处", "26亩", 4),
        Event("e5", NOON, "甲", "subject", ("荧光码头", "处", "level"), "reject", "不是指标"),
        Event("e6", NOON, "甲", "subject", ("财政补助茶苗", "平方米", "level"), "correct", "是它", indicator="no_such_code"),
        Event("e7", NOON, "甲", "subject", ("财政补助茶苗", "平方米", "level"), "correct", "是它", indicator="gdp"),
        Event("e8", NOON, "甲", "conflict", ("x", "y"), "accept", "都对"),
    ]
    assert built(lake, tmp_path, *events) == {"reviews": 8, "stale reviews": 7}
    problems = dict(lake.read(Reviews, ["event_id", "problem"]).collect().iter_rows())
    assert [n for n, problem in problems.items() if problem is None] == ["e6"]  # the later of e6 and e7 speaks
    assert "no such any more" in problems["e1"]
    assert "no target" in problems["e2"]
    assert "stated as one" in problems["e3"]
    assert "平方米" in problems["e4"]
    assert "荧光码头" in problems["e5"]
    assert "no figure of gdp" in problems["e7"]
    assert pairs(lake) == before


def test_an_assigned_subject_is_an_alias_in_every_region_and_unit_of_the_kind(tmp_path: Path) -> None:
    lake = linked(tmp_path / "lake", [*pair(1, TARGET, RESULT), *pair(2, "财政补助茶苗500亩。", "财政补助茶苗3公顷。")])
    subject = claims(lake)["26亩"]["subject"]
    assert {code for s, code in lake.read(Subjects, ["subject", "indicator_code"]).collect().iter_rows() if s == subject} == {None}
    event = Event("e1", NOON, "甲", "subject", (subject, "平方米", "level"), "correct", "就是茶园", indicator=AREA)
    assert built(lake, tmp_path, event)["stale reviews"] == 0
    assigned = [
        (u, c, how)
        for s, u, c, how in lake.read(Subjects, ["subject", "unit", "indicator_code", "matched_how"]).collect().iter_rows()
        if s == subject
    ]
    assert sorted(assigned) == [("亩", event.indicator, "review"), ("公顷", event.indicator, "review")]
    for file in (tmp_path / "reviews").iterdir():
        file.unlink()
    built(lake, tmp_path)
    assert {code for s, code in lake.read(Subjects, ["subject", "indicator_code"]).collect().iter_rows() if s == subject} == {None}


def test_a_figure_settled_corrects_the_side_that_is_wrong(tmp_path: Path) -> None:
    first, second = pair(1, TARGET, "财政补助茶苗26亩。")
    third = replace(second, id="990001-news", text="2024年，财政补助茶苗62亩。", published_on=second.published_on + timedelta(days=9))
    lake = linked(tmp_path / "lake", [first, second, third])
    wrong, right = claims(lake)["62亩"], claims(lake)["26亩"]
    event = Event(
        "e1", NOON, "甲", "conflict", (right["claim_id"], wrong["claim_id"]), "correct", "印反了", value=right["value_base"], unit="平方米"
    )
    assert built(lake, tmp_path, event) == {"reviews": 1, "stale reviews": 0}
    now = claims(lake)
    assert (now["62亩"]["value"], now["26亩"]["value"]) == (Decimal(26), Decimal(26))
    assert "corrected:value" in now["62亩"]["rules"]
    assert "corrected:value" not in now["26亩"]["rules"]
    rows = lake.read(Corrections, ["file", "quote", "expected", "reason", "problem"]).collect().rows()
    assert rows == [("reviews/2025-02-01.yml", "62亩", "62.000000000000", "印反了", None)]


def test_any_order_and_a_fresh_lake_give_the_same(lake: Lake, tmp_path: Path) -> None:
    events = [
        link(lake, "reject", "12处", "13处", 1),
        link(lake, "accept", "300名", "310名", 2),
        link(lake, "reject", "300名", "310名", 3),
        link(lake, "accept", "12处", "13处", 4),
    ]
    built(lake, tmp_path, *events)
    other = linked(tmp_path / "other", [*reversed(pair(1, TARGET, RESULT))])
    again = tmp_path / "again"
    again.mkdir()
    built(other, again, *reversed(events))
    for table in (Links, Reviews, Subjects):
        assert lake.read(table).collect().equals(other.read(table).collect()), table
    assert pairs(lake) == {("12处", "13处"): ("review", "e4")}


def test_a_result_is_known_after_its_target(lake: Lake, tmp_path: Path) -> None:
    """However the years run: a figure of an earlier document is no result, whoever says so."""
    first, second = pair(1, TARGET, RESULT)
    earlier = replace(first, id="990001-before", text="2023年，辅导农技骨干290名。", published_on=first.published_on - timedelta(days=9))
    lake = linked(tmp_path / "three", [first, second, earlier])
    event = link(lake, "correct", "300名", "310名", 1, result=ids(lake, "290名")[0])
    assert built(lake, tmp_path, event)["stale reviews"] == 1
    assert "known after" in lake.read(Reviews, ["problem"]).collect().item()
    assert ("300名", "290名") not in pairs(lake)
