"""Golden cases as data: what each sentence must yield. A case lists all claims of its text, in order, with the fields that matter."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from orchestration.extraction import extract
from orchestration.extraction.model import Context, Extraction
from orchestration.lexicon import read_yaml

GOLDEN = Path(__file__).resolve().parents[1] / "golden" / "extraction"
NAMES = sorted(path.stem for path in GOLDEN.glob("*.yml"))


def _cases() -> list:
    found = []
    for name in NAMES:
        data = read_yaml(GOLDEN / f"{name}.yml")
        for i, case in enumerate(data["cases"], 1):
            found.append(pytest.param(case["text"], Context(**(data["context"] | case.get("context", {}))), case, id=f"{name}-{i}"))
    return found


def _plain(value: object) -> object:
    return str(value) if isinstance(value, date) else value


@pytest.mark.parametrize(("text", "context", "case"), _cases())
def test_golden(text: str, context: Context, case: dict) -> None:
    """Claims in order with the fields that the case names; numerals that are no claim, if the case lists them."""
    got: Extraction = extract(text, context)
    assert len(got.claims) == len(case["claims"]), [(c.quote, c.subject) for c in got.claims]
    for claim, want in zip(got.claims, case["claims"], strict=True):
        assert text[claim.char_start : claim.char_end] == claim.quote
        for field, expected in want.items():
            actual = getattr(claim, field)
            if isinstance(actual, Decimal):
                assert actual == Decimal(str(expected)), (claim.quote, field, actual)
            else:
                assert _plain(actual) == _plain(expected), (claim.quote, field, actual, claim.rules)
    others = [text[n.char_start : n.char_end] for n in got.numerals]
    assert [w for w in case.get("none", []) if w not in others] == []
