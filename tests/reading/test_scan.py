"""The landing folder: what is a source, what is configuration, what must not be opened."""

from __future__ import annotations

import hashlib
import os
from datetime import date
from pathlib import Path

import pytest

from orchestration.contracts.words import GENRES, TIERS
from orchestration.reading import sidecar
from orchestration.reading.model import Refusal
from orchestration.reading.scan import LARGEST, read_bytes, scan, single

TEXT = "一段正文。"


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    for folder in ("articles/deep/er", "tables", "corrections", "reviews", ".git", "other"):
        (tmp_path / folder).mkdir(parents=True)
    return tmp_path


def put(raw: Path, path: str, text: str = TEXT) -> Path:
    file = raw / path
    file.write_text(text, encoding="utf-8")
    return file


def refusals(raw: Path) -> dict[str, str]:
    return {r.source.path: r.refusal.code for r in scan(raw).refused}


def test_every_file_is_found_in_order_of_path(raw: Path) -> None:
    for path in ("articles/b.txt", "articles/deep/er/a.txt", "tables/t.csv", "articles/a b.md"):
        put(raw, path)
    found = scan(raw).sources
    assert [(s.path, s.kind) for s in found] == [
        ("articles/a b.md", "article"),
        ("articles/b.txt", "article"),
        ("articles/deep/er/a.txt", "article"),
        ("tables/t.csv", "table"),
    ]
    assert {s.sha256 for s in found} == {hashlib.sha256(TEXT.encode()).hexdigest()}
    assert {s.size for s in found} == {len(TEXT.encode())}


def test_configuration_is_no_source(raw: Path) -> None:
    for path in ("corrections/a.yml", "reviews/b.csv", "sources.yml", ".git/x", "articles/.gitkeep", "articles/.hidden.txt"):
        put(raw, path)
    assert scan(raw) == ([], [], [])


def test_a_folder_named_like_configuration_below_holds_sources(raw: Path) -> None:
    (raw / "articles/corrections").mkdir()
    put(raw, "articles/corrections/a.txt")
    put(raw, "articles/sources.yml")
    assert [s.path for s in scan(raw).sources] == ["articles/corrections/a.txt", "articles/sources.yml"]


def test_files_elsewhere_are_told_where_to_go(raw: Path) -> None:
    put(raw, "loose.txt")
    put(raw, "other/a.txt")
    assert refusals(raw) == {"loose.txt": "unknown_type", "other/a.txt": "unknown_type"}
    assert "articles/" in scan(raw).refused[0].refusal.reason


