"""Places by code and by name: renamed, merged, ambiguous."""

import csv
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestration.regions import COUNTRY, LEVELS, RegionIndex
from orchestration.settings import SEEDS


@pytest.mark.parametrize(
    ("name", "within", "code"),
    [
        ("江汉区", None, "420103"),
        ("江汉", None, "420103"),
        ("湖北省", None, "420000"),
        ("湖北", None, "420000"),
        ("广西壮族自治区", None, "450000"),
        ("广西", None, "450000"),
        ("内蒙古", None, "150000"),
        ("武汉", None, "420100"),
        ("广    州", None, "440100"),
        ("镇\u3000江", None, "321100"),
        ("阿坝藏族\n羌族自治州", None, "513200"),
        ("恩施州", None, "422800"),
        ("恩施自治州", None, "422800"),
        ("长阳县", None, "420528"),
        ("神农架", None, "429021"),
        ("浦东新区", None, "310115"),
        ("全国", None, "100000"),
        ("吉林", None, "220000"),
        ("吉林", "220000", "220200"),
        ("吉林省", "220000", "220000"),
        ("海南", "630000", "632500"),
        ("长沙", "430000", "430100"),
        ("长沙", "430100", "430121"),
        ("崇文区", None, "110103"),
        ("鼓楼区", None, None),
        ("鼓楼区", "320100", "320106"),
        ("鼓楼区", "350000", "350102"),
        ("鼓楼区", "320000", None),
        ("朝阳区", "110000", "110105"),
        ("江北区", None, None),
        ("江北区", "330000", "330205"),
        ("江汉区", "430000", None),
        ("珠三角", None, None),
        ("", None, None),
    ],
)
def test_a_name_finds_its_code_or_nothing(regions: RegionIndex, name: str, within: str | None, code: str | None) -> None:
    assert regions.by_name(name, within=within) == code


def test_the_year_chooses_between_places_of_one_name(regions: RegionIndex) -> None:
    assert regions.by_name("桥东区", 2010) is None
    assert regions.by_name("桥东区", 2010, "130100") == "130103"
    assert regions.by_name("桥东区", 2022) == "130702"  # by then the only one left
    assert regions.by_name("长阳县", 1982) == "422728"
    assert regions.by_name("襄樊市", 2005) == regions.by_name("襄阳市", 2015) == "420600"
    assert regions.name("420600", 2005) == "襄樊市"
    assert regions.name("420600") == "襄阳市"


def test_a_name_is_known_outside_its_time_too(regions: RegionIndex) -> None:
    assert regions.by_name("莱芜市", 2022) == "371200"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("110103", "110101"),  # merged into its neighbour
        ("310119", "310115"),
        ("420123", "420116"),  # a county that became a district
        ("469003", "460400"),
        ("420103", None),  # in use
        ("000000", None),
    ],
)
def test_what_took_over(regions: RegionIndex, old: str, new: str | None) -> None:
    assert regions.successor(old) == new


def test_up_down_and_sideways(regions: RegionIndex) -> None:
    assert regions.parent("420103") == "420100"
    assert regions.ancestors("420103") == ["420100", "420000", COUNTRY]
    assert regions.ancestors("110105") == ["110000", COUNTRY]  # no prefecture between
    assert [regions.level(c) for c in (COUNTRY, "420000", "420100", "420103")] == list(LEVELS)
    assert regions.siblings("420103", 2024)[:3] == ["420102", "420104", "420105"]
    assert "420123" in regions.siblings("420103", 1990)
    assert "420123" not in regions.siblings("420103", 2024)
    assert "429004" not in regions.siblings("420100", 2024)  # a county directly under the province is no prefecture
    assert len(regions.siblings("420000", 2024)) == 33
    assert regions.siblings(COUNTRY) == []


@pytest.mark.parametrize(
    ("text", "within", "expected"),
    [
        ("湖北省武汉市江汉区的桥", None, ["湖北省=420000", "武汉市=420100", "江汉区=420103"]),
        ("南京市鼓楼区与徐州鼓楼区", None, ["南京市=320100", "鼓楼区=320106", "徐州=320300", "鼓楼区=320302"]),
        ("鼓楼区修桥", None, []),
        ("鼓楼区修桥", "350100", ["鼓楼区=350102"]),
        ("朝阳区修桥", None, []),  # the longer name is ambiguous: the shorter one inside it does not count
        ("和平发展,公安干警", None, []),  # ordinary words that are also short names of counties
        ("江岸、武昌两区", "420100", ["江岸=420102", "武昌=420106"]),
        ("改造老城区", "420103", []),  # a district elsewhere
        ("洛阳市老城区改造", "420103", ["洛阳市=410300", "老城区=410302"]),
        ("城区环境", "140000", []),
        ("吉林省吉林市", None, ["吉林省=220000", "吉林市=220200"]),
        ("", None, []),
    ],
)
def test_places_in_running_text(regions: RegionIndex, text: str, within: str | None, expected: list[str]) -> None:
    assert [f"{text[a:b]}={code}" for a, b, code in regions.find_in(text, within=within)] == expected


@given(st.text(alphabet="湖北省武汉市江岸区鼓楼朝阳长沙县州 ，1", max_size=60))
def test_found_places_stand_in_order_and_apart(regions: RegionIndex, text: str) -> None:
    end = 0
    for a, b, code in regions.find_in(text):
        assert end <= a < b
        assert regions.by_code(code)
        end = b


def test_the_seed_hangs_together(regions: RegionIndex) -> None:
    with (SEEDS / "region.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    codes = {r["region_code"] for r in rows}
    assert len({(r["region_code"], r["valid_from"]) for r in rows}) == len(rows)
    assert [r["region_code"] for r in rows if not r["parent_code"]] == [COUNTRY]
    assert {r["parent_code"] for r in rows if r["parent_code"]} <= codes
    assert {r["successor_code"] for r in rows if r["successor_code"]} <= codes
    assert {r["level"] for r in rows} == set(LEVELS)
    assert not [r for r in rows if r["valid_to"] and r["valid_to"] <= r["valid_from"]]
    assert not [r for r in rows if not r["name"].startswith(r["short_name"])]
    assert sum(r["level"] == "province" and not r["valid_to"] for r in rows) == 34


def test_versions_of_a_code_do_not_overlap(regions: RegionIndex) -> None:
    with (SEEDS / "region.csv").open(encoding="utf-8", newline="") as file:
        rows = sorted(csv.DictReader(file), key=lambda r: (r["region_code"], r["valid_from"]))
    for before, after in pairwise(rows):
        if before["region_code"] == after["region_code"]:
            assert before["valid_to"]
            assert before["valid_to"] <= after["valid_from"]
