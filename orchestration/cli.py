"""dajuan on the command line. Thin: each command finds the settings, calls the part that does the work, and says what came of it."""

from __future__ import annotations

import atexit
import gc
import json
import os
import subprocess
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich.console import Console

from orchestration import __version__, dbt_process
from orchestration.fetching.model import LIMITS, FetchError, Kind, Limits
from orchestration.settings import PACKAGE, Settings, SettingsError, load, prepare

app = typer.Typer(
    name="dajuan",
    help="答卷: what local governments promised, and what they handed in, figure by figure.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
out = Console(highlight=False, soft_wrap=True)


class Format(StrEnum):
    """How rows are printed."""

    table = "table"
    csv = "csv"
    json = "json"


def fail(message: str) -> NoReturn:
    """End with exit code 1 and `message` as the last line on stderr."""
    print(f"dajuan: {' '.join(message.split())}", file=sys.stderr)
    raise typer.Exit(1)


def _settings() -> Settings:
    try:
        settings = load()
        prepare(settings)
    except SettingsError as e:
        fail(str(e))
    os.environ.update(settings.environment())
    return settings


def _released() -> Settings:
    """Settings of a home that has a release."""
    try:
        settings = load()
    except SettingsError as e:
        fail(str(e))
    if not settings.warehouse.exists():
        fail(f"there is no release in {settings.home} yet; run `dajuan build` first")
    return settings


@app.command()
def build() -> None:
    """Run the whole pipeline on DAJUAN_RAW and publish a release."""
    settings = _settings()
    # Dagster and dbt make a million objects that live to the end: looking through them for garbage takes a tenth of a small build.
    gc.set_threshold(100_000, 50, 50)
    atexit.register(gc.freeze)
    if dbt_process.is_stale(settings.dbt_manifest):
        dbt_process.begin(settings)  # dbt parses while the next line imports Dagster
    from orchestration.building import BuildFailed, run_build

    try:
        report = run_build(settings)
    except BuildFailed as e:
        fail(str(e))
    report.show(out)
    if not report.published:  # then no step of the run has looked at the site
        _refresh_site(settings)


@app.command()
def dev(port: Annotated[int, typer.Option(help="Port on loopback")] = 3000) -> None:
    """Start Dagster's web UI on loopback, with the schedule and the sensor, on the same instance as the builds."""
    _settings()
    command = [str(Path(sys.executable).parent / "dagster"), "dev", "-m", "orchestration.definitions", "-h", "127.0.0.1", "-p", str(port)]
    workspace = PACKAGE.parent / "workspace.yaml"
    if workspace.exists():
        command[2:4] = ["-w", str(workspace)]
    raise typer.Exit(subprocess.run(command, check=False).returncode)


@app.command()
def status() -> None:
    """The current release and what it holds."""
    from orchestration.publishing.release import current_manifest

    settings = _released()
    manifest = current_manifest(settings)
    if manifest is None:
        fail(f"{settings.warehouse} points to no release; run `dajuan build`")
    out.print(
        f"release    {manifest['release']}\npublished  {manifest['published_at']}\nfile       {settings.warehouse}\nextractor  {manifest['code']['extractor']}"
    )
    for table, rows in manifest["rows"].items():
        out.print(f"{rows:>10,}  {table}")


@app.command()
def query(
    sql: Annotated[str, typer.Argument(help="One SQL statement; the warehouse is read-only")],
    format: Annotated[Format, typer.Option("--format", help="How to print the rows")] = Format.table,
) -> None:
    """Run SQL on the current release, read-only."""
    import duckdb

    from orchestration.publishing.query import show

    settings = _released()
    try:
        show(settings.warehouse, sql, format.value, sys.stdout)
    except duckdb.Error as e:
        fail(str(e))


@app.command()
def sql(
    format: Annotated[Format, typer.Option("--format", help="How to print the rows")] = Format.table,
) -> None:
    """A read-only SQL shell on the current release; also takes statements from a pipe."""
    from orchestration.publishing.shell import SqlError, run

    settings = _released()
    try:
        run(settings.warehouse, format.value, settings.home / "sql_history", sys.stdout)
    except SqlError as e:
        fail(str(e))


@app.command()
def cookbook(
    name: Annotated[str | None, typer.Argument(help="A recipe; all are listed without")] = None,
    show: Annotated[bool, typer.Option("--show", help="Print the question and its SQL instead of running it")] = False,
    format: Annotated[Format, typer.Option("--format", help="How to print the rows")] = Format.table,
) -> None:
    """Questions that analysts ask, as SQL to run, read and change."""
    from orchestration.publishing.cookbook import recipes
    from orchestration.publishing.query import show as run

    known = recipes()
    if name is None:
        for recipe in known.values():
            out.print(f"[bold]{recipe.name}[/bold]\n  {recipe.zh}\n  {recipe.en}")
    elif name not in known:
        fail(f"there is no recipe {name}; `dajuan cookbook` lists them")
    elif show:
        print(known[name].text, end="")
    else:
        run(_released().warehouse, known[name].sql, format.value, sys.stdout)


@app.command()
def explain(claim_id: Annotated[str, typer.Argument(help="claim_id of core.fct_claim")]) -> None:
    """The sentence a claim stands in, its figure marked, and the rules that fired."""
    from orchestration.publishing.query import explain_claim

    text = explain_claim(_released().warehouse, claim_id)
    if text is None:
        fail(
            f'there is no claim {claim_id} in the current release; `dajuan query "select claim_id, quote, subject from core.fct_claim"` lists them'
        )
    out.print(text)


@app.command()
def extract(file: Annotated[Path, typer.Argument(help="A document: .txt .md .html .docx .pdf")]) -> None:
    """The claims of one file as JSON lines; no warehouse needed."""
    from orchestration.reading.model import Refusal
    from orchestration.stages.extracting import claims_of

    try:
        for claim in claims_of(file):
            print(json.dumps(claim, ensure_ascii=False, default=str))
    except Refusal as refusal:
        fail(f"{file}: {refusal.reason}")
    except OSError as e:
        fail(f"{file}: {e.strerror}")


@app.command(context_settings={"ignore_unknown_options": True, "help_option_names": []})
def metrics(arguments: Annotated[list[str] | None, typer.Argument(metavar="ARGUMENTS…", help="As `mf` takes them")] = None) -> None:
    """Ask dbt's semantic layer with MetricFlow: `dajuan metrics query --metrics share_met --group-by scorecard_row__theme`."""
    from orchestration.publishing.metrics import NoMetricFlow, ask

    try:
        ask(_released(), arguments or ["--help"])
    except (NoMetricFlow, RuntimeError) as e:
        fail(str(e))


review = typer.Typer(help="Doubtful links, subjects without an indicator and conflicts: list them, and decide.")
app.add_typer(review, name="review")
Id = Annotated[
    str, typer.Argument(metavar="ID", help="A review_id that the list shows; an event's id, to decide anew; a target's claim_id")
]
By = Annotated[str, typer.Option(help="Who decides")]
Why = Annotated[str, typer.Option(help="Why")]


class Question(StrEnum):
    """What there is to decide on."""

    link = "link"
    subject = "subject"
    conflict = "conflict"


@review.callback(invoke_without_command=True)
def review_list(
    ctx: typer.Context,
    kind: Annotated[Question | None, typer.Option(help="Of one kind only")] = None,
    limit: Annotated[int, typer.Option(min=1, help="How many at most")] = 20,
    format: Annotated[Format, typer.Option("--format", help="How to print the rows")] = Format.table,
) -> None:
    """List what a person should decide on, the weightiest first; accept, reject and correct write decisions into DAJUAN_RAW/reviews."""
    if ctx.invoked_subcommand is None:
        from orchestration.reviewing.queue import list_queue

        list_queue(_released().warehouse, kind.value if kind else None, limit, format.value, sys.stdout)


@review.command()
def accept(id: Id, by: By, reason: Why) -> None:
    """The candidate is the target's result; or both figures of a conflict stand, for the reason given."""
    _decide(id, "accept", by, reason)


@review.command()
def reject(id: Id, by: By, reason: Why) -> None:
    """The two are never linked again; or the subject is no indicator; or there is no conflict."""
    _decide(id, "reject", by, reason)


@review.command()
def correct(
    id: Id,
    by: By,
    reason: Why,
    result: Annotated[str | None, typer.Option(help="Of a link: the claim or observation that is the result")] = None,
    indicator: Annotated[str | None, typer.Option(help="Of a subject: the indicator it belongs to")] = None,
    value: Annotated[str | None, typer.Option(help="Of a conflict: the figure that holds, in the base unit")] = None,
) -> None:
    """Say what is right instead."""
    _decide(id, "correct", by, reason, result=result, indicator=indicator, value=value)


def _decide(review_id: str, decision: str, by: str, reason: str, **stated: str | None) -> None:
    from orchestration.reviewing.events import record
    from orchestration.reviewing.queue import Answer, CannotDecide, decide

    settings = _released()
    try:
        event = decide(settings.warehouse, review_id, Answer(decision, by, reason, **stated))
        file = record(settings.raw, event)
    except CannotDecide as e:
        fail(str(e))
    except OSError as e:
        fail(f"{settings.raw} cannot be written: {e.strerror}")
    out.print(f"{event.id} is in {file}; the next `dajuan build` applies it")


@app.command()
def fetch(
    urls: Annotated[list[str] | None, typer.Argument(help="Addresses; without any, those that sources.yml in DAJUAN_RAW lists")] = None,
    kind: Annotated[Kind | None, typer.Option(help="Which folder they go to; told from the content otherwise")] = None,
    allow_private: Annotated[bool, typer.Option("--allow-private", help="Fetch from private and local addresses too")] = False,
    delay: Annotated[float, typer.Option(min=0, help="Seconds between two requests to a host")] = LIMITS.delay_s,
) -> None:
    """Fetch pages into DAJUAN_RAW; robots.txt is obeyed, and what has not changed is not written."""
    from orchestration.fetching.run import failure, fetch_all, show, want
    from orchestration.fetching.sources import read_sources

    settings = _settings()
    try:
        wanted, refused = want(urls, kind) if urls else (read_sources(settings.raw), [])
        with Console(stderr=True).status(f"fetching {len(wanted)} …"):
            limits = Limits(delay_s=delay)
            outcomes = refused + fetch_all(settings.raw, settings.store, wanted, allow_private=allow_private, limits=limits)
    except FetchError as e:
        fail(str(e))
    show(outcomes, out)
    if failed := failure(outcomes):
        fail(failed)


@app.command()
def releases() -> None:
    """The releases kept, newest first; the current one is marked."""
    from orchestration.publishing.release import current_manifest, list_releases

    settings = _released()
    current = current_manifest(settings)
    for manifest in list_releases(settings):
        mark = "*" if current and manifest["release"] == current["release"] else " "
        out.print(f"{mark} {manifest['release']}  {manifest['published_at']}  {sum(manifest['rows'].values()):,} rows")


@app.command()
def rollback(release: Annotated[str, typer.Argument(help="An id that `dajuan releases` lists")]) -> None:
    """Make an older release the current one."""
    from orchestration.publishing.release import ReleaseError, point_to

    settings = _released()
    try:
        point_to(settings, release)
    except ReleaseError as e:
        fail(str(e))
    out.print(f"{release} is now the current release; the next `dajuan build` publishes anew")
    _refresh_site(settings)


@app.command()
def publish(
    postgres: Annotated[str, typer.Option(help="Connection string: host=… dbname=… user=… (password from PGPASSWORD or ~/.pgpass)")],
) -> None:
    """Load the current release into PostgreSQL for BI tools."""
    from orchestration.publishing.postgres import PublishError
    from orchestration.publishing.postgres import publish as to_postgres

    try:
        done = to_postgres(_released().warehouse, postgres)
    except PublishError as e:
        fail(str(e))
    rows = sum(done.rows.values())
    out.print(
        f"release {done.release}: {rows:,} rows in {len(done.rows)} tables, {done.seconds:.1f} s, {rows / done.seconds:,.0f} rows a second"
    )


class ExportFormat(StrEnum):
    """What a release can be handed on as."""

    csv = "csv"
    parquet = "parquet"
    xlsx = "xlsx"
    datapackage = "datapackage"
    sdmx = "sdmx"
    ledger = "ledger"


@app.command()
def export(
    format: Annotated[ExportFormat, typer.Option("--format", help="ledger: targets, results and verdicts as a workbook, a sheet a region")],
    to: Annotated[Path, typer.Option(help="A folder: new, empty, or one that an export made")],
    table: Annotated[list[str] | None, typer.Option(help="A table, like marts.economy; more than one is fine; all without")] = None,
) -> None:
    """Hand the current release on as files."""
    from orchestration.publishing.export import ExportError
    from orchestration.publishing.export import export as write

    try:
        done = write(_released().warehouse, format.value, to, table or ())
    except ExportError as e:
        fail(str(e))
    for notice in done.notices:
        print(f"dajuan: {notice}", file=sys.stderr)
    out.print(f"release {done.release}: {len(done.files)} files, {sum(done.files.values()):,} bytes in {to}")


class DiffFormat(StrEnum):
    """How a comparison is printed."""

    table = "table"
    json = "json"


@app.command()
def diff(
    before: Annotated[str, typer.Argument(help="An id that `dajuan releases` lists")],
    after: Annotated[str, typer.Argument(help="Another")],
    table: Annotated[list[str] | None, typer.Option(help="A table, like marts.economy; more than one is fine; all without")] = None,
    ignore: Annotated[list[str] | None, typer.Option(help="A column not to compare, like extractor_version")] = None,
    rows: Annotated[int, typer.Option(min=0, help="Show up to so many rows of each kind of change, with what changed in them")] = 0,
    format: Annotated[DiffFormat, typer.Option("--format", help="How to print the comparison")] = DiffFormat.table,
) -> None:
    """Compare two releases: rows added, gone and changed by each table's key, and columns that differ."""
    from orchestration.publishing.diff import diff as compare
    from orchestration.publishing.diff import show as show_diff
    from orchestration.publishing.release import ReleaseError, release_file

    settings = _released()
    try:
        found = compare(release_file(settings, before), release_file(settings, after), table or (), ignore or (), rows)
    except ReleaseError as e:
        fail(str(e))
    except KeyError as e:
        fail(e.args[0])
    if format is DiffFormat.json:
        print(json.dumps(found.as_json(), ensure_ascii=False))
    else:
        show_diff(found, out)


bi = typer.Typer(help="Dashboards for BI tools.", no_args_is_help=True)
app.add_typer(bi, name="bi")


@bi.command("import")
def bi_import(
    url: Annotated[str, typer.Option(help="Where Superset is, such as http://127.0.0.1:8088")],
    user: Annotated[str, typer.Option(help="Who imports; takes Superset's role Admin")],
    postgres: Annotated[str, typer.Option(help="SQLAlchemy URI by which Superset reaches what `dajuan publish` filled")],
    password_env: Annotated[str, typer.Option(help="Environment variable that holds the user's password")] = "SUPERSET_PASSWORD",
    postgres_password_env: Annotated[str, typer.Option(help="The same for a --postgres without a password")] = "PGPASSWORD",
) -> None:
    """Import the dashboards, charts and datasets into Apache Superset; again changes nothing."""
    from orchestration.publishing.superset.bundle import BundleError, bundle, masked, packed
    from orchestration.publishing.superset.client import Access, SupersetError, import_bundle
    from orchestration.publishing.tables import describe

    password = os.environ.get(password_env)
    if password is None:
        fail(f"the password of {user} is read from the environment variable {password_env}, which is not set")
    try:
        uri, secret = masked(postgres, os.environ.get(postgres_password_env))
        assets = bundle(describe(_released().warehouse), uri)
        version = import_bundle(Access(url, user, password), packed(assets), secret)
    except (BundleError, SupersetError) as e:
        fail(str(e))
    boards = [config for path, config in assets.items() if path.startswith("dashboards/")]
    out.print(f"Superset {version}: {len(boards)} dashboards, {sum(path.startswith('charts/') for path in assets)} charts")
    for board in boards:
        out.print(f"{url.rstrip('/')}/superset/dashboard/{board['slug']}/  {board['dashboard_title']}")


@app.command()
def site(
    to: Annotated[Path | None, typer.Option(help="Folder to write; DAJUAN_HOME/site otherwise")] = None,
    images: Annotated[bool, typer.Option("--images", help="Draw every chart to charts/ as SVG and PNG too")] = False,
) -> None:
    """Build the static site of the current release anew."""
    from orchestration.publishing.site import SiteError, build_site

    settings = _released()
    folder = to.absolute() if to else settings.site
    try:
        done = build_site(settings.warehouse, folder, images=images)
    except (SiteError, OSError) as e:
        fail(f"the site cannot be written: {e}")
    for warning in done.warnings:
        print(f"dajuan: {warning}", file=sys.stderr)
    out.print(f"{done.pages} pages, {done.charts} charts, {done.bytes / 1e6:.1f} MB in {done.seconds:.1f} s: {folder / 'index.html'}")


def _refresh_site(settings: Settings) -> None:
    """Bring the site to the current release and the current code, where it is not there already."""
    from orchestration.publishing.site import SiteError, refresh_site

    try:
        done = refresh_site(settings.warehouse, settings.site)
    except (SiteError, OSError) as e:
        fail(f"the release stands, but the site cannot be written: {e}; mend that and run `dajuan site`")
    if done:
        out.print(f"the site shows it: {settings.site / 'index.html'}")


def _version(value: bool) -> None:
    if value:
        print(f"dajuan {__version__}")
        raise typer.Exit


@app.callback()
def root(version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version")] = False) -> None:
    """答卷: what local governments promised, and what they handed in, figure by figure."""


def main() -> None:
    """The console script."""
    app()
