"""The queue of a release: its questions listed, found by id, and a decision on one made into an event."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TextIO

import duckdb

from orchestration.catalogue import Catalogue
from orchestration.catalogue.fitting import fits
from orchestration.publishing.query import connect, show
from orchestration.reviewing.events import CORRECTED, DECISIONS, KEYS, Event, new_id
from orchestration.stages.correcting import agrees

_SHOWN = "review_id, round(weight, 2) as weight, region_name as region, period, subject, said, other_subject, other_said, why"
_ALL = "review_id, kind, weight, region_code, region_name, period, subject, said, other_subject, other_said, why, first_key, second_key, third_key"

_NAMED = "select 1 from core.fct_claim where claim_id = $1 union all select 1 from core.fct_observation where observation_id = $1"


class CannotDecide(ValueError):
    """A decision that cannot be taken; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person says to a question: the decision, and of a correction what is right (text, as given)."""

    decision: str
    by: str
    reason: str
    result: str | None = None
    indicator: str | None = None
    value: str | None = None


def list_queue(warehouse: Path, kind: str | None, limit: int, form: str, to: TextIO) -> None:
    """Print the open questions, the heaviest first, as a table, CSV or JSON lines."""
    condition = f"where kind = '{kind}'" if kind in KEYS else ""
    columns = _ALL if form == "json" else _SHOWN
    show(warehouse, f"select {columns} from marts.review_queue {condition} order by weight desc, review_id limit {int(limit)}", form, to)


def decide(warehouse: Path, review_id: str, answer: Answer) -> Event:
    """The event that answers the question `review_id`; CannotDecide where there is none, or the answer does not fit it.

    `review_id` may also be the id of an earlier event, to decide anew, or a target's claim_id, to speak of the result that the release links it with.
    """
    with connect(warehouse) as db:
        kind, key = _find(db, review_id)
        given = {n: v for n in ("result", "indicator", "value") if (v := getattr(answer, n)) is not None}
        _check(kind, answer.decision, set(given), review_id)
        stated = _stated(db, kind, key, given)
    at = datetime.now(UTC)
    number = new_id(at, kind, *key, answer.decision, answer.by)
    return Event(number, at, answer.by, kind, key, answer.decision, answer.reason, **stated)  # type: ignore[arg-type]


def _find(db: duckdb.DuckDBPyConnection, review_id: str) -> tuple[str, tuple[str, ...]]:
    """(kind, key) of a question."""
    found = db.execute("select kind, first_key, second_key, third_key from marts.review_queue where review_id = ?", [review_id]).fetchone()
    found = (
        found
        or db.execute(
            "select kind, coalesce(subject, first_id), case when subject is null then second_id else unit end, measure from core.review where event_id = ?",
            [review_id],
        ).fetchone()
    )
    if found:
        kind, *key = found
        return kind, tuple(key[: len(KEYS[kind])])
    target = db.execute(
        "select claim_id, coalesce(result_claim_id, result_observation_id) from marts.commitment where claim_id = ?", [review_id]
    ).fetchone()
    if target is None:
        raise CannotDecide(f"nothing to decide is called {review_id}; `dajuan review` lists what is open, and core.review what was decided")
    if target[1] is None:
        raise CannotDecide(f"the target {review_id} is not linked with a figure; `dajuan review --kind link` lists what may be its result")
    return "link", target


def _check(kind: str, decision: str, given: set[str], review_id: str) -> None:
    options = [name for name in CORRECTED[kind] if name != "unit"]
    wanted = set(options) if decision == "correct" else set()
    if decision not in DECISIONS[kind]:
        raise CannotDecide(f"a {kind} cannot be {decision}ed; `dajuan review correct {review_id} --{options[0]} …` or reject it")
    if given != wanted:
        said = " and ".join(f"--{name}" for name in sorted(wanted)) or "neither --result nor --indicator nor --value"
        raise CannotDecide(f"to {decision} a {kind}, give {said}")


def _stated(db: duckdb.DuckDBPyConnection, kind: str, key: tuple[str, ...], given: dict[str, str]) -> dict[str, str | Decimal]:
    """What a correction states, checked against the release."""
    if (result := given.get("result")) and not db.execute(_NAMED, [result]).fetchone():
        raise CannotDecide(f"no claim and no observation of the release is called {result}")
    if code := given.get("indicator"):
        indicator = Catalogue.load().indicators.get(code)
        if indicator is None:
            raise CannotDecide(f"the catalogue has no {code}; core.dim_indicator lists its codes")
        if not fits(indicator, key[1], key[2]):
            raise CannotDecide(f"{key[0]} is a {key[2]} in {key[1]}, which is no figure of {code}")
    if (value := given.get("value")) is not None:
        figure = _figure(value)
        return {"value": figure, "unit": _unit(db, key, figure)}
    return dict(given)


def _figure(text: str) -> Decimal:
    try:
        figure = Decimal(text)
    except InvalidOperation:
        figure = Decimal("nan")
    if not figure.is_finite():
        raise CannotDecide(f"--value {text} is no number")
    return figure


def _unit(db: duckdb.DuckDBPyConnection, key: tuple[str, ...], value: Decimal) -> str:
    """The base unit of a conflict that correcting claims to `value` settles."""
    found = db.execute("select unit_base from core.fct_claim where claim_id in (?, ?) limit 1", list(key)).fetchone()
    if found is None:
        raise CannotDecide("both figures stand in tables, or are not here any more; mend the table, or accept or reject the conflict")
    tabled = db.execute("select value_base, quote from core.fct_observation where observation_id in (?, ?)", list(key)).fetchone()
    if tabled and not agrees(tabled[0], value):
        raise CannotDecide(f"a table says {tabled[1]}; mend the table, or accept or reject the conflict")
    return str(found[0])
