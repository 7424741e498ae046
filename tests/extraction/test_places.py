"""The document's own place is cut from a subject; the names of other things are left whole."""

import pytest

from orchestration.extraction.places import without_place

PLACES = ("江汉区", "武汉市", "湖北省")


@pytest.mark.parametrize(
    ("subject", "left"),
    [
        ("江汉区地区生产总值", "地区生产总值"),
        ("武汉市新增托位", "新增托位"),
        ("湖北省级示范园", "湖北省级示范园"),
        ("武汉市区空气质量优良率", "武汉市区空气质量优良率"),
        ("江汉路客流量", "江汉路客流量"),
        ("江汉区人口", "江汉区人口"),
        ("新增托位", "新增托位"),
    ],
)
def test_full_names_at_the_head_only(subject: str, left: str) -> None:
    assert without_place(subject, PLACES) == left
    assert without_place(subject, ()) == subject
