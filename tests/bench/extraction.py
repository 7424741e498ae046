"""How fast extraction is, and what others find. Run: python tests/bench/extraction.py [rounds] [megabytes]

Reads the 62 reports and the hand-made gold rows beside the checkout (DAJUAN_SHARED overrides); prints one table. Figures are of processor
time on one core, whole tuple, every memory of the extractor emptied before each document; of several rounds the best, and the median.

1. The reports, each read once in a round.
2. Reports recombined at run time from their sentences, with other figures (seeded, streamed, never stored): time at 10, 30 and 100 MB.
3. A bare expression that only finds digits with units, JioNLP and Recognizers-Text, with what they find of the gold rows.
4. Two processes on the same recombined text, by the clock on the wall.

JioNLP and Recognizers-Text are no dependencies of the project. To have them measured, give them an environment of their own and name its
interpreter in DAJUAN_RIVALS:

    python -m venv rivals
    rivals/bin/pip install jionlp recognizers-text-suite "emoji<2"
    DAJUAN_RIVALS=rivals/bin/python python tests/bench/extraction.py

Where a library is absent, its row says so.
"""

from __future__ import annotations

import json
import os
import random
import re
import resource
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from itertools import islice
from multiprocessing import get_context
from pathlib import Path

from orchestration.lexicon import read_yaml

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from orchestration.extraction import EXTRACTOR_VERSION, extract, layout, periods, spans, units  # noqa: E402
from orchestration.extraction.claims import Assembler  # noqa: E402
from orchestration.extraction.facts import find_facts  # noqa: E402
from orchestration.extraction.model import Context, Extraction  # noqa: E402
from orchestration.extraction.words import alternation  # noqa: E402
from tests.conftest import SHARED  # noqa: E402
from tests.extraction.passages import acceptance, plain  # noqa: E402

BARE = re.compile(rf"\d[\d.,]*[万亿]{{0,2}}(?:{alternation(units.ALL)})")
RIVALS = {  # tool: (name, characters of the reports that it is timed on: all of them, or a fair sample where that takes minutes)
    "jionlp": ("JioNLP, money", None),
    "jionlp_time": ("JioNLP, time", None),
    "recognizers": ("Recognizers-Text, number with unit", 60_000),
}
STEPS = (10, 30, 100)  # MB of recombined text at which the clock is read
DIGIT = re.compile(r"\d")
SENTENCE = re.compile(r"[^。\n]+。")


@dataclass
class Row:
    """One line of the table; nulls are shown as a dash. Shares are of gold rows, `precise` of the spans that were found."""

    name: str
    text: str
    rate: float | None = None
    median: float | None = None
    spans: float | None = None
    values: float | None = None
    tuples: float | None = None
    precise: float | None = None

    def line(self) -> str:
        """The row as Markdown."""
        rates = [f"{r:,.0f}" if r else "—" for r in (self.rate, self.median)]
        shares = [f"{s:.1%}" if s is not None else "—" for s in (self.spans, self.values, self.tuples, self.precise)]
        return "| " + " | ".join([self.name, self.text, *rates, *shares]) + " |"


def forget() -> None:
    """Empties every memory of the extractor but its vocabulary, so that no document profits from the one before."""
    for name, module in list(sys.modules.items()):
        if name.startswith("orchestration.extraction"):
            for thing in vars(module).values():
                if hasattr(thing, "cache_clear") and thing.__module__ != "orchestration.extraction.words":
                    thing.cache_clear()


def reports() -> list[tuple[str, Context]]:
    """The national and the provincial reports of the reference folder."""
    paths = [p for folder in ("national", "reports-2025", "reports-2026") for p in sorted((SHARED / "corpus" / folder).iterdir())]
    return [(plain(p), Context(title=p.stem.replace("_", ""), genre="work_report")) for p in paths]


def recombined(texts: list[str], seed: int = 20) -> Iterator[str]:
    """Reports without end: sentences drawn from `texts` under headings of our own, every figure drawn anew."""
    rng = random.Random(seed)
    sentences = [s for text in texts for s in SENTENCE.findall(text)]

    def anew(m: re.Match[str]) -> str:
        return rng.choice("123456789")

    for n in range(10**9):
        parts = [f"{2000 + n % 25}年政府工作报告\n一、{1999 + n % 25}年工作回顾\n"]
        for k in range(60):
            parts.append("".join(DIGIT.sub(anew, rng.choice(sentences)) for _ in range(5)) + "\n")
            if k == 35:
                parts.append(f"二、{2000 + n % 25}年工作安排\n")
        yield "".join(parts)


def seconds(items: Iterable[tuple[str, Context]]) -> float:
    """Processor time of extraction alone, whatever makes the texts."""
    spent = 0.0
    for text, context in items:
        forget()
        start = time.process_time()
        extract(text, context)
        spent += time.process_time() - start
    return spent


