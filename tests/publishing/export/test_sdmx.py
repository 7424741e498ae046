"""SDMX as another house reads it: the structure is valid by the standard's schema, and every code in the figures stands in its codelist."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pysdmx.io import get_datasets, read_sdmx
from pysdmx.model import Codelist, DataStructureDefinition

from orchestration.publishing.export import ExportError, export
from orchestration.publishing.export.sdmx import time_period
from tests.publishing.conftest import make_release


@pytest.fixture(scope="module")
def out(small_release: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sdmx") / "out"
    export(small_release, "sdmx", folder)
    return folder


def rows(out: Path) -> list[dict[str, str]]:
    with (out / "economy.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_structure_is_valid_and_holds_every_code(out: Path) -> None:
    message = read_sdmx(out / "structure.json", validate=True)
    lists = {s.id: {c.id: c.name for c in s.codes} for s in message.structures if isinstance(s, Codelist)}
    (structure,) = (s for s in message.structures if isinstance(s, DataStructureDefinition))
    (data,) = get_datasets(out / "economy.csv", out / "structure.json")
    assert list(data.data.columns) == [c.id for c in structure.components]
    checked = 0
    for component in structure.components:
        if component.local_enum_ref:
            name = component.local_enum_ref.rsplit(":", 1)[1].partition("(")[0]
            assert {row[component.id] for row in rows(out)} - {""} <= set(lists[name]), component.id
            checked += 1
    assert checked == 10
    assert lists["CL_REF_AREA"] == {"990001": "甲区", "990002": "乙区"}
    assert lists["CL_INDICATOR"]["GDP"] == "地区生产总值"
    assert "栽树" in lists["CL_INDICATOR"].values()
    assert set(lists["CL_SCOPE"].values()) == {"全地区", "@全区"}


def test_rows_are_the_release_s_to_the_last_digit(out: Path) -> None:
    got = rows(out)
    assert {row["STRUCTURE_ID"] for row in got} == {"DAJUAN:ECONOMY(1.0)"}
    dimensions = ("FREQ", "REF_AREA", "INDICATOR", "SCOPE", "MEASURE", "UNIT_MEASURE", "TIME_PERIOD")
    assert len({tuple(row[d] for d in dimensions) for row in got}) == 3
    level, growth, pledge = sorted(got, key=lambda row: (row["REF_AREA"], row["MEASURE"] == "growth"))
    assert (level["OBS_VALUE"], level["OBS_STATUS"], level["UNIT_MEASURE"], level["TIME_PERIOD"]) == (
        "12345678901234567.25",
        "A",
        "CNY",
        "2029",
    )
    assert (Decimal(growth["OBS_VALUE"]), growth["OBS_STATUS"], growth["VERDICT"]) == (Decimal("-3.2"), "E", "missed")
    assert (pledge["OBS_VALUE"], pledge["OBS_STATUS"], pledge["TARGET_VALUE"]) == ("", "M", "10000")
    assert (pledge["FREQ"], pledge["TIME_PERIOD"]) == ("_O", "2029-01-01/P2Y")
    assert level["QUOTE"] == "'=1+1"


def test_what_sdmx_cannot_carry_is_said(small_release: Path, tmp_path: Path) -> None:
    release = make_release(tmp_path / "r.duckdb", "update marts.economy set period = null where measure = 'growth'")
    done = export(release, "sdmx", tmp_path / "out")
    assert done.notices == ("marts.economy: 1 rows without a region or a period that SDMX can say were left out",)
    assert len(rows(tmp_path / "out")) == 2
    with pytest.raises(ExportError, match=r"not core\.dim_region"):
        export(small_release, "sdmx", tmp_path / "no", ["core.dim_region", "marts.economy"])


@pytest.mark.parametrize(
    ("period", "want"),
    [
        ("2023", ("A", "2023")),
        ("2023-H1", ("S", "2023-S1")),
        ("2023-Q3", ("Q", "2023-Q3")),
        ("2023-04", ("M", "2023-04")),
        ("2023-12-31", ("D", "2023-12-31")),
        ("2021/2025", ("_O", "2021-01-01/P5Y")),
        ("2023-01/2023-05", ("_O", "2023-01-01/P5M")),
        ("2022-11/2023-02", ("_O", "2022-11-01/P4M")),
        ("2025/2021", None),
        ("2023/2023-05", None),
        ("十四五", None),
        ("", None),
    ],
)
def test_periods_are_said_as_sdmx_says_them(period: str, want: tuple[str, str] | None) -> None:
    assert time_period(period) == want


@given(st.text(alphabet="0123456789-/HQ", max_size=20))
def test_no_text_breaks_the_reading_of_periods(text: str) -> None:
    said = time_period(text)
    assert said is None or said[1][:4] == text[:4]
