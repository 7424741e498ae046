"""A page a theme: targets against results, trends and ranks by indicator, and every other figure with its sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from orchestration.publishing.site import charts
from orchestration.publishing.site.charts import Chart, Point
from orchestration.publishing.site.csvs import to_csv
from orchestration.publishing.site.figures import difference, display_scale, figure, period
from orchestration.publishing.site.marks import sparkline
from orchestration.publishing.site.page import Page, answer_path, indicator_name, qualified, source
from orchestration.publishing.site.promises import JUDGED, Promise
from orchestration.publishing.site.reading import Release, Row
from orchestration.publishing.site.words import Both, say

CARDS, CARD_ROWS, AGAINST, OTHERS = 24, 8, 60, 300  # shown on the page; the CSV has all
_YEAR = re.compile(r"\d{4}")
_NAME = re.compile(r"[a-z0-9_]{1,80}")
_COLUMNS = (
    "region_code", "region_name", "indicator_code", "indicator_name", "topic", "scope", "unit", "period", "measure", "value", "comparator",
    "status", "previous_value", "change", "target_value", "target_comparator", "verdict", "peer_rank", "peer_count", "claim_id",
    "observation_id", "quote", "citation", "document_title", "published_on",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Card:
    """An indicator with its charts and its latest figures by region."""

    id: str
    name: Both
    definition: str | None
    rows: tuple[dict[str, Any], ...]
    more: int
    charts: tuple[Chart, ...]
    csv: str


def theme_page(release: Release, theme: str, found: list[Promise]) -> Page:
    """The page of one theme; `found` are all targets."""
    rows = release.rows(
        f"select m.*, c.document_id, c.char_start, c.char_end, c.sentence_start, c.sentence_end, o.document_id as table_id, o.sheet, o.cell "
        f"from marts.{theme} as m left join core.fct_claim as c on m.claim_id = c.claim_id "
        "left join core.fct_observation as o on m.observation_id = o.observation_id "
        "order by m.indicator_code nulls last, m.indicator_name, m.scope nulls first, m.unit, m.measure, m.period, m.region_code"
    )
    series: dict[tuple[Any, ...], list[Row]] = {}
    for row in rows:
        key = (row["indicator_code"] or row["indicator_name"], row["scope"], row["unit"], row["measure"])
        series.setdefault(key, []).append(row)
    worth = sorted((s for s in series.values() if _is_worth_a_card(s)), key=_weight)[:CARDS]
    cards = [_card(release, theme, number, s) for number, s in enumerate(worth, 1)]
    carded = {id(row) for s in worth for row in s}
    others = [row for row in rows if id(row) not in carded and row["value"] is not None]
    others.sort(key=lambda r: (release.topics.get(r["topic"] or "", 10**6), r["indicator_code"] is None, r["period"] or ""))
    against = [p for p in found if p.theme == theme and p.verdict in JUDGED]
    against.sort(key=lambda p: (-p.year, p.region_code, ("missed", "partial", "met").index(p.verdict)))
    return Page(
        path=f"{theme}.html",
        template="theme.html",
        title=say("theme", theme),
        context={
            "theme": theme,
            "against": against[:AGAINST],
            "against_total": len(against),
            "cards": cards,
            "others": [_other(release, row) for row in others[:OTHERS]],
            "others_total": len(others),
            "answer_path": answer_path,
        },
        charts=tuple(chart for card in cards for chart in card.charts),
        files={f"data/{theme}.csv": to_csv(_COLUMNS, [[row[c] for c in _COLUMNS] for row in rows])}
        | {card.csv: to_csv(_COLUMNS, [[row[c] for c in _COLUMNS] for row in s]) for card, s in zip(cards, worth, strict=True)}
        | {f"data/{chart.id}.csv": to_csv(chart.columns, chart.rows) for card in cards for chart in card.charts},
    )


def _yearly(rows: list[Row]) -> list[Row]:
    return [row for row in rows if row["region_code"] and row["period"] and _YEAR.fullmatch(row["period"])]


def _is_worth_a_card(rows: list[Row]) -> bool:
    """Whether figures can be compared: with a year before, with peers, or with a target."""
    yearly = [row for row in _yearly(rows) if row["value"] is not None]
    years, places = {row["period"] for row in yearly}, {row["region_code"] for row in yearly}
    return rows[0]["measure"] != "rank" and len(yearly) >= 2 and (len(years) < len(yearly) or len(places) < len(yearly))


def _weight(rows: list[Row]) -> tuple[Any, ...]:
    """Catalogued indicators first, then by how much is known; level before growth."""
    first = rows[0]
    return (
        first["indicator_code"] is None,
        first["scope"] is not None,
        -len(_yearly(rows)),
        first["indicator_name"],
        first["measure"] != "level",
    )


def _card(release: Release, theme: str, number: int, rows: list[Row]) -> Card:
    first, yearly = rows[0], _yearly(rows)
    code = first["indicator_code"] or ""
    known = f"{code}-{first['measure']}" if _NAME.fullmatch(code) and first["scope"] is None else f"{theme}-{number}"
    stem = f"{known}-{number}"
    name = qualified(indicator_name(release, code, first["indicator_name"]), first["measure"], first["scope"])
    scale, unit = display_scale([row["value"] for row in yearly if row["value"] is not None], first["unit"])
    latest: dict[str, Row] = {}
    for row in yearly:
        if row["value"] is not None:
            latest[row["region_code"]] = row
    history = {code: [row for row in yearly if row["region_code"] == code] for code in latest}
    listed = sorted(latest.values(), key=lambda r: (-int(r["period"]), r["peer_rank"] or 10**6, -r["value"]))
    drawn = (_trend(stem, name, unit, *_peers(release, yearly, scale)), _ranks(release, stem, name, unit, latest, yearly, scale))
    return Card(
        id=stem,
        name=name,
        definition=release.indicators[code]["definition"] if code in release.indicators else None,
        rows=tuple(_latest(release, row, history[row["region_code"]]) for row in listed[:CARD_ROWS]),
        more=max(0, len(listed) - CARD_ROWS),
        charts=tuple(chart for chart in drawn if chart),
        csv=f"data/{stem}.csv",
    )


def _peers(release: Release, rows: list[Row], scale: int) -> tuple[list[Point], list[Point]]:
    """Results and targets of the largest group of regions under one parent: a city does not belong into a chart of its districts."""
    groups: dict[str | None, list[Row]] = {}
    for row in rows:
        groups.setdefault(release.regions.get(row["region_code"], {}).get("parent_code"), []).append(row)
    return _points(release, max(groups.values(), key=lambda group: sum(row["value"] is not None for row in group)), scale)


def _points(release: Release, rows: list[Row], scale: int) -> tuple[list[Point], list[Point]]:
    """Results and targets as points of a chart."""

    def point(row: Row, value: Decimal, comparator: str | None) -> Point:
        text = figure(value, row["unit"], row["measure"], comparator).zh
        return Point(release.short(row["region_code"]), int(row["period"]), float(value / scale), text, comparator not in (None, "eq"))

    last = max((int(row["period"]) for row in rows if row["value"] is not None), default=0)
    return (
        [point(row, row["value"], row["comparator"]) for row in rows if row["value"] is not None],
        # targets far ahead would leave most of a chart empty
        [
            point(row, row["target_value"], row["target_comparator"])
            for row in rows
            if row["target_value"] is not None and int(row["period"]) <= last + 1
        ],
    )


def _trend(stem: str, name: Both, unit: str, results: list[Point], goals: list[Point]) -> Chart | None:
    if len({p.year for p in results}) < 2:
        return None
    shown = sorted(results, key=lambda p: (p.region, p.year))
    return Chart(
        id=f"{stem}-trend",
        title=name,
        subtitle=say("say", "trend"),
        summary="；".join(f"{p.region}{p.year}年{p.text}" for p in shown[:40]),
        spec=charts.trend(results, goals, unit),
        columns=("kind", "region", "year", f"value ({unit})", "text"),
        rows=tuple((kind, p.region, p.year, p.value, p.text) for kind, group in (("result", shown), ("target", goals)) for p in group),
        height=210,
    )


def _ranks(release: Release, stem: str, name: Both, unit: str, latest: dict[str, Row], yearly: list[Row], scale: int) -> Chart | None:
    """The largest group of peers that state the indicator in the latest year."""
    year = max(row["period"] for row in latest.values())
    groups: dict[str | None, list[Row]] = {}
    for row in latest.values():
        if row["period"] == year and (row["peer_count"] or 0) > 1:
            groups.setdefault(release.regions[row["region_code"]]["parent_code"], []).append(row)
    if not groups:
        return None
    largest = max(groups.values(), key=len)
    peers = sorted(largest, key=lambda r: (r["peer_rank"], r["region_code"]))
    points, _ = _points(release, peers, scale)
    _, goals = _points(release, [row for row in yearly if row["period"] == year], scale)
    return Chart(
        id=f"{stem}-ranks",
        title=name,
        subtitle=Both(f"{year}年{say('say', 'peers').zh}", f"{year}, {say('say', 'peers').en.lower()}"),
        summary="；".join(f"第{row['peer_rank']}：{p.region}{p.text}" for row, p in zip(peers, points, strict=True)),
        spec=charts.ranks(points, goals),
        columns=("rank", "region", "year", f"value ({unit})", "text"),
        rows=tuple((row["peer_rank"], p.region, p.year, p.value, p.text) for row, p in zip(peers, points, strict=True)),
        height=19 * len(points) + 20,
    )


def _latest(release: Release, row: Row, history: list[Row]) -> dict[str, Any]:
    unit, measure = row["unit"], row["measure"]
    return {
        "region": release.short(row["region_code"]),
        "sheet": answer_path(row["region_code"], int(row["period"])) if row["verdict"] else None,
        "year": row["period"],
        "value": figure(row["value"], unit, measure, row["comparator"]),
        "change": difference(row["change"], unit),
        "target": figure(row["target_value"], unit, measure, row["target_comparator"]) if row["target_value"] is not None else None,
        "verdict": row["verdict"],
        "rank": f"{row['peer_rank']}/{row['peer_count']}" if row["peer_count"] and row["peer_count"] > 1 else "",
        "spark": sparkline([float(r["value"]) if r["value"] is not None else None for r in history]),
        "claim": row["claim_id"],
        "citation": row["citation"],
    }


def _other(release: Release, row: Row) -> dict[str, Any]:
    said = (
        source(
            release,
            row["document_id"],
            row["char_start"],
            row["char_end"],
            (row["sentence_start"], row["sentence_end"]),
            quote=row["quote"],
        )
        if row["claim_id"]
        else source(release, row["table_id"], None, None, cell=f"{row['sheet']} {row['cell']}", quote=row["quote"])
    )
    return {
        "name": qualified(indicator_name(release, row["indicator_code"], row["indicator_name"]), row["measure"], row["scope"]),
        "region": row["region_name"] or "",
        "period": period(row["period"]),
        "value": figure(row["value"], row["unit"], row["measure"], row["comparator"]),
        "source": said,
    }
