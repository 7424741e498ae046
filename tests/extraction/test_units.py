"""Units: base units keep figures exact."""

from decimal import Decimal

import pytest

from orchestration.extraction.units import base

CASES = [
    ("3", "名", "3", "人"),
    ("2.5", "公顷", "25000", "平方米"),
    ("3", "亩", "2000", "平方米"),
    ("1", "亩", "666.666666666667", "平方米"),
    ("2", "平方公里", "2000000", "平方米"),
    ("800", "斤", "0.4", "吨"),
    ("1", "元/亩", "1", "元/亩"),
    ("5", "位", "5", "人"),
    ("7", "处", "7", "处"),
    ("30", "分钟", "0.5", "小时"),
    ("4", "微克/立方米", "4", "微克/立方米"),
]


@pytest.mark.parametrize(("value", "unit", "expected", "expected_unit"), CASES)
def test_base(value: str, unit: str, expected: str, expected_unit: str) -> None:
    assert base(Decimal(value), unit) == (Decimal(expected), expected_unit)
