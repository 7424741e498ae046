"""A real Superset: an import that can be repeated, and charts that show the marts to the last digit, in a real browser."""

from __future__ import annotations

import io
import os
import time
import zipfile
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import duckdb
import httpx
import pytest

from orchestration.lexicon import read_yaml
from orchestration.publishing.superset.bundle import HERE as SOURCES
from orchestration.publishing.superset.bundle import identity
from tests.superset.browsing import answers, browser
from tests.superset.conftest import Superset

pytestmark = pytest.mark.superset
EXPECTED = read_yaml(Path(__file__).with_name("expected.yaml"))
BOARDS = {p.stem: read_yaml(p) for p in sorted((SOURCES / "dashboards").glob("*.yaml"))}


def do_import(superset: Superset, password: str | None = None) -> Any:
    arguments = ["bi", "import", "--url", superset.url, "--user", superset.user, "--postgres", superset.postgres]
    return superset.dajuan(*arguments, SUPERSET_PASSWORD=superset.password if password is None else password)


@pytest.fixture(scope="module")
def api(superset: Superset) -> httpx.Client:
    """The API, logged in, after a first import."""
    done = do_import(superset)
    assert done.returncode == 0, done.stderr + (superset.folder / "log").read_text(errors="replace")[-3000:]
    client = httpx.Client(base_url=superset.url, timeout=60)
    login = client.post("/api/v1/security/login", json={"username": superset.user, "password": superset.password, "provider": "db"})
    client.headers["Authorization"] = f"Bearer {login.json()['access_token']}"
    return client


def ids(api: httpx.Client, kind: str) -> dict[str, int]:
    found = api.get(f"/api/v1/{kind}/", params={"q": "(page_size:200)"}).json()["result"]
    return {row["uuid"]: row["id"] for row in found}


def exported(api: httpx.Client) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(api.get("/api/v1/assets/export/").content)) as archive:
        files = {name.partition("/")[2]: archive.read(name).decode() for name in archive.namelist()}
    return {name: text for name, text in files.items() if name != "metadata.yaml"}


def test_importing_again_changes_nothing(superset: Superset, api: httpx.Client) -> None:
    kinds = ("dashboard", "chart", "dataset", "database")
    before = exported(api), {kind: ids(api, kind) for kind in kinds}
    again = do_import(superset)
    assert again.returncode == 0, again.stderr
    assert again.stdout.startswith("Superset 6.1.0: 4 dashboards")
    assert (exported(api), {kind: ids(api, kind) for kind in kinds}) == before
    assert len(before[1]["dashboard"]) == len(BOARDS)
    assert len(before[1]["chart"]) == sum(len(row["charts"]) for board in BOARDS.values() for row in board["rows"])


def test_every_column_bears_a_chinese_name(api: httpx.Client) -> None:
    for dataset in ids(api, "dataset").values():
        columns = api.get(f"/api/v1/dataset/{dataset}").json()["result"]["columns"]
        assert columns
        assert [c["column_name"] for c in columns if not c["verbose_name"] or c["verbose_name"].isascii()] == []


def test_a_wrong_password_is_named(superset: Superset) -> None:
    done = do_import(superset, "not-it")
    assert done.returncode == 1
    assert "does not know admin" in done.stderr


def comparable(rows: Iterable[tuple[Any, ...]], quotients: set[int]) -> Counter[tuple[Any, ...]]:
    """Rows, as many times as they occur: figures exact, but a quotient (it may have no last digit) as the nearest double."""
    return Counter(tuple(float(v) if n in quotients and v is not None else v for n, v in enumerate(row)) for row in rows)


def shown(rows: list[dict[str, Any]], expected: dict[str, Any], columns: list[str]) -> list[tuple[Any, ...]]:
    """Rows of an answer in the form of the question asked of the marts."""
    if first := expected.get("unpivot"):
        return [(row[first], series, value) for row in rows for series, value in row.items() if series != first and value is not None]
    return [tuple(row[c] for c in columns) for row in rows]


def test_charts_show_the_marts_to_the_last_digit(superset: Superset, api: httpx.Client, tmp_path: Path) -> None:
    chart_ids = ids(api, "chart")
    screenshots = Path(os.environ.get("DAJUAN_SCREENSHOTS") or tmp_path)
    with (
        browser(superset.url, superset.user, superset.password) as driver,
        duckdb.connect(str(superset.home / "warehouse.duckdb"), read_only=True) as marts,
    ):
        for name, board in BOARDS.items():
            charts = {chart_ids[identity("chart", f"{name}/{chart}")]: chart for row in board["rows"] for chart in row["charts"]}
            got = answers(driver, f"{superset.url}/superset/dashboard/{board['slug']}/", len(charts))
            assert set(got) == set(charts), name
            for number, chart in charts.items():
                expected = EXPECTED[chart]
                cursor = marts.execute(expected["sql"].replace("{mart}", board["dataset"]))
                columns = [c[0] for c in cursor.description or ()]
                rows = cursor.fetchall()
                quotients = {n for row in rows for n, value in enumerate(row) if isinstance(value, float)}
                answered = comparable(shown(got[number], expected, columns), quotients)
                assert answered == comparable(rows, quotients), f"{name}/{chart}"
            time.sleep(2)  # charts are drawn after they are answered
            driver.save_screenshot(str(screenshots / f"{name}.png"))
