"""The Python side of the pipeline as Dagster assets: an asset a table, a step a stage, a check a contract."""

from collections.abc import Callable, Iterator, Mapping, Sequence

import dagster as dg

from orchestration import dbt_process
from orchestration.assets.resources import Workspace
from orchestration.assets.terminal import SAID
from orchestration.contracts import claims as c
from orchestration.contracts import corrections as k
from orchestration.contracts import ledger as g
from orchestration.contracts import observations as o
from orchestration.contracts import reviews as r
from orchestration.contracts import sources as s
from orchestration.contracts.base import Contract, ContractBroken
from orchestration.stages.assigning import assign
from orchestration.stages.cataloguing import catalogue_subjects
from orchestration.stages.correcting import correct as apply_corrections
from orchestration.stages.extracting import extract_documents
from orchestration.stages.linking import link_targets
from orchestration.stages.normalising import normalise_sheets
from orchestration.stages.reading import read_sources
from orchestration.stages.resolving import resolve
from orchestration.stages.reviewing import replay

CHECK = "contract"
Tables = Sequence[type[Contract]]
Log = Callable[[str], None]


def _columns(table: type[Contract]) -> dg.TableSchema:
    return dg.TableSchema(
        columns=[dg.TableColumn(name, str(col.dtype.type), description=col.description) for name, col in table.columns().items()]
    )


def _stage(name: str, tables: Tables, deps: Tables, run: Callable[[Workspace, Log], Mapping[str, int | str]]) -> dg.AssetsDefinition:
    """A step that runs a stage. The stage writes through the gate; a broken contract shows as its table's failed check and ends the run."""

    @dg.multi_asset(
        name=name,
        specs=[
            dg.AssetSpec(
                t.table(),
                deps=[d.table() for d in deps],
                group_name="lake",
                description=t.comment(),
                metadata={"dagster/column_schema": _columns(t)},
                kinds={"parquet"},
            )
            for t in tables
        ],
        check_specs=[
            dg.AssetCheckSpec(CHECK, asset=t.table(), blocking=True, description=f"{t.table()} keeps its declared contract") for t in tables
        ],
    )
    def stage(context: dg.AssetExecutionContext, workspace: Workspace) -> Iterator[dg.MaterializeResult | dg.AssetCheckResult]:
        try:
            figures = run(workspace, lambda message: context.log.info(SAID + message))
        except ContractBroken as broken:
            for t in tables:
                yield dg.AssetCheckResult(
                    passed=t.table() != broken.table, asset_key=t.table(), check_name=CHECK, metadata={"failures": broken.failures}
                )
            raise dg.Failure(f"{broken}; the rows were not written", allow_retries=False) from broken
        for t in tables:
            rows = workspace.lake.rows(t)
            passed = dg.AssetCheckResult(passed=True, asset_key=t.table(), check_name=CHECK, metadata={"rows": rows})
            yield dg.MaterializeResult(t.table(), metadata={"dagster/row_count": rows, **figures}, check_results=[passed])

    return stage


def _read(workspace: Workspace, log: Log) -> Mapping[str, int | str]:
    done = read_sources(workspace.settings, workspace.lake, log)
    for warning in done.warnings:
        log(warning)
    if done.new:
        dbt_process.begin(workspace.settings)  # there will be something for dbt to do
    return {"files found": done.found, "files read": done.new, "files refused": done.refused}


read = _stage("read", [s.SourceFiles, s.Readings, s.Texts, s.Sheets], [], _read)
normalise = _stage(
    "normalise",
    [o.Observations, o.Layouts, o.Normalisations],
    [s.SourceFiles, s.Readings, s.Sheets],
    lambda w, log: {"new observations": normalise_sheets(w.lake, log)},
)
accept = _stage(
    "accept",
    [s.Documents, s.DocumentSources, s.Quarantine],
    [s.SourceFiles, s.Readings, o.Layouts, o.Normalisations],
    lambda w, log: resolve(w.lake),
)
extract = _stage(
    "extract",
    [c.Claims, c.Numerals, c.Standings, c.Milestones, c.Projects, c.Outcomes, c.ExtractionLog, c.Extractions],
    [s.Documents, s.Texts],
    lambda w, log: {f"new {name}": n for name, n in extract_documents(w.lake, w.settings.workers, log).items()},
)
correct = _stage(
    "correct",
    [k.Corrections, k.CorrectedClaims],
    [c.Claims, c.Extractions, s.DocumentSources],
    lambda w, log: apply_corrections(w.settings.raw, w.lake, log),
)
review = _stage(
    "review",
    [r.Reviews, r.ReviewedLinks],
    [s.Documents, c.Claims, c.Extractions, k.CorrectedClaims, c.Outcomes, o.Observations, o.Normalisations],
    lambda w, log: replay(w.settings.raw, w.lake, log),
)
catalogue = _stage(
    "catalogue",
    [o.Subjects, o.Topics, o.Contexts, o.ContextTopics, o.Industries],
    [
        s.Texts,
        c.Claims,
        c.Extractions,
        k.CorrectedClaims,
        r.Reviews,
        c.Standings,
        c.Milestones,
        c.Projects,
        c.Outcomes,
        o.Observations,
        o.Normalisations,
    ],
    lambda w, log: catalogue_subjects(w.lake),
)
ledger = _stage(
    "ledger",
    [g.Links, g.Linkings],
    [
        s.Documents,
        s.Texts,
        c.Claims,
        c.Extractions,
        k.CorrectedClaims,
        r.ReviewedLinks,
        c.Outcomes,
        o.Subjects,
        o.Observations,
        o.Normalisations,
    ],
    lambda w, log: link_targets(w.lake, w.settings.workers),
)
assigned = _stage(
    "assign",
    [g.Duties],
    [s.Documents, s.Texts, c.Claims, c.Extractions, k.CorrectedClaims],
    lambda w, log: {"duties": assign(w.lake)},
)

LAKE = [read, normalise, accept, extract, correct, review, catalogue, ledger, assigned]
