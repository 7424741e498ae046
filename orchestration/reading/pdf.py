"""PDF documents by their text layer: lines put together again to paragraphs, page numbers kept as marks. Pictures of pages are not recognised."""

from __future__ import annotations

import io
import logging
import re
import struct
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from statistics import median

from orchestration.lexicon import load
from orchestration.reading.columns import gutter, reading_order
from orchestration.reading.content import Content
from orchestration.reading.encoding import check
from orchestration.reading.head import normal
from orchestration.reading.model import Mark, Refusal
from orchestration.reading.words import any_of

logging.getLogger("pdfminer").setLevel(logging.CRITICAL)  # it says of every odd file what a Refusal says once
WORDS = load("reading_pdf")
GLYPHS = {ord(a): b for a, b in WORDS["glyphs"].items()} | {
    c: unicodedata.normalize("NFKC", chr(c)) for c in (*range(0x2F00, 0x2FD6), 0x2E9F, 0x2EF3)
}
PAGE_NUMBER = re.compile(any_of(WORDS["page_number"]))
BEGINS = re.compile(any_of(WORDS["begins"]))
UNMAPPED = re.compile(r"\(cid:\d{1,6}\)")
MOST_PAGES = 2000
FEW = 5  # characters a page on average: below that the pages are pictures
CLEAR = 4.0  # points on each side of the middle between two columns where nothing stands
EDGE = 0.1  # share of the page's height, above and below, where running headers and page numbers stand
CLOSING = ("。", "！", "？", "：", "；", ".", "!", "?", ":")


@dataclass(slots=True)
class _Line:
    """One line of a page: its text, its box in points (y grows upwards), the size and places of its characters, its column."""

    text: str
    left: float
    right: float
    bottom: float
    top: float
    size: float
    page: int
    glyphs: tuple[tuple[float, float, str], ...] = ()
    column: int = 0

    def split(self, at: float) -> tuple[_Line | None, _Line | None]:
        """What stands left and right of `at`; the line itself twice where a character comes close to it."""
        if any(a < at + CLEAR and b > at - CLEAR for a, b, _ in self.glyphs):
            return self, self
        return self._part([g for g in self.glyphs if g[1] <= at]), self._part([g for g in self.glyphs if g[0] >= at])

    def _part(self, glyphs: list[tuple[float, float, str]]) -> _Line | None:
        text = "".join(sign for *_, sign in glyphs).translate(GLYPHS)
        if not text.strip():
            return None
        return replace(self, text=text, left=glyphs[0][0], right=glyphs[-1][1], glyphs=tuple(glyphs))


def read(data: bytes, name: str) -> Content:
    """A PDF with a text layer. Refusal: encrypted, unreadable, empty (no text layer), too_large (pages)."""
    pages = list(_pages(data))
    lines = [line for page in _without_running_heads(pages) for line in page]
    signs = sum(len(line.text.strip()) for line in lines)
    if signs < FEW * max(len(pages), 1):
        raise Refusal(
            "empty", f"the {len(pages)} pages are pictures without a text layer, and pictures are not recognised; put in the text"
        )
    unmapped = sum(len(UNMAPPED.findall(line.text)) for line in lines)
    if unmapped * 10 > signs / 5:
        raise Refusal("unreadable", "the PDF's fonts do not say which characters they show; take the document in another format")
    text, marks = _joined(lines)
    warnings = [f"{unmapped} characters have no known meaning (cid)"] if unmapped else []
    pictures = [str(n) for n, page in enumerate(pages, 1) if not page]
    warnings += [f"pages without text (blank, or pictures): {', '.join(pictures[:20])}"] if pictures else []
    return Content(check(text), "application/pdf", marks, warnings=tuple(warnings))


def _pages(data: bytes) -> Iterator[list[_Line]]:
    from pdfminer.high_level import extract_pages
    from pdfminer.layout import LAParams
    from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect, PDFTextExtractionNotAllowed
    from pdfminer.psexceptions import PSException

    try:
        for number, page in enumerate(extract_pages(io.BytesIO(data), laparams=LAParams(boxes_flow=None, char_margin=3.0)), 1):
            if number > MOST_PAGES:
                raise Refusal("too_large", f"the PDF has more than {MOST_PAGES} pages; split it")
            yield list(_page(list(_text_lines(page, number)), page.width, page.height))
    except (PDFPasswordIncorrect, PDFEncryptionError, PDFTextExtractionNotAllowed):
        raise Refusal("encrypted", "the PDF is protected by a password; take off the protection and save it again") from None
    except (PSException, ValueError, TypeError, KeyError, AttributeError, AssertionError, OSError, IndexError, struct.error) as error:
        raise Refusal("unreadable", f"the PDF is broken or cut off ({type(error).__name__}: {error!s:.100}); fetch it again") from None


