"""Long texts: read in windows as they would be in one piece, within bounded time and memory."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orchestration.extraction import extract, windowing
from orchestration.extraction.model import Context
from tests.conftest import ROOT

CONTEXT = Context(title="2024年临河县政府工作报告", region_code=None, genre="work_report", report_year=2023)


def _report(paragraphs: int) -> str:
    """A report of invented figures: a look back, then plans, each with headings and `paragraphs` paragraphs."""
    rng = random.Random(7)

    def paragraph() -> str:
        n = [rng.randint(2, 900) for _ in range(8)]
        return (
            f"改造旧厂房{n[0]}处、泵站{n[1]}座，带动投资{n[2]}亿元，增长{n[3] / 10}%左右。稻谷、油菜种植面积分别为{n[4]}亩、{n[5]}亩，"
            f"居全市第{n[6] % 9 + 1}位；其中订单种植占{n[7] % 100}%。\n"
        )

    back = "".join("（一）农事与水利\n" * (k % 9 == 0) + paragraph() for k in range(paragraphs))
    ahead = "".join(paragraph() for _ in range(paragraphs))
    return f"2024年临河县政府工作报告\n各位代表：\n一、2023年工作回顾\n{back}二、2024年工作安排\n{ahead}"


def _small(patch: pytest.MonkeyPatch, window: int = 3000) -> None:
    for name, value in {"WINDOW": window, "SLACK": window // 4, "LEAD": 600, "TAIL": 200, "OPENING": 60}.items():
        patch.setattr(windowing, name, value)


def test_windows_are_read_as_one_piece(monkeypatch: pytest.MonkeyPatch) -> None:
    text = _report(120)
    whole = extract(text, CONTEXT)
    _small(monkeypatch)
    assert len(list(windowing.windows(text))) > 4
    parts = extract(text, CONTEXT)
    assert {c.status for c in whole.claims} == {"actual", "target"}
    assert {c.period for c in whole.claims} == {"2023", "2024"}
    assert parts == whole


def test_a_line_that_never_ends_is_cut_with_a_warning_and_nothing_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    text = _report(120).replace("\n", "")
    whole = extract(text, CONTEXT)
    _small(monkeypatch)
    parts = extract(text, CONTEXT)
    assert [(c.quote, c.char_start, c.value, c.unit) for c in parts.claims] == [
        (c.quote, c.char_start, c.value, c.unit) for c in whole.claims
    ]
    assert "where a sentence ends" in parts.warnings[0]


def test_figures_at_a_cut_are_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    _small(monkeypatch, 1000)
    text = "税收达12，345万元" * 500
    found = extract(text, CONTEXT)
    assert [c.quote for c in found.claims] == ["12，345万元"] * 500


def test_a_run_without_any_mark_is_cut_hard(monkeypatch: pytest.MonkeyPatch) -> None:
    _small(monkeypatch, 1000)
    found = extract("税收3亿元，" + "7" * 5000 + "，税收4亿元。", CONTEXT)
    assert [c.quote for c in found.claims] == ["3亿元", "4亿元"]
    assert sum(n.char_end - n.char_start for n in found.numerals) == 5000
    assert any("figures may be torn" in w for w in found.warnings)
    assert all(int(w.split(" at ")[1].split(" ")[0].rstrip(":")) <= 5020 for w in found.warnings)


PIECES = st.sampled_from(
    [*"一二、3。，\n百万元%（）：增长", "税收12亿元", "一、2023年工作回顾\n", "7777777777", "（二）", "今年", "甲乙丙丁" * 10]
)


@settings(max_examples=80, deadline=None)
@given(st.lists(PIECES, max_size=120).map("".join))
def test_bodies_make_up_the_text(text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        _small(patch, 60)
        patch.setattr(windowing, "LEAD", 30)
        made = list(windowing.windows(text))
        spans = [(w.start + w.shift, w.end + w.shift) for w in made]
        assert [text[a:b] for a, b in spans] == [w.text[w.start : w.end] for w in made]
        assert "".join(text[a:b] for a, b in spans) == text
        assert all(a[1] == b[0] for a, b in pairwise(spans))
        found = extract(text, CONTEXT)
    assert all(text[c.char_start : c.char_end] == c.quote for c in found.claims)
    starts = [x.char_start for x in found.claims]
    assert starts == sorted(set(starts))
    held = [(x.char_start, x.char_end) for x in [*found.claims, *found.numerals]]
    for at, char in enumerate(text):
        assert not char.isdecimal() or any(a <= at < b for a, b in held)


_MEASURED = """
import json, resource, sys, time
from orchestration.extraction import extract_window
from orchestration.extraction.windowing import windows
from orchestration.extraction.model import Context
piece, count, tail = json.loads(sys.argv[1])
text = piece * count + tail
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
start = time.process_time()
claims = digits = warnings = 0
for window in windows(text):
    found = extract_window(window, Context())
    claims += len(found.claims)
    warnings += len(found.warnings)
    digits += sum(text[x.char_start:x.char_end].count("7") for x in [*found.claims, *found.numerals])
print(json.dumps({"seconds": time.process_time() - start, "mb": (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024,
                  "chars": len(text), "claims": claims, "warnings": warnings, "digits": digits, "said": text.count("7")}))
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("piece", "count", "tail", "claims"),
    [
        ("全市税收增长5.2%左右、", 1_400_000, "。", 1_400_000),  # a line of 50 MB of figures
        ("全县上下团结一心建设家乡", 400_000, "税收达3亿元。", 1),
        ("7", 1_000_000, "", 0),
        ("7", 10_000_000, "元", 0),
        ("（", 5_000_000, "）" * 10, 0),
        ("\x00\x1f77\x7f", 1_000_000, "", 0),
        ("万亿", 2_000_000, "元", 0),
    ],
    ids=["50 MB line of figures", "line of words", "million digits", "ten million digits", "brackets", "control characters", "magnitudes"],
)
def test_huge_texts_take_bounded_time_and_memory(piece: str, count: int, tail: str, claims: int) -> None:
    env = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", _MEASURED, json.dumps([piece, count, tail])],
        env=env,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    seen = json.loads(done.stdout)
    assert seen["seconds"] < 12e-6 * seen["chars"] + 2, seen
    assert seen["mb"] < 700, seen
    assert seen["claims"] >= claims, seen
    assert seen["digits"] == seen["said"], seen
    assert seen["chars"] < 2_000_000 or seen["warnings"], seen