def growing(texts: list[str], megabytes: int) -> Iterator[Row]:
    """Extraction of recombined text at each step up to `megabytes`, in one go."""
    spent, chars, size, steps = 0.0, 0, 0, [s for s in STEPS if s <= megabytes]
    for text in recombined(texts):
        spent += seconds([(text, Context(genre="work_report"))])
        chars, size = chars + len(text), size + len(text.encode())
        if size >= steps[0] * 10**6:
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            yield Row("dajuan", f"{steps.pop(0)} MB recombined: {spent:.1f} s, peak memory {peak:.0f} MB", chars / spent)
            if not steps:
                return


def one(text: str) -> Extraction:
    """A document as a process of its own reads it; what it finds goes back through a pipe, as in a build."""
    forget()
    return extract(text, Context(genre="work_report"))


def in_processes(texts: list[str], workers: int, rounds: int) -> Row:
    """Recombined text in `workers` processes that are running already, by the clock on the wall."""
    made, rates = list(islice(recombined(texts, 21), 120)), []
    size, chars = sum(len(text.encode()) for text in made) / 10**6, sum(map(len, made))
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        list(pool.map(one, made[: 4 * workers]))
        for _ in range(rounds):
            start = time.perf_counter()
            list(pool.map(one, made, chunksize=3))
            rates.append(chars / (time.perf_counter() - start))
    name = f"dajuan, {workers} process{'es' * (workers > 1)}"
    return Row(name, f"{size:.0f} MB recombined, by the wall clock", max(rates), statistics.median(rates))


def shares(items: list[tuple[str, Context]]) -> str:
    """What share of the time each stage takes."""
    spent: Counter[str] = Counter()
    for text, context in items:
        forget()
        clock = [time.process_time()]
        plan = layout.parse(text)
        clock.append(time.process_time())
        line = periods.timeline(plan, context)
        clock.append(time.process_time())
        tokens, _ = spans.scan(plan, line)
        clock.append(time.process_time())
        assembler = Assembler(plan, line, tokens)
        assembler.run()
        clock.append(time.process_time())
        find_facts(plan, context, assembler.claims, line)
        clock.append(time.process_time())
        for name, start, end in zip(("layout", "times", "numerals", "claims", "facts"), clock, clock[1:], strict=False):
            spent[name] += end - start
    return ", ".join(f"{name} {taken / spent.total():.0%}" for name, taken in spent.items())


@dataclass
class Gold:
    """One annotated excerpt: its text, what is known of it, its rows."""

    text: str
    context: Context
    rows: list[dict]


def gold() -> list[Gold]:
    """The hand-made rows of the reference folder."""
    found = []
    for path in sorted((SHARED / "gold").glob("*.jsonl")):
        side = path.with_suffix(".source.yml")
        meta = read_yaml(side) if side.exists() else {}
        if meta.get("published_on"):
            meta["published_on"] = date.fromisoformat(str(meta["published_on"]))
        text = path.with_suffix(".txt").open(encoding="utf-8", newline="").read()
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        found.append(Gold(text, Context(**meta), rows))
    return found


def compare(row: Row, found: list[list[tuple[int, int, float | None]]], golds: list[Gold], with_values: bool = True) -> Row:
    """Fills in what of the gold rows was found (spans that share half of their union), with the right value, and what else was."""
    script = acceptance()
    want = hits = values = right = made = 0
    for held, spans_found in zip(golds, found, strict=True):
        wanted = [r for r in held.rows if r["kind"] in ("quantity", "rank")]
        want += len(wanted)
        neutral = [(r["start"], r["end"]) for r in held.rows if r["kind"] == "either"]
        matched = set()
        for r in wanted:
            near = [
                s for s in spans_found if s[0] < r["end"] and r["start"] < s[1] and script.union_share((r["start"], r["end"]), s[:2]) >= 0.5
            ]
            hits += bool(near)
            values += any(script.near(s[2], v) for s in near for v in script.accepted(r, "value"))
            matched.update(near)
        judged = [s for s in spans_found if s in matched or not any(a < s[1] and s[0] < b for a, b in neutral)]
        made, right = made + len(judged), right + len(matched)
    row.spans, row.precise = hits / want, right / max(1, made)
    row.values = values / want if with_values else None
    return row


