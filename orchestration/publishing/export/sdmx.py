"""SDMX: the three theme marts as dataflows of one data structure, SDMX-CSV 2.0 for the figures and SDMX-JSON 2.0 for structure and codelists.

Source: SDMX 3.0 technical specification, sections 6 (time formats) and 7 (SDMX-CSV, SDMX-JSON). The structure message is written by pysdmx.
Codes that are no valid SDMX identifiers (indicators without a code, scopes, rare units) are made of a hash of their characters; their names
stand in the codelists. Text attributes are guarded against formulas as in all our CSV files.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

from pysdmx.io.json.sdmxjson2.writer.v2_0.structure import write as write_structure
from pysdmx.model import (
    Code,
    Codelist,
    Component,
    Components,
    Concept,
    ConceptScheme,
    Dataflow,
    DataStructureDefinition,
    DataType,
    ItemReference,
    Organisation,
    Role,
)
from pysdmx.model.dataflow import Group
from pysdmx.model.message import Header

from orchestration.lexicon import read_yaml
from orchestration.publishing.export.csv import write_query
from orchestration.publishing.export.guard import guarded
from orchestration.publishing.export.model import ExportError, Job, as_text
from orchestration.publishing.labels import codes
from orchestration.publishing.tables import Table

FLOWS = ("marts.economy", "marts.urban_renewal", "marts.livelihood")
WHOLE = "_T"  # the region as a whole, of which no scope is stated
FREQUENCIES = {"": "A", "H": "S", "Q": "Q"}
YEAR_PART = re.compile(r"(\d{4})(?:-([HQ])(\d))?")
MONTH = re.compile(r"\d{4}-\d{2}")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
TYPES = {
    "TIME_PERIOD": DataType.PERIOD,
    "OBS_VALUE": DataType.DECIMAL,
    "TARGET_VALUE": DataType.DECIMAL,
    "QUOTE": DataType.STRING,
    "CITATION": DataType.STRING,
}


@cache
def plan() -> dict[str, Any]:
    """The data structure as data: sdmx.yml."""
    return read_yaml(Path(__file__).with_suffix(".yml"))


def time_period(period: str) -> tuple[str, str] | None:
    """Frequency and SDMX time period of one of our ISO periods; a span becomes a time range (start and duration). None of anything else.

    2023 → A 2023, 2023-H1 → S 2023-S1, 2023-Q3 → Q 2023-Q3, 2023-04 → M 2023-04, 2023-12-31 → D, 2021/2025 → 2021-01-01/P5Y.
    """
    if year := YEAR_PART.fullmatch(period):
        frequency = FREQUENCIES[year[2] or ""]
        return frequency, period if frequency != "S" else f"{year[1]}-S{year[3]}"
    if MONTH.fullmatch(period):
        return "M", period
    if DAY.fullmatch(period):
        return "D", period
    start, _, end = period.partition("/")
    if YEAR_PART.fullmatch(start) and YEAR_PART.fullmatch(end) and len(start) == len(end) == 4 and start <= end:
        return "_O", f"{start}-01-01/P{int(end) - int(start) + 1}Y"
    if MONTH.fullmatch(start) and MONTH.fullmatch(end) and start <= end:
        months = 12 * (int(end[:4]) - int(start[:4])) + int(end[5:]) - int(start[5:]) + 1
        return "_O", f"{start}-01/P{months}M"
    return None


def write(job: Job) -> list[str]:
    """structure.json and a CSV a dataflow; notices of rows that SDMX cannot carry."""
    if (others := [t.full_name for t in job.tables if t.full_name not in FLOWS]) and job.named:
        raise ExportError(f"SDMX carries {', '.join(FLOWS)}, not {', '.join(others)}; hand the others on as datapackage or parquet")
    flows = [t for t in job.tables if t.full_name in FLOWS]
    if not flows:
        raise ExportError(f"the release has none of the tables that SDMX carries: {', '.join(FLOWS)}")
    _code_tables(job, flows)
    notices = []
    for table in flows:
        write_query(job, _rows(table), job.folder / f"{table.name}.csv")
        left_out = next(job.rows(f"select count(*) from ({_coded(table)}) where TIME_PERIOD is null or REF_AREA is null"))[0]
        if left_out:
            notices.append(f"{table.full_name}: {left_out} rows without a region or a period that SDMX can say were left out")
    header = Header(id=f"dajuan-{job.manifest['release']}", prepared=job.published, sender=Organisation(id=plan()["agency"]))
    write_structure(_structures(job, flows), job.folder / "structure.json", True, header)
    return notices


def _code_tables(job: Job, flows: list[Table]) -> None:
    """Temporary tables from our periods and units to SDMX's."""
    periods = {p for t in flows for (p,) in job.rows(f"select distinct period from {t.at} where period is not null")}
    rows = [(p, *said) for p in sorted(periods) if (said := time_period(p))]
    for name, kind, values in (
        ("sdmx_period", "period varchar, freq varchar, said varchar", rows),
        ("sdmx_unit", "unit varchar, code varchar", list(plan()["units"].items())),
    ):
        job.db.execute(f"create or replace temp table {name} ({kind})")
        if values:
            job.db.executemany(f"insert into {name} values ({', '.join('?' * len(values[0]))})", values)


def _hashed(prefix: str, column: str) -> str:
    return f"'{prefix}_' || upper(substr(md5({column}), 1, 12))"


