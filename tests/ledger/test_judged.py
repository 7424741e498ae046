"""Links between real reports, judged by eye and kept as offsets: what was right stays linked, and few of those that count are wrong."""

from pathlib import Path
from shutil import copy

import polars as pl
import pytest

from orchestration.contracts.ledger import Links
from orchestration.contracts.sources import Documents
from orchestration.lake import Lake
from orchestration.lexicon import read_yaml
from orchestration.settings import load
from orchestration.stages.cataloguing import catalogue_subjects
from orchestration.stages.correcting import current_claims
from orchestration.stages.extracting import extract_documents
from orchestration.stages.linking import link_targets
from orchestration.stages.reading import read_sources
from orchestration.stages.resolving import resolve

JUDGED = Path(__file__).resolve().parents[1] / "golden" / "ledger" / "judged.yml"
PRECISION, KEPT = 0.95, 0.9


@pytest.mark.slow
def test_judged_links(shared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    judged = {tuple(row[:4]): row[4] for row in read_yaml(JUDGED)["links"]}
    (tmp_path / "raw" / "articles").mkdir(parents=True)
    for name in {name for key in judged for name in (key[0], key[2])}:
        copy(next((shared / "corpus").rglob(name)), tmp_path / "raw" / "articles")
    monkeypatch.setenv("DAJUAN_RAW", str(tmp_path / "raw"))
    monkeypatch.setenv("DAJUAN_HOME", str(tmp_path / "home"))
    lake = Lake(tmp_path / "lake")
    lake.prepare()
    read_sources(load(), lake, print)
    resolve(lake)
    extract_documents(lake, 1, print)
    catalogue_subjects(lake)
    link_targets(lake)
    name_of = {i: path.rsplit("/", 1)[-1] for i, path in lake.read(Documents, ["document_id", "source_path"]).collect().iter_rows()}
    place = {
        i: (name_of[d], start) for i, d, start in current_claims(lake).select("claim_id", "document_id", "char_start").collect().iter_rows()
    }
    counted = lake.read(Links).filter((pl.col("matched_by") != "review") & (pl.col("statement_kind") == "claim")).collect()
    linked = {(*place[t], *place[r]) for t, r in counted.select("target_claim_id", "statement_id").iter_rows()}
    found = [verdict for key, verdict in judged.items() if key in linked]
    right = found.count("right")
    lost = [key for key, verdict in judged.items() if verdict == "right" and key not in linked]
    assert right >= PRECISION * len(found), [key for key, verdict in judged.items() if key in linked and verdict == "wrong"]
    assert right >= KEPT * list(judged.values()).count("right"), lost
