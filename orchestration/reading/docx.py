"""Word documents (ECMA-376 WordprocessingML): paragraphs, headings and tables in order of the text.

The XML is walked here rather than through a library because those leave out what stands in smart tags, content controls and
tracked insertions, where older Chinese documents keep their dates and figures.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from orchestration.reading.archive import Archive
from orchestration.reading.content import Content
from orchestration.reading.encoding import check
from orchestration.reading.model import Cell, Mark, Refusal, Sheet
from orchestration.reading.numbering import Numbering
from orchestration.reading.parsing import out_of_memory
from orchestration.reading.sheets import text_cell

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
TRANSITIONAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
SILENT = {W + n for n in ("del", "moveFrom", "instrText", "delText", "rPr", "pPr", "rt", "sectPr", "tblPr", "trPr", "tcPr")} | {FALLBACK}
SIGNS = {W + "tab": "\t", W + "ptab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-"}
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(slots=True)
class _Written:
    """The text so far, as lines, with the mark of each."""

    lines: list[str] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    sheets: list[Sheet] = field(default_factory=list)
    length: int = 0

    def add(self, line: str) -> None:
        if line.strip():
            self.marks.append(Mark(self.length, len(self.marks) + 1))
        self.lines.append(line)
        self.length += len(line) + 1


def read(data: bytes, name: str) -> Content:
    """A .docx file. A heading stands on a line of its own after as many # as its level (# the title, ## a chapter); a table is a line a row, and a Sheet. Refusal: unreadable, hostile, empty."""
    archive = Archive(data)
    body = _root(archive, "word/document.xml")
    if body is None:
        raise Refusal("unreadable", "the document has no text part; save it anew as .docx")
    styles = _root(archive, "word/styles.xml")
    levels = _heading_levels(styles)
    numbering = Numbering(_root(archive, "word/numbering.xml"), styles)
    written = _Written()
    for block in _blocks(body):
        if block.tag == W + "p":
            written.add(_paragraph(block, levels, numbering))
        else:
            _table(block, written)
    for part in ("footnotes", "endnotes"):
        for note in _notes(_root(archive, f"word/{part}.xml")):
            written.add(note)
    return Content(check("\n".join(written.lines)), MEDIA_TYPE, tuple(written.marks), tuple(written.sheets))


def _root(archive: Archive, part: str) -> etree._Element | None:
    data = archive.read(part)
    if data is None:
        return None
    if b"<!DOCTYPE" in data[:4096] or b"<!ENTITY" in data[:4096] or "<!DOCTYPE".encode("utf-16-le") in data[:4096]:
        raise Refusal("hostile", f"{part} declares entities, which no Word document does; save the document anew")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(data.replace(STRICT, TRANSITIONAL), parser)
    except etree.XMLSyntaxError as error:
        out_of_memory(parser)
        raise Refusal("unreadable", f"{part} is broken ({error.msg}); save the document anew as .docx") from None


def _blocks(root: etree._Element) -> Iterator[etree._Element]:
    """Paragraphs and tables outside tables, in order, whatever wraps them; a text box follows the paragraph that anchors it."""
    waiting = [iter(root)]
    while waiting:
        element = next(waiting[-1], None)
        if element is None:
            waiting.pop()
        elif element.tag in (W + "p", W + "tbl"):
            yield element
            if element.tag == W + "p":
                waiting.append(iter(_boxes(element)))
        elif element.tag not in SILENT:
            waiting.append(iter(element))


def _boxes(paragraph: etree._Element) -> list[etree._Element]:
    """Text boxes anchored in a paragraph, not those within them."""
    boxes = [box for box in paragraph.iter(W + "txbxContent") if not any(a.tag == FALLBACK for a in box.iterancestors(FALLBACK))]
    return [box for box in boxes if next(box.iterancestors(W + "txbxContent"), None) not in boxes]


def _paragraph(paragraph: etree._Element, levels: dict[str, int], numbering: Numbering) -> str:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    name = style.get(W + "val", "") if style is not None else ""
    outline = paragraph.find(f"{W}pPr/{W}outlineLvl")
    own = outline.get(W + "val", "") if outline is not None else ""
    level = int(own) + 2 if own.isdecimal() and int(own) < 9 else levels.get(name, 0)
    text = numbering.label(paragraph, name) + _text(paragraph)
    return f"{'#' * min(level, 6)} {text.strip()}" if level and text.strip() else text


