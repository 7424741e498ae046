"""The list of sources, the command, the job."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path

import dagster as dg
import httpx
import pytest
from typer.testing import CliRunner

from orchestration.assets.fetching import Fetching, fetch, fetched
from orchestration.assets.triggers import build
from orchestration.cli import app
from orchestration.fetching.model import FetchError, Kind, Wanted
from orchestration.fetching.run import fetch_all
from orchestration.fetching.sources import read_sources
from tests.fetching.conftest import Reply, TestServer, Time


def sources(folder: Path, text: str) -> list[Wanted]:
    """What the list `text` says."""
    (folder / "sources.yml").write_text(text, encoding="utf-8")
    return read_sources(folder)


def test_a_list(tmp_path: Path) -> None:
    text = """
- url: https://a.test/1#x
- {url: http://b.test/t, kind: table, region_code: 420103, published_on: 2025-02-03, unit: 万元, source_tier: official}
"""
    assert sources(tmp_path, text) == [
        Wanted(httpx.URL("https://a.test/1")),
        Wanted(
            httpx.URL("http://b.test/t"),
            Kind.table,
            {"region_code": "420103", "published_on": date(2025, 2, 3), "unit": "万元", "source_tier": "official"},
        ),
    ]
    assert sources(tmp_path, "[]") == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "must be a list"),
        ("url: https://a.test", "must be a list"),
        ("- https://a.test", "entry 1: it must have a `url`"),
        ("- url: https://a.test\n- kind: table", "entry 2: it must have a `url`"),
        ("- {url: 'ftp://a.test'}", "entry 1: only addresses"),
        ("- {url: 'http://ann:s3cret@a.test'}", "name or password"),
        ("- {url: 'http://a.test', kind: tables}", "article or table"),
        ("- {url: 'http://a.test', kind: [article]}", "one value"),
        ("- {url: 'http://a.test', regoin_code: 420103}", "entry 1 has unknown fields (regoin_code)"),
        ("- {url: 'http://a.test', region_code: 999999}", "GB/T 2260"),
        ("- {url: 'http://a.test', title: {a: b}}", "one value"),
        ("- {url: 'http://a.test'}\n- {url: 'http://a.test/#x'}", "entry 2 has the address of entry 1"),
        ("- {url: 'http://a.test', published_on: 2025-02-30}", "no YAML"),
        ("- {url: [", "no YAML near line 1"),
    ],
)
def test_slips_of_the_pen(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(FetchError) as caught:
        sources(tmp_path, text)
    assert said in str(caught.value)
    assert "s3cret" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_no_list_and_a_list_in_another_encoding(tmp_path: Path) -> None:
    with pytest.raises(FetchError, match="there is no"):
        read_sources(tmp_path)
    (tmp_path / "sources.yml").write_bytes("- title: 预算".encode("gb18030"))
    with pytest.raises(FetchError, match="UTF-8"):
        read_sources(tmp_path)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A landing folder and a home that the settings point to."""
    (tmp_path / "raw").mkdir()
    monkeypatch.setenv("DAJUAN_RAW", str(tmp_path / "raw"))
    monkeypatch.setenv("DAJUAN_HOME", str(tmp_path / "home"))
    return tmp_path / "raw"


def local(server: TestServer, path: str) -> str:
    """The address of a page by number: no name is looked up."""
    return f"http://127.0.0.1:{server.server_port}{path}"


def test_the_command(server: TestServer, place: Path) -> None:
    server.routes["/p"] = Reply(body=b"<html>x</html>", headers={"Content-Type": "text/html"})
    run = CliRunner()
    refused = run.invoke(app, ["fetch", local(server, "/p"), "--delay", "0"])
    assert refused.exit_code == 1
    assert "--allow-private" in refused.stderr.splitlines()[-1]
    assert server.asked == []
    mixed = run.invoke(app, ["fetch", local(server, "/p"), local(server, "/gone"), "file:///x", "--allow-private", "--delay", "0"])
    assert mixed.exit_code == 1
    assert mixed.stdout.splitlines()[-1] == "1 new, 2 failed"
    assert mixed.stderr.splitlines()[-1].startswith("dajuan: 2 of 3 sources failed, the first file:///x: only addresses")
    assert [p.suffix for p in (place / "articles").iterdir() if p.name.endswith("html")] == [".html"]
    (place / "sources.yml").write_text(f"- url: {local(server, '/p')}\n  title: 题目\n", encoding="utf-8")
    listed = run.invoke(app, ["fetch", "--allow-private", "--delay", "0"])
    assert (listed.exit_code, listed.stdout.splitlines()[-1]) == (0, "1 unchanged")
    (place / "sources.yml").unlink()
    assert "there is no" in run.invoke(app, ["fetch"]).stderr


def test_the_asset(server: TestServer, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("orchestration.assets.fetching.fetch_all", partial(fetch_all, clock=Time().clock))

    def run(allow: bool) -> dict[str, object]:
        return dict(fetched(dg.build_asset_context(), Fetching(allow_private=allow)).metadata)

    assert run(True)["sources"] == 0  # no list
    server.routes["/p"] = Reply(body=b"<html>x</html>", headers={"Content-Type": "text/html"})
    (place / "sources.yml").write_text(f"- url: {local(server, '/p')}\n", encoding="utf-8")
    with pytest.raises(dg.Failure, match="--allow-private"):
        run(False)
    assert server.asked == []
    assert run(True)["sources"] == 1
    assert len(list((place / "articles").glob("*.html"))) == 1


def test_a_build_never_touches_the_network() -> None:
    @dg.asset
    def other() -> None:
        """Something that a build makes."""

    both = [fetched, other]
    assert fetch.selection.resolve(both) == {fetched.key}
    assert build.selection.resolve(both) == {other.key}
