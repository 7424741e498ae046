"""The columns of marts.panel: the seed that fills them, the list that lays them out and the contract name the same ones."""

from __future__ import annotations

import csv
import re

from orchestration.contracts import words
from orchestration.lexicon import read_yaml
from orchestration.settings import DBT_PROJECT, SEEDS

PANEL = DBT_PROJECT / "models" / "marts" / "panel"


def rows(name: str) -> list[dict[str, str]]:
    with (SEEDS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


COLUMNS = rows("panel_column.csv")


def test_columns_hold_indicators_of_the_catalogue() -> None:
    codes = {row["indicator_code"] for row in rows("indicator.csv")}
    assert [c["panel_column"] for c in COLUMNS if c["indicator_code"] not in codes] == []
    assert {c["measure"] for c in COLUMNS} <= set(words.MEASURES)


def test_seed_query_and_contract_agree() -> None:
    listed = re.search(r"set columns = \[(.*?)\]", (PANEL / "panel.sql").read_text(encoding="utf-8"), re.DOTALL)
    assert listed
    laid_out = re.findall(r"'(\w+)'", listed[1])
    assert sorted(laid_out) == sorted({c["panel_column"] for c in COLUMNS})
    model = read_yaml(PANEL / "panel.yml")["models"][0]
    figures = {c["name"] for c in model["columns"] if c["data_type"] == "decimal(38,12)"}
    assert figures == {*laid_out, "fiscal_self_sufficiency", "debt_limit_used"}
