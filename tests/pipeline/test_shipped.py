"""The main job on the shipped raw/: what a new user gets, asked as an analyst asks."""

from __future__ import annotations

import csv
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from orchestration.lexicon import read_yaml
from tests.conftest import ROOT
from tests.pipeline.conftest import Place

CONTRACT = {
    "core.dim_document": "document_id source_path source_url sha256 media_type title publisher published_on known_from region_code genre source_tier report_year ingested_at text",
    "core.document_source": "source_path document_id sha256 source_tier first_seen last_seen",
    "core.quarantine": "source_path sha256 reason_code reason seen_at",
    "core.fct_claim": "claim_id document_id char_start char_end quote value value_high unit value_base unit_base comparator measure status vintage price_basis period"
    " period_start period_end subject indicator_code theme topic region_code scope sentence_start sentence_end section extractor_version",
    "core.fct_numeral": "document_id char_start char_end reason",
    "core.fct_standing": "document_id char_start char_end quote type value scope subject period theme topic",
    "core.fct_milestone": "document_id char_start char_end quote date what",
    "core.fct_project": "document_id char_start char_end quote name status period theme topic",
    "core.fct_outcome": "document_id char_start char_end quote subject period status outcome",
    "core.fct_observation": "observation_id document_id sheet cell region_code indicator_code subject period measure value unit value_base unit_base",
    "core.dim_region": "region_code name short_name level parent_code valid_from valid_to successor_code",
    "core.dim_period": "period",
    "core.dim_indicator": "indicator_code name_zh name_en theme topic unit direction plausible_low plausible_high definition",
    "marts.commitment": "claim_id target_group region_code region_name indicator_code indicator_name subject theme topic period target_value target_value_high"
    " target_comparator unit measure responsible deadline target_quote target_document_id result_claim_id result_observation_id result_value result_quote"
    " result_document_id matched_by match_score verdict rule",
    "marts.scorecard": "region_code year theme met missed share_met",
    "marts.conflict": "kind",
    "marts.revision": "known_from known_to",
    "marts.uncatalogued": "subject",
} | dict.fromkeys(
    ("marts.economy", "marts.urban_renewal", "marts.livelihood"),
    "region_code region_name indicator_code indicator_name topic scope unit period measure value comparator status previous_value change target_value target_comparator"
    " verdict peer_rank peer_count claim_id observation_id quote citation document_title published_on",
)


@pytest.mark.parametrize("table", CONTRACT)
def test_the_public_tables_have_their_columns(shipped: Place, table: str) -> None:
    schema, name = table.split(".")
    columns = [
        c for (c,) in shipped.sql(f"select column_name from duckdb_columns() where schema_name = '{schema}' and table_name = '{name}'")
    ]
    assert [c for c in CONTRACT[table].split() if c not in columns] == []


def test_every_table_and_column_has_a_comment(shipped: Place) -> None:
    assert shipped.sql("select table_name from duckdb_tables() where comment is null or comment = ''") == []
    assert (
        shipped.sql("select table_name, column_name from duckdb_columns() where not internal and (comment is null or comment = '')") == []
    )


def test_nothing_of_the_shipped_files_is_refused(shipped: Place) -> None:
    assert shipped.sql("from core.quarantine") == []
    assert shipped.sql("select count(distinct region_code) from core.dim_document")[0][0] >= 5


def test_figures_are_exact(shipped: Place) -> None:
    types = shipped.sql(
        "select distinct data_type from duckdb_columns() where column_name in ('value', 'value_base', 'target_value', 'result_value')"
    )
    assert types == [("DECIMAL(38,12)",)]


def labels() -> list[dict]:
    return read_yaml(ROOT / "tests/golden/raw_labels.yml")


def test_labelled_figures_come_out_right(shipped: Place) -> None:
    """Hand-made labels of the shipped digests: at least 95 of 100 right in every field, and none missed altogether."""
    missed, wrong = [], []
    fields = ("value", "unit", "measure", "status", "comparator", "period")
    for row in labels():
        got = shipped.sql(
            f"select {', '.join(fields)} from core.fct_claim join core.dim_document using (document_id) "
            f"where source_path = 'articles/{row['file']}' and quote = '{row['quote']}' order by char_start"
        )
        nth = row.get("nth", 1) - 1
        if nth >= len(got):
            missed.append((row["file"], row["quote"]))
            continue
        want = tuple(Decimal(str(row[f])) if f == "value" else str(row[f]) for f in fields)
        if got[nth] != want:
            wrong.append((row["file"], row["quote"], want, got[nth]))
    assert missed == []
    assert len(wrong) <= 0.05 * len(labels()), wrong


def test_gdp_of_the_districts_by_year_with_growth_and_rank(shipped: Place) -> None:
    rows = shipped.sql(
        "select region_name, period, value, peer_rank, peer_count from marts.economy "
        "where indicator_code = 'gdp' and measure = 'level' and region_code like '4201%' and region_code <> '420100' and period in ('2022', '2023', '2024')"
    )
    by_year = {year: {r: (v, rank, n) for r, p, v, rank, n in rows if p == year} for year in ("2022", "2023", "2024")}
    assert by_year["2022"]["武昌区"][:2] == (Decimal(175_000_000_000), 1)
    assert by_year["2022"]["硚口区"][1] == 2
    assert by_year["2024"]["武昌区"][1] == 1
    assert by_year["2024"]["武昌区"][2] == len(by_year["2024"])


