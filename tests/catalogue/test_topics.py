"""Topics of subjects without an indicator."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestration.catalogue import Catalogue
from orchestration.catalogue.topics import topic_at, topic_for
from orchestration.contracts import words
from orchestration.lexicon import load, read_yaml
from tests.conftest import ROOT

CATALOGUE = Catalogue.load()
CASES = read_yaml(ROOT / "tests" / "golden" / "catalogue" / "topics.yml")


@pytest.mark.parametrize(("subject", "theme", "topic"), CASES)
def test_golden(subject: str, theme: str, topic: str | None) -> None:
    assert CATALOGUE.topic_for(subject, theme) == topic


@given(st.text(max_size=60), st.sampled_from(sorted(words.THEMES)))
def test_a_topic_is_one_of_the_theme(subject: str, theme: str) -> None:
    topic = CATALOGUE.topic_for(subject, theme)
    assert topic is None or topic in load("catalogue_topics")[theme]


def test_an_unknown_theme_has_no_topics() -> None:
    assert CATALOGUE.topic_for("口袋公园", "weather") is None


TEXT = "## 绿色家园\n今年，云溪区新辟小游园9处，这项工作获评全市优秀；另有12个试点通过验收。\n社区食堂为高龄邻里送餐，惠及3000余人。"


@pytest.mark.parametrize(
    ("said", "theme", "headings", "topic"),
    [
        ("9处", "urban_renewal", None, "greening"),  # by the clause
        ("12个", "urban_renewal", "一、工作回顾 › 垃圾分类", "waste"),  # by the nearest heading that tells
        ("12个", "urban_renewal", None, "greening"),  # by the sentence
        ("3000余人", "livelihood", None, "elderly_care"),
        ("3000余人", "economy", None, None),
    ],
)
def test_words_around_tell_where_a_subject_does_not(said: str, theme: str, headings: str | None, topic: str | None) -> None:
    start = TEXT.index(said)
    assert topic_at(TEXT, start, start + len(said), theme, headings) == topic


def test_a_common_word_tells_only_where_no_other_is_around() -> None:
    assert topic_at("年度任务3件", 4, 6, "economy") == "national_accounts"
    assert topic_at("年度任务3件，收割水稻8万亩", 4, 6, "economy") == "agriculture"
    assert topic_for("年度任务", "economy") is None


@given(st.text(alphabet="，。\n任务水稻9", max_size=60), st.integers(0, 60), st.integers(1, 9))
def test_any_place_in_any_text_can_be_asked(text: str, start: int, length: int) -> None:
    assert topic_at(text, start, start + length, "economy") in {None, "agriculture", "national_accounts"}
