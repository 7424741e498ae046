"""Tables of an HTML page as grids of text (HTML Living Standard §4.9: rowspan, colspan). The text above a table heads its grid."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from orchestration.reading.model import Refusal

MAX_SPAN = 1_000  # the standard's own bound on colspan
MAX_DEPTH = 20
MAX_CELLS = 500_000
HEADING_LINES = 5  # a title, a subtitle, the unit … stand right above a table
BREAKS = {"br", "p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "caption", "tr", "table", "section"}
SILENT = {"script", "style", "title", "noscript", "template"}

Grid = tuple[list[list[str]], tuple[tuple[int, int, int, int], ...]]


@dataclass(slots=True)
class _Table:
    rows: list[list[str]] = field(default_factory=list)
    taken: set[tuple[int, int]] = field(default_factory=set)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    cell: list[str] | None = None
    spans: tuple[int, int] = (1, 1)

    def put(self) -> None:
        """Close the open cell: its text at the first free place of the row, the rest of its span blank."""
        if self.cell is None:
            return
        text, self.cell = _squeeze("".join(self.cell)), None
        if not self.rows:
            self.rows.append([])
        row, (down, right) = len(self.rows) - 1, self.spans
        column = len(self.rows[row])
        while (row, column) in self.taken:
            column += 1
        if len(self.taken) + down * right > MAX_CELLS:
            raise Refusal("too_large", f"A table of the page has more than {MAX_CELLS} cells.")
        self.taken |= {(r, c) for r in range(row, row + down) for c in range(column, column + right)}
        if down * right > 1:
            self.merged.append((row, column, row + down - 1, column + right - 1))
        self.rows[row] += [""] * (column - len(self.rows[row])) + [text] + [""] * (right - 1)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[str | _Table] = []
        self.open: list[_Table] = []
        self.silent = 0
        self.line: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in SILENT:
            self.silent += 1
        if tag in BREAKS:
            self._break()
        if tag == "table":
            if len(self.open) >= MAX_DEPTH:
                raise Refusal("hostile", f"Tables of the page are nested more than {MAX_DEPTH} deep.")
            self.open.append(_Table())
        elif self.open and tag == "tr":
            self.open[-1].put()
            self.open[-1].rows.append([])
        elif self.open and tag in {"td", "th"}:
            self.open[-1].put()
            given = dict(attrs)
            self.open[-1].spans = _span(given.get("rowspan")), _span(given.get("colspan"))
            self.open[-1].cell = []

    def handle_endtag(self, tag: str) -> None:
        if tag in SILENT:
            self.silent = max(self.silent - 1, 0)
        if tag in BREAKS:
            self._break()
        if not self.open:
            return
        if tag in {"td", "th", "tr", "table"}:
            self.open[-1].put()
        if tag == "table":
            self.blocks.append(self.open.pop())

    def handle_data(self, data: str) -> None:
        if self.silent:
            return
        cell = self.open[-1].cell if self.open else self.line
        if cell is not None:
            cell.append(data)

    def close(self) -> None:
        super().close()
        self._break()
        while self.open:  # a page cut off within a table
            self.open[-1].put()
            self.blocks.append(self.open.pop())

    def _break(self) -> None:
        if self.open:
            if self.open[-1].cell:
                self.open[-1].cell.append("\n")
        elif line := _squeeze("".join(self.line)):
            self.blocks.append(line)
        if not self.open:
            self.line = []


def grids(html: str) -> list[Grid]:
    """Every table of the page with at least two rows and columns, as (rows of text, merged ranges), in the order in which they end.

    Lines of text and one-cell tables right above a table (its title, its unit) are its first rows, up to HEADING_LINES of them.
    Refusal `too_large`, `hostile`.
    """
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return list(_headed(reader.blocks))


def _headed(blocks: list[str | _Table]) -> Iterator[Grid]:
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, str):
            lines.append(block)
            continue
        filled = [text for row in block.rows for text in row if text]
        if len(block.rows) < 2 or max(map(len, block.rows)) < 2:
            lines += filled
            continue
        head = [[line] for line in lines[-HEADING_LINES:]]
        n = len(head)
        yield head + block.rows, tuple((a + n, b, c + n, d) for a, b, c, d in block.merged)
        lines = []


def _span(value: str | None) -> int:
    digits = (value or "").strip()
    return min(max(int(digits), 1), MAX_SPAN) if digits.isascii() and digits.isdigit() and len(digits) < 9 else 1


def _squeeze(text: str) -> str:
    """Lines without blanks around them, blank lines left out."""
    return "\n".join(filter(None, (line.strip(" \t\r\u00a0\u3000") for line in text.split("\n"))))
