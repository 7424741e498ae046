"""The models' SQL keeps to what dbt-spark runs as well: what only DuckDB can do stands behind a dispatched macro.

A scan of the sources by patterns: each pattern is seen to catch what it is there for, and none of it is in the project.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from orchestration.settings import DBT_PROJECT

FILES = sorted(p for folder in ("models", "macros", "tests") for p in (DBT_PROJECT / folder).rglob("*.sql"))
JINJA = re.compile(r"""\{\{(?:"[^"]*"|'[^']*'|[^"'}]|\}(?!\}))*\}\}|\{%.*?%\}""", re.DOTALL)
COMMENT = re.compile(r"\{#.*?#\}|--[^\n]*", re.DOTALL)
ONLY_DUCKDB = re.compile(r"\{%-?\s*macro duckdb__\w+.*?endmacro\s*-?%\}", re.DOTALL)
TEXT = re.compile(r"'(?:[^']|'')*'")
FORBIDDEN = {
    "QUALIFY: row_number() in a subquery": (r"\bqualify\b", "select a from t qualify row_number() over (order by a) = 1"),
    "lists and structs": (r"\b(?:list|array|struct|map)_\w+\s*\(|\b(?:unnest|list|struct_pack|row_to_json)\s*\(", "select list_sort(a)"),
    "* EXCLUDE or REPLACE: name the columns": (r"\bexclude\b|\*\s*replace\b", "select * exclude (a) from t"),
    "arg_max: row_number() in a subquery": (r"\barg_(?:max|min)\w*\s*\(", "select arg_max(a, b)"),
    "generate_series: core.dim_date": (r"\b(?:generate_series|range)\s*\(", "select * from range(9)"),
    "a literal of a list or struct": (r"[\[\]{}]", "select [1, 2]"),
    "a regular expression: a dispatched macro": (r"\bregexp\w*\b|\bsimilar\s+to\b|\brlike\b|(?<!\|)~", "select regexp_matches(a, 'b')"),
    "a cast by ::": (r"::", "select a::date"),
    "GROUP or ORDER BY ALL: name the columns": (r"\bby\s+all\b", "select a from t group by all"),
    "a type of DuckDB's: dbt.type_string() …": (r"\bas\s+(?:varchar|text|hugeint|ubigint|timestamptz)\s*\)", "select cast(a as varchar)"),
    "a quoted name: adapter.quote()": ('"', 'select "by" from t'),
    "a function that Spark names otherwise": (
        r"\b(?:string_agg|strftime|strptime|starts_with|ends_with|contains|epoch\w*|date_part|date_diff|date_add|make_date|to_days|strlen|instr|median|mode|any_value)\s*\(",
        "select string_agg(a, ',')",
    ),
    "FROM first": (r"(?:^|\()\s*from\b(?!.*\bselect\b)", "from t"),
    "an integer cast that truncates or rounds: ROUND first": (
        r"\bcast\(\s*[^()]*/[^()]*\bas\s+(?:integer|bigint|int)\b",
        "select cast(a / b as integer)",
    ),
}  # fmt: skip


def plain(text: str) -> str:
    """SQL without comments, DuckDB's own macros, Jinja and the content of strings, in small letters."""
    text = ONLY_DUCKDB.sub(" ", COMMENT.sub(" ", text))
    return TEXT.sub("''", JINJA.sub(" x ", text)).lower()


def spoken(text: str) -> str:
    """The SQL that stands within Jinja's strings too: dbt.concat([…]) and the like."""
    text = ONLY_DUCKDB.sub(" ", COMMENT.sub(" ", text))
    return " ".join(re.findall(r'"([^"]*)"', " ".join(JINJA.findall(text)))).lower()


def window_orders(sql: str) -> Iterator[str]:
    """What windows are ordered by, an item each."""
    for window in re.finditer(r"\bover\s*\(", sql):
        depth, end = 1, window.end()
        while depth and end < len(sql):
            depth += {"(": 1, ")": -1}.get(sql[end], 0)
            end += 1
        _, ordered, by = sql[window.end() : end - 1].partition("order by")
        if ordered:
            yield from _items(by)


def _items(by: str) -> Iterator[str]:
    depth, item = 0, ""
    for char in by:
        depth += {"(": 1, ")": -1}.get(char, 0)
        if char == "," and not depth:
            yield " ".join(item.split())
            item = ""
        else:
            item += char
    yield " ".join(item.split())


@pytest.mark.parametrize("rule", FORBIDDEN)
def test_each_rule_catches_what_it_is_there_for(rule: str) -> None:
    pattern, example = FORBIDDEN[rule]
    assert re.search(pattern, plain(example), re.DOTALL)


@pytest.mark.parametrize("file", FILES, ids=lambda p: str(p.relative_to(DBT_PROJECT)))
def test_nothing_that_only_duckdb_runs(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    found = {rule: match[0] for rule, (pattern, _) in FORBIDDEN.items() if (match := re.search(pattern, plain(text), re.DOTALL))}
    by_name = {rule: FORBIDDEN[rule][0] for rule in FORBIDDEN if "literal" not in rule and "quoted" not in rule}
    found |= {rule: match[0] for rule, pattern in by_name.items() if (match := re.search(pattern, TEXT.sub("''", spoken(text)), re.DOTALL))}
    assert found == {}


@pytest.mark.parametrize("file", FILES, ids=lambda p: str(p.relative_to(DBT_PROJECT)))
def test_windows_say_where_nulls_go(file: Path) -> None:
    silent = [item for item in window_orders(plain(file.read_text(encoding="utf-8"))) if not re.search(r" nulls (?:first|last)$", item)]
    assert silent == []


def test_window_orders_are_found() -> None:
    sql = (
        "select rank() over (partition by a order by coalesce(b, c) desc, d asc nulls last), sum(x) over (partition by a) from t order by z"
    )
    assert list(window_orders(sql)) == ["coalesce(b, c) desc", "d asc nulls last"]