def _text_lines(page: object, number: int) -> Iterator[_Line]:
    from pdfminer.layout import LTChar, LTContainer, LTTextLine

    waiting = [page]
    while waiting:
        item = waiting.pop()
        if isinstance(item, LTTextLine):
            text = item.get_text().rstrip("\n").translate(GLYPHS)
            chars = [char for char in item if isinstance(char, LTChar)]
            if text.strip() and chars:
                glyphs = tuple((char.x0, char.x1, char.get_text()) for char in chars)
                yield _Line(text, item.x0, item.x1, item.y0, item.y1, median(char.size for char in chars), number, glyphs)
        elif isinstance(item, LTContainer):
            waiting.extend(item)


def _page(lines: list[_Line], width: float, height: float) -> Iterator[_Line]:
    """The lines of a page as they are read: the left column before the right one where the page is set in two."""
    at = gutter(lines, width)
    for column, group in reading_order(lines, at) if at else [(0, lines)]:
        for row in _rows(group, height):
            yield replace(row, column=column)


def _rows(lines: list[_Line], height: float) -> list[_Line]:
    """The lines from top to bottom; what stands side by side on one height is one line, parted by tabs."""
    rows: list[list[_Line]] = []
    for line in sorted(lines, key=lambda n: (-(n.top + n.bottom), n.left)):
        middle = (line.top + line.bottom) / 2
        if rows and abs((rows[-1][0].top + rows[-1][0].bottom) / 2 - middle) < line.size / 2:
            rows[-1].append(line)
        else:
            rows.append([line])
    return [_one(sorted(row, key=lambda n: n.left), height) for row in rows]


def _one(row: list[_Line], height: float) -> _Line:
    text = "\t".join(line.text.strip() for line in row) if len(row) > 1 else row[0].text.strip()
    first = row[0]
    return _Line(text, first.left, row[-1].right, first.bottom / height, first.top / height, first.size, first.page)


def _without_running_heads(pages: list[list[_Line]]) -> list[list[_Line]]:
    """Without page numbers and without what stands at the edge of three pages or more."""
    edges = Counter(re.sub(r"\d+", "0", line.text) for page in pages for line in page if _at_edge(line))
    repeated = {text for text, count in edges.items() if count >= max(3, len(pages) // 4)}

    def runs(line: _Line) -> bool:
        return _at_edge(line) and (PAGE_NUMBER.fullmatch(normal(line.text)) is not None or re.sub(r"\d+", "0", line.text) in repeated)

    return [[line for line in page if not runs(line)] for page in pages]


def _at_edge(line: _Line) -> bool:
    return line.bottom < EDGE or line.top > 1 - EDGE


def _joined(lines: list[_Line]) -> tuple[str, tuple[Mark, ...]]:
    """Paragraphs, a line each: a line that fills its measure goes on in the next one unless that is indented or begins like a heading."""
    measure: dict[tuple[int, int], tuple[float, float]] = {}
    for line in lines:
        left, right = measure.get((line.page, line.column), (line.left, line.right))
        measure[line.page, line.column] = min(left, line.left), max(right, line.right)
    parts: list[str] = []
    marks: list[Mark] = []
    length = 0
    for previous, line in zip([None, *lines], lines, strict=False):
        goes_on = previous is not None and _goes_on(previous, line, measure)
        between = "" if previous is None else ("" if goes_on else "\n")
        if (
            goes_on
            and previous is not None
            and previous.text[-1:].isascii()
            and line.text[:1].isascii()
            and (previous.text[-1:] + line.text[:1]).isalpha()
        ):
            between = " "
        length += len(between)
        if not goes_on or (previous is not None and previous.page != line.page):
            marks.append(Mark(length, marks[-1].paragraph + (not goes_on) if marks else 1, line.page))
        parts += [between, line.text]
        length += len(line.text)
    return "".join(parts), tuple(marks)


def _goes_on(line: _Line, following: _Line, measure: dict[tuple[int, int], tuple[float, float]]) -> bool:
    """Whether `following` is the same paragraph: `line` is full, `following` is not indented, neither is a row of a table."""
    if "\t" in line.text or "\t" in following.text or abs(line.size - following.size) > 0.2 * line.size:
        return False
    right = measure[line.page, line.column][1]
    full = line.right > right - 1.8 * line.size
    indented = following.left > measure[following.page, following.column][0] + 1.2 * following.size
    return (
        full and not indented and not BEGINS.match(following.text) and not (line.text.endswith(CLOSING) and line.right < right - line.size)
    )
