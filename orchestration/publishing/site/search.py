"""All claims for the search page: columns in chunks that load one after another, sentences in smaller ones that load when asked for.

Files are scripts and not JSON: a page opened from disk may load scripts but not fetch.
"""

from __future__ import annotations

import json
from typing import Any

from orchestration.publishing.site.csvs import to_csv
from orchestration.publishing.site.page import Page, answer_path, web_address
from orchestration.publishing.site.reading import ALL_THEMES, VERDICTS, Release, Row
from orchestration.publishing.site.sentences import excerpt
from orchestration.publishing.site.words import Both, say, words

ROWS, SENTENCES = 5000, 500  # a chunk
MEASURES = ("level", "growth", "share", "change", "multiple", "rank")
STATUSES = ("actual", "estimate", "target")
COMPARATORS = ("eq", "gt", "ge", "lt", "le", "approx")
COLUMNS = (
    "claim_id", "region_code", "region", "theme", "indicator_code", "indicator", "subject", "quote", "value", "value_high", "unit",
    "comparator", "measure", "status", "period", "scope", "verdict", "document", "published_on", "char_start", "char_end",
)  # fmt: skip


def search(release: Release) -> Page:
    """The search page with its data."""
    rows = release.rows(
        "select c.*, p.year, k.verdict from core.fct_claim as c left join core.dim_period as p on c.period = p.period "
        "left join marts.commitment as k on c.claim_id = k.claim_id "
        "order by p.year desc nulls last, c.region_code nulls last, c.document_id, c.char_start, c.char_end"
    )
    regions = _places(row["region_code"] for row in rows)
    documents = _places(row["document_id"] for row in rows)
    indicators = _places(row["indicator_code"] for row in rows)
    periods, scopes = _places(row["period"] for row in rows), _places(row["scope"] for row in rows)
    tables = {
        "region": ("region_code", regions),
        "document": ("document_id", documents),
        "indicator": ("indicator_code", indicators),
        "period": ("period", periods),
        "scope": ("scope", scopes),
        **{name: (column, _places(keys)) for name, (column, keys) in _TABLES.items()},
    }
    files = {
        f"data/claims-{n}.js": _script("claims", n, _chunk(rows[at : at + ROWS], tables)) for n, at in enumerate(range(0, len(rows), ROWS))
    }
    files |= {
        f"data/sentences-{n}.js": _script("sentences", n, [_sentence(release, row) for row in rows[at : at + SENTENCES]])
        for n, at in enumerate(range(0, len(rows), SENTENCES))
    }
    sheets = {(row["region_code"], row["year"]) for row in release.promises if row["region_code"] and row["year"]}
    files["data/meta.js"] = _script(
        "meta",
        len(rows),
        {
            "chunk": ROWS,
            "sentences": SENTENCES,
            "regions": [release.region(code) for code in regions],
            "codes": list(regions),
            "indicators": [_names(release, code) for code in indicators],
            "documents": [_document(release.documents[d]) for d in documents],
            "sheets": {f"{code}-{year}": answer_path(code, year) for code, year in sorted(sheets)},
            "periods": list(periods),
            "scopes": list(scopes),
            "keys": {name: keys for name, (_, keys) in _TABLES.items()},
            **{name: [_pair(say(name, key)) for key in keys] for name, (_, keys) in _TABLES.items()},
            "say": {key: _pair(words()["say"][key]) for key in _SAID},
        },
    )
    files["data/claims.csv"] = to_csv(COLUMNS, [_cells(release, row) for row in rows])
    return Page(path="search.html", template="search.html", title=say("page", "search"), context={"total": len(rows)}, files=files)


_TABLES = {
    "theme": ("theme", ALL_THEMES),
    "measure": ("measure", MEASURES),
    "status": ("status", STATUSES),
    "verdict": ("verdict", VERDICTS),
    "bound": ("comparator", COMPARATORS[1:]),
}
_SAID = ("all", "found", "loading", "of_all", "nothing", "open_source", "to_sheet", "no_date", "characters", "close")


def _pair(both: Both) -> list[str]:
    return [both.zh, both.en]


def _places(keys: Any) -> dict[str, int]:
    """Keys in order of appearance, with their place."""
    found: dict[str, int] = {}
    for key in keys:
        if key is not None:
            found.setdefault(key, len(found))
    return found


def _script(kind: str, number: int, data: Any) -> str:
    """A script that hands data to the page. JSON is valid JavaScript, but for what would end a script element."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), default=str).replace("<", "\\u003c")
    return f'dajuan.take("{kind}",{number},{text});\n'


def _chunk(rows: list[Row], tables: dict[str, tuple[str, dict[str, int]]]) -> dict[str, list[Any]]:
    """Columns of some claims: what repeats as its place in a table (−1 for none), the year as a number (0 for none), the rest as text."""
    coded = {name: [places.get(row[column], -1) for row in rows] for name, (column, places) in tables.items()}
    texts = {column: [row[column] for row in rows] for column in ("claim_id", "subject", "quote")}
    return {**coded, "year": [row["year"] or 0 for row in rows], **texts}


def _sentence(release: Release, row: Row) -> list[Any]:
    text = release.documents[row["document_id"]]["text"]
    said = excerpt(text, row["char_start"], row["char_end"], (row["sentence_start"], row["sentence_end"]))
    return [said.before, said.marked, said.after, row["section"] or "", row["char_start"], row["char_end"]]


def _names(release: Release, code: str) -> list[str]:
    known = release.indicators.get(code, {"name_zh": code, "name_en": code})
    return [known["name_zh"], known["name_en"]]


def _document(row: Row) -> list[Any]:
    return [row["title"] or row["source_path"], str(row["published_on"] or ""), web_address(row["source_url"]) or ""]


def _cells(release: Release, row: Row) -> list[Any]:
    document = release.documents[row["document_id"]]
    joined = {
        "region": release.region(row["region_code"]),
        "indicator": _names(release, row["indicator_code"])[0] if row["indicator_code"] else None,
        "document": document["title"],
        "published_on": document["published_on"],
    }
    return [joined[c] if c in joined else row[c] for c in COLUMNS]
