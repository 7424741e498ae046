"""The whole extractor: grounded, deterministic, complete, and unmoved by hostile text."""

import re
import time
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orchestration import __version__
from orchestration.extraction import EXTRACTOR_VERSION, MOST_WARNINGS, extract
from orchestration.extraction.model import Context, Extraction

ARABIC = re.compile(r"[0-9０-９]+(?:[.．,，][0-9０-９]+)*")
PIECES = st.sampled_from(
    [
        *"一二两三四五六七八九十百千万亿半几第前0123456789.,，。、；：（）“”《》年月日%‰个家人元倍成增长下降约近超由从到至为占的是全国\n\t\u200b\x00—-~:/+A",
        "分别",
        "增长",
        "2023年",
        "百分之",
        "翻番",
        "亿元",
        "以上",
        "其中",
        "（一）",
        "同比",
        "上半年",
    ]
)


def _sound(text: str, found: Extraction) -> None:
    """Quotes stand at their offsets, spans do not overlap, and no Arabic numeral is lost."""
    last = 0
    for claim in found.claims:
        assert last <= claim.char_start < claim.char_end
        assert text[claim.char_start : claim.char_end] == claim.quote
        assert claim.sentence_start <= claim.char_start
        assert claim.char_end <= claim.sentence_end
        assert claim.value_high is None or claim.value <= claim.value_high
        assert abs(claim.value) < Decimal(10) ** 26
        assert claim.rules
        assert (claim.period is None) == (claim.period_start is None)
        last = claim.char_end
    spans = [(x.char_start, x.char_end) for x in [*found.claims, *found.numerals]]
    for m in ARABIC.finditer(text):
        assert any(a < m.end() and m.start() < b for a, b in spans), m.group()


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=60).map("".join))
def test_any_text_is_read_soundly(text: str) -> None:
    _sound(text, extract(text, Context()))


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_any_unicode_is_read(text: str) -> None:
    _sound_quotes(text, extract(text, Context()))


def _sound_quotes(text: str, found: Extraction) -> None:
    for claim in found.claims:
        assert text[claim.char_start : claim.char_end] == claim.quote


HOSTILE = {
    "digits": "7" * 200_000,
    "brackets": "（" * 60_000 + "）" * 60_000,
    "quotations": "“《" * 50_000,
    "magnitudes": "万" * 100_000,
    "list": "甲、" * 40_000 + "分别增长" + "5%、" * 20_000,
    "dates": "2025年" * 40_000,
    "predicates": "增长提高下降" * 30_000 + "5%",
    "one line": "全市税收增长5.2%左右、" * 10_000,
    "short lines": "增长5%\n" * 10_000,
    "control characters": "\x00\x1f\x7f" * 60_000,
}


@pytest.mark.slow
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_takes_bounded_time(name: str) -> None:
    text = HOSTILE[name]
    start = time.perf_counter()
    found = extract(text, Context())
    assert time.perf_counter() - start < 20e-6 * len(text) + 1
    _sound_quotes(text, found)


def test_a_number_too_long_is_kept_as_numeral_with_a_warning() -> None:
    text = "产值达" + "9" * 500 + "元，税收3亿元。"
    found = extract(text, Context())
    assert [c.quote for c in found.claims] == ["3亿元"]
    assert any(n.reason == "other" and n.char_end - n.char_start >= 500 for n in found.numerals)
    assert found.warnings


def test_of_many_warnings_the_first_are_kept_and_the_rest_counted() -> None:
    found = extract(("9" * 500 + "元，") * (MOST_WARNINGS + 7), Context())
    assert len(found.warnings) == MOST_WARNINGS + 1
    assert found.warnings[-1] == "and 7 more warnings"


def test_deterministic() -> None:
    text = "税收3亿元，增长5%，其中增值税1亿元；道路、桥梁投资分别为2亿元、4亿元，居全省第3位。"
    assert extract(text, Context()) == extract(text, Context())


def test_version_names_package_and_code() -> None:
    assert re.fullmatch(re.escape(__version__) + r"\+[0-9a-f]{10}", EXTRACTOR_VERSION)
