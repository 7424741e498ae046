"""How fast extraction is: characters a second on one core, cold and warm, and its parts. Run: python tests/bench/extraction.py [FOLDER]

Reads FOLDER, else the shared corpus beside the checkout (DAJUAN_SHARED overrides), else the project's own raw/.
"""

import os
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path

from orchestration.extraction import EXTRACTOR_VERSION, extract, layout, periods, spans
from orchestration.extraction.model import Context

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("DAJUAN_SHARED", ROOT.parent / "shared"))
ENOUGH = 1_000_000  # characters


def _texts() -> list[str]:
    given = [Path(a) for a in sys.argv[1:]]
    for folder in given or [SHARED / "corpus", ROOT / "raw" / "articles"]:
        texts, size = [], 0
        for path in sorted(folder.rglob("*.txt")):
            try:
                text = path.read_text(encoding="utf-8")
            except UnicodeDecodeError:
                continue
            texts.append(text)
            size += len(text)
            if size > ENOUGH:
                break
        if texts:
            return texts
    sys.exit("no .txt files to read")


def _rate(texts: list[str], run: Callable[[str], object]) -> float:
    start = time.process_time()
    for text in texts:
        run(text)
    return sum(map(len, texts)) / max(1e-9, time.process_time() - start)


def main() -> None:
    """Prints one line a stage: characters a second, and the share of a bare regular expression's speed."""
    texts = _texts()
    context = Context()
    bare = _rate(texts, lambda t: re.findall(r"\d+(?:\.\d+)?[%万亿元]*", t))
    cold = _rate(texts, lambda t: extract(t, context))
    stages = {
        "bare expression": bare,
        "extract, cold": cold,
        "extract, warm": _rate(texts, lambda t: extract(t, context)),
        "layout": _rate(texts, layout.parse),
        "layout and periods": _rate(texts, lambda t: periods.timeline(layout.parse(t), context)),
        "layout, periods, spans": _rate(texts, lambda t: spans.scan(plan := layout.parse(t), periods.timeline(plan, context))),
    }
    claims = sum(len(extract(t, context).claims) for t in texts)
    print(f"extractor {EXTRACTOR_VERSION}: {len(texts)} texts, {sum(map(len, texts))} characters, {claims} claims")
    for name, rate in stages.items():
        print(f"{name:24} {rate:>14,.0f} characters/s  {rate / bare:6.1%} of a bare expression")


if __name__ == "__main__":
    main()
