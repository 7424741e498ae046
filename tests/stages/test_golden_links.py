"""Golden cases as data: which sentence of a review is the result of which target, and which only looks like it."""

from pathlib import Path

import pytest

from orchestration.contracts.claims import Outcomes
from orchestration.lake import Lake
from orchestration.lexicon import read_yaml
from orchestration.stages.correcting import current_claims
from tests.stages.reports import Report, linked, links, pair

GOLDEN = Path(__file__).resolve().parents[1] / "golden" / "ledger" / "links.yml"
CASES = read_yaml(GOLDEN)["cases"]


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Lake:
    """All cases in one lake, each of a place of its own."""
    reports: list[Report] = [report for n, case in enumerate(CASES) for report in pair(n, case["target"], case["result"])]
    return linked(tmp_path_factory.mktemp("lake"), reports)


@pytest.fixture(scope="module")
def found(lake: Lake) -> dict[int, list[dict]]:
    """Links by case."""
    by_case: dict[int, list[dict]] = {n: [] for n in range(len(CASES))}
    for row in links(lake):
        by_case[int(row["target_document_id"][:6]) - 990000].append(row)
    return by_case


def test_every_case_states_a_target_and_a_result(lake: Lake) -> None:
    """A pair of which one side was not extracted would pass unlinked for nothing."""
    figures = current_claims(lake).select("document_id", "status").collect().rows()
    words = lake.read(Outcomes, ["document_id", "status"]).collect().rows()
    for n in range(len(CASES)):
        assert (f"{990000 + n}-tasks", "target") in figures
        assert (f"{990000 + n}-review", "actual") in figures + words


@pytest.mark.parametrize("n", range(len(CASES)), ids=[f"{c['target'][:12]}…{c['result'][:12]}" for c in CASES])
def test_golden(n: int, found: dict[int, list[dict]]) -> None:
    case, rows = CASES[n], found[n]
    counted = {row["matched_by"] for row in rows} - {"review"}
    assert counted == ({case["by"]} if case["by"] else set()), rows
    if "reason" in case:
        assert case["reason"] in {row["reason"] for row in rows}
