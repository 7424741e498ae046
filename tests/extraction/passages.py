"""Passages of real reports, annotated by hand: rows of offsets and facts, no text. Run: python -m tests.extraction.passages (prints every miss).

Each `tests/golden/passages/NAME.jsonl` holds the rows of one passage: `document` (path within the reference folder), the passage's and
each figure's offsets in the document's text, and the fields of the annotation guide (`alt_*`: readings that are right too; a row of kind
`either` counts neither for nor against). The whole document is extracted, as a build does; what lies in the passage is scored, with the
definitions of the acceptance script.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
from collections import Counter
from dataclasses import asdict, dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any
from zipfile import ZipFile

from lxml import etree

from orchestration.extraction import extract
from orchestration.lexicon import read_yaml
from orchestration.regions import RegionIndex
from orchestration.stages.extracting import context_of
from tests.conftest import ROOT, SHARED

GOLDEN = ROOT / "tests" / "golden" / "passages"
FIELDS = ("span", "value_unit", "comparator", "measure", "status", "period", "subject_partial", "theme", "tuple")
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@dataclass
class Result:
    """`right` counts rows by field; `errors` are (passage, fields that are wrong, what stands before the figure, row, claim)."""

    gold: int = 0
    predicted: int = 0
    right: Counter = field(default_factory=Counter)
    errors: list[tuple[str, str, str, dict, dict]] = field(default_factory=list)

    def f1(self, name: str) -> float:
        """Harmonic mean of precision and recall of rows whose field `name` is right."""
        return 2 * self.right[name] / (self.gold + self.predicted)


def plain(path: Path) -> str:
    """The document's text: a .docx file's paragraphs, or a text file in UTF-8 or GB 18030."""
    if path.suffix == ".docx":
        body = etree.fromstring(ZipFile(path).read("word/document.xml"))
        return "\n".join("".join(t.text or "" for t in p.iter(_W + "t")) for p in body.iter(_W + "p"))
    data = path.read_bytes()
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("gb18030")


def names() -> list[str]:
    """The passages, by name."""
    return sorted(path.stem for path in GOLDEN.glob("*.jsonl"))


def rows_of(name: str) -> list[dict[str, Any]]:
    """The rows of one passage, in order of the text."""
    return [json.loads(line) for line in (GOLDEN / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def score(chosen: list[str]) -> Result:
    """The extractor against the rows of the `chosen` passages. ValueError where a document is not the one that was annotated."""
    judge, result = acceptance(), Result()
    documents = read_yaml(GOLDEN / "documents.yml")
    regions = RegionIndex.load()
    for name in chosen:
        rows, meta = rows_of(name), documents[name]
        first, last = rows[0]["passage_start"], rows[0]["passage_end"]
        text = plain(SHARED / rows[0]["document"])
        if hashlib.sha256(text[first:last].encode()).hexdigest() != meta["sha256"]:
            raise ValueError(f"{name}: {rows[0]['document']} is not the text that was annotated")
        found = [asdict(c) for c in extract(text, context_of(meta, regions)).claims if first <= c.char_start < last]
        _compare(name, text, rows, found, judge, result)
    return result


def acceptance() -> ModuleType:
    """The acceptance script, for its definitions."""
    spec = importlib.util.spec_from_file_location("acceptance_score", SHARED / "acceptance" / "score.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _compare(name: str, text: str, rows: list[dict], found: list[dict], judge: ModuleType, result: Result) -> None:
    """Pairs rows with claims by their overlap, best first, as the acceptance script does, and counts."""
    want = [_as_gold(r) for r in rows if r["kind"] != "either"]
    neutral = [(r["char_start"], r["char_end"]) for r in rows if r["kind"] == "either"]
    shares = [
        (judge.union_share((w["char_start"], w["char_end"]), (c["char_start"], c["char_end"])), i, j)
        for i, w in enumerate(want)
        for j, c in enumerate(found)
        if c["char_start"] < w["char_end"] and w["char_start"] < c["char_end"]
    ]
    match: dict[int, int] = {}
    for share, i, j in sorted(shares, key=lambda s: (-s[0], s[1], s[2])):
        if share >= 0.5 and i not in match and j not in match.values():
            match[i] = j
    result.gold += len(want)
    result.predicted += len(match)
    for i, w in enumerate(want):
        around = text[max(0, w["char_start"] - 30) : w["char_end"] + 10].replace("\n", " ")
        right = judge.judge(w, found[match[i]]) if i in match else {}
        result.right.update(k for k in FIELDS if right.get(k))
        wrong = "missed" if i not in match else ",".join(k for k in FIELDS if not right[k])
        if wrong:
            result.errors.append((name, wrong, around, w, found[match[i]] if i in match else {}))
    for j, c in enumerate(found):
        worded = c["measure"] == "rank" and not judge.ARABIC.search(c["quote"]) and not judge.CHINESE.search(c["quote"])
        if j not in match.values() and not worded and not any(s < c["char_end"] and c["char_start"] < e for s, e in neutral):
            result.predicted += 1
            around = text[max(0, c["char_start"] - 30) : c["char_end"] + 10].replace("\n", " ")
            result.errors.append((name, "spurious", around, {}, c))


def _as_gold(row: dict[str, Any]) -> dict[str, Any]:
    return {"start": row["char_start"], "end": row["char_end"]} | row


def main() -> None:
    """Prints the figures, then each miss: passage, fields, words around, the row, the claim."""
    result = score(names())
    print(f"rows {result.gold}, claims {result.predicted}")
    for name in FIELDS:
        print(f"{name:16} F1 {result.f1(name):.4f}   of the rows found {result.right[name] / result.right['span']:.4f}")
    shown = ("value", "value_high", "unit", "comparator", "measure", "status", "period", "subject", "theme", "scope")
    for name, wrong, around, row, claim in result.errors:
        print(f"{name}\t{wrong}\t{around}")
        print("   row  ", {k: row[k] for k in shown if k in row} if row else "none")
        print("   claim", {k: str(claim[k]) for k in (*shown, "rules")} if claim else "none")


if __name__ == "__main__":
    main()