def _coded(table: Table) -> str:
    """The rows of a mart in codes: dimensions, value, attributes, and the names that go with the codes."""
    text = {c.name: as_text(c) for c in table.columns}
    return f"""
        select p.freq as FREQ, t.region_code as REF_AREA, coalesce(upper(t.indicator_code), {_hashed("X", "t.indicator_name")}) as INDICATOR,
            case when t.scope is null then '{WHOLE}' else {_hashed("S", "t.scope")} end as SCOPE, t.measure as MEASURE,
            coalesce(u.code, {_hashed("U", "coalesce(t.unit, '')")}) as UNIT_MEASURE, p.said as TIME_PERIOD, {text["value"]} as OBS_VALUE,
            case when t.value is null then 'M' when t.status = 'estimate' then 'E' else 'A' end as OBS_STATUS,
            t.comparator as COMPARATOR, {text["target_value"]} as TARGET_VALUE, t.target_comparator as TARGET_COMPARATOR, t.verdict as VERDICT,
            {guarded("t.quote")} as QUOTE, {guarded("t.citation")} as CITATION,
            t.region_name, t.indicator_name, t.indicator_code, t.scope as scope_name, t.unit
        from {table.at} as t
        left join sdmx_period as p on t.period = p.period
        left join sdmx_unit as u on t.unit = u.unit"""


def _rows(table: Table) -> str:
    """The SDMX-CSV 2.0 rows of a dataflow (action I: information), ordered by their key."""
    components = [*plan()["dimensions"], *plan()["measure"], *plan()["attributes"]]
    head = f"'dataflow' as STRUCTURE, '{plan()['agency']}:{table.name.upper()}({plan()['version']})' as STRUCTURE_ID, 'I' as ACTION"
    dimensions = ", ".join(plan()["dimensions"])
    return f"select {head}, {', '.join(components)} from ({_coded(table)}) where TIME_PERIOD is not null and REF_AREA is not null order by {dimensions}"


def _structures(job: Job, flows: list[Table]) -> list[Codelist | ConceptScheme | DataStructureDefinition | Dataflow]:
    """Codelists, concepts, the data structure and a dataflow a mart."""
    kept = {"agency": plan()["agency"], "version": plan()["version"]}
    lists = {id_: Codelist(id=f"CL_{id_}", name=_names()[id_][0], items=items, **kept) for id_, items in _code_lists(job, flows).items()}
    concepts = tuple(Concept(id_, name=zh, description=en) for id_, (zh, en) in _names().items())
    scheme = ConceptScheme(id="CONCEPTS", name="概念", items=concepts, **kept)
    roles = [(Role.DIMENSION, "dimensions"), (Role.MEASURE, "measure"), (Role.ATTRIBUTE, "attributes")]
    components = Components([_component(id_, role, scheme, lists) for role, group in roles for id_ in plan()[group]])
    # Series that differ in frequency alone. (SDMX-JSON wants at least one group where the list of groups is written, and pysdmx writes it.)
    sibling = Group(id="Sibling", dimensions=[d for d in plan()["dimensions"] if d not in ("FREQ", "TIME_PERIOD")])
    structure = DataStructureDefinition(id="FIGURES", name="指标数据", components=components, groups=[sibling], **kept)
    dataflows = [Dataflow(id=t.name.upper(), name=t.label, description=t.comment, structure=structure, **kept) for t in flows]
    return [*lists.values(), scheme, structure, *dataflows]


def _names() -> dict[str, list[str]]:
    return plan()["dimensions"] | plan()["measure"] | plan()["attributes"]


def _component(id_: str, role: Role, scheme: ConceptScheme, lists: dict[str, Codelist]) -> Component:
    codelist = lists.get(id_ if id_ in lists else id_.removeprefix("TARGET_"))
    return Component(
        id=id_,
        required=role is Role.DIMENSION,
        role=role,
        concept=ItemReference("Concept", plan()["agency"], scheme.id, plan()["version"], id_),
        local_dtype=TYPES.get(id_, DataType.STRING),
        local_enum_ref=f"urn:sdmx:org.sdmx.infomodel.codelist.{codelist.short_urn}" if codelist and id_ not in TYPES else None,
        attachment_level="O" if role is Role.ATTRIBUTE else None,
    )


def _code_lists(job: Job, flows: list[Table]) -> dict[str, tuple[Code, ...]]:
    """Codes with their names by component: the fixed ones, and those that occur."""
    fixed = {"FREQ": plan()["codes"]["FREQ"], "OBS_STATUS": plan()["codes"]["OBS_STATUS"]}
    fixed |= {id_: codes(id_.lower()) for id_ in ("MEASURE", "COMPARATOR", "VERDICT")}
    occurring = " union all ".join(f"({_coded(t)})" for t in flows)
    named = {"REF_AREA": "region_name", "SCOPE": f"coalesce(scope_name, '{plan()['whole']}')", "UNIT_MEASURE": "coalesce(unit, '')"}
    found = {
        id_: list(job.rows(f"select {id_}, max({name}), null from ({occurring}) where {id_} is not null group by {id_} order by {id_}"))
        for id_, name in named.items()
    }
    found["INDICATOR"] = list(
        job.rows(
            "select f.INDICATOR, max(f.indicator_name), max(coalesce(i.name_en || coalesce(': ' || i.definition, ''), '')) "
            f"from ({occurring}) as f left join core.dim_indicator as i on f.indicator_code = i.indicator_code group by f.INDICATOR order by f.INDICATOR"
        )
    )
    return {id_: tuple(Code(code, name=name) for code, name in names.items()) for id_, names in fixed.items()} | {
        id_: tuple(Code(code, name=name or code, description=said or None) for code, name, said in rows) for id_, rows in found.items()
    }
