"""Charts as Vega-Lite specifications, with a theme of their own: direct labels, no legend, one colour for what matters and grey for the rest.

A chart carries its data. Pages draw it with the script that vl-convert-python brings; `vl_convert` draws the same specification to SVG and PNG.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from orchestration.publishing.site.reading import VERDICTS
from orchestration.publishing.site.words import Both, palette

FONT = "Noto Sans CJK SC, Source Han Sans SC, PingFang SC, Microsoft YaHei, sans-serif"
HIGHLIGHTED = 6  # lines with a colour and a label; a seventh would not be told apart
LABELLED = 12  # bars with their share above; more would run into each other
Spec = dict[str, Any]
_TITLE_ON_TOP = {"titleAngle": 0, "titleAlign": "left", "titleAnchor": "end", "titleX": -4, "titleY": -8, "titleBaseline": "bottom"}


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart: its file name, what it shows in words, the specification, and the rows behind it."""

    id: str
    title: Both
    subtitle: Both
    summary: str
    spec: Spec
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    height: int
    widest: int | None = None  # pixels beyond which few bars would look like walls


@dataclass(frozen=True, slots=True)
class Point:
    """One yearly figure of a region in the chart's unit: the value as text stands beside it."""

    region: str
    year: int
    value: float
    text: str
    bounded: bool = False


def config(mode: str) -> Spec:
    """Vega-Lite's configuration for `light` or `dark`."""
    colour = palette()[mode]
    text = {"color": colour["ink"], "font": FONT, "fontSize": 11}
    return {
        "background": "transparent",
        "font": FONT,
        "aria": False,
        "view": {"stroke": None},
        "axis": {
            "labelColor": colour["soft"],
            "labelFontSize": 11,
            "titleColor": colour["soft"],
            "titleFontWeight": "normal",
            "gridColor": colour["rule"],
            "gridWidth": 0.6,
            "domainColor": colour["strong"],
            "tickColor": colour["rule"],
            "tickSize": 3,
        },
        "axisX": {"grid": False, "labelAngle": 0},
        "axisY": {"domain": False, "ticks": False, "tickCount": 4},
        "line": {"strokeWidth": 1.8},
        "text": text,
        "style": {
            "others": {"color": colour["other"], "strokeWidth": 1},
            "dots": {"color": colour["other"], "filled": True, "size": 10, "opacity": 1},
            "points": {"filled": True, "opacity": 1},
            "hollow": {"filled": True, "fill": colour["paper"], "opacity": 1},
            "goal": {"thickness": 2, "opacity": 1},
            "ranked": {"color": colour["series"][0]},
            "stroke": {"color": colour["ink"], "thickness": 2, "size": 15},
            "value": text | {"align": "left", "dx": 4},
            "label": {"align": "left", "dx": 10},
        },
        "range": {"category": colour["series"], "ordinal": [colour[f"fill-{v}"] for v in VERDICTS]},
    }


