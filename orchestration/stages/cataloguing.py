"""Distinct subjects of claims and observations → the catalogue's codes and topics. Needs no new extraction when an alias is added."""

from __future__ import annotations

import polars as pl

from orchestration.catalogue import Catalogue
from orchestration.contracts.claims import Extractions, Milestones, Outcomes, Projects, Standings
from orchestration.contracts.observations import Normalisations, Observations, Subjects, Topics
from orchestration.lake import Lake
from orchestration.stages.correcting import current_claims

TABLE_THEME = (
    "economy"  # of a table's indicator that the catalogue does not know: statistics tables are economic unless a code says otherwise
)


def catalogue_subjects(lake: Lake) -> dict[str, int]:
    """Match every distinct subject × unit × measure × theme of the current claims and observations; subjects and coded subjects."""
    said = current_claims(lake)
    tabled = lake.read(Observations, ["normalisation_key", "subject", "unit", "measure"]).join(
        lake.read(Normalisations), on="normalisation_key", how="semi"
    )
    key = ["subject", "unit", "measure", "theme"]
    distinct = pl.concat([said.select(key), tabled.with_columns(theme=pl.lit(TABLE_THEME)).select(key)]).unique().sort(key).collect()
    catalogue = Catalogue.load()
    rows = []
    for subject, unit, measure, theme in distinct.iter_rows():
        match = catalogue.match(subject, unit, measure, theme)
        rows.append(
            {
                "subject": subject,
                "unit": unit,
                "measure": measure,
                "theme": theme,
                "indicator_code": match.indicator_code if match else None,
                "match_score": match.score if match else None,
                "matched_how": match.how if match else None,
                "topic": None if match else catalogue.topic_for(subject, theme),
            }
        )
    lake.write_state(Subjects, Subjects.frame(rows))
    _topics(lake, catalogue)
    return {"subjects": len(rows), "coded": sum(r["indicator_code"] is not None for r in rows)}


def _topics(lake: Lake, catalogue: Catalogue) -> None:
    """A topic for every distinct wording of facts without a figure."""
    said_as = (
        (Standings, pl.coalesce("subject", "quote")),
        (Milestones, pl.col("what")),
        (Projects, pl.col("name")),
        (Outcomes, pl.coalesce("subject", "quote")),
    )
    current = lake.read(Extractions)
    wordings = [
        lake.read(table).join(current, on="extraction_key", how="semi").select(wording.alias("wording"), pl.col("theme"))
        for table, wording in said_as
    ]
    distinct = pl.concat(wordings).unique().sort("wording", "theme").collect()
    rows = [{"wording": w, "theme": t, "topic": catalogue.topic_for(w, t)} for w, t in distinct.iter_rows()]
    lake.write_state(Topics, Topics.frame(rows))
