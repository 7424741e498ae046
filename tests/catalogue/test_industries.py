"""Industries of names, and the seeds that list them."""

from __future__ import annotations

from collections import Counter

import pytest

from orchestration.catalogue.industries import industry_for
from orchestration.lexicon import read_yaml
from tests.catalogue.test_seed import rows
from tests.conftest import ROOT

CASES = read_yaml(ROOT / "tests" / "golden" / "catalogue" / "industries.yml")
INDUSTRIES, CLASSES = rows("industry.csv"), rows("industry_class.csv")


@pytest.mark.parametrize(("name", "industry"), CASES)
def test_golden(name: str, industry: str | None) -> None:
    assert industry_for(name) == industry


def test_two_backbones_three_leading_and_five_emerging() -> None:
    assert Counter(row["industry_group"] for row in INDUSTRIES) == {"backbone": 2, "leading": 3, "emerging": 5}
    assert all(industry_for(row["name_zh"]) == row["industry_code"] for row in INDUSTRIES)


def test_a_word_is_of_one_industry() -> None:
    words = Counter(word for row in INDUSTRIES for word in {row["name_zh"], *row["aliases"].split("|")})
    assert [word for word, n in words.items() if n > 1] == []


def test_every_industry_has_classes_and_every_division_one_name_and_section() -> None:
    assert {row["industry_code"] for row in CLASSES} == {row["industry_code"] for row in INDUSTRIES}
    for row in CLASSES:
        letter = row["gbt_code"].isalpha()
        assert (len(row["gbt_code"]), row["gbt_level"]) == ((1, "section") if letter else (2, "division")), row
        assert not letter or (row["gbt_code"], row["gbt_name"]) == (row["section_code"], row["section_name"])
        assert row["coverage"] in ("whole", "part")
    assert len({(r["gbt_code"], r["gbt_name"], r["section_code"]) for r in CLASSES}) == len({r["gbt_code"] for r in CLASSES})
    assert len({(r["section_code"], r["section_name"]) for r in CLASSES}) == len({r["section_code"] for r in CLASSES})
    # Divisions are numbered through the sections in their order (GB/T 4754-2017).
    divisions = sorted((r["gbt_code"], r["section_code"]) for r in CLASSES if r["gbt_level"] == "division")
    assert [section for _, section in divisions] == sorted(section for _, section in divisions)


def test_a_section_taken_whole_takes_its_divisions_whole() -> None:
    whole = {(r["industry_code"], r["section_code"]) for r in CLASSES if r["gbt_level"] == "section"}
    assert all(r["coverage"] == "whole" for r in CLASSES if (r["industry_code"], r["section_code"]) in whole)