def test_links_and_pipes_are_not_followed(raw: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (outside / "secret.txt").write_text("秘密。", encoding="utf-8")
    (raw / "articles/link.txt").symlink_to(outside / "secret.txt")
    (raw / "articles/folder").symlink_to(outside)
    (raw / "articles/loop").symlink_to(raw / "articles")
    os.mkfifo(raw / "articles/pipe.txt")
    assert refusals(raw) == dict.fromkeys(("articles/folder", "articles/link.txt", "articles/loop", "articles/pipe.txt"), "unsafe_path")
    assert scan(raw).sources == []


def test_names_that_cannot_be_shown_are_refused_and_told_apart(raw: Path) -> None:
    for name in (b"\xff\xfe.txt", b"a\nb.txt", b"a\\nb.txt", "好\u3000的.txt".encode()):
        Path(os.fsdecode(os.fsencode(raw / "articles") + b"/" + name)).write_text(TEXT, encoding="utf-8")
    assert sorted(refusals(raw).values()) == ["unsafe_path", "unsafe_path"]
    paths = [s.path for s in scan(raw).sources] + list(refusals(raw))
    assert len(set(paths)) == 4
    assert all(path.isprintable() or "\u3000" in path for path in paths)


def test_sizes_are_looked_at_before_reading(raw: Path) -> None:
    put(raw, "articles/empty.txt", "")
    with put(raw, "articles/huge.txt").open("r+b") as file:
        file.truncate(2 * 2**30)
    assert refusals(raw) == {"articles/empty.txt": "empty", "articles/huge.txt": "too_large"}
    assert scan(raw).refused[1].source.size == 2 * 2**30 > LARGEST


def test_a_sidecar_beside_its_file(raw: Path) -> None:
    put(raw, "articles/a.txt")
    put(raw, "articles/a.source.yml", "title: 一\npublished_on: 2024-01-19\nregion_code: '420103'\nreport_year: 2023\n")
    put(raw, "tables/t.csv")
    put(raw, "tables/t.csv.source.yml", "unit: 万元\n")
    article, table = scan(raw).sources
    assert article.sidecar == {"title": "一", "published_on": date(2024, 1, 19), "region_code": "420103", "report_year": 2023}
    assert table.sidecar == {"unit": "万元"}
    assert len({article.sidecar_sha256, table.sidecar_sha256, ""}) == 3


def test_the_more_specific_sidecar_wins_and_one_without_a_file_is_named(raw: Path) -> None:
    put(raw, "articles/a.txt")
    put(raw, "articles/a.source.yml", "title: 一\n")
    put(raw, "articles/a.txt.source.yml", "title: 二\n")
    put(raw, "articles/lost.source.yml", "title: 三\n")
    landing = scan(raw)
    assert landing.sources[0].sidecar == {"title": "二"}
    assert [w.split()[0] for w in landing.warnings] == ["articles/a.source.yml", "articles/lost.source.yml"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("titel: 一\n", "titel"),
        ("title: 12\n", "title must be a text"),
        ("title: ''\n", "title"),
        ("published_on: 2024-13-01\n", "2024-01-19"),
        ("published_on: '2024-02-30'\n", "published_on must be a date"),
        ("published_on: 2024\n", "published_on"),
        ("published_on: 2024-01-19 08:00:00\n", "published_on"),
        ("region_code: '999999'\n", "region_code must be a code of GB/T 2260"),
        ("genre: report\n", "work_report"),
        ("report_year: '2023'\n", "report_year must be a year"),
        ("report_year: true\n", "report_year"),
        ("source_tier: best\n", "official"),
        ("url: ftp://a\n", "https://"),
        ("title: [一, 二]\n", "title"),
        ("- 一\n- 二\n", "field: value"),
        ("title: 'open\n", "line"),
        ("a: &a [x,x]\nb: &b [*a,*a]\n", "unknown fields"),
        ("[" * 1000, "YAML"),
        ("title: x\n" * 9000, "KB"),
    ],
)
def test_a_bad_sidecar_is_refused_with_what_to_mend(raw: Path, text: str, says: str) -> None:
    put(raw, "articles/a.txt")
    put(raw, "articles/a.source.yml", text)
    ((source, refusal),) = scan(raw).refused
    assert (source.path, refusal.code) == ("articles/a.txt", "bad_sidecar")
    assert says in refusal.reason
    assert source.sidecar_sha256


def test_an_unquoted_code_and_an_empty_sidecar(raw: Path) -> None:
    assert sidecar.parse(b"region_code: 420103\ntitle:\n", "a") == {"region_code": "420103"}
    assert sidecar.parse(b"# nothing yet\n", "a") == {}


def test_the_vocabularies_are_those_of_the_tables() -> None:
    assert set(sidecar.GENRES) == set(GENRES)
    assert set(sidecar.TIERS) == set(TIERS)


def test_a_single_file(raw: Path) -> None:
    file = put(raw, "other/x.txt")
    put(raw, "other/x.source.yml", "title: 一\n")
    source = single(file)
    assert (source.path, source.kind, source.sidecar) == ("x.txt", "article", {"title": "一"})
    assert read_bytes(source) == TEXT.encode()
    with pytest.raises(FileNotFoundError):
        single(raw / "missing.txt")


def test_a_file_that_changes_under_our_hands(raw: Path) -> None:
    source = single(put(raw, "other/x.txt"))
    put(raw, "other/x.txt", "别的。")
    with pytest.raises(Refusal, match="changed"):
        read_bytes(source)
