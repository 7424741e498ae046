"""A small release with every kind of cell that is hard to hand on: formulas, quotes, long figures, nulls, two places of one name."""

from __future__ import annotations

import json
import tempfile
from functools import cache
from pathlib import Path

import duckdb
import pytest

from orchestration.publishing.labels import labelled

LONG = "字" * 40_000
TABLES = {
    "core.dim_document": "document_id varchar, source_path varchar, source_url varchar, title varchar, published_on date, licence varchar, ingested_at timestamptz, text varchar",
    "core.fct_claim": "claim_id varchar, document_id varchar, char_start bigint, sentence_start bigint, sentence_end bigint, paragraph bigint, page bigint",
    "core.fct_observation": "observation_id varchar, document_id varchar, sheet varchar, cell varchar",
    "core.dim_region": "region_code varchar, name varchar, parent_code varchar, valid_from date, valid_to date",
    "core.dim_indicator": "indicator_code varchar, name_zh varchar, name_en varchar, definition varchar",
    "marts.economy": "region_code varchar, region_name varchar, indicator_code varchar, indicator_name varchar, topic varchar, scope varchar, unit varchar, period varchar,"
    " measure varchar, value decimal(38,12), comparator varchar, status varchar, previous_value decimal(38,12), change decimal(38,12), target_value decimal(38,12),"
    " target_comparator varchar, verdict varchar, peer_rank bigint, peer_count bigint, claim_id varchar, observation_id varchar, quote varchar, citation varchar,"
    " document_title varchar, published_on date",
    "marts.commitment": "claim_id varchar, region_code varchar, region_name varchar, indicator_name varchar, theme varchar, period varchar, target_value decimal(38,12),"
    " target_value_high decimal(38,12), target_comparator varchar, unit varchar, measure varchar, responsible varchar, deadline varchar, target_quote varchar,"
    " target_document_id varchar, result_claim_id varchar, result_observation_id varchar, result_value decimal(38,12), result_quote varchar, result_document_id varchar,"
    " matched_by varchar, verdict varchar",
    "marts.scorecard": "region_code varchar, year integer, theme varchar, met bigint, partial bigint, missed bigint, pending bigint, unreported bigint, unclear bigint,"
    " targets bigint, judged bigint, share_met double",
}
KEYS = {
    "core.dim_document": ["document_id"],
    "core.fct_claim": ["claim_id"],
    "core.dim_region": ["region_code", "valid_from"],
    "core.dim_indicator": ["indicator_code"],
    "marts.economy": ["region_code", "indicator_code", "indicator_name", "scope", "unit", "period", "measure"],
    "marts.commitment": ["claim_id"],
    "marts.scorecard": ["region_code", "year", "theme"],
}
FIRST, SECOND = "明年栽树一万株，争取更多。", "全年栽树一万二千株。"
ROWS = f"""
insert into core.dim_document values
    ('d1', 'a.txt', 'https://example.org/a?x=1&y=2', '甲区报告', '2030-01-05', 'CC0-1.0', '2030-01-06 08:00:00.25+08', '开头。{FIRST}'),
    ('d2', 'b.txt', 'javascript:alert(1)', '=乙区报告', null, null, null, '{SECOND}{LONG}');
insert into core.fct_claim values ('c1', 'd1', 7, 3, 16, 2, null), ('c2', 'd2', 4, 0, 10, 1, 3);
insert into core.fct_observation values ('o1', 'd2', '表一', 'C4');
insert into core.dim_region values
    ('990001', '旧区', '990000', '1990-01-01', '2001-01-01'), ('990001', '甲区', '990000', '2001-01-01', null), ('990002', '乙区', '990000', null, null);
insert into core.dim_indicator values ('gdp', '地区生产总值', 'Gross regional product', '一年里新增的价值');
insert into marts.economy values
    ('990001', '甲区', 'gdp', '地区生产总值', 'accounts', null, '元', '2029', 'level', 12345678901234567.25, 'eq', 'actual', null, null, null, null, null, 1, 2,
        'c1', null, '=1+1', '+甲区《报告》', '-甲', '2030-01-05'),
    ('990001', '甲区', 'gdp', '地区生产总值', 'accounts', null, '%', '2029', 'growth', -3.2, 'le', 'estimate', 4, -7.2, 5, 'ge', 'missed', null, null,
        'c2', null, '-3.2%', '换\n行，"引号"', '''已有撇号', null),
    ('990002', '乙区', null, '栽树', null, '@全区', '株', '2029/2030', 'level', null, null, null, null, null, 10000, 'ge', 'pending', null, null,
        null, 'o1', chr(9) || '制表', '', '乙', '2030-01-05');
insert into marts.commitment values
    ('c1', '990001', '甲区', '栽树', 'urban_renewal', '2030', 10000, null, 'ge', '株', 'level', null, null, '一万株', 'd1', 'c2', null, 12000, '一万二千株', 'd2', 'indicator', 'met'),
    ('c3', '990009', '甲区', '修路', 'economy', '2030', 5.5, null, 'eq', '公里', 'level', '交通局', '2030-06', '5.5公里', 'd1', null, 'o1', 5, '5', 'd2', 'indicator', 'missed');
insert into marts.scorecard values ('990001', 2030, 'urban_renewal', 1, 0, 0, 0, 0, 0, 1, 1, 1), ('990009', 2030, 'economy', 0, 0, 1, 0, 0, 0, 1, 1, 0);
"""


@cache
def _content() -> bytes:
    """The file without any more SQL, made once."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "r.duckdb"
        with duckdb.connect(str(file)) as db:
            db.execute("begin; create schema core; create schema marts")
            for name, columns in TABLES.items():
                db.execute(f"create table {name} ({columns})")
                db.execute(f"comment on table {name} is '{labelled('tables', name.split('.')[1], 'One row a thing.')}'")
                for column in [c.strip().split(" ")[0] for c in columns.split(", ")]:
                    db.execute(f"comment on column {name}.{column} is '{labelled('columns', column, f'What {column} says')}'")
            db.execute(ROWS)
            db.execute("commit")
        return file.read_bytes()


def make_release(file: Path, more: str = "", **manifest: object) -> Path:
    """A release file with its manifest; `more` is SQL run at the end."""
    file.write_bytes(_content())
    if more:
        with duckdb.connect(str(file)) as db:
            db.execute(more)
    about = {"release": file.stem, "published_at": "2030-02-01T00:00:00+00:00", "schema_version": 1, "keys": KEYS} | manifest
    file.with_suffix(".json").write_text(json.dumps(about), encoding="utf-8")
    return file


@pytest.fixture(scope="session")
def small_release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One such release, to be read only."""
    return make_release(tmp_path_factory.mktemp("releases") / "r1.duckdb")
