"""Bad input and bad places: what can be taken is published, what cannot is named, and the old release stands."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from tests.pipeline.conftest import Place, landing


def last_line(stderr: str) -> str:
    return stderr.strip().splitlines()[-1]


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """One short article and four files that cannot be taken, built once."""
    place = landing(tmp_path_factory.mktemp("published"))
    articles = place.raw / "articles"
    (articles / "empty.txt").write_bytes(b"")
    (articles / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    (articles / "broken.docx").write_bytes(b"PK\x03\x04 cut short")
    (place.raw / "tables" / "notes.csv").write_text("只有一句话，没有表头", encoding="utf-8")
    done = place.run("build")
    assert done.returncode == 0, done.stderr
    assert "4 in quarantine" in done.stdout
    return place


def test_bad_files_are_quarantined_and_the_build_still_publishes(published: Place) -> None:
    refused = dict(published.sql("select source_path, reason from core.quarantine"))
    assert set(refused) == {"articles/empty.txt", "articles/picture.png", "articles/broken.docx", "tables/notes.csv"}
    assert all(refused.values())
    assert published.sql("select source_path from core.document_source") == [("articles/report.txt",)]


def test_a_failing_check_keeps_the_old_release(published: Place) -> None:
    before = published.release
    assert published.sql("select count(*) from core.fct_claim where quote = '812亿元'") == [(1,)]
    batch = next(p for p in (published.home / "lake/claims").glob("*.parquet") if not p.name.startswith("_"))
    pl.read_parquet(batch).with_columns(quote=pl.col("quote").str.replace("812", "813")).write_parquet(batch)
    (published.raw / "articles" / "second.txt").write_text("2023年，新建口袋公园7个。", encoding="utf-8")
    done = published.run("build")
    assert done.returncode == 1
    assert "quote_stands_at_its_offsets" in last_line(done.stderr)
    assert published.release == before


@pytest.mark.slow
def test_a_file_corrected_at_its_source_is_a_new_version_and_the_old_one_stays_in_the_store(own: Place) -> None:
    assert own.run("build").returncode == 0
    before = own.release
    article = own.raw / "articles" / "report.txt"
    article.write_text(article.read_text(encoding="utf-8").replace("812", "815"), encoding="utf-8")
    assert own.run("build").returncode == 0
    assert own.release != before
    assert own.sql("select quote from core.fct_claim where measure = 'level' and unit = '元'") == [("815亿元",)]
    assert len([p for p in (own.home / "store").rglob("*") if p.is_file()]) == 2


@pytest.mark.parametrize("command", ["build", "status"])
def test_places_that_cannot_work_end_with_one_clear_line(tmp_path: Path, command: str) -> None:
    place = Place(tmp_path / "nowhere", tmp_path / "home")
    done = place.run(command)
    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1
    assert ("DAJUAN_RAW" if command == "build" else "dajuan build") in done.stderr


def test_a_home_that_cannot_be_written(own: Place) -> None:
    own.home.write_text("in the way")
    done = own.run("build")
    assert done.returncode == 1
    assert "DAJUAN_HOME" in last_line(done.stderr)


@pytest.mark.slow
def test_a_correction_is_applied_and_shown_and_blocks_once_it_is_stale(own: Place) -> None:
    folder = own.raw / "corrections"
    folder.mkdir()
    text = "- {document: articles/report.txt, quote: 812亿元, field: status, expected: actual, corrected: estimate, reason: 年末预计数, by: 读者}\n"
    (folder / "a.yml").write_text(text, encoding="utf-8")
    assert own.run("build").returncode == 0
    assert own.sql("select status, citation like '%已更正%' from marts.economy where measure = 'level' and value is not null") == [
        ("estimate", True)
    ]
    before = own.release
    (folder / "a.yml").write_text(text.replace("expected: actual", "expected: target"), encoding="utf-8")
    done = own.run("build")
    assert done.returncode == 1
    assert "corrections_still_hold" in last_line(done.stderr)
    assert own.release == before
    (folder / "a.yml").write_text("- {field: mood}", encoding="utf-8")
    done = own.run("build")
    assert done.returncode == 1
    assert "corrections/a.yml, correction 1" in last_line(done.stderr)


@pytest.mark.slow
def test_a_site_that_cannot_be_written_leaves_the_release_and_is_built_once_it_can(own: Place) -> None:
    notes = own.home / "site" / "notes.txt"
    notes.parent.mkdir(parents=True)
    notes.write_text("mine", encoding="utf-8")
    done = own.run("build")
    assert done.returncode == 1
    assert last_line(done.stderr).startswith("dajuan: site failed, but release ")
    assert own.sql("select count(*) from core.fct_claim") == [(3,)]
    published = own.release
    assert own.run("build").returncode == 1  # nothing is new, and still there is no site
    assert notes.read_text(encoding="utf-8") == "mine"
    notes.unlink()
    done = own.run("build")
    assert done.returncode == 0, done.stderr
    assert own.release == published
    assert (own.home / "site" / "index.html").is_file()
