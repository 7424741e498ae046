"""What dbt must know of the lake, derived from the contracts: sources with columns, and doc blocks for the core models' comments.

`python -m orchestration.contracts.dbt` writes both files; a test fails when they have drifted from the contracts.
"""

from __future__ import annotations

from pathlib import Path

import yaml

from orchestration.contracts import CONTRACTS
from orchestration.settings import DBT_PROJECT

SOURCES = Path("models/staging/_lake.yml")
DOCS = Path("models/lake.md")
HEAD = "derived from orchestration/contracts; do not edit: python -m orchestration.contracts.dbt"


def sources() -> str:
    """The YAML of the dbt source `lake`: a table a contract, read from its folder of Parquet files."""
    tables = [
        {
            "name": c.table(),
            "description": c.comment(),
            "config": {"meta": {"dagster": {"asset_key": [c.table()]}}},
            "columns": [{"name": name, "description": column.description} for name, column in c.columns().items()],
        }
        for c in CONTRACTS
    ]
    location = 'read_parquet(\'{{ env_var("DAJUAN_LAKE", "../var/lake") }}/{name}/*.parquet\', union_by_name=true)'
    source = {
        "name": "lake",
        "description": "Parquet tables written by the Python stages, each behind its contract",
        "config": {"meta": {"external_location": location}},
        "tables": tables,
    }
    return f"# {HEAD}\n" + yaml.safe_dump({"version": 2, "sources": [source]}, allow_unicode=True, sort_keys=False, width=160)


def docs() -> str:
    """One doc block a column, named table__column, so that a core model can carry the comment on without repeating it."""
    blocks = [
        f"{{% docs {c.table()}__{name} %}}{column.description}{{% enddocs %}}" for c in CONTRACTS for name, column in c.columns().items()
    ]
    blocks += [f"{{% docs {c.table()} %}}{c.comment()}{{% enddocs %}}" for c in CONTRACTS]
    return f"<!-- {HEAD} -->\n" + "\n".join(blocks) + "\n"


def main() -> None:
    """Write both files."""
    for path, text in ((SOURCES, sources()), (DOCS, docs())):
        (DBT_PROJECT / path).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
