"""Each table is declared once: what dbt sees is derived from the contracts, and the gate lets nothing else through."""

from datetime import UTC, datetime

import pytest

from orchestration.contracts import CONTRACTS
from orchestration.contracts.base import ContractBroken, gate
from orchestration.contracts.claims import Numerals
from orchestration.contracts.dbt import DOCS, SOURCES, docs, sources
from orchestration.contracts.sources import Readings
from orchestration.settings import DBT_PROJECT


def test_dbt_files_have_not_drifted() -> None:
    again = "run python -m orchestration.contracts.dbt"
    assert (DBT_PROJECT / SOURCES).read_text(encoding="utf-8") == sources(), again
    assert (DBT_PROJECT / DOCS).read_text(encoding="utf-8") == docs(), again


@pytest.mark.parametrize("contract", CONTRACTS, ids=lambda c: c.table())
def test_every_table_and_column_explains_itself(contract) -> None:
    assert contract.comment()
    assert contract.grain()
    assert not [name for name, column in contract.columns().items() if not column.description]
    assert set(contract.grain()) <= set(contract.columns())


@pytest.mark.parametrize("contract", CONTRACTS, ids=lambda c: c.table())
def test_an_empty_table_keeps_its_contract(contract) -> None:
    assert gate(contract, contract.frame()).height == 0


def numeral(**changes: object) -> dict:
    return {"extraction_key": "k", "document_id": "d", "char_start": 1, "char_end": 3, "reason": "date"} | changes


@pytest.mark.parametrize(
    ("rows", "column"),
    [
        ([numeral(reason="whim")], "reason"),
        ([numeral(document_id=None)], "document_id"),
        ([numeral(char_end=1)], "table"),
        ([numeral(), numeral()], "table"),
    ],
    ids=["domain", "null", "span", "grain"],
)
def test_the_gate_names_what_is_broken(rows: list[dict], column: str) -> None:
    with pytest.raises(ContractBroken) as broken:
        gate(Numerals, Numerals.frame(rows))
    assert broken.value.table == "numerals"
    assert any(what.startswith(column) or column == "table" for what in broken.value.failures)


def test_a_reading_is_a_document_or_a_reason_and_not_both() -> None:
    row = {"reading_key": "k", "source_path": "a", "kind": "article", "sha256": "x", "read_at": datetime.now(UTC)}
    with pytest.raises(ContractBroken):
        gate(Readings, Readings.frame([row]))
    with pytest.raises(ContractBroken):
        gate(Readings, Readings.frame([row | {"document_id": "d", "reason_code": "empty"}]))
    assert gate(Readings, Readings.frame([row | {"reason_code": "empty", "reason": "no bytes"}])).height == 1
