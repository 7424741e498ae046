"""Subjects → indicators: golden cases, judged cases, properties, speed and the catalogue's interface."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestration.catalogue import Catalogue, Match
from orchestration.catalogue.naming import fold, normal
from orchestration.lexicon import read_yaml
from tests.conftest import ROOT

GOLDEN = ROOT / "tests" / "golden" / "catalogue"
CATALOGUE = Catalogue.load()
CASES = [
    pytest.param(*case, id=f"{group}: {case[0]} {case[1]} {case[2]}")
    for group, cases in read_yaml(GOLDEN / "matches.yml").items()
    for case in cases
]
JUDGED = read_yaml(GOLDEN / "judged.yml")
NAMES = sorted({(name, next(iter(sorted(i.units)))) for i in CATALOGUE.indicators.values() for name, only in i.aliases if not only})


def code(match: Match | None) -> str | None:
    return match.indicator_code if match else None


@pytest.mark.parametrize(("subject", "unit", "measure", "indicator"), CASES)
def test_golden(subject: str, unit: str, measure: str, indicator: str | None) -> None:
    assert code(CATALOGUE.match(subject, unit, measure)) == indicator


@pytest.mark.parametrize(("subject", "unit", "measure", "indicator"), JUDGED, ids=lambda value: str(value))
def test_judged(subject: str, unit: str, measure: str, indicator: str) -> None:
    assert code(CATALOGUE.match(subject, unit, measure)) == indicator


def test_every_name_finds_its_own_indicator() -> None:
    lost = [
        (name, indicator.code, found)
        for indicator in CATALOGUE.indicators.values()
        for name, only in indicator.aliases
        for unit in sorted(indicator.units)
        if (found := code(CATALOGUE.match(name, unit if not only else "%", only or "level"))) != indicator.code
    ]
    assert not lost


@given(st.sampled_from(NAMES), st.sampled_from(["“{}”", "《{}》", " {} ", "全市{}", "{}（预计）", "{}\u200b"]), st.data())
def test_quotes_blanks_and_places_change_nothing(name: tuple[str, str], frame: str, data: st.DataObject) -> None:
    subject, unit = name
    plain = code(CATALOGUE.match(subject, unit, "level"))
    at = data.draw(st.integers(0, len(subject)))
    outside = "(" not in subject and "（" not in subject
    for other in (frame.format(subject), subject[:at] + " " + subject[at:], *([subject[:at] + "”" + subject[at:]] if outside else [])):
        assert code(CATALOGUE.match(other, unit, "level")) == plain, other


@given(st.text(max_size=80))
def test_any_text_has_a_normal_form_that_stays(text: str) -> None:
    once = normal(text)
    assert normal(once) == once
    CATALOGUE.match(text, "元", "level")


def test_folding_is_final() -> None:
    once = {fold(normal(name)) for name, _ in NAMES}
    assert not [name for name in once if fold(name) != name]


@given(st.text(alphabet="第一二三产业生总值地区国内企实现新增建改造小", max_size=70))
def test_folding_ends(text: str) -> None:
    assert len(fold(text)) <= 4 * len(text) + 8


def test_a_long_text_is_no_name_and_costs_nothing() -> None:
    assert CATALOGUE.match("全省" * 100_000 + "地区生产总值", "元", "level") is None


def test_unknown_unit_or_measure_is_not_checked() -> None:
    assert code(CATALOGUE.match("地区生产总值", None, None)) == "gdp"
    assert code(CATALOGUE.match("地区生产总值", "元", None)) == "gdp"
    assert CATALOGUE.match("地区生产总值", "公里", None) is None


def test_score_tells_how() -> None:
    assert CATALOGUE.match("地区生产总值", "元", "level") == Match("gdp", 1.0, "exact")
    assert CATALOGUE.match("规模以上工业的产值", "元", "level") == Match("large_industry_output", 1.0, "exact")
    assert CATALOGUE.match("规模以上服务业营收", "元", "level") == Match("large_services_revenue", 0.95, "folded")
    assert CATALOGUE.match("全省进出口总额", "元", "level") == Match("foreign_trade", 0.9, "stripped")


def test_assign_answers_in_order() -> None:
    asked = [("GDP", "元", "level"), ("某某", "元", "level"), ("CPI", "%", "growth")]
    assert [code(m) for m in CATALOGUE.assign(asked)] == ["gdp", None, "consumer_prices"]


def test_theme_decides_between_two_that_fit(tmp_path: Path) -> None:
    header = "indicator_code,name_zh,name_en,theme,topic,unit,unit_kind,direction,plausible_low,plausible_high,aliases,definition"
    lines = ["a,甲站,a,economy,t,个,things,none,,,补贴,x", "b,乙站,b,livelihood,t,元,money,none,,,补贴,x"]
    (tmp_path / "i.csv").write_text("\n".join([header, *lines]), encoding="utf-8")
    catalogue = Catalogue.load(tmp_path / "i.csv")
    assert code(catalogue.match("补贴", "%", "growth")) == "a"
    assert code(catalogue.match("补贴", "%", "growth", "livelihood")) == "b"
    assert code(catalogue.match("补贴", "元", "level", "economy")) == "b"


def test_missing_seed_and_unknown_kind_are_errors(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        Catalogue.load(tmp_path / "none.csv")
    header = "indicator_code,name_zh,theme,topic,unit_kind,aliases"
    (tmp_path / "i.csv").write_text(f"{header}\na,甲,economy,t,wishes,\n", encoding="utf-8")
    with pytest.raises(KeyError, match="wishes"):
        Catalogue.load(tmp_path / "i.csv")
