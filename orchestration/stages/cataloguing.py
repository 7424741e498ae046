"""Distinct subjects of claims and observations → the catalogue's codes and topics. Needs no new extraction when an alias is added."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

import polars as pl

from orchestration.catalogue import CATALOGUE_VERSION, Catalogue
from orchestration.catalogue.industries import industry_for
from orchestration.catalogue.topics import topic_at
from orchestration.contracts.base import Contract
from orchestration.contracts.claims import Claims, Extractions, Milestones, Outcomes, Projects, Standings
from orchestration.contracts.corrections import CorrectedClaims
from orchestration.contracts.observations import Contexts, ContextTopics, Industries, Normalisations, Observations, Subjects, Topics
from orchestration.contracts.reviews import Reviews
from orchestration.contracts.sources import Texts
from orchestration.lake import Lake, digest

TABLE_THEME = (
    "economy"  # of a table's indicator that the catalogue does not know: statistics tables are economic unless a code says otherwise
)
SUBJECT = ["subject", "unit", "measure", "theme"]
WORDED: dict[type[Contract], pl.Expr] = {  # what the topic of a fact without a figure is told by
    Standings: pl.coalesce("subject", "quote"),
    Milestones: pl.col("what"),
    Projects: pl.col("name"),
    Outcomes: pl.coalesce("subject", "quote"),
}
REVIEWED = "review"  # how a subject was matched that a person assigned
BATCH_DOCUMENTS = 10_000  # whose texts are held at a time


def catalogue_subjects(lake: Lake) -> dict[str, int]:
    """Match every distinct subject × unit × measure × theme of the current claims and observations; subjects and coded subjects."""
    said = lake.read(Claims).join(lake.read(Extractions), on="extraction_key", how="semi")
    corrected = lake.read(CorrectedClaims)
    tabled = lake.read(Observations, ["normalisation_key", "subject", "unit", "measure"]).join(
        lake.read(Normalisations), on="normalisation_key", how="semi"
    )
    distinct = pl.concat([said.select(SUBJECT), corrected.select(SUBJECT), tabled.with_columns(theme=pl.lit(TABLE_THEME)).select(SUBJECT)])
    catalogue = Catalogue.load()
    reviewed = _reviewed(lake, catalogue)
    rows = []
    for subject, unit, measure, theme in distinct.unique().sort(SUBJECT).collect().iter_rows():
        by_catalogue = catalogue.match(subject, unit, measure, theme)
        match = by_catalogue or reviewed.match(subject, unit, measure)
        rows.append(
            {
                "subject": subject,
                "unit": unit,
                "measure": measure,
                "theme": theme,
                "indicator_code": match.indicator_code if match else None,
                "match_score": match.score if match else None,
                "matched_how": REVIEWED if match and not by_catalogue else match.how if match else None,
                "topic": None if match else catalogue.topic_for(subject, theme),
            }
        )
    lake.write_state(Subjects, Subjects.frame(rows))
    _topics(lake, catalogue)
    _contexts(lake)
    _industries(lake, catalogue)
    return {"subjects": len(rows), "coded": sum(r["indicator_code"] is not None for r in rows)}


def _reviewed(lake: Lake, catalogue: Catalogue) -> Catalogue:
    """A catalogue of the names that people have assigned to indicators, and of no other."""
    assigned = lake.read(Reviews).filter(
        pl.col("indicator_code").is_not_null() & pl.col("problem").is_null() & pl.col("superseded_by").is_null()
    )
    names: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for code, subject, measure in assigned.select("indicator_code", "subject", "measure").sort("subject", "measure").collect().iter_rows():
        names[code].append((subject, measure))
    return Catalogue(replace(catalogue.indicators[code], aliases=tuple(of)) for code, of in sorted(names.items()))


def _topics(lake: Lake, catalogue: Catalogue) -> None:
    """A topic for every distinct wording of facts without a figure: the catalogue's where it knows the wording, else by its words."""
    current = lake.read(Extractions)
    wordings = [
        lake.read(table).join(current, on="extraction_key", how="semi").select(wording.alias("wording"), pl.col("theme"))
        for table, wording in WORDED.items()
    ]
    rows = []
    for wording, theme in pl.concat(wordings).unique().sort("wording", "theme").collect().iter_rows():
        known = catalogue.match(wording, None, None, theme)
        indicator = catalogue.indicators[known.indicator_code] if known else None
        topic = indicator.topic if indicator else catalogue.topic_for(wording, theme)
        rows.append({"wording": wording, "theme": theme, "topic": topic, "topic_theme": indicator.theme if indicator else theme})
    lake.write_state(Topics, Topics.frame(rows))


