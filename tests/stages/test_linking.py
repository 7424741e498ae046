"""Linking again: only regions whose statements changed, and always what linking everything anew would give."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from orchestration.contracts.ledger import Linkings, Links
from orchestration.contracts.sources import Documents
from orchestration.lake import Lake
from orchestration.stages import linking
from orchestration.stages.linking import link_targets
from tests.stages.reports import linked, pair

TARGETS = ["改造村口凉亭120座。", "粮食总产量60万吨。", "城镇新增就业5万人。", "固定资产投资增长8%。"]
RESULTS = ["改造村口凉亭124座。", "粮食总产量61万吨。", "城镇新增就业5.2万人。", "固定资产投资增长7.5%。"]
REPORTS = [pair(n, target, result) for n, (target, result) in enumerate(zip(TARGETS, RESULTS, strict=True))]


def _links(lake: Lake) -> list[tuple]:
    return lake.read(Links).collect().rows()


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    """All reports but the last one's review."""
    return linked(tmp_path / "grown", [*(r for both in REPORTS[:-1] for r in both), REPORTS[-1][0]])


def test_grown_lake_is_linked_as_a_new_one(lake: Lake, tmp_path: Path) -> None:
    before = len(_links(lake))
    grown = linked(lake.root, [r for both in REPORTS for r in both])
    assert len(_links(grown)) == before + 1
    assert _links(grown) == _links(linked(tmp_path / "new", [r for both in REPORTS for r in both]))


def test_unchanged_regions_keep_their_links(lake: Lake) -> None:
    """A row changed by hand stays in a region that is left alone, and goes from the one whose report has changed."""
    links, documents = lake.read(Links).collect(), lake.read(Documents).collect()
    lake.write_state(Links, links.with_columns(reason=pl.lit("by hand")))
    changed = documents.with_columns(genre=pl.when(pl.col("document_id") == REPORTS[0][1].id).then(pl.lit("communique")).otherwise("genre"))
    lake.write_state(Documents, changed)
    link_targets(lake)
    by_hand = dict(lake.read(Links, ["target_document_id", "reason"]).collect().iter_rows())
    assert by_hand == {target.id: "same figure" if target is REPORTS[0][0] else "by hand" for target, _ in REPORTS[:-1]}


def test_links_of_a_region_that_is_gone_go(lake: Lake) -> None:
    gone = REPORTS[0][0].region_code
    lake.write_state(Documents, lake.read(Documents).filter(pl.col("region_code") != gone).collect())
    link_targets(lake)
    assert not any(target == REPORTS[0][0].id for _, target, *_ in _links(lake))
    assert gone not in set(lake.read(Linkings).collect()["region_code"])


def test_new_code_links_everything_anew(lake: Lake, monkeypatch: pytest.MonkeyPatch) -> None:
    lake.write_state(Links, lake.read(Links).collect().with_columns(reason=pl.lit("by hand")))
    monkeypatch.setattr(linking, "LINKS_VERSION", "another")
    link_targets(lake)
    assert {row[7] for row in _links(lake)} == {"same figure"}


def test_parts_do_not_change_the_links(lake: Lake, monkeypatch: pytest.MonkeyPatch) -> None:
    before = _links(lake)
    lake.write_state(Linkings, Linkings.frame())
    monkeypatch.setattr(linking, "PART_DOCUMENTS", 2)
    link_targets(lake)
    assert _links(lake) == before
    assert not (lake.root / ".linking").exists()