def test_a_target_is_linked_with_the_result_of_the_next_year(shipped: Place) -> None:
    """武昌 planned 6.5 % for 2023 and reported 6.5 % or so a year later; its investment plan of 365 亿元 came out at 380."""
    rows = shipped.sql(
        "select indicator_name, measure, target_value, result_value, verdict, result_quote from marts.commitment "
        "where region_code = '420106' and period = '2023' and result_value is not null"
    )
    by_name = {(name, measure): (target, result, verdict) for name, measure, target, result, verdict, _ in rows}
    assert by_name["地区生产总值", "growth"][2] == "met"
    assert (Decimal(36_500_000_000), Decimal(38_000_000_000), "met") in by_name.values()


def test_urban_renewal_and_livelihood_answer_real_questions(shipped: Place) -> None:
    renewed = shipped.sql(
        "select indicator_name, value, unit from marts.urban_renewal where region_code = '420103' and period = '2023' and indicator_name like '%老旧小区%'"
    )
    assert any(value == 43 for _, value, _ in renewed)
    jobs = shipped.sql(
        "select value from marts.livelihood where region_code = '420103' and period = '2023' and unit = '人' and indicator_name like '%就业%'"
    )
    assert (Decimal(20_000),) in jobs


def test_the_release_holds_tables_only_and_stands_alone(shipped: Place) -> None:
    assert shipped.sql("select view_name from duckdb_views() where not internal") == []
    assert shipped.sql("select * from marts.scorecard_as_of(date '2000-01-01')") == []
    assert shipped.sql("select count(*) from marts.scorecard_as_of(date '2100-01-01')") == shipped.sql(
        "select count(*) from marts.scorecard"
    )


def test_compiled_models_keep_the_sql_rules(shipped: Place) -> None:
    compiled = [str(p) for p in (shipped.home / "dbt/target/compiled/dajuan/models").rglob("*.sql") if p.parent.suffix != ".yml"]
    assert len(compiled) > 25
    command = [str(Path(sys.executable).parent / "sqlfluff"), "lint", "--config", str(ROOT / ".sqlfluff"), "--processes", "2", *compiled]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stdout[-3000:]


def test_the_commands_for_reading_a_release(shipped: Place) -> None:
    claim = shipped.sql("select claim_id from core.fct_claim where quote like '%亿元' order by 1 limit 1")[0][0]
    explained = shipped.run("explain", claim).stdout
    assert claim not in explained
    assert "rules" in explained
    csv = shipped.run("query", "select 1 as a, '武昌' as b, null as c", "--format", "csv").stdout
    assert csv == "a,b,c\n1,武昌,\n"
    refused = shipped.run("query", "create table core.mine as select 1")
    assert refused.returncode == 1
    assert "read-only" in refused.stderr
    assert "marts.economy" in shipped.run("status").stdout


def test_a_second_build_with_nothing_new_reads_extracts_and_publishes_nothing(shipped: Place) -> None:
    before = shipped.release
    lake = {p: p.stat().st_mtime_ns for p in (shipped.home / "lake/claims").glob("*.parquet") if not p.name.startswith("_")}
    done = shipped.run("build")
    assert done.returncode == 0, done.stderr
    assert "0 files read now" in done.stdout
    assert "nothing has changed" in done.stdout
    assert shipped.release == before
    assert {p: p.stat().st_mtime_ns for p in (shipped.home / "lake/claims").glob("*.parquet") if not p.name.startswith("_")} == lake


def test_nothing_is_written_outside_the_home(shipped: Place) -> None:
    assert sorted(p.name for p in shipped.home.parent.iterdir()) == ["home", "raw"]
    assert sorted(p.relative_to(shipped.raw) for p in shipped.raw.rglob("*")) == sorted(
        p.relative_to(ROOT / "raw") for p in (ROOT / "raw").rglob("*")
    )


def test_every_claim_says_in_which_paragraph_it_stands(shipped: Place) -> None:
    assert shipped.sql("select count(*) from core.fct_claim where paragraph is null") == [(0,)]
    first, last = shipped.sql(
        "select min(paragraph), max(paragraph) from core.fct_claim join core.dim_document using (document_id) where source_path like '%jianghan-2024-01-19.md'"
    )[0]
    assert first < last


@pytest.mark.parametrize(
    "table", ["fct_claim", "fct_observation", "fct_standing", "fct_milestone", "fct_project", "fct_outcome", "dim_indicator"]
)
def test_nearly_everything_has_a_topic_of_its_theme(shipped: Place, table: str) -> None:
    with (ROOT / "dbt_project/seeds/topic.csv").open(encoding="utf-8", newline="") as file:
        listed = {(row["theme"], row["topic"]) for row in csv.DictReader(file)}
    placed = shipped.sql(f"select theme, topic, count(*) from core.{table} group by all")
    assert {(theme, topic) for theme, topic, _ in placed if topic} <= listed
    assert sum(n for _, topic, n in placed if topic is None) <= max(1, sum(n for *_, n in placed) // 50)


def test_the_economy_can_be_cut_by_industry(shipped: Place) -> None:
    rows = shipped.sql(
        "select i.industry_group, count(*) from marts.economy join core.dim_industry as i using (industry_code) group by all"
    )
    assert {group for group, _ in rows} >= {"backbone", "leading"}
    assert (
        shipped.sql("select distinct industry_code from core.bridge_industry_class except select industry_code from core.dim_industry")
        == []
    )
    assert shipped.sql("select distinct industry_code from core.fct_claim except select industry_code from core.dim_industry") == [(None,)]
