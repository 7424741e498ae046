"""Targets and what was stated afterwards → links. Only statements of a region and year that a target speaks of are looked at."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from shutil import rmtree

import polars as pl

from orchestration.catalogue import Catalogue
from orchestration.contracts.claims import Extractions, Outcomes
from orchestration.contracts.corrections import CorrectedClaims
from orchestration.contracts.ledger import Linkings, Links
from orchestration.contracts.observations import Normalisations, Observations, Subjects
from orchestration.contracts.reviews import ReviewedLinks
from orchestration.contracts.sources import Documents, Texts
from orchestration.extraction.words import alternation
from orchestration.lake import Lake, digest
from orchestration.ledger import Said, link, year_end
from orchestration.ledger.annex import list_at, name_of
from orchestration.ledger.linking import Pairs
from orchestration.lexicon import load
from orchestration.stages.correcting import current_claims
from orchestration.versions import code_version

_OF_CLAIM = [
    "claim_id",
    "document_id",
    "char_start",
    "char_end",
    "subject",
    "unit_base",
    "measure",
    "status",
    "period",
    "scope",
    "section",
    "rules",
]
_OF_OBSERVATION = ["normalisation_key", "observation_id", "document_id", "region_code", "subject", "period", "measure", "unit", "unit_base"]
_SUBJECT = ["subject", "unit", "measure", "theme"]
_YEAR_END = pl.col("period").str.strip_suffix("-12-31").alias("year_end")
_CLAUSE_END = re.compile(r"[，。；：！？,;!?\n]")
_LISTS = load("ledger_lists")
_STATES = re.compile(alternation(_LISTS["states"]))
_COUNTS = frozenset(_LISTS["counts"])
_PARTS = re.compile(r"[、，]|(?<!人民)[和与及]")
REACH = 80  # characters that are looked at on either side of a figure
PART_DOCUMENTS = 2000  # about how many documents are held at a time
LINKS_VERSION = code_version(
    "ledger/*.py",
    "catalogue/*.py",
    "stages/linking.py",
    "stages/cataloguing.py",
    "extraction/words.py",
    "lexicon/*.yml",
    seeds=("indicator.csv",),
)


def link_targets(lake: Lake, workers: int = 1) -> dict[str, int]:
    """Link every current target with what later documents state of its region and period; how many targets and links, and how many are for review.

    No link crosses regions, so only those regions are linked anew whose statements, or the code and words, have changed; they are sorted
    into parts first, so that each table is read once however many there are.
    """
    stated = _statements(lake)
    made_from = _made_from(lake, stated)
    kept = made_from.join(lake.read(Linkings).collect(), on=["region_code", "linking_key"], how="semi")
    parts = _parts(stated["documents"], made_from.join(kept, on="region_code", how="anti"))
    still = stated["documents"].join(kept.lazy(), on="region_code", how="semi").select("document_id")
    accepted = lake.read(ReviewedLinks).filter("accepted").drop("accepted").collect()
    known = lake.read(Links).filter(pl.col("review_id").is_null())
    frames = [accepted, known.join(still, left_on="target_document_id", right_on="document_id", how="semi").collect()]
    with _scratch(lake.root / ".linking") as folder:
        for table, frame in stated.items():
            _part(frame.join(parts.lazy(), on="region_code"), folder / table)
        frames += _each(partial(_linked, folder), sorted(set(parts["part"])), workers)
    links = pl.concat(frames).sort(Links.grain())
    lake.write_state(Links, links)
    lake.write_state(Linkings, made_from)
    targets = current_claims(lake).filter((pl.col("status") == "target") & pl.col("period").is_not_null())
    in_a_region = targets.join(stated["documents"], on="document_id", how="semi").select(pl.len()).collect().item()
    for_review = links.filter((pl.col("matched_by") == "review") & pl.col("review_id").is_null()).height
    return {"targets": in_a_region, "links": links.height, "for review": for_review}


def _statements(lake: Lake) -> dict[str, pl.LazyFrame]:
    """Everything that linking looks at, each row with its region: documents, texts, claims, observations, outcomes, and what people decided."""
    documents = lake.read(Documents, ["document_id", "region_code", "genre", "known_from"]).filter(pl.col("region_code").is_not_null())
    any_region = lake.read(Documents, ["document_id", "genre", "known_from"])
    codes = lake.read(Subjects, [*_SUBJECT, "indicator_code"])
    of_tables = codes.group_by("subject", "unit", "measure").agg(pl.col("indicator_code").max())
    current = lake.read(Extractions, ["extraction_key"])
    return {
        "documents": documents,
        "texts": lake.read(Texts, ["document_id", "text"]).join(documents, on="document_id"),
        "claims": current_claims(lake)
        .select("unit", "theme", *_OF_CLAIM)
        .join(documents, on="document_id")
        .join(codes, on=_SUBJECT, how="left"),
        "observations": lake.read(Observations, _OF_OBSERVATION)
        .join(lake.read(Normalisations, ["normalisation_key"]), on="normalisation_key", how="semi")
        .filter(pl.col("region_code").is_not_null())
        .join(of_tables, on=["subject", "unit", "measure"], how="left")
        .join(any_region, on="document_id"),
        "outcomes": lake.read(Outcomes)
        .join(current, on="extraction_key", how="semi")
        .filter((pl.col("status") == "actual") & pl.col("period").is_not_null() & pl.col("subject").is_not_null())
        .join(documents, on="document_id"),
        "decided": lake.read(ReviewedLinks).join(documents, left_on="target_document_id", right_on="document_id"),
    }


def _made_from(lake: Lake, stated: dict[str, pl.LazyFrame]) -> pl.DataFrame:
    """For each region a hash of everything that its links depend on."""
    of_documents = stated["documents"].join(lake.read(Extractions), on="document_id")
    corrected = lake.read(CorrectedClaims).join(stated["documents"].select("document_id", "region_code"), on="document_id")
    sources = (
        of_documents.select("region_code", "document_id", "extraction_key", "genre", "known_from"),
        stated["claims"].select("region_code", *_SUBJECT, "indicator_code"),
        stated["observations"].select(*_OF_OBSERVATION, "indicator_code", "genre", "known_from"),
        corrected.select("region_code", *CorrectedClaims.schema()),
        stated["decided"].select("region_code", *ReviewedLinks.schema()),
    )
    told = [
        s.select("region_code", pl.concat_str(pl.exclude("region_code").cast(pl.String).fill_null(""), separator="\x1f").alias("of"))
        for s in sources
    ]
    by_region = pl.concat(told).unique().group_by("region_code").agg(pl.col("of").sort()).sort("region_code").collect()
    return Linkings.frame([{"region_code": code, "linking_key": digest(LINKS_VERSION, *of)} for code, of in by_region.iter_rows()])


def _parts(documents: pl.LazyFrame, regions: pl.DataFrame) -> pl.DataFrame:
    """The regions with the part that each is linked in; a part has about PART_DOCUMENTS documents, or is one region."""
    sizes = documents.join(regions.lazy(), on="region_code", how="semi").group_by("region_code").len("documents")
    counted = regions.lazy().select("region_code").join(sizes, on="region_code", how="left").sort("region_code")
    return counted.select("region_code", part=pl.col("documents").fill_null(0).cum_sum() // PART_DOCUMENTS).collect()


@contextmanager
def _scratch(folder: Path) -> Iterator[Path]:
    """An empty folder that is gone afterwards; what a killed run has left in it goes first."""
    rmtree(folder, ignore_errors=True)
    folder.mkdir()
    try:
        yield folder
    finally:
        rmtree(folder)


def _part(frame: pl.LazyFrame, folder: Path) -> None:
    """Write the rows of each part into a file of its own."""
    frame.sink_parquet(
        pl.PartitionBy(folder, key="part", file_path_provider=lambda to: f"{to.partition_keys['part'].item()}.parquet"),
        mkdir=True,
        compression="lz4",
        maintain_order=False,
    )


def _each(run: Callable[[int], pl.DataFrame], parts: list[int], workers: int) -> list[pl.DataFrame]:
    """`run` of each part, in order; several at a time where there are several."""
    if workers < 2 or len(parts) < 2:
        return [run(part) for part in parts]
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        return list(pool.map(run, parts))


def _linked(folder: Path, part: int) -> pl.DataFrame:
    """The links of one part of what `_part` has written below `folder`."""

    def table(name: str) -> pl.DataFrame | None:
        path = folder / name / f"{part}.parquet"
        return pl.read_parquet(path) if path.exists() else None

    claims, texts = table("claims"), table("texts")
    if claims is None or texts is None:
        return Links.frame()
    asked = claims.filter(pl.col("period").is_not_null()).with_columns(_YEAR_END)
    wanted = asked.filter(pl.col("status") == "target").select("region_code", "year_end").unique()
    said = _claims(claims, asked.join(wanted, on=["region_code", "year_end"], how="semi"), texts)
    results = said["actual"] + said["estimate"] + _observations(table("observations"), wanted) + _outcomes(table("outcomes"), wanted)
    by_id = {s.id: s for s in (*said["target"], *results)}
    return Links.frame(
        [
            {
                "target_claim_id": k.target_id,
                "target_document_id": by_id[k.target_id].document_id,
                "statement_id": k.result_id,
                "statement_kind": by_id[k.result_id].kind,
                "result_document_id": by_id[k.result_id].document_id,
                "matched_by": k.matched_by,
                "match_score": k.score,
                "reason": k.reason,
                "outcome": by_id[k.result_id].outcome,
                "quote": by_id[k.result_id].quote,
            }
            for k in link(said["target"], results, *_decided(table("decided")))
        ]
    )


def _decided(rows: pl.DataFrame | None) -> tuple[Pairs, Pairs]:
    """What people decided, as `link` takes it: pairs that are apart or linked already, and what needs no likest partner in which document."""
    decided = [] if rows is None else rows.to_dicts()
    apart = {(d["target_claim_id"], d["statement_id"]) for d in decided}
    accepted = [d for d in decided if d["accepted"]]
    of_targets = {(d["target_claim_id"], d["result_document_id"]) for d in accepted}
    return apart, of_targets | {(d["statement_id"], d["target_document_id"]) for d in accepted}


def _claims(claims: pl.DataFrame, asked: pl.DataFrame, texts: pl.DataFrame) -> dict[str, list[Said]]:
    """The claims that are asked for with their clauses, by status."""
    said: dict[str, list[Said]] = defaultdict(list)
    text = dict(texts.select("document_id", "text").iter_rows())
    figures: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for document_id, start, end in claims.select("document_id", "char_start", "char_end").sort("document_id", "char_start").iter_rows():
        figures[document_id].append((start, end))
    for row in asked.iter_rows(named=True):
        said[row["status"]].append(_claim(row, text[row["document_id"]], figures[row["document_id"]]))
    return said


def _claim(row: dict, text: str, figures: list[tuple[int, int]]) -> Said:
    before, near, after = clause(text, row["char_start"], row["char_end"], figures)
    if "noun_before" in row["rules"]:  # what is listed next is another thing
        after = after.partition("、")[0]
    return Said(
        id=row["claim_id"],
        kind="claim",
        document_id=row["document_id"],
        region_code=row["region_code"],
        period=row["period"],
        known_from=row["known_from"],
        genre=row["genre"],
        subject=row["subject"],
        indicator_codes=(row["indicator_code"],) if row["indicator_code"] else (),
        scope=row["scope"],
        unit=row["unit_base"],
        measure=row["measure"],
        start=row["char_start"],
        before=before,
        near=near,
        after=after,
        rules=row["rules"],
        annexed_to=_list_of(row, text) if row["status"] == "target" else None,
    )


def _list_of(row: dict, text: str) -> str | None:
    """The list that a target is an item of, or counts the items of."""
    counts = row["unit_base"] in _COUNTS and name_of(row["subject"])
    return counts or list_at(text, row["char_start"], row["section"])


def clause(text: str, start: int, end: int, figures: list[tuple[int, int]]) -> tuple[str, str, str]:
    """(the clause up to the figure at `start`, its part behind the figure before, what follows up to the next figure or the clause's end).

    `figures` are the spans of all figures of the text, in order. At most REACH characters on either side.
    """
    opening = max(0, start - REACH)
    for stop in _CLAUSE_END.finditer(text, opening, start):
        if not text.endswith("后", opening, stop.start()):  # 扣除…后，增长3%: one clause
            opening = stop.end()
    closed = _CLAUSE_END.search(text, end, end + REACH)
    closing = closed.start() if closed else min(len(text), end + REACH)
    at = bisect_left(figures, (start, end))
    behind = figures[at - 1][1] if at else 0
    nxt = bisect_right(figures, (start, end))
    ahead = figures[nxt][0] if nxt < len(figures) else len(text)
    return text[opening:start], text[max(opening, min(behind, start)) : start], text[end : max(end, min(closing, ahead))]


def _observations(found: pl.DataFrame | None, wanted: pl.DataFrame) -> list[Said]:
    if found is None:
        return []
    return [
        Said(
            id=row["observation_id"],
            kind="observation",
            document_id=row["document_id"],
            region_code=row["region_code"],
            period=row["period"],
            known_from=row["known_from"],
            genre=row["genre"],
            subject=row["subject"],
            indicator_codes=(row["indicator_code"],) if row["indicator_code"] else (),
            unit=row["unit_base"],
            measure=row["measure"],
        )
        for row in found.with_columns(_YEAR_END).join(wanted, on=["region_code", "year_end"], how="semi").iter_rows(named=True)
    ]


def _outcomes(found: pl.DataFrame | None, wanted: pl.DataFrame) -> list[Said]:
    if found is None:
        return []
    asked = set(wanted.iter_rows())
    catalogue = Catalogue.load()
    return [_outcome(row, catalogue) for row in found.iter_rows(named=True) if (row["region_code"], year_end(_reached(row))) in asked]


def _reached(row: dict) -> str:
    """The period of a result in words; of a state that several years ended in, the last of them."""
    _, slash, last = row["period"].partition("/")
    return last if slash and len(last) == 4 and _STATES.search(row["quote"]) else row["period"]


def outcome_id(row: dict) -> str:
    """The id of a result in words, independent of path and extractor version."""
    return digest(row["document_id"], row["char_start"], row["char_end"], row["outcome"])


def _outcome(row: dict, catalogue: Catalogue) -> Said:
    return Said(
        id=outcome_id(row),
        kind="outcome",
        document_id=row["document_id"],
        region_code=row["region_code"],
        period=_reached(row),
        known_from=row["known_from"],
        genre=row["genre"],
        subject=row["subject"],
        indicator_codes=tuple(_named(row["subject"], catalogue)),
        start=row["char_start"],
        after=row["quote"],
        annexed_to=name_of(row["subject"]),
        outcome=row["outcome"],
        quote=row["quote"],
    )


def _named(subject: str, catalogue: Catalogue) -> Iterator[str]:
    """The codes of the indicators that a result in words speaks of."""
    for part in dict.fromkeys([subject, *_PARTS.split(subject)]):
        if part and (match := catalogue.match(part, None, None)):
            yield match.indicator_code
