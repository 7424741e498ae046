"""Fetching a list of sources: all are tried, and each ends in an outcome."""

from __future__ import annotations

import asyncio
import fcntl
import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import httpx
from rich.console import Console
from rich.markup import escape

from orchestration.fetching.addresses import parse, shown
from orchestration.fetching.client import Client
from orchestration.fetching.landing import Record, held, land, records
from orchestration.fetching.model import CLOCK, LIMITS, Clock, FetchError, Kind, Limits, Outcome, State, Wanted
from orchestration.fetching.naming import advice
from orchestration.fetching.transport import CheckedTransport

Tell = Callable[[Outcome], None]
MARKS = {State.new: "green", State.changed: "yellow", State.unchanged: "dim", State.failed: "red"}


def want(texts: Sequence[str], kind: Kind | None = None) -> tuple[list[Wanted], list[Outcome]]:
    """Addresses as a person types them: what to fetch, and those that cannot be fetched as failures."""
    wanted, refused = [], []
    for text in texts:
        try:
            wanted.append(Wanted(parse(text), kind))
        except FetchError as error:
            refused.append(Outcome(shown(text), State.failed, message=str(error)))
    return wanted, refused


def fetch_all(
    raw: Path,
    store: Path,
    wanted: Sequence[Wanted],
    *,
    tell: Tell = lambda outcome: None,
    allow_private: bool = False,
    limits: Limits = LIMITS,
    clock: Clock = CLOCK,
    transport: httpx.AsyncBaseTransport | None = None,
) -> list[Outcome]:
    """Fetch each source into the landing folder `raw`, several hosts at a time; the outcomes in the order of `wanted` (an address named twice
    counts once). `tell` hears of each as it ends; `store` holds the versions that builds have read. FetchError where another fetch is at work."""
    sources = list({str(w.url): w for w in wanted}.values())
    with _alone(raw):
        known = records(raw)

        async def run() -> list[Outcome]:
            async with Client(transport or CheckedTransport(allow_private), limits, clock) as client:

                async def one(source: Wanted) -> Outcome:
                    outcome = await _fetch(client, raw, store, source, known.get(str(source.url)), clock)
                    tell(outcome)
                    return outcome

                return list(await asyncio.gather(*map(one, sources)))

        return asyncio.run(run())


async def _fetch(client: Client, raw: Path, store: Path, source: Wanted, record: Record | None, clock: Clock) -> Outcome:
    url = shown(str(source.url))
    try:
        current = record is not None and held(raw, record) == record.sha256
        asked = {httpx.URL(record.final_url): record.conditions} if record and current else {}
        answer = await client.get(source.url, asked)
        if answer.status != 200 and not (answer.status == 304 and answer.url in asked):
            raise FetchError(f"the server answers {answer.status}: {advice(answer.status)}")
        state, path = land(raw, store, source, answer, record, clock.now())
        return Outcome(url, state, path)
    except FetchError as error:
        return Outcome(url, State.failed, message=str(error))
    except OSError as error:
        message = f"the landing folder cannot be written ({error.strerror}); free space or mend its rights"
        return Outcome(url, State.failed, message=message)


@contextmanager
def _alone(raw: Path) -> Iterator[None]:
    """The only fetch at work in `raw`. The folder itself is locked: a lock file would look like a change to what watches the folder."""
    folder = os.open(raw, os.O_RDONLY | os.O_DIRECTORY)
    try:
        try:
            fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise FetchError(f"another fetch is writing to {raw}; wait for it to end") from None
        yield
    finally:
        os.close(folder)


def line(outcome: Outcome) -> str:
    """An outcome on one line, as plain text."""
    return f"{outcome.state:<9}  {outcome.path or outcome.url}" + (f": {outcome.message}" if outcome.message else "")


def show(outcomes: Sequence[Outcome], console: Console) -> None:
    """Print the outcomes as a short table, the counts last."""
    for outcome in outcomes:
        mark = MARKS[outcome.state]
        console.print(f"[{mark}]{outcome.state:<9}[/{mark}]  {escape(outcome.url)}")
        console.print(f"           {escape(outcome.message or outcome.path)}", style="dim")
    counts = Counter(outcome.state for outcome in outcomes)
    console.print(", ".join(f"{counts[state]} {state}" for state in State if counts[state]) or "nothing to fetch")


def failure(outcomes: Sequence[Outcome]) -> str | None:
    """What failed, on one line; null where nothing did."""
    failed = [outcome for outcome in outcomes if outcome.state == State.failed]
    if not failed:
        return None
    first = f"{failed[0].url}: {failed[0].message}"
    return first if len(failed) == 1 else f"{len(failed)} of {len(outcomes)} sources failed, the first {first}"
