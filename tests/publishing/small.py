"""A small release of invented places, in tables as the models' contracts declare them; for tests of what reads a release."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb

from orchestration.lexicon import read_yaml
from orchestration.settings import DBT_PROJECT

HOSTILE = """</script><script>alert("x")</script>'"<b>&"""
TASKS = f"今年目标：粮仓容量增长6%以上，新修滨河步道8公里。{HOSTILE}"
REVIEW = "过去一年，粮仓容量增长6.4%，新修滨河步道7公里，位居全省首位。"


def declared() -> dict[str, list[tuple[str, str]]]:
    """Columns with their types by `schema.table`, from the contracts beside the models."""
    tables = {}
    for path in sorted(DBT_PROJECT.glob("models/*/**/*.yml")):
        schema = path.relative_to(DBT_PROJECT / "models").parts[0]
        for model in read_yaml(path).get("models", []) if schema in ("core", "marts") else []:
            tables[f"{schema}.{model['name']}"] = [(column["name"], column["data_type"]) for column in model["columns"]]
    return tables


def _claim(claim_id: str, document_id: str, text: str, quote: str, year: int, status: str, **more: Any) -> dict[str, Any]:
    start = text.index(quote)
    return {
        "claim_id": claim_id, "document_id": document_id, "char_start": start, "char_end": start + len(quote), "quote": quote,
        "comparator": "eq", "measure": "level", "status": status, "period": str(year), "theme": "economy", "region_code": "990101",
        "sentence_start": 0, "sentence_end": len(text), "section": "工作", "extractor_version": "1", **more,
    }  # fmt: skip


def _document(document_id: str, title: str, text: str, day: date, year: int) -> dict[str, Any]:
    return {
        "document_id": document_id, "source_path": f"articles/{document_id}.txt", "source_url": "javascript:alert(1)", "sha256": document_id,
        "media_type": "text/plain", "kind": "article", "title": title, "published_on": day, "known_from": day, "region_code": "990101",
        "genre": "work_report", "source_tier": "official", "report_year": year, "warnings": "[]",
        "ingested_at": datetime(2025, 2, 1, tzinfo=UTC), "text": text,
    }  # fmt: skip


def _rows() -> dict[str, list[dict[str, Any]]]:
    claims = [
        _claim("t1", "d1", TASKS, "6%以上", 2024, "target", measure="growth", value=6, unit="%", subject="粮仓容量", comparator="ge"),
        _claim("t2", "d1", TASKS, "8公里", 2024, "target", value=8, unit="公里", subject="滨河步道", theme="livelihood"),
        _claim("r1", "d2", REVIEW, "6.4%", 2024, "actual", measure="growth", value="6.4", unit="%", subject="粮仓容量"),
        _claim("r2", "d2", REVIEW, "7公里", 2024, "actual", value=7, unit="公里", subject="滨河步道", theme="livelihood"),
    ]
    place = {"region_code": "990101", "region_name": "云泽区"}
    kept = {
        **place, "figure_key": "k1", "claim_id": "t1", "target_group": "g1", "indicator_name": "粮仓容量", "subject": "粮仓容量",
        "theme": "economy", "period": "2024", "target_value": 6, "target_comparator": "ge", "unit": "%", "measure": "growth",
        "target_quote": "6%以上", "target_document_id": "d1", "result_claim_id": "r1", "result_value": "6.4", "result_quote": "6.4%",
        "result_document_id": "d2", "matched_by": "subject", "match_score": 1, "verdict": "met", "rule": "ge_higher",
    }  # fmt: skip
    missed = kept | {
        "figure_key": "k2", "claim_id": "t2", "target_group": "g2", "indicator_name": "滨河步道", "subject": "滨河步道", "theme": "livelihood",
        "target_value": 8, "target_comparator": "eq", "unit": "公里", "measure": "level", "target_quote": "8公里", "result_claim_id": "r2",
        "result_value": 7, "result_quote": "7公里", "verdict": "missed",
    }  # fmt: skip
    mart = {**place, "unit": "%", "measure": "growth", "comparator": "eq", "status": "actual", "indicator_name": "粮仓容量"}
    score = {"region_code": "990101", "year": 2024, **dict.fromkeys(("met", "partial", "missed", "pending", "unreported", "unclear"), 0)}
    best = REVIEW.index("位居全省首位")
    return {
        "core.dim_region": [
            {"region_code": "990101", "name": "云泽区", "short_name": "云泽", "level": "county", "parent_code": "990100", "valid_from": date(2000, 1, 1)}
        ],
        "core.dim_period": [{"period": str(y), "year": y, "grain": "year"} for y in (2023, 2024)],
        "core.dim_document": [
            _document("d1", f"=云泽区工作安排{HOSTILE}", TASKS, date(2024, 1, 20), 2023),
            _document("d2", "云泽区工作回顾", REVIEW, date(2025, 1, 20), 2024),
        ],
        "core.quarantine": [{"source_path": "articles/bad.pdf", "sha256": "x", "reason_code": "encrypted", "reason": HOSTILE}],
        "core.fct_claim": claims,
        "core.fct_standing": [
            {"document_id": "d2", "char_start": best, "char_end": best + 6, "quote": "位居全省首位", "type": "rank", "value": 1,
             "region_code": "990101", "subject": "滨河步道", "period": "2024", "theme": "livelihood"}
        ],
        "marts.economy": [
            mart | {"period": "2024", "value": "6.4", "claim_id": "r1", "quote": "6.4%", "target_value": 6, "target_comparator": "ge", "verdict": "met"},
            mart | {"period": "2023", "value": "5.1", "quote": "5.1%"},
        ],
        "marts.commitment": [kept, missed],
        "marts.scorecard": [
            score | {"theme": "economy", "met": 1, "targets": 1, "judged": 1, "share_met": 1},
            score | {"theme": "livelihood", "missed": 1, "targets": 1, "judged": 1, "share_met": 0},
        ],
    }  # fmt: skip


def small_release(folder: Path, name: str = "20250301T000000000Z-small") -> Path:
    """A release file with its manifest in `folder`; its path."""
    path = folder / f"{name}.duckdb"
    path.unlink(missing_ok=True)
    with duckdb.connect(str(path)) as db:
        db.execute("create schema core; create schema marts")
        for table, columns in declared().items():
            db.execute(f"create table {table} ({', '.join(f'{column} {kind}' for column, kind in columns)})")
        for table, rows in _rows().items():
            for row in rows:
                db.execute(f"insert into {table} ({', '.join(row)}) values ({', '.join('?' * len(row))})", list(row.values()))
    manifest = {"release": name, "published_at": "2025-03-01T00:00:00+00:00"}
    path.with_suffix(".json").write_text(json.dumps(manifest), encoding="utf-8")
    return path
