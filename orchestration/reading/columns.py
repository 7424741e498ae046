"""Pages set in two columns, as gazettes are: the white strip between the columns, and the order in which the parts are read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import median
from typing import Protocol, TypeVar

MIDDLE = (0.35, 0.65)  # share of the page's width where the strip between two columns can be
STEP = 2.0  # points
FEWEST = 8  # lines on each side; a table or a letterhead has fewer
CROSSING = 0.15  # share of the lines that may cross the strip: titles, page numbers
NARROWEST = 0.3  # share of the page's width of a column
FULL = 0.7  # share of its column that a line of prose fills, in the median; cells of a table do not


class Box(Protocol):
    """A line with its place on the page, in points from the left edge and from the bottom."""

    left: float
    right: float
    top: float

    def split(self: Line, at: float) -> tuple[Line | None, Line | None]:
        """What stands left and right of `at`; None where nothing does, the line itself twice where a character comes close."""
        ...


Line = TypeVar("Line", bound=Box)


def gutter(lines: Sequence[Line], width: float) -> float | None:
    """Where the strip between two columns of prose runs, in points; None for a page in one column."""
    steps = [step * STEP for step in range(int(MIDDLE[0] * width / STEP), int(MIDDLE[1] * width / STEP) + 1)]
    crossings = [sum(_crosses(line, x) for line in lines) for x in steps]
    fewest = min(crossings)
    if fewest > CROSSING * len(lines):
        return None
    at = median(x for x, n in zip(steps, crossings, strict=True) if n == fewest)
    halves = [line.split(at) for line in lines if not _crosses(line, at)]
    left = [a for a, _ in halves if a]
    right = [b for _, b in halves if b]
    return at if _is_prose(left, width) and _is_prose(right, width) else None


def reading_order(lines: Sequence[Line], at: float) -> Iterator[tuple[int, list[Line]]]:
    """Groups of lines in the order they are read, each with its column: 0 across the page, 1 left, 2 right.

    A line that crosses the strip ends both columns above it.
    """
    left: list[Line] = []
    right: list[Line] = []
    for line in sorted(lines, key=lambda n: -n.top):
        if not _crosses(line, at):
            a, b = line.split(at)
            left += [a] if a else []
            right += [b] if b else []
            continue
        yield from _columns(left, right)
        yield 0, [line]
        left, right = [], []
    yield from _columns(left, right)


def _columns(left: list[Line], right: list[Line]) -> Iterator[tuple[int, list[Line]]]:
    if left:
        yield 1, left
    if right:
        yield 2, right


def _crosses(line: Line, x: float) -> bool:
    if line.right <= x or line.left >= x:
        return False
    a, b = line.split(x)
    return a is b


def _is_prose(lines: Sequence[Line], width: float) -> bool:
    if len(lines) < FEWEST:
        return False
    measure = max(line.right for line in lines) - min(line.left for line in lines)
    return median(line.right - line.left for line in lines) >= FULL * max(measure, NARROWEST * width)
