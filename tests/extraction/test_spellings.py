"""One meaning, many spellings: every way to write a figure, a bound, a direction, a time must give the same claim."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from orchestration.extraction import extract
from orchestration.extraction.model import Context

GOLDEN = Path(__file__).resolve().parents[1] / "golden" / "extraction" / "spellings.jsonl"
CONTEXT = Context(title="2024年云溪市政府工作报告", published_on=date(2024, 1, 16), genre="work_report", report_year=2023)


def _cases() -> list:
    rows = [json.loads(line) for line in GOLDEN.read_text(encoding="utf-8").splitlines()]
    return [
        pytest.param(row["sentence"].format(spelling), row["want"], id=f"{number}-{spelling}")
        for number, row in enumerate(rows, 1)
        for spelling in row["spellings"]
    ]


@pytest.mark.parametrize(("text", "want"), _cases())
def test_spelling(text: str, want: dict) -> None:
    claims = extract(text, CONTEXT).claims
    assert len(claims) == 1, [(c.quote, c.subject) for c in claims]
    got = {field: getattr(claims[0], field) for field in want}
    assert got == {field: Decimal(value) if field in ("value", "value_high") else value for field, value in want.items()}, claims[0].rules
