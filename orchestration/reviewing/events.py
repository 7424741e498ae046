"""Decisions as events: `reviews/*.yml` of the landing folder, lists of mappings, only ever added to.

    - id: 20240119T103000123-3f9c0a1b
      at: '2024-01-19T10:30:00+08:00'
      by: who decided
      kind: link                  # link, subject or conflict
      key: [target, statement]    # conflict: [first, second]; subject: [subject, base unit, measure]
      decision: accept            # accept, reject or correct
      reason: why
      result: …                   # of a corrected link: the claim or observation that is the result
      indicator: …                # of a corrected subject: the code it belongs to
      value: '812'                # of a corrected conflict: the figure, in `unit`, a base unit
      unit: 元

Files and their order mean nothing; of two events on one key the later speaks, of the same moment the one with the greater id.
"""

from __future__ import annotations

import fcntl
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from orchestration.lake import digest
from orchestration.settings import TIMEZONE

FOLDER = "reviews"
KEYS = {"link": ("target", "statement"), "subject": ("subject", "unit", "measure"), "conflict": ("first", "second")}
CORRECTED = {"link": ("result",), "subject": ("indicator",), "conflict": ("value", "unit")}
"""What a correction states, by kind."""
DECISIONS = {"link": ("accept", "reject", "correct"), "subject": ("reject", "correct"), "conflict": ("accept", "reject", "correct")}
"""What can be decided, by kind. A subject without a code is as it is: there is nothing to accept."""
_NEEDED = ("id", "at", "by", "kind", "key", "decision", "reason")
_STATED = ("result", "indicator", "value", "unit")


class BadReview(ValueError):
    """An event that cannot be understood; the message names the file, the event and what to mend."""


@dataclass(frozen=True, slots=True)
class Event:
    """One decision. `key` holds what KEYS names for its kind; `value` is in `unit`, a base unit; `at` knows its zone."""

    id: str
    at: datetime
    by: str
    kind: str
    key: tuple[str, ...]
    decision: str
    reason: str
    result: str | None = None
    indicator: str | None = None
    value: Decimal | None = None
    unit: str | None = None
    file: str = ""


def read_events(raw: Path) -> list[Event]:
    """All events below `raw`, the earliest first. BadReview where one cannot be understood, or two differ under one id."""
    by_id: dict[str, Event] = {}
    for file in sorted((raw / FOLDER).glob("*.yml")):
        for event in _read(file):
            other = by_id.setdefault(event.id, event)
            if _content(other) != _content(event):
                raise BadReview(
                    f"{event.file}: the id {event.id} stands for another event in {other.file}; give one of them an id of its own"
                )
    return sorted(by_id.values(), key=lambda e: (e.at, e.id))


def last_words(events: Iterable[Event]) -> dict[tuple[str, tuple[str, ...]], Event]:
    """(kind, key) → the event that speaks, of `events` in order of time."""
    return {(e.kind, e.key): e for e in events}


def record(raw: Path, event: Event) -> Path:
    """Add `event` to the file of its day in China; the file."""
    file = raw / FOLDER / f"{event.at.astimezone(ZoneInfo(TIMEZONE)):%Y-%m-%d}.yml"
    file.parent.mkdir(exist_ok=True)
    stated = {"id": event.id, "at": event.at.isoformat(timespec="milliseconds"), "by": event.by, "kind": event.kind, "key": list(event.key)}
    stated |= {"decision": event.decision, "reason": event.reason}
    stated |= {name: str(given) for name in _STATED if (given := getattr(event, name)) is not None}
    line = yaml.safe_dump([stated], allow_unicode=True, sort_keys=False, width=1000)
    with file.open("a", encoding="utf-8") as out:
        fcntl.flock(out, fcntl.LOCK_EX)  # two people deciding at once
        out.write(line)
    return file


def new_id(at: datetime, *parts: str) -> str:
    """An id of an event decided at `at`: the moment, and a hash of what it says."""
    return f"{at.astimezone(ZoneInfo(TIMEZONE)):%Y%m%dT%H%M%S}{at.microsecond // 1000:03d}-{digest(*parts, length=8)}"


def _content(event: Event) -> tuple[Any, ...]:
    return (event.at, event.by, event.kind, event.key, event.decision, event.reason, event.result, event.indicator, event.value, event.unit)


def _read(file: Path) -> list[Event]:
    name = f"{FOLDER}/{file.name}"
    try:
        listed = yaml.safe_load(file.read_text(encoding="utf-8")) or []
    except (yaml.YAMLError, UnicodeDecodeError) as e:
        raise BadReview(f"{name} is not YAML: {' '.join(str(e).split())}") from None
    if not isinstance(listed, list):
        raise BadReview(f"{name} must be a list of events")
    return [_checked(name, f"{name}, event {n}", item) for n, item in enumerate(listed, 1)]


def _checked(name: str, where: str, item: object) -> Event:
    if not isinstance(item, dict):
        raise BadReview(f"{where}: must be a mapping with {', '.join(_NEEDED)}")
    if missing := [key for key in _NEEDED if item.get(key) in (None, "")]:
        raise BadReview(f"{where}: {', '.join(missing)} is missing")
    if unknown := item.keys() - {*_NEEDED, *_STATED}:
        raise BadReview(f"{where}: {', '.join(sorted(map(str, unknown)))} is not known; the keys are {', '.join((*_NEEDED, *_STATED))}")
    kind, decision = item["kind"], item["decision"]
    if kind not in KEYS:
        raise BadReview(f"{where}: kind must be one of {', '.join(KEYS)}")
    if decision not in DECISIONS[kind]:
        raise BadReview(f"{where}: decision on a {kind} must be one of {', '.join(DECISIONS[kind])}")
    if not isinstance(item["key"], list) or len(item["key"]) != len(KEYS[kind]):
        raise BadReview(f"{where}: key of a {kind} must be a list: {', '.join(KEYS[kind])}")
    wanted = set(CORRECTED[kind]) if decision == "correct" else set()
    given = {key for key in _STATED if item.get(key) not in (None, "")}
    if wanted != given:
        raise BadReview(
            f"{where}: to {decision} a {kind} states {' and '.join(sorted(wanted)) or 'nothing'} besides, not {' and '.join(sorted(given)) or 'nothing'}"
        )
    return Event(
        id=str(item["id"]),
        at=_moment(where, item["at"]),
        by=str(item["by"]),
        kind=kind,
        key=tuple(map(str, item["key"])),
        decision=decision,
        reason=str(item["reason"]),
        result=_text(item.get("result")),
        indicator=_text(item.get("indicator")),
        value=_figure(where, item.get("value")),
        unit=_text(item.get("unit")),
        file=name,
    )


def _text(given: object) -> str | None:
    return None if given in (None, "") else str(given)


def _moment(where: str, given: object) -> datetime:
    try:
        at = given if isinstance(given, datetime) else datetime.fromisoformat(str(given))
    except ValueError:
        at = None
    if at is None or at.tzinfo is None:
        raise BadReview(f"{where}: at must be a moment with its zone, as 2024-01-19T10:30:00+08:00")
    return at


def _figure(where: str, given: object) -> Decimal | None:
    if given in (None, ""):
        return None
    try:
        figure = Decimal(str(given))
    except InvalidOperation:
        figure = Decimal("nan")
    if not figure.is_finite():
        raise BadReview(f"{where}: value must be a number, quoted")
    return figure
