"""Corrections: applied while what they expect holds, stale and loud once it does not, and never half understood."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from orchestration.contracts.claims import Claims, Extractions
from orchestration.contracts.corrections import Corrections
from orchestration.contracts.sources import DocumentSources
from orchestration.lake import Lake
from orchestration.stages.correcting import BadCorrection, correct, current_claims

NOON = datetime(2024, 1, 19, 12, tzinfo=UTC)


def claim(n: int, quote: str, value: int, unit: str) -> dict:
    return {
        "extraction_key": "k", "claim_id": f"c{n}", "document_id": "d", "char_start": n * 10, "char_end": n * 10 + len(quote), "quote": quote,
        "value": Decimal(value), "unit": unit, "value_base": Decimal(value), "unit_base": unit, "comparator": "eq", "measure": "level", "status": "actual",
        "period": "2022", "period_start": date(2022, 1, 1), "period_end": date(2022, 12, 31), "subject": "新建道路", "theme": "urban_renewal",
        "sentence_start": 0, "sentence_end": 90, "rules": "r", "extractor_version": "v",
    }  # fmt: skip


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    made = Lake(tmp_path / "lake")
    made.prepare()
    made.append(Claims, Claims.frame([claim(0, "3条", 3, "条"), claim(1, "3条", 3, "条"), claim(2, "5公顷", 5, "公顷")]), ["k"])
    made.write_state(Extractions, Extractions.frame([{"document_id": "d", "extraction_key": "k"}]))
    source = {
        "source_path": "articles/a.txt",
        "document_id": "d",
        "sha256": "s",
        "source_tier": "official",
        "first_seen": NOON,
        "last_seen": NOON,
    }
    made.write_state(DocumentSources, DocumentSources.frame([source]))
    (tmp_path / "corrections").mkdir()
    return made


def write(tmp_path: Path, **changes: object) -> None:
    lines = {
        "document": "articles/a.txt",
        "quote": "5公顷",
        "field": "value",
        "expected": "5",
        "corrected": "6",
        "reason": "typo",
        "by": "reader",
    } | changes
    text = "\n".join(f"  {k}: {v!r}" for k, v in lines.items() if v is not ...)
    (tmp_path / "corrections" / "a.yml").write_text("-" + text[1:], encoding="utf-8")


def stated(lake: Lake) -> dict[str, dict]:
    return {row["claim_id"]: row for row in current_claims(lake).collect().to_dicts()}


def test_a_value_is_corrected_and_its_base_follows(lake: Lake, tmp_path: Path) -> None:
    write(tmp_path)
    assert correct(tmp_path, lake, print) == {"corrections": 1, "stale": 0}
    assert (stated(lake)["c2"]["value"], stated(lake)["c2"]["value_base"], stated(lake)["c2"]["unit_base"]) == (6, 60_000, "平方米")
    assert stated(lake)["c2"]["rules"] == "r corrected:value"
    assert stated(lake)["c0"]["value"] == 3


def test_the_nth_of_equal_quotes_and_the_days_of_a_period(lake: Lake, tmp_path: Path) -> None:
    write(tmp_path, quote="3条", nth=2, field="period", expected="2022", corrected="2023-H1")
    correct(tmp_path, lake, print)
    assert (stated(lake)["c1"]["period_start"], stated(lake)["c1"]["period_end"]) == (date(2023, 1, 1), date(2023, 6, 30))
    assert stated(lake)["c0"]["period"] == "2022"


@pytest.mark.parametrize("changes", [{"expected": "7"}, {"quote": "8公顷"}, {"document": "articles/gone.txt"}, {"nth": 2}], ids=str)
def test_a_correction_that_no_longer_holds_is_stale_and_changes_nothing(lake: Lake, tmp_path: Path, changes: dict) -> None:
    write(tmp_path, **changes)
    assert correct(tmp_path, lake, print) == {"corrections": 1, "stale": 1}
    assert stated(lake)["c2"]["value"] == 5
    assert lake.read(Corrections).collect()["problem"].to_list()[0]


def test_a_correction_that_is_taken_back_leaves_nothing(lake: Lake, tmp_path: Path) -> None:
    write(tmp_path)
    correct(tmp_path, lake, print)
    (tmp_path / "corrections" / "a.yml").unlink()
    assert correct(tmp_path, lake, print) == {"corrections": 0, "stale": 0}
    assert stated(lake)["c2"]["value"] == 5
    assert len(stated(lake)) == 3


@pytest.mark.parametrize(
    ("changes", "says"),
    [({"reason": ...}, "reason is missing"), ({"colour": "red"}, "colour is not known"), ({"field": "mood"}, "field must be one of"), ({"corrected": "many"}, "must be a number")],
    ids=["missing", "unknown", "field", "number"],
)  # fmt: skip
def test_a_file_that_cannot_be_understood_is_named(lake: Lake, tmp_path: Path, changes: dict, says: str) -> None:
    write(tmp_path, **changes)
    with pytest.raises(BadCorrection, match=f"corrections/a.yml.*{says}"):
        correct(tmp_path, lake, print)
