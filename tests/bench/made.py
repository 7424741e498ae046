"""A lake of made-up reports whose verdicts are known: the claims, not the files, are what it starts from.

Each region gives a work report and a communiqué a year. A work report states the year's results and targets for the next year, a communiqué
restates the results and adds others; a statistics table a region repeats five figures of each year. What becomes of a target (met, missed,
never reported) is drawn from its place, year and figure, so that any part of the lake can be made by itself. Words without a catalogue entry
are made of characters that no word list knows, so that nothing but the drawn result can be linked with a target.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from math import isqrt

import duckdb
import polars as pl

from orchestration.catalogue import Catalogue
from orchestration.contracts.base import Contract
from orchestration.contracts.claims import Claims, ExtractionLog, Extractions, Numerals
from orchestration.contracts.observations import Layouts, Normalisations, Observations
from orchestration.contracts.sources import Documents, DocumentSources, Readings, SourceFiles, Texts
from orchestration.extraction import EXTRACTOR_VERSION, units
from orchestration.lake import Lake
from orchestration.ledger.likeness import pairs
from orchestration.settings import PACKAGE, SEEDS

FIRST_YEAR, YEARS = 2005, 20
KINDS = 2  # documents a region and year: work report, communiqué
CLAIMS = 100  # a document
BLOCK = 12  # regions made at a time: about as much text as one batch of extraction

_BASE = """
create macro drawn(region, year, slot, what) as
    cast(md5_number_lower(concat_ws('|', {seed}, region, year, slot, what)) % 1000000007 as bigint);
create macro hashed(text) as substr(sha256(text), 1, 24);
create macro known_day(kind, year) as case kind when 0 then make_date(year + 1, 1, 15) else make_date(year + 1, 3, 10) end;
"""

# A figure of a region: coded ones rotate through the catalogue, the others bear names of the region's own.
_FIGURES = """
create or replace table figure as
select
    r.region_code, s.slot,
    case when s.slot <= 40 then i.subject else concat(
        chars[1 + drawn(r.region_code, 0, s.slot, 1) % len(chars)], chars[1 + drawn(r.region_code, 0, s.slot, 2) % len(chars)],
        chars[1 + drawn(r.region_code, 0, s.slot, 3) % len(chars)], chars[1 + drawn(r.region_code, 0, s.slot, 4) % len(chars)],
        ['基地', '园区', '平台'][1 + s.slot % 3]) end as subject,
    case when s.slot <= 40 and s.slot % 2 = 0 then '%' when s.slot <= 40 then i.unit else '个' end as unit,
    case when s.slot <= 40 and s.slot % 2 = 0 then 'growth' else 'level' end as measure,
    case when s.slot <= 40 then i.theme else ['economy', 'livelihood', 'urban_renewal', 'governance'][1 + s.slot % 4] end as theme,
    case when s.slot <= 40 and s.slot % 2 = 1 then i.usual else 500 end as usual
from region as r cross join (select unnest(range(1, 201)) as slot) as s cross join (select list(c order by c) as chars from free) as f
left join indicator as i on i.n = (s.slot * 4 + r.n % 4) % (select count(*) from indicator)
"""

# What each region and year wanted and reached, in tenths: fate of the slots with a target, and the figure stated.
_REACHED = """
create or replace table reached as
select
    *,
    case when fate = 'missed' then case measure when 'growth' then wanted - 10 else wanted - wanted // 100 * 10 - 10 end
         when measure = 'growth' then wanted + luck % 10
         when luck % 2 = 0 then wanted
         else wanted + wanted // 500 * 10 end as value
