"""Real documents: what was labelled by eye, and what all reports of one kind have in common."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from orchestration.lexicon import read_yaml
from orchestration.reading import read
from orchestration.reading.model import Document
from orchestration.reading.scan import single
from orchestration.regions import RegionIndex

LABELS = read_yaml(Path(__file__).resolve().parents[1] / "golden" / "reading" / "labels.yml")
MUST = 0.95  # of the reports


def without_sidecar(file: Path, regions: RegionIndex) -> Document:
    return read(replace(single(file), sidecar={}), regions)


@pytest.mark.parametrize("label", LABELS, ids=lambda label: label["path"])
def test_a_document_labelled_by_eye(label: dict[str, object], shared: Path, regions: RegionIndex) -> None:
    document = without_sidecar(shared / str(label["path"]), regions)
    expected = {field: value for field, value in label.items() if field != "path"}
    assert {field: getattr(document, field) for field in expected} == expected, document.how


@pytest.mark.slow
@pytest.mark.parametrize("folder", ["reports-2025", "reports-2026", "national"])
def test_reports_tell_place_genre_year_and_title(folder: str, shared: Path, regions: RegionIndex) -> None:
    files = sorted((shared / "corpus" / folder).iterdir())
    wrong = [f.name for f in files if not _right(without_sidecar(f, regions), f.name, regions)]
    assert len(wrong) <= (1 - MUST) * len(files), wrong


def _right(document: Document, name: str, regions: RegionIndex) -> bool:
    """The name of a file of these folders gives the year it was given and the place."""
    given, place = re.match(r"(\d{4})[年_](.+?)_?政府工作报告", name).groups()  # type: ignore[union-attr]
    code = "100000" if place == "国务院" else regions.by_name(place)
    told = (document.region_code, document.genre, document.report_year)
    return told == (code, "work_report", int(given) - 1) and "政府工作报告" in (document.title or "")


def test_plain_text_is_stored_unchanged(shared: Path, regions: RegionIndex) -> None:
    for file in sorted(shared.glob("gold/*.txt")):
        with file.open(encoding="utf-8", newline="") as opened:
            assert without_sidecar(file, regions).text == opened.read()
