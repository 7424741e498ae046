"""Who answers for the targets of a lake, and until when; results have no duties."""

from __future__ import annotations

from pathlib import Path

from orchestration.contracts.ledger import Duties
from orchestration.stages.assigning import assign
from orchestration.stages.correcting import current_claims
from tests.stages.reports import linked, pair


def test_duties_of_targets(tmp_path: Path) -> None:
    target = "10月底前改造村口凉亭120座。（市园林局牵头，市财政局配合）\n粮食总产量60万吨。"
    lake = linked(tmp_path, pair(0, target, "6月底前改造村口凉亭124座。（市园林局牵头）"))
    assert assign(lake) == 1
    quotes = dict(current_claims(lake).select("claim_id", "quote").collect().iter_rows())
    assert [(quotes[c], r, d) for c, r, d in lake.read(Duties).collect().iter_rows()] == [("120座", "市园林局", "2024-10-31")]
    lake.write_state(Duties, Duties.frame())
    assert assign(lake) == 1
