"""The lake: logs grow, states are replaced, repeated batches change nothing, and nothing broken is written."""

from pathlib import Path

import pytest

from orchestration.contracts.base import ContractBroken
from orchestration.contracts.claims import Extractions, Numerals
from orchestration.lake import Lake, digest


def numerals(*keys: str):
    rows = [{"extraction_key": k, "document_id": "d", "char_start": 0, "char_end": 1, "reason": "date"} for k in keys]
    return Numerals.frame(rows)


def test_a_log_grows_and_a_repeated_batch_replaces_itself(tmp_path: Path) -> None:
    lake = Lake(tmp_path)
    lake.prepare()
    lake.append(Numerals, numerals("a"), ["a"])
    lake.append(Numerals, numerals("b"), ["b"])
    before = {p.name: p.read_bytes() for p in (tmp_path / "numerals").glob("*.parquet")}
    lake.append(Numerals, numerals("b"), ["b"])
    assert {p.name: p.read_bytes() for p in (tmp_path / "numerals").glob("*.parquet")} == before
    assert lake.rows(Numerals) == 2


def test_a_state_is_replaced(tmp_path: Path) -> None:
    lake = Lake(tmp_path)
    for key in ("old", "new"):
        lake.write_state(Extractions, Extractions.frame([{"document_id": "d", "extraction_key": key}]))
    assert lake.read(Extractions).collect()["extraction_key"].to_list() == ["new"]


def test_a_broken_batch_leaves_no_file(tmp_path: Path) -> None:
    lake = Lake(tmp_path)
    with pytest.raises(ContractBroken):
        lake.append(Numerals, numerals("a", "a"), ["a"])
    assert not list(tmp_path.rglob("*.parquet"))


def test_a_table_never_written_reads_as_empty(tmp_path: Path) -> None:
    assert Lake(tmp_path).read(Numerals).collect().is_empty()


def test_digest_keeps_its_parts_apart() -> None:
    assert digest("a", "bc") != digest("ab", "c")
    assert digest(None) != digest("")
