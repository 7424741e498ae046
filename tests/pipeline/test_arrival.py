"""History: documents may arrive in any order and the marts are the same; what was known on a day does not change with what comes later."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.pipeline.conftest import Place

pytestmark = pytest.mark.slow

REPORTS = {
    2022: "2022年，全区地区生产总值完成700亿元，增长5.2%。改造老旧小区40个。\n\n二、2023年工作安排\n地区生产总值增长6%以上。改造老旧小区50个。城镇新增就业1.5万人。\n",
    2023: "2023年，全区地区生产总值完成745亿元，增长6.4%。改造老旧小区46个。城镇新增就业1.7万人。\n\n二、2024年工作安排\n地区生产总值增长6.5%左右。改造老旧小区30个。\n",
    2024: "2024年，全区地区生产总值完成790亿元，增长6.6%。改造老旧小区31个。2023年地区生产总值经核实为748亿元，增长6.7%。\n\n"
    "二、2025年工作安排\n地区生产总值增长6%。\n",
}
DAYS = ("2023-06-30", "2024-06-30", "2025-06-30")


def put(place: Place, year: int) -> None:
    """The report on `year`, published in the January after it."""
    article = place.raw / "articles" / f"{year}.txt"
    article.write_text(REPORTS[year], encoding="utf-8")
    article.with_suffix(".source.yml").write_text(
        f"title: 某区{year + 1}年政府工作报告\npublished_on: {year + 1}-01-10\nregion_code: '420103'\ngenre: work_report\n"
        f"report_year: {year}\nsource_tier: official\n",
        encoding="utf-8",
    )


def built(folder: Path, arrivals: Sequence[Sequence[int]]) -> Place:
    """A place whose reports arrive in several builds."""
    place = Place(folder / "raw", folder / "home")
    for name in ("articles", "tables"):
        (place.raw / name).mkdir(parents=True)
    for years in arrivals:
        for year in years:
            put(place, year)
        done = place.run("build")
        assert done.returncode == 0, done.stderr
    return place


def marts(place: Place) -> dict[str, list[tuple]]:
    """Every row of every mart, in an order of its own."""
    names = [name for (name,) in place.sql("select table_name from duckdb_tables() where schema_name = 'marts' order by all")]
    return {name: place.sql(f"from marts.{name} order by all") for name in names}


def known(place: Place, day: str) -> list[tuple]:
    """The scorecard as it could be known on `day`."""
    return place.sql(f"from marts.scorecard_as_of(date '{day}') order by all")


@pytest.fixture(scope="module")
def at_once(tmp_path_factory: pytest.TempPathFactory) -> Place:
    return built(tmp_path_factory.mktemp("at_once"), [[2022, 2023, 2024]])


def test_any_order_of_arrival_gives_the_same_marts(at_once: Place, tmp_path: Path) -> None:
    late = marts(built(tmp_path, [[2024], [2022], [2023]]))
    assert late["commitment"]
    assert late["revision"]
    assert late == marts(at_once)


def test_what_was_known_on_a_day_stays(at_once: Place, tmp_path: Path) -> None:
    before = built(tmp_path, [[2022, 2023]])
    assert [known(before, day) for day in DAYS[:2]] == [known(at_once, day) for day in DAYS[:2]]
    assert known(at_once, DAYS[1]) != known(at_once, DAYS[2])
