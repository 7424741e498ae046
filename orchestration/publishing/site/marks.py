"""Small drawings that stand in a line of text or a cell: written here, coloured by the style sheet. The words beside them say the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from markupsafe import Markup

from orchestration.publishing.site.reading import VERDICTS


def verdict_bar(counts: Mapping[str, int], height: int = 10) -> Markup:
    """Shares of the verdicts as one bar, in percent of its width."""
    total = sum(counts[v] for v in VERDICTS)
    parts, at = [], 0.0
    for verdict in VERDICTS:
        if counts[verdict]:
            width = 100 * counts[verdict] / total
            parts.append(f'<rect class="fill-{verdict}" x="{at:.3f}" y="0" width="{width:.3f}" height="{height}"/>')
            at += width
    return Markup(
        f'<svg class="bar" viewBox="0 0 100 {height}" preserveAspectRatio="none" height="{height}" aria-hidden="true">{"".join(parts)}</svg>'
    )


def sparkline(values: Sequence[float | None], width: int = 72, height: int = 18) -> Markup:
    """A line through values in order, gaps left out, with a point at the last; nothing for fewer than two."""
    known = [(i, v) for i, v in enumerate(values) if v is not None]
    if len(known) < 2:
        return Markup("")
    low, high = min(v for _, v in known), max(v for _, v in known)
    span, step = (high - low) or 1.0, (width - 6) / (len(values) - 1)
    points = [(3 + i * step, height - 3 - (v - low) / span * (height - 6)) for i, v in known]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    x, y = points[-1]
    return Markup(
        f'<svg class="spark" width="{width}" height="{height}" viewBox="0 0 {width} {height}" aria-hidden="true">'
        f'<polyline points="{line}"/><circle cx="{x:.1f}" cy="{y:.1f}" r="2.2"/></svg>'
    )


def bullet(target: Decimal | None, result: Decimal | None, verdict: str) -> Markup:
    """The result as a bar, the target as a stroke, on one scale from zero; nothing where one of them is missing."""
    if target is None or result is None:
        return Markup("")
    low, high = min(target, result, Decimal(0)), max(target, result, Decimal(0))
    span = (high - low) or Decimal(1)

    def x(value: Decimal) -> float:
        return float((value - low) / span * 94) + 3

    left, right = sorted((x(Decimal(0)), x(result)))
    return Markup(
        f'<svg class="bullet" viewBox="0 0 100 14" preserveAspectRatio="none" height="14" aria-hidden="true">'
        f'<rect class="fill-{verdict}" x="{left:.2f}" y="4" width="{max(right - left, 0.8):.2f}" height="6"/>'
        f'<rect class="goal" x="{x(target) - 0.6:.2f}" y="0" width="1.2" height="14"/></svg>'
    )
