"""Decisions by the command: recorded in the landing folder, applied by the next build, and the same again from nothing."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
import yaml

from orchestration.lexicon import read_yaml
from tests.pipeline.conftest import Place

pytestmark = pytest.mark.slow
BY = ("--by", "督查员", "--reason", "两份报告都看过")


@pytest.fixture
def place(own: Place) -> Place:
    """Two reports and a news item of one place: a doubtful link, a conflict, subjects that nobody knows."""
    articles = own.raw / "articles"
    (articles / "report.txt").write_text(
        "2023年，全区新增萤火步道9条。\n\n二、2024年工作安排\n培训驻村农艺顾问300名，新建荧光步道驿站12处。\n", encoding="utf-8"
    )
    (articles / "next.txt").write_text("2024年，辅导农技骨干310名，新建荧光步道驿站13处，地区生产总值完成812亿元。\n", encoding="utf-8")
    (articles / "news.txt").write_text("2024年，全区地区生产总值完成821亿元。\n", encoding="utf-8")
    for name, day, year, genre in (("next", "2025-01-10", 2024, "work_report"), ("news", "2025-03-01", 2024, "news")):
        text = (
            f"title: 某区{name}\npublished_on: {day}\nregion_code: '420103'\ngenre: {genre}\nreport_year: {year}\nsource_tier: official\n"
        )
        (articles / f"{name}.source.yml").write_text(text, encoding="utf-8")
    done = own.run("build")
    assert done.returncode == 0, done.stderr
    return own


def queue(place: Place, kind: str) -> list[dict]:
    return [json.loads(line) for line in place.run("review", "--kind", kind, "--format", "json").stdout.splitlines()]


def marts(place: Place) -> dict[str, list[tuple]]:
    """Every public table but what tells when it was made."""
    tables = place.sql("select schema_name, table_name from duckdb_tables() where schema_name in ('core', 'marts') order by all")
    left_out = {
        "dim_document": "ingested_at",
        "document_source": "first_seen, last_seen",
        "quarantine": "seen_at",
        "review": "file",
        "correction": "file",
    }
    kept = {t: f" exclude ({columns})" for t, columns in left_out.items()}
    return {t: place.sql(f"select *{kept.get(t, '')} from {s}.{t} order by all") for s, t in tables}


def test_decisions_are_applied_and_replay_to_the_same_marts(place: Place) -> None:
    quotes = dict(place.sql("select quote, claim_id from core.fct_claim"))
    (conflict,) = queue(place, "conflict")
    assert {conflict["said"], conflict["other_said"]} == {"812亿元", "821亿元"}
    subject = next(q for q in queue(place, "subject") if "农艺顾问" in q["subject"])
    for arguments in (
        ("reject", subject["review_id"]),
        ("correct", conflict["review_id"], "--value", "81200000000"),
        ("reject", quotes["12处"]),  # the link that the release shows, by its target
        ("correct", conflict["review_id"], "--value", "82100000000"),
        ("accept", conflict["review_id"]),
    ):
        done = place.run("review", *arguments, *BY)
        assert done.returncode == 0, done.stderr
    for arguments, says in (
        (("accept", "link-nowhere"), "nothing to decide is called link-nowhere"),
        (("accept", subject["review_id"]), "cannot be accepted"),
        (("correct", conflict["review_id"]), "give --value"),
        (("correct", conflict["review_id"], "--value", "many"), "no number"),
        (("correct", subject["review_id"], "--indicator", "no_such"), "no no_such"),
        (("correct", subject["review_id"], "--indicator", "gdp"), "no figure of gdp"),
    ):
        done = place.run("review", *arguments, *BY)
        assert (done.returncode, len(done.stderr.strip().splitlines())) == (1, 1), done.stderr
        assert says in done.stderr
    done = place.run("build")
    assert done.returncode == 0, done.stderr
    assert queue(place, "conflict") == []
    assert place.sql("select resolution, resolution_reason from marts.conflict") == [("accept", BY[3])]
    assert place.sql(f"select result_claim_id, verdict from marts.commitment where claim_id = '{quotes['12处']}'") == [(None, "unreported")]
    assert subject["subject"] not in {q["subject"] for q in queue(place, "subject")}
    assert place.sql("select decision, applied from core.review where kind = 'conflict' order by decided_at") == [
        ("correct", False), ("correct", False), ("accept", True),
    ]  # fmt: skip
    once = marts(place)
    # The same events, each in a file of its own and named backwards, and nothing left of what was built.
    folder = place.raw / "reviews"
    events = [event for file in folder.iterdir() for event in read_yaml(file)]
    shutil.rmtree(folder)
    folder.mkdir()
    for n, event in enumerate(reversed(events)):
        (folder / f"{n}.yml").write_text(yaml.safe_dump([event], allow_unicode=True), encoding="utf-8")
    shutil.rmtree(place.home)
    assert place.run("build").returncode == 0
    assert marts(place) == once


def test_a_stale_decision_warns_and_a_bad_one_blocks(place: Place) -> None:
    (conflict,) = queue(place, "conflict")
    assert place.run("review", "correct", conflict["review_id"], "--value", "81200000000", *BY).returncode == 0
    assert place.run("build").returncode == 0
    assert place.sql("select distinct value from marts.economy where indicator_code = 'gdp' and period = '2024' and value is not null") == [
        (81_200_000_000,)
    ]
    assert place.sql("select count(*) from marts.conflict") == [(0,)]
    assert place.sql("select file, problem from core.correction")[0][0].startswith("reviews/")
    (place.raw / "articles" / "news.txt").unlink()
    done = place.run("build")
    assert done.returncode == 0, done.stderr
    assert "reviews_still_hold" in done.stdout
    assert "no document states" in place.sql("select problem from core.review")[0][0]
    before = place.release
    Path(place.raw / "reviews" / "bad.yml").write_text("- {kind: rumour}", encoding="utf-8")
    done = place.run("build")
    assert done.returncode == 1
    assert "reviews/bad.yml, event 1" in done.stderr.strip().splitlines()[-1]
    assert place.release == before
