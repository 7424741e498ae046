"""Topics of claims and facts: by their own words, by the catalogue, by the words around; worked out once a document."""

from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from orchestration.contracts.claims import Claims, Extractions, Standings
from orchestration.contracts.observations import Contexts, ContextTopics, Subjects, Topics
from orchestration.contracts.sources import Texts
from orchestration.lake import Lake
from orchestration.stages.cataloguing import catalogue_subjects

TEXT = "云溪区新辟小游园9处，另有6个通过验收。农村居民人均可支配收入增速居全市第二。"


def claim(quote: str, subject: str) -> dict:
    start = TEXT.index(quote)
    return {
        "extraction_key": "k", "claim_id": quote, "document_id": "d", "char_start": start, "char_end": start + len(quote), "quote": quote,
        "value": Decimal(9), "unit": "处", "value_base": Decimal(9), "unit_base": "处", "comparator": "eq", "measure": "level", "status": "actual",
        "subject": subject, "theme": "urban_renewal", "sentence_start": 0, "sentence_end": 19, "rules": "r", "extractor_version": "v",
    }  # fmt: skip


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    made = Lake(tmp_path / "lake")
    made.prepare()
    start = TEXT.index("居全市第二")
    standing = {
        "extraction_key": "k", "document_id": "d", "char_start": start, "char_end": start + 5, "quote": "居全市第二", "type": "rank", "value": Decimal(2),
        "subject": "农村居民人均可支配收入", "theme": "economy",
    }  # fmt: skip
    made.append(Claims, Claims.frame([claim("9处", "新辟小游园"), claim("6个", "另有")]), ["k"])
    made.append(Standings, Standings.frame([standing]), ["k"])
    made.append(Texts, Texts.frame([{"document_id": "d", "text": TEXT, "marks": "[]"}]), ["k"])
    made.write_state(Extractions, Extractions.frame([{"document_id": "d", "extraction_key": "k"}]))
    return made


def test_the_catalogue_then_own_words_then_the_words_around(lake: Lake) -> None:
    catalogue_subjects(lake)
    assert dict(lake.read(Subjects, ["subject", "topic"]).collect().iter_rows()) == {"新辟小游园": "greening", "另有": None}
    assert lake.read(Topics).collect().rows() == [("农村居民人均可支配收入", "economy", "income", "livelihood")]
    assert lake.read(ContextTopics, ["char_start", "topic"]).collect().rows() == [(TEXT.index("6个"), "greening")]


def test_what_was_read_around_is_not_read_again_and_goes_with_its_extraction(lake: Lake) -> None:
    catalogue_subjects(lake)
    lake.write_state(Texts, Texts.frame())
    for file in (lake.root / Texts.table()).glob("[!_]*.parquet"):
        file.unlink()
    catalogue_subjects(lake)
    assert lake.read(ContextTopics).collect().height == 1
    lake.write_state(Extractions, Extractions.frame())
    catalogue_subjects(lake)
    assert lake.read(Contexts).select(pl.len()).collect().item() == 1
    assert lake.read(ContextTopics).collect().height == 0
