"""Releases: immutable, tables only, switched in one step, and the last ones kept."""

import json
from pathlib import Path

import duckdb
import pytest

from orchestration.lake import Lake
from orchestration.publishing.release import ReleaseError, current_manifest, list_releases, point_to
from orchestration.settings import Settings, load, prepare
from orchestration.stages.releasing import publish


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    raw = tmp_path / "raw"
    raw.mkdir()
    made = load({"DAJUAN_RAW": str(raw), "DAJUAN_HOME": str(tmp_path / "home"), "DAJUAN_KEEP_RELEASES": "2"})
    prepare(made)
    return made


def build(settings: Settings, value: int, extra: str = "") -> None:
    settings.build_db.unlink(missing_ok=True)
    with duckdb.connect(str(settings.build_db)) as db:
        db.execute(
            f"create schema core; create table core.t as select {value} as a; comment on table core.t is '表'; comment on column core.t.a is '甲'"
        )
        db.execute("create schema marts; create macro marts.above(n) as table select * from core.t where a > n")
        db.execute(extra or "select 1")


def release(settings: Settings, value: int, monkeypatch: pytest.MonkeyPatch) -> str:
    build(settings, value)
    monkeypatch.setattr("orchestration.stages.releasing.fingerprint", lambda lake: f"{value:024d}"[::-1])
    return publish(settings, Lake(settings.lake))["release"]


def value_of(settings: Settings) -> int:
    with duckdb.connect(str(settings.warehouse), read_only=True) as db:
        return db.execute("select a from core.t").fetchall()[0][0]


def test_a_release_carries_tables_comments_and_macros(settings: Settings) -> None:
    build(settings, 7)
    made = publish(settings, Lake(settings.lake))
    assert made["rows"] == {"core.t": 1}
    assert current_manifest(settings) == made
    with duckdb.connect(str(settings.warehouse), read_only=True) as db:
        assert db.execute("from marts.above(6)").fetchall() == [(7,)]
        assert db.execute("select comment from duckdb_tables() where table_name = 't'").fetchall() == [("表",)]
        assert db.execute("select comment from duckdb_columns() where table_name = 't'").fetchall() == [("甲",)]


def test_a_view_is_no_part_of_a_release(settings: Settings) -> None:
    build(settings, 1, "create view core.v as select * from core.t")
    with pytest.raises(ReleaseError, match="core.v"):
        publish(settings, Lake(settings.lake))
    assert not settings.warehouse.exists()


def test_the_last_releases_are_kept_and_can_be_gone_back_to(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    made = [release(settings, n, monkeypatch) for n in (1, 2, 3)]
    kept = {m["release"] for m in list_releases(settings)}
    assert kept == set(made[-2:])
    assert value_of(settings) == 3
    point_to(settings, made[1])
    assert value_of(settings) == 2
    with pytest.raises(ReleaseError, match="no release nonsense"):
        point_to(settings, "nonsense")


def test_an_open_reader_keeps_the_release_it_opened(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    release(settings, 1, monkeypatch)
    with duckdb.connect(str(settings.warehouse.resolve()), read_only=True) as reader:
        release(settings, 2, monkeypatch)
        assert reader.execute("select a from core.t").fetchall() == [(1,)]
    assert value_of(settings) == 2


def test_leftovers_of_a_killed_publish_do_no_harm(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    release(settings, 1, monkeypatch)
    (settings.releases / ".half.partial").write_bytes(b"half a file")
    assert value_of(settings) == 1
    release(settings, 2, monkeypatch)
    assert not list(settings.releases.glob(".*.partial"))
    manifests = {p.stem for p in settings.releases.glob("*.json")}
    assert manifests == {p.stem for p in settings.releases.glob("*.duckdb")}
    assert all(json.loads(p.read_text())["rows"] for p in settings.releases.glob("*.json"))
