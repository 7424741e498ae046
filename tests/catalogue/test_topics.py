"""Topics of subjects without an indicator."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from orchestration.catalogue import Catalogue
from orchestration.contracts import words
from orchestration.extraction.words import load
from tests.conftest import ROOT

CATALOGUE = Catalogue.load()
CASES = yaml.safe_load((ROOT / "tests" / "golden" / "catalogue" / "topics.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("subject", "theme", "topic"), CASES)
def test_golden(subject: str, theme: str, topic: str | None) -> None:
    assert CATALOGUE.topic_for(subject, theme) == topic


@given(st.text(max_size=60), st.sampled_from(sorted(words.THEMES)))
def test_a_topic_is_one_of_the_theme(subject: str, theme: str) -> None:
    topic = CATALOGUE.topic_for(subject, theme)
    assert topic is None or topic in load("catalogue_topics")[theme]


def test_an_unknown_theme_has_no_topics() -> None:
    assert CATALOGUE.topic_for("口袋公园", "weather") is None