from (
    select
        f.*, y.year, f.slot <= 20 or f.slot between 41 and 50 as promised,
        case when not promised then 'met'
             when drawn(region_code, y.year, slot, 'fate') % 100 < 60 then 'met'
             when drawn(region_code, y.year, slot, 'fate') % 100 < 75 then 'missed' else 'unreported' end as fate,
        drawn(region_code, y.year, slot, 'luck') % 1000 as luck,
        case when measure = 'growth' then 20 + drawn(region_code, y.year, slot, 'wanted') % 90
             else 10 * (usual + usual * (drawn(region_code, y.year, slot, 'wanted') % 40 + 2 * (y.year - {first})) // 100) end as wanted
    from figure as f cross join (select unnest(range({first}, {last} + 2)) as year) as y
    where slot <= 100
)
"""

_CLAIMS = """
create or replace table said as
with stated as (
    select
        d.document_id, d.extraction_key, d.region_code, d.kind, v.slot as position, v.year, 'actual' as status, 'eq' as comparator,
        case when v.fate = 'unreported' then other.subject else v.subject end as subject,
        case when v.fate = 'unreported' then other.unit else v.unit end as unit,
        case when v.fate = 'unreported' then other.measure else v.measure end as measure,
        case when v.fate = 'unreported' then other.theme else v.theme end as theme,
        case when v.fate = 'unreported' then 5000 + v.luck * 10 when d.kind = 1 and v.slot = 31 then v.value + v.value // 50 * 10 else v.value end as tenths
    from document as d
    inner join reached as v on d.region_code = v.region_code and d.year = v.year and (d.kind = 1 or v.slot <= 70)
    inner join figure as other on v.region_code = other.region_code and other.slot = v.slot + 100
    union all
    select
        d.document_id, d.extraction_key, d.region_code, d.kind, 70 + case when v.slot <= 20 then v.slot else v.slot - 20 end, v.year, 'target',
        case v.luck % 2 when 0 then 'eq' else 'ge' end, v.subject, v.unit, v.measure, v.theme, v.wanted
    from document as d
    inner join reached as v on d.region_code = v.region_code and d.year + 1 = v.year and v.promised
    where d.kind = 0
),

worded as (
    select
        *,
        concat('为落实年初定下的各项安排，有关科室按月对照清单逐一推进，第', position, '项进展如下，', subject, case measure when 'growth' then '增长' else '' end) as opening,
        concat(case measure when 'growth' then printf('%d.%d', tenths // 10, tenths % 10) else cast(tenths // 10 as varchar) end, unit,
               case comparator when 'ge' then '以上' else '' end) as quote,
        case position % 5 when 0 then '。' || chr(10) else '；' end as closing
    from stated
)

select
    *,
    length(opening) + length(quote) + length(closing) as size,
    sum(length(opening) + length(quote) + length(closing)) over (partition by document_id order by position) - size as sentence_start,
    sentence_start + length(opening) as char_start,
    char_start + length(quote) as char_end
from worded
"""

_DOCUMENTS = """
create or replace table document as
select
    r.region_code, r.name, y.year, k.kind,
    hashed(concat_ws('|', {seed}, r.region_code, y.year, k.kind)) as document_id,
    hashed(concat_ws('|', {seed}, r.region_code, y.year, k.kind, 'extraction')) as extraction_key
from region as r cross join (select unnest({years}) as year) as y cross join (select unnest(range({kinds})) as kind) as k
"""

_TABLES: dict[type[Contract], str] = {
    Claims: """
        select
            extraction_key,
            substr(sha256(concat(document_id, chr(31), char_start, chr(31), char_end, chr(31))), 1, 24) as claim_id,
            document_id, char_start, char_end, quote, cast(tenths as decimal(24, 0)) * 0.1::decimal(2, 1) as value, null as value_high, unit, value as value_base,
            unit as unit_base, comparator, measure, status, null as vintage, null as price_basis, cast(year as varchar) as period,
            make_date(year, 1, 1) as period_start, make_date(year, 12, 31) as period_end, subject, theme, null as scope,
            sentence_start, sentence_start + size as sentence_end, '一、上年回顾 › （二）主要指标' as section, (position - 1) // 5 + 1 as paragraph, null as page,
            'value unit subject_before period_of_year measure_of_unit' as rules, '{version}' as extractor_version
        from said order by document_id, char_start""",
    Numerals: """
        select extraction_key, document_id, sentence_start + 29 as char_start, sentence_start + 29 + length(cast(position as varchar)) as char_end, 'ordinal' as reason
        from said order by document_id, char_start""",
    Texts: """
        select document_id, string_agg(opening || quote || closing, '' order by position) as text, '[[0, 1, null]]' as marks
        from said group by document_id order by document_id""",
    ExtractionLog: """
        select extraction_key, document_id, '{version}' as extractor_version, count(*) as claims, count(*) as numerals, '[]' as warnings
        from said group by extraction_key, document_id order by document_id""",
}

_FILES = """
select
    document_id, extraction_key, document_id as reading_key, concat('articles/', region_code, '/', year, '-', kind, '.txt') as source_path,
    sha256(document_id) as sha256, 'text/plain' as media_type, 'article' as kind,
    concat(name, year, '年', case kind when 0 then '政府工作报告' else '统计公报' end) as title, known_day(kind, year) as published_on,
    known_day(kind, year) as known_from, region_code, case kind when 0 then 'work_report' else 'communique' end as genre, year as report_year
from document
"""
_TABLE_FILES = """
select
    hashed(concat_ws('|', {seed}, region_code, 'table')) as document_id, document_id as reading_key, concat('tables/', region_code, '.csv') as source_path,
    sha256(document_id) as sha256, 'text/csv' as media_type, 'table' as kind, name || '主要指标' as title, make_date({last} + 1, 10, 1) as published_on,
    make_date({last} + 1, 10, 1) as known_from, region_code, null as genre, {last} as report_year
from region
"""
_OBSERVATIONS = """
select
    hashed(concat_ws('|', {seed}, region_code, 'table')) as document_id, document_id as normalisation_key,
    concat('R', year, 'C', slot) as cell, hashed(concat(document_id, cell)) as observation_id, '主要指标' as sheet,
    case measure when 'growth' then printf('%d.%d', value // 10, value % 10) else cast(value // 10 as varchar) end as quote, region_code, subject,
    cast(year as varchar) as period, measure, 'actual' as status, cast(reached.value as decimal(24, 0)) * 0.1::decimal(2, 1) as value, unit, cast(reached.value as decimal(24, 0)) * 0.1::decimal(2, 1) as value_base,
    unit as unit_base
from reached where slot <= 5 and fate <> 'unreported' and year <= {last}
order by document_id, cell
"""
_FATES = """
select case when exists (select 1 from document as k where k.region_code = v.region_code and k.year = v.year) then fate else 'pending' end as verdict, count(*)
from document as d inner join reached as v on d.region_code = v.region_code and d.year + 1 = v.year and v.promised
where d.kind = 0
group by all
"""


@dataclass(frozen=True, slots=True)
class Made:
    """How many articles and claims a lake holds, and what is known of it: targets by verdict, and pairs of figures that contradict each other."""

    documents: int
    claims: int
    verdicts: dict[str, int]
    conflicts: int


def make(lake: Lake, documents: int, more: int = 0, seed: int = 7) -> Made:
    """Write a lake of `documents` articles, of KINDS × YEARS for each region; with `more`, only the batch of that many articles of the years after.

    State tables always cover all articles of the lake. The same arguments give the same rows.
    """
    regions = documents // (KINDS * YEARS)
    last = FIRST_YEAR + YEARS - 1
    verdicts: dict[str, int] = {}
    conflicts = claims = articles = 0
    states: dict[type[Contract], list[pl.DataFrame]] = {}
    for block, years in _blocks(regions, more):
        db = _prepared(block, seed, last + 2)
        db.execute(_DOCUMENTS.format(seed=seed, years=years, kinds=KINDS))
        new = years if not more else [y for y in years if y > last]
        for files, kind in ((_FILES, "article"), (_TABLE_FILES.format(seed=seed, last=last), "table")):
            _states(states, db.sql(files).pl(), kind)
        verdicts = _added(verdicts, dict(db.sql(_FATES).fetchall()))
        conflicts += len(block) * len(years)
        articles += len(block) * len(years) * KINDS
        claims += len(block) * len(years) * KINDS * CLAIMS
        if not more:
            found = db.sql(_OBSERVATIONS.format(seed=seed, last=last)).pl()
            _append(lake, Observations, found, str(block[0]))
            texts = found.group_by("document_id").agg(text=pl.col("quote").str.join("\n"), marks=pl.lit("[]")).sort("document_id")
            _append(lake, Texts, texts, str(block[0]))
            sheets = found.group_by("normalisation_key", "document_id", "sheet").len("observations").sort("document_id")
            _append(lake, Layouts, sheets.with_columns(sheet_no=pl.lit(0), skipped=pl.lit("[]"), reason=pl.lit(None)), str(block[0]))
        if new:
            db.execute(f"delete from document where year not in {(*new, 0)}")
            db.execute(_CLAIMS)
            for table, sql in _TABLES.items():
                _append(lake, table, db.sql(sql.format(version=EXTRACTOR_VERSION)).pl(), f"{block[0]} {new}")
    for table, frames in states.items():
        frame = _shaped(table, pl.concat(frames)).sort(table.grain())
        (lake.append(table, frame, [f"{articles}"]) if table is Readings else lake.write_state(table, frame))
    return Made(articles, claims, verdicts, conflicts)


def _blocks(regions: int, more: int) -> Iterator[tuple[list[int], list[int]]]:
    """Regions by number, with their years; the `more` articles are those of the first regions."""
    base = list(range(FIRST_YEAR, FIRST_YEAR + YEARS))
    extra, rest = divmod(more // KINDS, regions) if regions else (0, 0)
    for first in range(0, regions, BLOCK):
        block = list(range(first, min(regions, first + BLOCK)))
        for grown, part in ((extra + 1, [n for n in block if n < rest]), (extra, [n for n in block if n >= rest])):
            if part:
                yield part, base + [base[-1] + 1 + n for n in range(grown)]


def _prepared(block: list[int], seed: int, last: int) -> duckdb.DuckDBPyConnection:
    """A connection with the regions, figures and drawn results of a block."""
    db = duckdb.connect(config={"threads": 2, "memory_limit": "2GB"})
    db.execute(_BASE.format(seed=seed))
    places, indicators, free = _words()
    region = pl.DataFrame([(n, *places[n]) for n in block], schema=["n", "region_code", "name"], orient="row")  # noqa: F841
    db.execute("create table region as from region")
    indicator = pl.DataFrame(indicators, schema=["n", "subject", "unit", "theme", "usual"], orient="row")  # noqa: F841
    db.execute("create table indicator as from indicator")
    characters = pl.DataFrame({"c": free})  # noqa: F841
    db.execute("create table free as from characters")
    db.execute(_FIGURES)
    db.execute(_REACHED.format(first=FIRST_YEAR, last=last))
    return db


def _states(states: dict[type[Contract], list[pl.DataFrame]], files: pl.DataFrame, kind: str) -> None:
    """Collect what the reading and resolving of `files` would say of them."""
    now = pl.datetime(2026, 1, 1, time_zone="UTC", time_unit="us")
    known = files.with_columns(
        bytes=pl.lit(1), source_tier=pl.lit("official"), read_at=now, ingested_at=now, first_seen=now, last_seen=now, how_known=pl.lit("{}")
    )
    run = known.with_columns(normalisation_key="document_id")
    current: list[type[Contract]] = [Extractions] if kind == "article" else [Normalisations]
    for table in (SourceFiles, Readings, Documents, DocumentSources, *current):
        states.setdefault(table, []).append(_shaped(table, run))


def _shaped(table: type[Contract], frame: pl.DataFrame) -> pl.DataFrame:
    """The table's columns in its types; null where `frame` has none."""
    return frame.select((pl.col(c) if c in frame.columns else pl.lit(None)).cast(t).alias(c) for c, t in table.schema().items())


def _append(lake: Lake, table: type[Contract], frame: pl.DataFrame, key: str) -> None:
    lake.append(table, _shaped(table, frame), [key])


def _added(one: dict[str, int], other: dict[str, int]) -> dict[str, int]:
    return {verdict: one.get(verdict, 0) + other.get(verdict, 0) for verdict in sorted({*one, *other})}


@cache
def _words() -> tuple[list[tuple[str, str]], list[tuple[int, str, str, str, int]], list[str]]:
    """Places; indicators of the catalogue that share no two characters with one another; characters that no word list knows."""
    with (SEEDS / "region.csv").open(encoding="utf-8", newline="") as file:
        places = [
            (r["region_code"], r["name"]) for r in csv.DictReader(file) if r["level"] in ("prefecture", "county") and not r["valid_to"]
        ]
    catalogue = Catalogue.load()
    taken: set[str] = set()
    indicators: list[tuple[int, str, str, str, int]] = []
    with (SEEDS / "indicator.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            name, unit, found = row["name_zh"], row["unit"], pairs(row["name_zh"])
            matches = [catalogue.match(name, u, measure, row["theme"]) for u, measure in ((unit, "level"), ("%", "growth"))]
            coded = all(match and match.indicator_code == row["indicator_code"] for match in matches)
            high = row["direction"] == "higher" and unit != "%" and units.base(Decimal(7), unit) == (Decimal(7), unit)
            if high and coded and found and taken.isdisjoint(found) and row["plausible_high"]:
                taken |= found
                low, top = (max(100, int(Decimal(row[c]))) for c in ("plausible_low", "plausible_high"))
                indicators.append((len(indicators), name, unit, row["theme"], isqrt(low * top)))
    lists = [p.read_text(encoding="utf-8") for p in [*sorted(PACKAGE.glob("lexicon/*.yml")), SEEDS / "indicator.csv"]]
    known = set("".join(lists))
    return places, indicators, [c for c in map(chr, range(0x4E00, 0x9FA5)) if c not in known][::16]
