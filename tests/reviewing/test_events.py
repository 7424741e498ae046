"""Decisions as events: what is recorded is read back, order and files mean nothing, and what cannot be understood is named."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from orchestration.reviewing.events import BadReview, Event, last_words, read_events, record

CHINA = timezone(timedelta(hours=8))
NOON = datetime(2024, 1, 19, 12, tzinfo=CHINA)
STATED = {
    "id": "e1",
    "at": "2024-01-19T12:00:00+08:00",
    "by": "甲",
    "kind": "link",
    "key": ["t", "s"],
    "decision": "accept",
    "reason": "同一工程",
}


def write(raw: Path, *events: dict, name: str = "a.yml") -> None:
    (raw / "reviews").mkdir(exist_ok=True)
    (raw / "reviews" / name).write_text(yaml.safe_dump(list(events), allow_unicode=True), encoding="utf-8")


def test_what_is_recorded_is_read_back(tmp_path: Path) -> None:
    events = [
        Event("e1", NOON, "甲", "link", ("t", "s"), "accept", "同一工程"),
        Event("e2", NOON + timedelta(milliseconds=7), "乙", "link", ("t", "s"), "correct", "另一句才是", result="r"),
        Event(
            "e3", NOON + timedelta(hours=13), "乙", "subject", ("荧光步道", "", "level"), "correct", "no: 是「它」#1", indicator="greenways"
        ),
        Event(
            "e4", NOON + timedelta(hours=14), "甲", "conflict", ("a", "b"), "correct", "印错", value=Decimal("81200000000.50"), unit="元"
        ),
    ]
    for event in reversed(events):
        file = record(tmp_path, event)
    assert file == tmp_path / "reviews" / "2024-01-19.yml"
    assert [p.name for p in sorted((tmp_path / "reviews").iterdir())] == ["2024-01-19.yml", "2024-01-20.yml"]
    read = read_events(tmp_path)
    assert [e.id for e in read] == ["e1", "e2", "e3", "e4"]
    assert [(e.key, e.result, e.indicator, e.value, e.unit, e.at) for e in read] == [
        (e.key, e.result, e.indicator, e.value, e.unit, e.at) for e in events
    ]


def test_recording_only_adds(tmp_path: Path) -> None:
    file = record(tmp_path, Event("e1", NOON, "甲", "link", ("t", "s"), "accept", "a"))
    before = file.read_bytes()
    record(tmp_path, Event("e2", NOON, "甲", "link", ("t", "s"), "reject", "b"))
    assert file.read_bytes().startswith(before)


def test_a_moment_may_be_unquoted_and_one_event_may_stand_twice(tmp_path: Path) -> None:
    write(tmp_path, STATED | {"at": datetime(2024, 1, 19, 4, tzinfo=UTC)})
    write(tmp_path, STATED, name="b.yml")
    assert [e.at for e in read_events(tmp_path)] == [NOON]


def test_no_folder_is_no_event(tmp_path: Path) -> None:
    assert read_events(tmp_path) == []


@given(
    st.lists(st.tuples(st.integers(0, 3), st.sampled_from("ab"), st.sampled_from(["accept", "reject"])), max_size=8),
    st.randoms(use_true_random=False),
)
def test_the_last_word_speaks_in_any_order_of_files(tmp_path_factory: pytest.TempPathFactory, said: list, rng: random.Random) -> None:
    listed = [
        STATED | {"id": f"e{n}", "at": f"2024-01-19T12:00:0{second}+08:00", "key": ["t", key], "decision": decision}
        for n, (second, key, decision) in enumerate(said)
    ]
    speaking = []
    for shuffled in (listed, rng.sample(listed, len(listed))):
        raw = tmp_path_factory.mktemp("raw")
        for n, event in enumerate(shuffled):
            write(raw, event, name=f"{n}.yml")
        speaking.append({key: (e.id, e.decision) for key, e in last_words(read_events(raw)).items()})
    assert speaking[0] == speaking[1]


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"reason": None}, "event 1: reason is missing"),
        ({"mood": "good"}, "mood is not known"),
        ({"kind": "rumour"}, "kind must be one of link, subject, conflict"),
        ({"decision": "shrug"}, "must be one of accept, reject, correct"),
        ({"kind": "subject", "key": ["a", "b", "level"]}, "must be one of reject, correct"),
        ({"key": "t"}, "must be a list: target, statement"),
        ({"key": ["t"]}, "must be a list: target, statement"),
        ({"at": "2024-01-19T12:00:00"}, "with its zone"),
        ({"at": "noon"}, "with its zone"),
        ({"decision": "correct"}, "states result besides, not nothing"),
        ({"result": "r"}, "states nothing besides, not result"),
        ({"kind": "conflict", "decision": "correct", "value": "many", "unit": "元"}, "value must be a number"),
    ],
    ids=str,
)
def test_an_event_that_cannot_be_understood_is_named(tmp_path: Path, changes: dict, says: str) -> None:
    write(tmp_path, STATED | changes)
    with pytest.raises(BadReview, match=rf"reviews/a\.yml.*{says}"):
        read_events(tmp_path)


@pytest.mark.parametrize("text", ["a: [", "just words", "- just words", "\xff"], ids=repr)
def test_a_file_that_is_no_list_of_events_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "reviews").mkdir()
    (tmp_path / "reviews" / "a.yml").write_bytes(text.encode("latin-1"))
    with pytest.raises(BadReview, match=r"reviews/a\.yml"):
        read_events(tmp_path)


def test_two_events_of_one_id_are_named(tmp_path: Path) -> None:
    write(tmp_path, STATED, STATED | {"by": "乙"})
    with pytest.raises(BadReview, match="e1 stands for another event"):
        read_events(tmp_path)
