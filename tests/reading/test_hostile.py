"""Bad files: each ends in a document or in a reason, in bounded time, and costs no other file anything."""

from __future__ import annotations

import pytest

from orchestration.reading.model import REASONS, Document
from orchestration.reading.scan import scan
from orchestration.reading.worker import read_all

from . import hostile

pytestmark = pytest.mark.slow
SOUND = "articles/sound.txt"


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[str, str]]:
    """Path → (code, reason), code `read` for a document."""
    raw = tmp_path_factory.mktemp("raw")
    for folder in ("articles", "tables"):
        (raw / folder).mkdir()
    for path, data, _ in hostile.files():
        (raw / path).write_bytes(data)
    (raw / SOUND).write_text(hostile.PROSE, encoding="utf-8")
    landing = scan(raw)
    found = {r.source.path: (r.refusal.code, r.refusal.reason) for r in landing.refused}
    for source, outcome in read_all(landing.sources, memory_mb=700):
        found[source.path] = ("read", _sound(outcome)) if isinstance(outcome, Document) else (outcome.code, outcome.reason)
    return found


def _sound(document: Document) -> str:
    """What must hold of every document."""
    starts = [mark.char_start for mark in document.marks]
    assert document.text.strip()
    assert "\0" not in document.text
    assert starts == sorted(starts)
    assert all(0 <= start < len(document.text) for start in starts)
    return document.text


def test_every_file_ends_in_exactly_one_place(outcomes: dict[str, tuple[str, str]]) -> None:
    assert set(outcomes) == {path for path, _, _ in hostile.files()} | {SOUND}
    assert len(outcomes) > 200


def test_the_reason_is_the_right_one(outcomes: dict[str, tuple[str, str]]) -> None:
    wrong = {
        path: (outcomes[path][0], outcomes[path][1][:120], sorted(codes))
        for path, _, codes in hostile.files()
        if outcomes[path][0] not in codes
    }
    assert wrong == {}


def test_every_reason_is_a_sentence_that_says_what_to_do(outcomes: dict[str, tuple[str, str]]) -> None:
    refused = [(path, code, reason) for path, (code, reason) in outcomes.items() if code != "read"]
    assert {code for _, code, _ in refused} <= set(REASONS)
    assert [path for path, _, reason in refused if not 20 < len(reason) < 400 or "\n" in reason] == []


def test_the_sound_file_among_them_is_read(outcomes: dict[str, tuple[str, str]]) -> None:
    assert outcomes[SOUND] == ("read", hostile.PROSE)