def _contexts(lake: Lake) -> None:
    """Topics by the words around what no words of its own place. What was read around once is not read again while the words are the same."""
    key = pl.col("extraction_key").map_elements(lambda k: digest(k, CATALOGUE_VERSION), return_dtype=pl.String).alias("context_key")
    current = lake.read(Extractions).with_columns(key).collect()
    seen = lake.read(Contexts, ["context_key"]).unique().collect()
    todo = _open(lake, current.join(seen, on="context_key", how="anti")).collect()
    ids = sorted(set(todo["document_id"]))
    for first in range(0, len(ids), BATCH_DOCUMENTS):
        part = todo.filter(pl.col("document_id").is_in(ids[first : first + BATCH_DOCUMENTS]))
        lake.append(Contexts, Contexts.frame(list(_placed(lake, part))), set(part["context_key"]))
    told = lake.read(Contexts).join(current.lazy(), on="context_key", how="semi").filter(pl.col("topic").is_not_null())
    lake.write_state(ContextTopics, told.select(*ContextTopics.schema()).sort(ContextTopics.grain()).collect())


def _open(lake: Lake, extractions: pl.DataFrame) -> pl.LazyFrame:
    """Claims and facts of `extractions` whose own words tell no topic, one row a span and theme."""
    span = ["context_key", "document_id", "char_start", "char_end", "theme"]
    of = extractions.lazy().select("extraction_key", "context_key")
    told = lake.read(Subjects).filter(pl.col("topic").is_not_null() | (pl.col("matched_how") != REVIEWED))
    claims = lake.read(Claims).join(of, on="extraction_key").join(told, on=SUBJECT, how="anti").select(*span, "section")
    placed = lake.read(Topics).filter(pl.col("topic").is_not_null())
    facts = [
        lake.read(table)
        .join(of, on="extraction_key")
        .with_columns(wording.alias("wording"))
        .join(placed, on=["wording", "theme"], how="anti")
        .select(*span, pl.lit(None, pl.String).alias("section"))
        for table, wording in WORDED.items()
    ]
    return pl.concat([claims, *facts]).sort(*span, "section", nulls_last=True).unique(span, keep="first", maintain_order=True)


def _placed(lake: Lake, rows: pl.DataFrame) -> Iterator[dict]:
    texts = lake.read(Texts, ["document_id", "text"]).filter(pl.col("document_id").is_in(rows["document_id"].unique().to_list()))
    text_of = dict(texts.collect().iter_rows())
    for row in rows.iter_rows(named=True):
        headings = row.pop("section")
        yield row | {"topic": topic_at(text_of[row["document_id"]], row["char_start"], row["char_end"], row["theme"], headings)}


def _industries(lake: Lake, catalogue: Catalogue) -> None:
    """The industry of every indicator, subject and wording that names one."""
    subjects = lake.read(Subjects).filter(pl.col("indicator_code").is_null()).select("subject").collect()["subject"]
    wordings = lake.read(Topics, ["wording"]).collect()["wording"]
    names = sorted({*(i.name for i in catalogue.indicators.values()), *subjects, *wordings})
    rows = [{"name": name, "industry_code": code} for name in names if (code := industry_for(name))]
    lake.write_state(Industries, Industries.frame(rows))
