"""The tables that the project ships in raw/tables."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

import pytest

from orchestration import tables
from orchestration.lexicon import read_yaml
from orchestration.reading.model import Document
from orchestration.reading.sheets import read_sheets
from orchestration.regions import RegionIndex
from orchestration.tables import Observation
from tests.conftest import ROOT

SHIPPED = ROOT / "raw" / "tables"


@cache
def observed(name: str) -> list[Observation]:
    file = SHIPPED / name
    said = read_yaml(file.with_name(file.stem + ".source.yml"))
    known = {field: said.get(field) for field in ("title", "publisher", "region_code", "report_year", "unit")}
    (sheet,) = read_sheets(file.read_bytes(), name)
    reading = tables.read(sheet, Document("", "text/csv", **known), RegionIndex.load())
    assert not reading.skipped
    return reading.observations


@pytest.mark.parametrize(
    ("region", "subject", "period", "measure", "value", "status"),
    [
        ("420100", "地区生产总值", "2022", "level", "1886643000000", "actual"),
        ("420100", "地区生产总值", "2022", "growth", "4.0", "actual"),
        ("420102", "地方一般公共预算收入", "2024", "level", "12000000000", "estimate"),
        ("420103", "地区生产总值", "2024", "growth", "6.5", "estimate"),
        ("420104", "地区生产总值", "2022", "level", "95000000000", "estimate"),
        ("420104", "地方一般公共预算收入", "2022", "level", "6800000000", "actual"),
        ("420104", "地方一般公共预算收入", "2022", "growth", "4.3", "actual"),
        ("420104", "地区生产总值", "2024", "level", "110000000000", "estimate"),
        ("420106", "地区生产总值", "2021", "level", "172000000000", "estimate"),
        ("420106", "地区生产总值", "2021", "growth", "14.5", "estimate"),
        ("420106", "地方一般公共预算收入", "2021", "level", "14180000000", "actual"),
        ("420106", "地方一般公共预算收入", "2021", "growth", "29.5", "actual"),
        ("420106", "地区生产总值", "2022", "level", "175000000000", "estimate"),
        ("420106", "地区生产总值", "2022", "growth", "5", "estimate"),
        ("420106", "地方一般公共预算收入", "2022", "level", "12900000000", "actual"),
        ("420106", "地方一般公共预算收入", "2023", "level", "13700000000", "actual"),
        ("420106", "地方一般公共预算收入", "2023", "growth", "0.8", "actual"),
        ("420106", "地区生产总值", "2024", "level", "202000000000", "estimate"),
        ("420106", "地方一般公共预算收入", "2024", "growth", "0.3", "actual"),
    ],
)
def test_the_districts_of_wuhan(region: str, subject: str, period: str, measure: str, value: str, status: str) -> None:
    (found,) = [
        o for o in observed("wuhan-districts.csv") if (o.region_code, o.subject, o.period, o.measure) == (region, subject, period, measure)
    ]
    assert (found.value, found.status, found.unit) == (Decimal(value), status, "元" if measure == "level" else "%")


def test_there_is_nothing_else_of_the_districts() -> None:
    assert len(observed("wuhan-districts.csv")) == 19


def test_the_city_in_2022() -> None:
    found = observed("wuhan-2022.xlsx")
    assert {(o.region_code, o.period, o.status) for o in found} == {("420100", "2022", "actual")}
    assert [(o.cell, o.subject, o.measure, format(o.value, "f"), o.unit) for o in found] == [
        ("B5", "地区生产总值", "level", "1886643000000", "元"),
        ("C5", "地区生产总值", "growth", "4", "%"),
        ("B6", "第一产业增加值", "level", "47579000000", "元"),
        ("C6", "第一产业增加值", "growth", "3.2", "%"),
        ("B7", "第二产业增加值", "level", "671665000000", "元"),
        ("C7", "第二产业增加值", "growth", "7.3", "%"),
        ("B8", "第三产业增加值", "level", "1167399000000", "元"),
        ("C8", "第三产业增加值", "growth", "2.3", "%"),
        ("B9", "粮食产量", "level", "898800", "吨"),
        ("C9", "粮食产量", "growth", "-0.96", "%"),
        ("C10", "固定资产投资", "growth", "10.8", "%"),
    ]