def _text(paragraph: etree._Element) -> str:
    """The paragraph's characters as a reader sees them: insertions in, deletions out, field codes out, ruby out, text boxes apart."""
    said: list[str] = []
    waiting = [iter(paragraph)]
    while waiting:
        element = next(waiting[-1], None)
        if element is None:
            waiting.pop()
        elif element.tag in (W + "t", MATH):
            said.append(element.text or "")
        elif element.tag in SIGNS:
            said.append(SIGNS[element.tag])
        elif element.tag not in SILENT and element.tag != W + "txbxContent":
            waiting.append(iter(element))
    return "".join(said)


def _table(table: etree._Element, written: _Written) -> None:
    """A line a row, cells parted by tabs; the same as a Sheet, with what is merged (gridSpan, vMerge)."""
    grid: list[list[str]] = []
    merged: dict[tuple[int, int], tuple[int, int]] = {}
    open_above: dict[int, tuple[int, int]] = {}  # column → where the vertically merged cell above began
    for r, row in enumerate(table.iterfind(f"{W}tr")):
        before = row.find(f"{W}trPr/{W}gridBefore")
        texts = [""] * _number(before, 0)
        for cell in row.iter(W + "tc"):
            if next(cell.iterancestors(W + "tbl")) is not table:
                continue
            width, down = max(_number(cell.find(f"{W}tcPr/{W}gridSpan"), 1), 1), cell.find(f"{W}tcPr/{W}vMerge")
            column, start = len(texts), (r, len(texts))
            if down is not None and down.get(W + "val") != "restart" and column in open_above:
                start = open_above[column]
            elif down is None:
                open_above.pop(column, None)
            if down is not None:
                open_above[column] = start
            if start != (r, column) or width > 1:
                merged[start] = (r, column + width - 1)
            said = " ".join(filter(None, (_text(p).strip() for p in cell.iter(W + "p"))))
            texts += ["" if start != (r, column) else said, *[""] * (width - 1)]
        grid.append(texts)
        written.add("\t".join(texts).rstrip("\t"))
    width = max(map(len, grid), default=0)
    rows = tuple(tuple(map(text_cell, row)) + (Cell(""),) * (width - len(row)) for row in grid)
    written.sheets.append(Sheet(f"表{len(written.sheets) + 1}", rows, tuple((*a, *b) for a, b in sorted(merged.items()))))


def _notes(root: etree._Element | None) -> Iterator[str]:
    if root is None:
        return
    for note in root:
        if note.get(W + "type") in (None, "normal"):
            yield "".join(_text(p) for p in note.iter(W + "p"))


def _number(element: etree._Element | None, default: int) -> int:
    value = element.get(W + "val", "") if element is not None else ""
    return min(int(value), 1000) if value.isdecimal() and len(value) < 9 else default


def _heading_levels(styles: etree._Element | None) -> dict[str, int]:
    """Style id → heading level (1 the document's title, 2 its chapters), by the style's outline level, its name (heading 2, 标题 2) or the style it is based on."""
    if styles is None:
        return {}
    own: dict[str, int] = {}
    base: dict[str, str] = {}
    for style in styles.iterfind(f"{W}style"):
        key, name, level = style.get(W + "styleId", ""), style.find(f"{W}name"), style.find(f"{W}pPr/{W}outlineLvl")
        words = (name.get(W + "val", "") if name is not None else "").lower().split()
        if level is not None and level.get(W + "val", "").isdecimal() and int(level.get(W + "val", "")) < 9:
            own[key] = int(level.get(W + "val", "")) + 2
        elif len(words) == 2 and words[0] in ("heading", "标题") and words[1].isdecimal():
            own[key] = int(words[1]) + 1
        elif words in (["title"], ["标题"]):
            own[key] = 1
        based = style.find(f"{W}basedOn")
        if based is not None:
            base[key] = based.get(W + "val", "")
    return {key: level for key in {*own, *base} if (level := _inherited(key, own, base))}


def _inherited(key: str, own: dict[str, int], base: dict[str, str]) -> int:
    seen: set[str] = set()
    while key not in own and key in base and key not in seen:
        seen.add(key)
        key = base[key]
    return own.get(key, 0)
