"""`dajuan sql`: SQL on the current release from a terminal or a pipe, read-only, with nothing but the standard library's line editing.

A statement ends with a semicolon, on however many lines. In a terminal a mistake is said and the next statement awaited; in a pipe it ends the run.
"""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

import duckdb

from orchestration.publishing.query import answer, connect
from orchestration.publishing.release import read_manifest

HELP = """\
.tables          the tables and what they are
.columns TABLE   its columns, their types, and what they say
.help            this
.quit            leave (so does Ctrl-D)
anything else    SQL, ended by ;"""
TABLES = (
    "select schema_name || '.' || table_name as \"table\", estimated_size as rows, comment from duckdb_tables()"
    " where schema_name in ('core', 'marts') order by schema_name, table_name"
)
COLUMNS = (
    'select column_name as "column", data_type as type, comment from duckdb_columns()'
    " where schema_name || '.' || table_name = ? or table_name = ? order by schema_name, column_index"
)
MOST = 1_000  # rows shown in a terminal


class SqlError(Exception):
    """A statement of a pipe that could not be run."""


def run(warehouse: Path, form: str, history: Path, to: TextIO) -> None:
    """Read statements from stdin until it ends, and print what they give to `to` as `form` (table csv json).

    SqlError at the first statement of a pipe that fails. `history` keeps what was typed in a terminal.
    """
    release = warehouse.resolve()
    with connect(release) as db:
        if not sys.stdin.isatty():
            _session(db, sys.stdin, form, to, None)
            return
        print(f"release {read_manifest(release)['release']}, read-only; .help says what there is, Ctrl-D leaves", file=to)
        with _line_editing(history):
            while True:
                try:
                    return _session(db, _typed(), form, to, MOST)
                except KeyboardInterrupt:  # gives up what is being typed or run
                    print(file=to)


def statements(lines: Iterable[str]) -> Iterator[str]:
    """Statements and dot commands, put together from lines; the last one may lack its semicolon."""
    pending = ""
    for line in lines:
        if not pending and line.strip().startswith("."):
            yield line.strip()
            continue
        pending = f"{pending}{line.rstrip(chr(10))}\n".lstrip()
        if sqlite3.complete_statement(pending):
            yield pending
            pending = ""
    if pending:
        yield pending


def _session(db: duckdb.DuckDBPyConnection, lines: Iterable[str], form: str, to: TextIO, most: int | None) -> None:
    """Run what the lines say until they end or say .quit. In a terminal (`most` rows shown) a mistake is said, else it is an SqlError."""
    for statement in statements(lines):
        if statement in (".quit", ".exit"):
            return
        try:
            _run(db, statement, form, to, most)
        except duckdb.Error as e:
            if most is None:
                raise SqlError(str(e)) from e
            print(e, file=to)


def _run(db: duckdb.DuckDBPyConnection, statement: str, form: str, to: TextIO, most: int | None) -> None:
    command, _, argument = statement.partition(" ")
    if command == ".tables":
        answer(db, TABLES, form, to)
    elif command == ".columns" and argument.strip():
        answer(db, COLUMNS, form, to, parameters=[argument.strip()] * 2)
    elif command.startswith("."):
        print(HELP, file=to)
    else:
        for one in duckdb.extract_statements(statement):
            answer(db, one, form, to, most)


def _typed() -> Iterator[str]:
    with suppress(EOFError):
        while True:
            yield input("dajuan> ")


@contextmanager
def _line_editing(history: Path) -> Iterator[None]:
    """The standard library's line editing with a history, where this Python has it."""
    try:
        import readline
    except ImportError:
        yield
        return
    with suppress(OSError):
        readline.read_history_file(history)
    yield
    readline.set_history_length(1_000)
    with suppress(OSError):
        readline.write_history_file(history)