def trend(points: Sequence[Point], goals: Sequence[Point], unit: str, height: int = 190) -> Spec:
    """Lines by region over years, labelled at their ends; goals as short strokes, bounds and approximations as hollow points."""
    coloured = _ranked(points)[:HIGHLIGHTED]
    years = list(range(min(p.year for p in (*points, *goals)), max(p.year for p in (*points, *goals)) + 1))
    colour = {"field": "region", "type": "nominal", "scale": {"domain": coloured, "range": "category"}, "legend": None}
    axis: Spec = {"title": None} | ({"values": years[:: -(-len(years) // 8)]} if len(years) > 8 else {})
    x = {"field": "year", "type": "ordinal", "scale": {"domain": years, "type": "point", "padding": 0.3}, "axis": axis}
    y = {"field": "value", "type": "quantitative", "scale": {"zero": False, "nice": True}, "axis": {"title": unit, **_TITLE_ON_TOP}}
    told: Spec = {
        "tooltip": [{"field": f, "type": "nominal", "title": t} for f, t in (("region", "地区"), ("year", "年份"), ("text", "数值"))]
    }
    lines: Spec = {"detail": {"field": "region"}}
    main, rest = ([p for p in points if (p.region in coloured) is wanted] for wanted in (True, False))
    labels = _label_places(points, goals, coloured, height)
    dot, stroke = (26, 14) if len(years) <= 16 else (9, 7)  # many years stand close together
    drawn = [
        _layer(rest, {"type": "line", "style": "others"}, x, y, lines),
        _layer(rest, {"type": "point", "style": "dots"}, x, y, told),
        _layer(main, {"type": "line"}, x, y, lines | {"color": colour}),
        _layer(
            [p for p in goals if p.region in coloured], {"type": "tick", "style": "goal", "size": stroke}, x, y, told | {"color": colour}
        ),
        _layer([p for p in main if not p.bounded], {"type": "point", "style": "points", "size": dot}, x, y, told | {"color": colour}),
        _layer([p for p in main if p.bounded], {"type": "point", "style": "hollow", "size": dot}, x, y, told | {"stroke": colour}),
        _layer(labels, {"type": "text", "style": "label"}, x, y, {"color": colour, "text": {"field": "text", "type": "nominal"}}),
    ]
    return {
        "height": height,
        "padding": {"left": 4, "top": 6, "bottom": 4, "right": 12 + 12 * max(len(r) for r in coloured)},
        "layer": [layer for layer in drawn if layer],
    }


def ranks(points: Sequence[Point], goals: Sequence[Point]) -> Spec:
    """Regions of one year from the best down as bars with their values; the target of each as a stroke. `points` come in order."""
    order = [p.region for p in points]
    y = {"field": "region", "type": "nominal", "sort": order, "axis": {"title": None, "labelLimit": 120, "domain": False, "ticks": False}}
    x = {"field": "value", "type": "quantitative", "axis": None}
    text = {"text": {"field": "text", "type": "nominal"}}
    drawn = [
        _layer(points, {"type": "bar", "style": "ranked", "height": 10}, x, y, {}),
        _layer([p for p in goals if p.region in order], {"type": "tick", "style": "stroke"}, x, y, {}),
        _layer(points, {"type": "text", "style": "value", "dx": 10}, {"value": "width"}, y, text),
    ]
    return {
        "height": 19 * len(points),
        "padding": {"left": 4, "top": 4, "bottom": 4, "right": 16 + 9 * max(len(p.text) for p in points)},
        "layer": [layer for layer in drawn if layer],
    }


def _layer(points: Sequence[Point], mark: Spec, x: Spec, y: Spec, more: Spec) -> Spec | None:
    """A layer with its own rows; None without rows, as an empty one would have no extent."""
    if not points:
        return None
    rows = [{"region": p.region, "year": p.year, "value": p.value, "text": p.text} for p in points]
    return {"data": {"values": rows}, "mark": mark, "encoding": {"x": x, "y": y, **more}}


def verdicts_by_year(rows: Sequence[dict[str, Any]], height: int = 200) -> Spec:
    """Targets by the year they fall due, stacked by verdict; the share met above. Rows: year, verdict, place, count, share, total."""
    years = sorted({r["year"] for r in rows})
    x = {
        "field": "year",
        "type": "ordinal",
        "scale": {"domain": years},
        "axis": {"title": None, "labelOverlap": True},
    }
    y = {"field": "count", "type": "quantitative", "axis": {"title": None}}
    colour = {"field": "place", "type": "ordinal", "scale": {"domain": list(range(6)), "range": "ordinal"}, "legend": None}
    tooltip = [{"field": f, "type": "nominal", "title": t} for f, t in (("year", "年份"), ("verdict", "判定"), ("count", "目标数"))]
    shares: Spec = {
        "transform": [{"filter": "datum.place == 0"}],
        "mark": {"type": "text", "dy": -7},
        "encoding": {"x": x, "y": y | {"field": "total"}, "text": {"field": "share", "type": "nominal"}},
    }
    return {
        "data": {"values": list(rows)},
        "height": height,
        "layer": [
            {
                "transform": [{"filter": "datum.count > 0"}],
                "mark": {"type": "bar", "width": {"band": 0.72}},
                "encoding": {"x": x, "y": y, "color": colour, "order": {"field": "place"}, "tooltip": tooltip},
            },
            *([shares] if len(years) <= LABELLED else []),
        ],
    }


def _ranked(points: Sequence[Point]) -> list[str]:
    """Regions by how much is known of them, then by their latest value."""
    latest: dict[str, Point] = {}
    count: dict[str, int] = {}
    for p in points:
        count[p.region] = count.get(p.region, 0) + 1
        if p.region not in latest or p.year >= latest[p.region].year:
            latest[p.region] = p
    return sorted(latest, key=lambda r: (-count[r], -latest[r].value, r))


def _label_places(points: Sequence[Point], goals: Sequence[Point], regions: Sequence[str], height: int) -> list[Point]:
    """Labels of the lines' ends: beside the last point, moved apart where they would touch."""
    values = [p.value for p in (*points, *goals)]
    gap = ((max(values) - min(values)) or abs(values[0]) or 1.0) * 17 / height
    ends = [max((p for p in points if p.region == r), key=lambda p: p.year) for r in regions]
    placed: list[Point] = []
    for end in sorted(ends, key=lambda p: (p.year, p.value, p.region)):
        below = placed[-1].value + gap if placed and placed[-1].year == end.year else end.value
        placed.append(Point(end.region, end.year, max(end.value, below), end.region))
    return placed
