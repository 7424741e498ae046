"""Readers in a loop while releases are published and publishers are killed: no error, never a mixed release."""

from __future__ import annotations

import multiprocessing as mp
import os
import random
import signal
import time
from pathlib import Path

import duckdb
import pytest

from orchestration.lake import Lake
from orchestration.settings import Settings, load, prepare
from orchestration.stages import releasing

pytestmark = pytest.mark.slow

PUBLISHES, KILLS, READERS = 50, 20, 4


def settings_of(folder: Path) -> Settings:
    return load({"DAJUAN_RAW": str(folder), "DAJUAN_HOME": str(folder / "home"), "DAJUAN_KEEP_RELEASES": "5"})


def publish(folder: Path, n: int, begun: object = None) -> None:
    """Build two tables that hold `n` and publish them; `begun` is set when the imports are done and the work begins."""
    if begun is not None:
        begun.set()  # type: ignore[attr-defined]
    settings = settings_of(folder)
    releasing.fingerprint = lambda lake: f"{n:08d}" * 3  # type: ignore[assignment]
    for stale in settings.build_db.parent.glob("build.duckdb*"):
        stale.unlink()
    with duckdb.connect(str(settings.build_db)) as db:
        db.execute(
            f"create schema core; create table core.a as select {n} as n from range(50000); create table core.b as select {n} as n from range(50000)"
        )
    releasing.publish(settings, Lake(settings.lake))


def read_in_a_loop(folder: Path, stop: object, results: object) -> None:
    """Open, compare both tables, close; count the reads and keep the first error."""
    reads, error = 0, None
    while not stop.is_set():  # type: ignore[attr-defined]
        try:
            with duckdb.connect(str(settings_of(folder).warehouse.resolve()), read_only=True) as db:
                seen = db.execute("select distinct n from core.a union select distinct n from core.b").fetchall()
            if len(seen) != 1:
                error = f"mixed release: {seen}"
                break
            reads += 1
        except Exception as e:
            error = repr(e)
            break
    results.put((reads, error))  # type: ignore[attr-defined]


def test_readers_never_see_an_error_or_a_mixed_release(tmp_path: Path) -> None:
    prepare(settings_of(tmp_path))
    publish(tmp_path, 0)
    context = mp.get_context("spawn")
    stop, results = context.Event(), context.Queue()
    readers = [context.Process(target=read_in_a_loop, args=(tmp_path, stop, results)) for _ in range(READERS)]
    for reader in readers:
        reader.start()
    draw = random.Random(20240119)
    killed = set(draw.sample(range(1, PUBLISHES + 1), KILLS))
    for n in range(1, PUBLISHES + 1):
        begun = context.Event()
        publisher = context.Process(target=publish, args=(tmp_path, n, begun))
        publisher.start()
        begun.wait(60)
        if n in killed:
            time.sleep(draw.uniform(0, 0.15))
            os.kill(publisher.pid or 0, signal.SIGKILL)
        publisher.join(60)
    publish(tmp_path, PUBLISHES + 1)
    stop.set()
    outcomes = [results.get(timeout=60) for _ in readers]
    for reader in readers:
        reader.join()
    assert [error for _, error in outcomes if error] == []
    assert all(reads > 10 for reads, _ in outcomes)
    assert not list(settings_of(tmp_path).releases.glob(".*.partial"))
