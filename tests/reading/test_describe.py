"""What is known of a document: golden beginnings, a case each in tests/golden/reading/heads.yml."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from orchestration.lexicon import read_yaml
from orchestration.reading.content import Content
from orchestration.reading.describe import describe, file_title
from orchestration.reading.model import Document, Source
from orchestration.reading.plain import read
from orchestration.regions import RegionIndex

GOLDEN = Path(__file__).resolve().parents[1] / "golden" / "reading"
CASES = read_yaml(GOLDEN / "heads.yml")


def source(name: str, **sidecar: Any) -> Source:
    return Source(f"articles/{name}", Path(name), "article", "0" * 64, 1, sidecar)


def known(case: dict[str, Any], regions: RegionIndex) -> Document:
    return describe(read(case["text"].encode(), case["name"]), source(case["name"]), regions)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_what_a_beginning_tells(case: dict[str, Any], regions: RegionIndex) -> None:
    document = known(case, regions)
    assert {field: getattr(document, field) for field in case["expect"]} == case["expect"], document.how


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_every_field_says_how_it_was_known(case: dict[str, Any], regions: RegionIndex) -> None:
    document = known(case, regions)
    fields = {"title", "publisher", "published_on", "session_on", "region_code", "genre", "report_year", "source_url", "licence", "unit"}
    told = {field for field in fields if getattr(document, field) is not None}
    assert told | ({"source_tier"} if document.source_tier != "unknown" else set()) == set(document.how)


def test_the_sidecar_wins(regions: RegionIndex) -> None:
    fields = {
        "title": "另一个题目", "url": "https://www.example.org/a", "publisher": "某刊", "published_on": date(2001, 2, 3), "region_code": "330000",
        "genre": "news", "report_year": 1999, "licence": "CC0", "unit": "万元", "source_tier": "official",
    }  # fmt: skip
    content = read(CASES[0]["text"].encode(), "a.txt")
    document = describe(content, source("a.txt", **fields), regions)
    assert {name: getattr(document, "source_url" if name == "url" else name) for name in fields} == fields
    assert document.session_on == date(2023, 1, 5)
    assert {how for field, how in document.how.items() if field != "session_on"} == {"sidecar"}


def test_the_host_of_the_address_tells_the_place(regions: RegionIndex) -> None:
    content = Content("第一段没有地名。\n第二段也没有。", "text/plain")
    document = describe(content, source("x.txt", url="https://tjj.wuhan.gov.cn/a/b.html"), regions)
    assert (document.region_code, document.how["region_code"], document.source_tier) == ("420100", "host", "official")


def test_a_page_s_own_fields_win_over_its_header(regions: RegionIndex) -> None:
    content = read(CASES[0]["text"].encode(), "a.txt")
    stated = {"title": "夷陵区向人代会交账_夷陵区人民政府", "published_on": "2023-01-19 07:30", "publisher": "三峡日报"}
    document = describe(replace(content, stated=stated), source("a.txt"), regions)
    assert (document.title, document.published_on, document.publisher) == ("夷陵区向人代会交账", date(2023, 1, 19), "三峡日报")


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("articles/a/2021_丙县_政府工作报告.txt", "2021年丙县政府工作报告"),
        ("articles/丙县政府工作报告（2021）.docx", "丙县政府工作报告(2021)"),
        ("articles/report-final.pdf", "report-final"),
    ],
)
def test_a_file_name_as_title(path: str, title: str) -> None:
    assert file_title(path) == title
