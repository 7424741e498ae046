"""Conflicts found among changed copies of statements, by the compiled dbt models themselves. The generator below knows nothing of how they look for them."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from pathlib import Path

import duckdb
import pytest

from orchestration.settings import DBT_PROJECT

RECALL, FALSE_ALARMS, NAMED, CHANGES = 0.95, 0.02, 0.9, 500
MODELS = ["int_statements", "int_figure_versions", "int_sums", "conflict"]
SCALES = {"亿元": (10**8, "元"), "万人": (10**4, "人"), "万元": (10**4, "元"), "公里": (1, "公里"), "%": (1, "%")}
SAME = {"as_it_was", "rounded", "finer_alike", "other_magnitude", "about", "above"}
SLIPS = {
    "times_10": "unit_slip_10",
    "times_10000": "unit_slip_10000",
    "times_100000000": "unit_slip_100000000",
    "wrong_magnitude": "unit_slip_10000",
}
BOUNDS = {"eq": "", "approx": "左右", "ge": "以上"}
TIMES = {"times_10": 10, "times_10000": 10**4, "times_100000000": 10**8}


def drawn(rng: random.Random) -> tuple[str, Decimal]:
    """A unit and a figure of three to seven digits in it."""
    unit = rng.choice(list(SCALES))
    places = rng.choice([0, 1, 2])
    return unit, Decimal(rng.randrange(103, 9_999_999 if unit != "%" else 9_999)).scaleb(-places)


def changed(rng: random.Random, unit: str, figure: Decimal, neighbour: Decimal) -> tuple[str, str, Decimal, str]:
    """(kind of change, unit, figure, bound) of a copy. What is meant to differ differs in the figure as written."""
    place = Decimal(1).scaleb(figure.as_tuple().exponent)
    digits = str(figure)
    swaps = [
        i
        for i in range(len(digits) - 1)
        if "." not in digits[i : i + 2] and digits[i] != digits[i + 1] and not (i == 0 and digits[1] == "0")
    ]
    kind = rng.choice(["factor", "finer", "cut_off", "above_wrong", "neighbour", *["swapped"] * bool(swaps), *sorted(SLIPS), *sorted(SAME)])
    if kind == "factor":
        copy = (figure * Decimal(str(round(rng.uniform(1.001, 2), 4)))).quantize(place, ROUND_HALF_UP)
        return kind, unit, copy if copy != figure else figure + place, "eq"
    if kind == "swapped":
        i = rng.choice(swaps)
        return kind, unit, Decimal(digits[:i] + digits[i + 1] + digits[i] + digits[i + 2 :]), "eq"
    if kind == "neighbour" and neighbour != figure:
        return kind, unit, neighbour, "eq"
    if kind in TIMES:
        return kind, unit, figure * TIMES[kind], "eq"
    if kind in ("rounded", "cut_off") and place < 1:
        copy = figure.quantize(Decimal(1), ROUND_HALF_UP if kind == "rounded" else ROUND_DOWN)
        return "cut_off" if figure - copy > Decimal("0.5") else "rounded", unit, copy, "eq"
    if kind in ("finer", "finer_alike"):
        near = kind == "finer_alike"
        copy = figure + place * Decimal(rng.randrange(-49, 50)) / 100 if near else (figure * Decimal("1.001")).quantize(place / 100)
        return "finer" if abs(copy - figure) > place / 2 else "finer_alike", unit, copy, "eq"
    if kind in ("above", "above_wrong"):
        step = Decimal(1).scaleb(figure.adjusted() - 1)
        floor = figure.quantize(step, ROUND_DOWN)
        return kind, unit, floor if kind == "above" else floor + 2 * step, "ge"
    if kind == "wrong_magnitude" and unit == "亿元":
        return kind, "万元", figure, "eq"
    if kind == "other_magnitude" and unit == "亿元":
        return kind, "万元", figure * 10_000, "eq"
    if kind == "about":
        return kind, unit, figure.quantize(Decimal(1).scaleb(figure.adjusted() - 2), ROUND_HALF_UP), "approx"
    return "as_it_was", unit, figure, "eq"


def written(unit: str, figure: Decimal, bound: str) -> str:
    return f"{figure:f}{unit}{BOUNDS[bound]}"


def row(n: int, document: str, unit: str, figure: Decimal, bound: str = "eq") -> dict[str, object]:
    """A claim or an observation as core has it."""
    scale, base = SCALES[unit]
    value = Decimal(f"{figure * scale:f}")  # an exponent above 0 is not bound as it is
    return {
        "id": f"{document}{n}", "document_id": document, "region_code": "990001", "indicator_code": None, "subject": f"事项{n}", "theme": "economy", "unit_base": base,
        "value_base": value, "value": value, "comparator": bound, "measure": "share" if unit == "%" else "level",
        "status": "actual", "period": "2024", "quote": written(unit, figure, bound),
    }  # fmt: skip


def compiled(folder: Path) -> dict[str, str]:
    """The models' SQL, names of their inputs without database."""
    env = os.environ | {"DAJUAN_BUILD_DB": str(folder / "b.duckdb"), "DAJUAN_LAKE": str(folder)}
    dbt = [
        str(Path(sys.executable).with_name("dbt")),
        "compile",
        "--profiles-dir",
        ".",
        "--target-path",
        str(folder / "t"),
        "--no-introspect",
        "-s",
        *MODELS,
    ]
    done = subprocess.run(dbt, cwd=DBT_PROJECT, env=env, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stdout
    files = {p.stem: p for p in (folder / "t" / "compiled").rglob("*.sql")}
    return {m: files[m].read_text(encoding="utf-8").replace('"b".', "").replace('"scratch".', "") for m in MODELS}


def stage(db: duckdb.DuckDBPyConnection, claims: list[dict[str, object]], observations: list[dict[str, object]]) -> None:
    """The inputs of the models."""
    for schema in ("core", "seeds", "intermediate", "marts"):
        db.execute(f"create schema {schema}")
    shape = (
        "document_id varchar, region_code varchar, indicator_code varchar, subject varchar, theme varchar, topic varchar, unit_base varchar, "
        "value_base decimal(38,12), value decimal(38,12), comparator varchar, measure varchar, status varchar, period varchar, quote varchar, scope varchar"
    )
    claim = "claim_id varchar, char_start bigint, char_end bigint, sentence_start bigint, value_high decimal(38,12), vintage varchar, price_basis varchar"
    for table, key, rows, extra in (
        ("fct_claim", "claim_id", claims, claim),
        ("fct_observation", "observation_id", observations, "observation_id varchar"),
    ):
        db.execute(f"create table core.{table} ({shape}, {extra})")
        names = [key, *list(claims[0])[1:]]
        db.executemany(
            f"insert into core.{table} ({', '.join(names)}) values ({', '.join('?' * len(names))})", [list(r.values()) for r in rows]
        )
    db.execute(
        "create table core.dim_document as select * from (values ('a', 't', 'communique', 'official', date '2025-03-01', date '2025-03-01'), ('b', 'u', 'work_report', 'official', date '2025-01-01', date '2025-01-01')) t(document_id, title, genre, source_tier, published_on, known_from)"
    )
    db.execute(
        "create table core.dim_period as select '2024' as period, date '2024-12-31' as period_end, 2024 as year, '2023' as previous_period"
    )
    db.execute("create table core.dim_indicator (indicator_code varchar, name_zh varchar, direction varchar)")
    db.execute(
        "create table core.dim_region as select '990001' as region_code, '甲市' as name, 'prefecture' as level, null::varchar as parent_code, null::date as valid_from, null::date as valid_to"
    )
    db.execute(
        "create table core.review (first_id varchar, second_id varchar, decision varchar, reason varchar, kind varchar, applied boolean)"
    )
    for seed in ("statement_rank", "composition"):
        db.execute(f"create table seeds.{seed} as from read_csv('{DBT_PROJECT / 'seeds' / seed}.csv')")


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return compiled(tmp_path_factory.mktemp("dbt"))


def built(db: duckdb.DuckDBPyConnection, models: dict[str, str]) -> None:
    for model, sql in models.items():
        db.execute(f"create table {'marts' if model == 'conflict' else 'intermediate'}.{model} as {sql}")


@pytest.mark.slow
def test_changed_copies_are_found_and_like_ones_left(models: dict[str, str]) -> None:
    rng = random.Random(20240601)
    originals = [drawn(rng) for _ in range(CHANGES)]
    copies = [changed(rng, unit, figure, rng.choice([f for u, f in originals if u == unit])) for unit, figure in originals]
    as_table = [row(n, "a", unit, figure) for n, (unit, figure) in enumerate(originals)]
    claims = [row(n, "b", unit, figure, bound) for n, (_, unit, figure, bound) in enumerate(copies)]
    half = CHANGES // 2
    with duckdb.connect() as db:
        stage(db, claims + as_table[half:], as_table[:half])
        built(db, models)
        rows = db.execute("select indicator_name, kind from marts.conflict where kind <> 'rounding'").fetchall()
    told = {int(subject[2:]): kind for subject, kind in rows}
    true = {n for n, (kind, *_) in enumerate(copies) if kind not in SAME}
    for kind in sorted({kind for kind, *_ in copies}):
        these = [n for n, copy in enumerate(copies) if copy[0] == kind]
        print(f"{kind}: {sum(n in told for n in these)} of {len(these)} told, {'harmless' if kind in SAME else 'conflict'}")
    slips = [n for n, (kind, *_) in enumerate(copies) if kind in SLIPS]
    right = sum(told.get(n) == SLIPS[copies[n][0]] for n in slips) / len(slips)
    recall, alarms = len(told.keys() & true) / len(true), len(told.keys() - true) / (CHANGES - len(true))
    print(f"conflicts: recall {recall:.3f} of {len(true)}, false alarms {alarms:.3f} of {CHANGES - len(true)}, slips named {right:.3f}")
    assert recall >= RECALL, [(originals[n], copies[n]) for n in sorted(true - told.keys())]
    assert alarms <= FALSE_ALARMS, [(originals[n], copies[n]) for n in sorted(told.keys() - true)]
    assert right >= NAMED, [(originals[n], copies[n], told.get(n)) for n in slips]


def whole_and_parts(rng: random.Random) -> tuple[str, list[Decimal]]:
    """(kind of change, a whole and its three parts, in 亿元): each rounded by itself from figures that add up, then perhaps one of them changed."""
    exact = [Decimal(rng.randrange(10_000, 9_000_000)).scaleb(-4) for _ in range(3)]
    place = Decimal(1).scaleb(-rng.choice([0, 1, 2]))
    figures = [f.quantize(place, ROUND_HALF_UP) for f in [sum(exact, Decimal(0)), *exact]]
    kind = rng.choice(["as_it_was", "factor", "times_10", "not_all_known"])
    at = rng.randrange(1, 4)
    if kind == "factor":
        figures[at] = max(
            (figures[at] * Decimal(str(round(rng.uniform(1.01, 2), 4)))).quantize(place, ROUND_HALF_UP), figures[at] + 5 * place
        )
    elif kind == "times_10":
        figures[at] = max(figures[at], 5 * place) * 10
    elif kind == "not_all_known":
        del figures[at]
    return kind, figures


@pytest.mark.slow
def test_sums_that_do_not_add_up_are_told(models: dict[str, str]) -> None:
    rng = random.Random(20240602)
    cases = [whole_and_parts(rng) for _ in range(CHANGES)]
    sectors = ["gdp", "primary_industry_value_added", "secondary_industry_value_added", "tertiary_industry_value_added"]
    rows, regions = [], []
    for n, (_, figures) in enumerate(cases):
        city = f"c{n}"
        districts = [f"{city}d{d}" for d in (1, 2, 3)]
        regions += [(city, "prefecture", None), *((district, "county", city) for district in districts)]
        for i, figure in enumerate(figures):
            where = (
                {"region_code": city, "indicator_code": sectors[i]}
                if n % 2
                else {"region_code": [city, *districts][i], "indicator_code": "gdp"}
            )
            rows.append(row(n, "ab"[i % 2], "亿元", figure) | where | {"id": f"{n}-{i}"})
    with duckdb.connect() as db:
        stage(db, rows[::2], rows[1::2])
        db.executemany("insert into core.dim_region (region_code, level, parent_code, name) values (?, ?, ?, 'x')", regions)
        built(db, models)
        told = {int(code[1:]) for (code,) in db.execute("select region_code from marts.conflict where kind = 'sum'").fetchall()}
    true = {n for n, (kind, _) in enumerate(cases) if kind in ("factor", "times_10")}
    recall, alarms = len(told & true) / len(true), len(told - true) / (CHANGES - len(true))
    print(f"sums: recall {recall:.3f} of {len(true)}, false alarms {alarms:.3f} of {CHANGES - len(true)}")
    assert recall >= RECALL, [cases[n] for n in sorted(true - told)]
    assert alarms <= FALSE_ALARMS, [cases[n] for n in sorted(told - true)]
