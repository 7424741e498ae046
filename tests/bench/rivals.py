"""Other libraries on the same lines, in an interpreter of their own. Run by extraction.py: rivals.py TOOL < JSON list of lines.

Prints JSON: characters read, seconds of processor time, failures, and per line the spans found, [start, end, value or null].
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Iterator

Span = tuple[int, int, float | None]
Finder = Callable[[str], Iterator[Span]]


def _number(value: object) -> float | None:
    """A figure as its library states it; of a range the low end."""
    first = value[0] if isinstance(value, list) else value
    try:
        return float(str(first).rstrip("%"))
    except ValueError:
        return None


def jionlp() -> Finder:
    """JioNLP's `extract_money`; where its parser fails on a line, the spans without values."""
    import jionlp

    def find(line: str) -> Iterator[Span]:
        try:
            found = jionlp.ner.extract_money(line)
        except Exception:
            found = jionlp.ner.extract_money(line, with_parsing=False)
        return ((*f["offset"], _number(f["detail"]["num"]) if f.get("detail") else None) for f in found)

    return find


def jionlp_time() -> Finder:
    """JioNLP's `extract_time`, which resolves words of time; it finds no figures."""
    import jionlp

    def find(line: str) -> Iterator[Span]:
        jionlp.ner.extract_time(line, time_base={"year": 2024})
        return iter(())

    return find


def recognizers() -> Finder:
    """Recognizers-Text for Chinese: currencies and dimensions (number with unit), and percentages."""
    from recognizers_number import NumberRecognizer
    from recognizers_number_with_unit import NumberWithUnitRecognizer
    from recognizers_text import Culture

    units, numbers = NumberWithUnitRecognizer(Culture.Chinese), NumberRecognizer(Culture.Chinese)
    models = [units.get_currency_model(), units.get_dimension_model(), numbers.get_percentage_model()]

    def find(line: str) -> Iterator[Span]:
        return ((r.start, r.end + 1, _number(r.resolution["value"])) for model in models for r in model.parse(line))

    return find


TOOLS: dict[str, Callable[[], Finder]] = {"jionlp": jionlp, "jionlp_time": jionlp_time, "recognizers": recognizers}


def main() -> None:
    """Reads all lines; what a library cannot do for one of them counts as a failure, with no spans."""
    answer = os.dup(1)
    os.dup2(2, 1)  # a library's greetings are no part of the answer
    find, lines = TOOLS[sys.argv[1]](), json.load(sys.stdin)
    list(find("全市税收3亿元。"))  # words and models are loaded before the clock runs
    failures, spans = 0, []
    start = time.process_time()
    for line in lines:
        try:
            spans.append(list(find(line)))
        except Exception:
            failures += 1
            spans.append([])
    seconds = time.process_time() - start
    result = {"chars": sum(map(len, lines)), "seconds": seconds, "failures": failures, "spans": spans}
    with os.fdopen(answer, "w", encoding="utf-8") as out:
        json.dump(result, out)


if __name__ == "__main__":
    main()
