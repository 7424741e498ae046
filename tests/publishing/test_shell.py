"""The SQL shell: statements put together from lines; a pipe; a terminal."""

from __future__ import annotations

import io
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from orchestration.publishing.query import answer, connect
from orchestration.publishing.shell import SqlError, run, statements
from tests.publishing.conftest import make_release


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    (home / "releases").mkdir()
    (home / "warehouse.duckdb").symlink_to(make_release(home / "releases" / "r1.duckdb"))
    return home


def pipe(home: Path, typed: str, form: str = "csv") -> str:
    to = io.StringIO()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(sys, "stdin", io.StringIO(typed))
        try:
            run(home / "warehouse.duckdb", form, home / "never", to)
        except SqlError as e:
            return f"{to.getvalue()}SqlError: {e}"
    return to.getvalue()


@pytest.mark.parametrize(
    ("lines", "want"),
    [
        (["select 1;"], ["select 1;\n"]),
        (["", "select", " ';' as a", ";", "", "select 2"], ["select\n ';' as a\n;\n", "select 2\n"]),
        (["-- a remark; it ends nothing", "select 1;"], ["-- a remark; it ends nothing\nselect 1;\n"]),
        ([".tables", "select '", ".quit", "';"], [".tables", "select '\n.quit\n';\n"]),
        ([], []),
    ],
)
def test_statements_are_put_together_from_lines(lines: list[str], want: list[str]) -> None:
    assert list(statements(lines)) == want


def test_a_pipe(home: Path) -> None:
    got = pipe(home, "select region_name, value from marts.economy where measure = 'growth';\nselect 1 as a; select 2 as b")
    assert got == "region_name,value\n甲区,-3.2\na\n1\nb\n2\n"
    assert pipe(home, "select 1 as a;\n.quit\nselect 2 as b;") == "a\n1\n"
    assert "marts.economy" in pipe(home, ".tables")
    assert not (home / "never").exists()


def test_a_pipe_ends_at_the_first_mistake(home: Path) -> None:
    assert pipe(home, "select 1 as a;\nselec 2;\nselect 3 as c;\n").startswith("a\n1\nSqlError: Parser Error")
    assert "read-only" in pipe(home, "delete from marts.economy;")


def test_a_long_table_is_cut_and_says_so(home: Path) -> None:
    to = io.StringIO()
    with connect(home / "warehouse.duckdb") as db:
        answer(db, "select range as n from range(5)", "table", to, most=3)
        answer(db, "select range as n from range(3)", "table", to, most=3)
    assert to.getvalue().count("more than 3 rows") == 1


def test_a_terminal(home: Path) -> None:
    arguments = [str(Path(sys.executable).parent / "dajuan"), "sql"]
    env = os.environ | {"DAJUAN_HOME": str(home), "TERM": "dumb"}
    ours, theirs = pty.openpty()
    process = subprocess.Popen(arguments, stdin=theirs, stdout=theirs, stderr=theirs, env=env, close_fds=True)
    os.close(theirs)
    typed = "selec 1;\nselect region_name\nfrom marts.scorecard_of_nothing;\n.columns marts.economy\nselect 6 * 7 as answer;\n.quit\n"
    os.write(ours, typed.encode())
    said = b""
    while True:
        try:
            chunk = os.read(ours, 65536)
        except OSError:  # the terminal is closed
            break
        if not chunk:
            break
        said += chunk
    os.close(ours)
    assert process.wait(timeout=60) == 0
    text = said.decode()
    assert "release r1, read-only" in text
    assert "Parser Error" in text
    assert "scorecard_of_nothing" in text
    assert "数值：What value says" in text
    assert "42" in text.rsplit("answer", 1)[1]
    assert (home / "sql_history").exists()