def ours(row: Row, golds: list[Gold]) -> Row:
    """The extractor on the gold rows, with the share whose whole tuple is right."""
    script, found, right = acceptance(), [], 0
    for held in golds:
        claims = extract(held.text, held.context).claims
        found.append([(c.char_start, c.char_end, float(c.value)) for c in claims])
        by_span = [{f: getattr(c, f) for f in c.__slots__} for c in claims]
        for r in (r for r in held.rows if r["kind"] in ("quantity", "rank")):
            near = [c for c in by_span if script.union_share((r["start"], r["end"]), (c["char_start"], c["char_end"])) >= 0.5]
            right += any(script.judge(r, c)["tuple"] for c in near)
    row = compare(row, found, golds)
    row.tuples = right / sum(r["kind"] in ("quantity", "rank") for held in golds for r in held.rows)
    return row


def rival(tool: str, texts: list[str], golds: list[Gold]) -> Row:
    """Another library on a sample of the reports and on the gold texts, line by line; a row that says so where it is absent."""
    name, most = RIVALS[tool]
    lines = [line for text in texts for line in text.split("\n") if line.strip()]
    if most:
        random.Random(20).shuffle(lines)
        ends = [0]
        for line in lines:
            ends.append(ends[-1] + len(line))
        lines = lines[: next(i for i, end in enumerate(ends) if end >= most)]
    timed = _ask(tool, lines)
    if timed is None:
        return Row(name, "not installed: see the head of tests/bench/extraction.py")
    sample = f"{timed['chars']:,} characters" + (", a sample" if most else ", all reports")
    row = Row(name, sample + (f", {timed['failures']} lines failed" if timed["failures"] else ""), timed["chars"] / timed["seconds"])
    if tool == "jionlp_time":
        return row
    held = [line for g in golds for line in g.text.split("\n")]
    answer = _ask(tool, held)
    by_line = iter(answer["spans"]) if answer else iter(())
    found = []
    for g in golds:
        at, here = 0, []
        for line in g.text.split("\n"):
            here += [(at + a, at + b, v) for a, b, v in next(by_line)]
            at += len(line) + 1
        found.append(here)
    if tool == "jionlp":
        money = [Gold(g.text, g.context, [r for r in g.rows if str(r.get("unit", "")).endswith("元")]) for g in golds]
        row.text += f"; of the gold rows of money {compare(Row('', ''), found, money).spans:.0%} found"
    return compare(row, found, golds)


def _ask(tool: str, lines: list[str]) -> dict | None:
    python = os.environ.get("DAJUAN_RIVALS", sys.executable)
    command = [python, str(ROOT / "tests" / "bench" / "rivals.py"), tool]
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    done = subprocess.run(command, input=json.dumps(lines), env=environment, capture_output=True, text=True, check=False)
    return json.loads(done.stdout) if done.returncode == 0 else None


def bare(items: list[tuple[str, Context]], golds: list[Gold], rounds: int) -> Row:
    """A compiled expression for digits with a unit: no value, no subject, no time."""
    taken = []
    for _ in range(rounds):
        start = time.process_time()
        for text, _ in items:
            BARE.findall(layout.normalise(text))
        taken.append(time.process_time() - start)
    chars = sum(len(text) for text, _ in items)
    row = Row("bare `re`, digits with units", "62 reports", chars / min(taken), chars / statistics.median(taken))
    return compare(row, [[(*m.span(), None) for m in BARE.finditer(layout.normalise(g.text))] for g in golds], golds, with_values=False)


def main() -> None:
    """Prints the table, then the shares of the stages."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    megabytes = int(sys.argv[2]) if len(sys.argv) > 2 else 100
    if not (SHARED / "corpus").is_dir() or not (SHARED / "gold").is_dir():
        sys.exit(f"no reports or gold rows in {SHARED}")
    items, golds = reports(), gold()
    texts = [text for text, _ in items]
    chars = sum(map(len, texts))
    taken = [seconds(items) for _ in range(rounds)]
    rows = [
        ours(
            Row("dajuan, whole tuple", f"{len(items)} reports, {chars:,} characters", chars / min(taken), chars / statistics.median(taken)),
            golds,
        )
    ]
    rows += growing(texts, megabytes)
    rows += [in_processes(texts, workers, rounds) for workers in (1, 2)]
    rows += [bare(items, golds, rounds), *(rival(tool, texts, golds) for tool in RIVALS)]
    judged = sum(r["kind"] in ("quantity", "rank") for g in golds for r in g.rows)
    cores, load = os.cpu_count(), os.getloadavg()[0]
    print(f"extractor {EXTRACTOR_VERSION}, {rounds} rounds, {cores} cores, load {load:.1f}; {judged} gold rows\n")
    print("| | text | characters a second, best | median | spans found | right value | whole tuple | of its spans, gold |")
    print("|---|---|--:|--:|--:|--:|--:|--:|")
    print("\n".join(row.line() for row in rows))
    print(f"\nTime by stage: {shares(items)}.")


if __name__ == "__main__":
    main()
