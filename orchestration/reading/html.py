"""Web pages: the main text by where the prose stands, the page's own furniture left out, its meta tags kept.

Unlike general extractors this one drops nothing within the element that holds the article: a paragraph lost is a figure lost. The choice
of that element follows text density without links (Sun, Song, Liao: DOM Based Content Extraction via Text Density, SIGIR 2011).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from orchestration.lexicon import load
from orchestration.reading.content import Content, line_marks
from orchestration.reading.encoding import check, decode
from orchestration.reading.head import LABEL, WORDS, headline, normal
from orchestration.reading.htmltables import grids
from orchestration.reading.model import Refusal, Sheet
from orchestration.reading.parsing import out_of_memory
from orchestration.reading.sheets import text_cell
from orchestration.reading.words import any_of

PAGE = load("reading_page")
CONTENT = frozenset(PAGE["content"])
SILENT_TAGS = frozenset(PAGE["silent_tags"])
SILENT_WORDS = frozenset(PAGE["silent_words"])
FURNITURE = re.compile(any_of(PAGE["furniture"]))
CHARSET = re.compile(rb"charset\s{0,3}=\s{0,3}[\"']?([\w-]{3,20})", re.IGNORECASE)
ALIASES = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs"}
NOT_SHOWN = re.compile(r"display\s{0,3}:\s{0,3}none", re.IGNORECASE)
NOT_YET_SHOWN = re.compile(r"visibility\s{0,3}:\s{0,3}hidden", re.IGNORECASE)  # so stands the article of a page that its script unveils
BREAK = "\x1f"  # a line break of the source; between wide characters it is nothing, elsewhere a space (CSS Text 3, §4.1.3)
WIDE = "\u2014\u2018-\u201d\u2026\u3000-\u303f\u4e00-\u9fff\uff00-\uffef"
NO_SPACE = re.compile(rf"(?<=[{WIDE}]) ?{BREAK}[ {BREAK}]*(?=[{WIDE}\d])|(?<=\d) ?{BREAK}[ {BREAK}]*(?=[{WIDE}])")
WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
INLINE = frozenset(PAGE["inline_tags"])
NO_BLOCK = INLINE | {"tr", "tbody", "thead", "tfoot", "table", "p", "li", "h1", "h2", "h3", "h4", "h5", "h6"}
PROSE = 12  # characters: a shorter run of text outside a table is a label or a menu entry
SENTENCE = re.compile("[，。；！？、,;%％]")  # marks of running text; what the page says of itself has none
KNOWN_SHARE, SHARE = 0.8, 0.97  # of the page's prose that the article's element must hold
LONGEST_CELL = 300
HEADING = 40  # characters: a longer line above a table is no heading of it
LONGEST_FURNITURE = 140
BEFORE = 25  # lines above the article that may be its header
EDGE = 60  # longest line of labels at the edge of the text


def read(data: bytes, name: str) -> Content:
    """An HTML page; `stated` holds its meta tags and what stands above the article. Refusal: unreadable, empty."""
    match = CHARSET.search(data[:4096])
    declared = match[1].decode("ascii").lower() if match else None
    source = decode(data, ALIASES.get(declared, declared) if declared else None)
    root = _parse(source)
    stated = _stated(root)
    body = root.find("body")
    body = root if body is None else body
    _drop_silent(body)
    article, outside = _article(body)
    lines = _trimmed(
        [line for line in _lines(article) if not _is_furniture(normal(line))], stated.get("title") or headline(stated.get("page", "")) or ""
    )
    text = check("\n".join(lines))
    above = [line for line in _lines(body, until=article) if not _is_furniture(normal(line))][-BEFORE:]
    warnings = (f"{outside} characters of running text stand outside the article and were left out",) if outside else ()
    return Content(text, "text/html", line_marks(text), _sheets(article), stated, warnings, head="\n".join([*above, *_lines(article)]))


def _parse(source: str) -> etree._Element:
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, no_network=True)
    try:
        root = etree.fromstring(source.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as error:
        out_of_memory(parser)
        raise Refusal("unreadable", f"the page is broken ({error.msg}); save it anew") from None
    if root is None:
        raise Refusal("empty", "the page holds no text; save it anew once it has loaded")
    out_of_memory(parser)
    if any("depth" in str(error.message) for error in parser.error_log):
        raise Refusal("hostile", "the page's elements are nested deeper than in any page, so its text cannot be had whole; save it anew")
    return root


def _stated(root: etree._Element) -> dict[str, str]:
    """What the page's meta tags, title and canonical link say."""
    metas: dict[str, str] = {}
    for meta in root.iter("meta"):
        key = (meta.get("name") or meta.get("property") or "").strip().lower()
        if key and (meta.get("content") or "").strip():
            metas.setdefault(key, meta.get("content", "").strip())
    stated = {field: next((metas[name] for name in names if name in metas), "") for field, names in WORDS["meta"].items()}
    title = root.find(".//title")
    stated["page"] = (title.text or "").strip() if title is not None else ""
    link = next((link.get("href", "") for link in root.iter("link") if (link.get("rel") or "").lower() == "canonical"), "")
    stated["url"] = stated["url"] or link
    return {field: value[:500] for field, value in stated.items() if value}


def _drop_silent(body: etree._Element) -> None:
    """Take out what is not shown, scripts, and elements whose class or id says that they are furniture, unless much of the text is there."""
    for element in list(body.iterdescendants(etree.Element)):
        if element.tag in SILENT_TAGS or element.get("hidden") is not None or NOT_SHOWN.search(element.get("style") or ""):
            _remove(element)
    masses = _measure(body)
    for element in list(body.iterdescendants(etree.Element)):
        suspect = _words(element) & SILENT_WORDS or NOT_YET_SHOWN.search(element.get("style") or "")
        if suspect and masses[element].text < masses[body].text / 3:
            _remove(element)


def _words(element: etree._Element) -> set[str]:
    return {word.lower() for word in WORD.findall(f"{element.get('class', '')} {element.get('id', '')}"[:200])}


def _remove(element: etree._Element) -> None:
    """Take `element` out, leaving the text that follows it."""
    parent, tail = element.getparent(), element.tail
    before = element.getprevious()
    if tail and before is not None:
        before.tail = (before.tail or "") + tail
    elif tail:
        parent.text = (parent.text or "") + tail
    parent.remove(element)


def _article(body: etree._Element) -> tuple[etree._Element, int]:
    """The smallest element that holds most of the prose (one with a name usual for it needs to hold less), and how much prose stands outside."""
    masses = {e: m for e, m in _measure(body).items() if e.tag not in NO_BLOCK}
    whole = masses[body].prose
    named = [e for e, m in masses.items() if m.prose >= KNOWN_SHARE * whole and _names(e) & CONTENT]
    enough = [e for e, m in masses.items() if m.prose >= SHARE * whole]
    article = min(named or enough, key=lambda e: (masses[e].prose, -masses[e].depth)) if whole else body
    return article, whole - masses[article].prose


@dataclass(slots=True)
class _Mass:
    """Of an element and all within: characters, characters of running text or table cells outside links; `depth` below the body."""

    depth: int
    text: int = 0
    prose: int = 0


def _measure(body: etree._Element) -> dict[etree._Element, _Mass]:
    masses: dict[etree._Element, _Mass] = {}
    stack: list[_Mass] = []
    links = cells = 0

    def add(run: str | None) -> None:
        line = normal(run) if run and stack else ""
        if line:
            stack[-1].text += len(line)
            if not links and (cells or (len(line) >= PROSE and SENTENCE.search(line))) and not _is_furniture(line):
                stack[-1].prose += len(line)

    for event, element in etree.iterwalk(body, events=("start", "end")):
        if event == "start":
            masses[element] = _Mass(len(stack))
            stack.append(masses[element])
            links += element.tag == "a"
            cells += element.tag in ("td", "th")
            add(element.text)
        else:
            links -= element.tag == "a"
            cells -= element.tag in ("td", "th")
            mass = stack.pop()
            if stack:
                stack[-1].text += mass.text
                stack[-1].prose += mass.prose
                add(element.tail)
    return masses


def _names(element: etree._Element) -> set[str]:
    return {name.lower() for name in f"{element.get('class', '')} {element.get('id', '')}"[:200].split()}


def _lines(root: etree._Element, until: etree._Element | None = None) -> Iterator[str]:
    """The lines of `root` as a browser would break them; a table row is one line, its cells parted by tabs. Those before `until` only, if given."""
    flow = NO_SPACE.sub("", _flow(root, until)).replace(BREAK, " ").replace("\u00a0", " ")
    for line in flow.split("\n"):
        joined = "\t".join(cell.strip(" \u3000") for cell in re.sub(r" {2,}", " ", line).split("\t")).rstrip("\t")
        if joined.strip():
            yield joined


def _flow(root: etree._Element, until: etree._Element | None) -> str:
    """The text of `root` with line breaks where blocks begin and end."""
    parts: list[str] = []
    grid_rows = {row for table in root.iter("table") if _is_grid(table) for row in table.iter("tr")}
    rows = kept = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if element is until:
            break
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            kept += tag == "pre"
            parts += [_edge(tag, rows), _squeeze(element.text, kept > 0)]
            rows += element in grid_rows
        else:
            kept -= tag == "pre"
            rows -= element in grid_rows
            parts.append("\t" if rows and tag in ("td", "th") else "" if tag == "br" else _edge(tag, rows))
            parts.append(_squeeze(element.tail, kept > 0) if element is not root else "")
    return "".join(parts)


def _is_grid(table: etree._Element) -> bool:
    """Whether a table holds cells of a few words, not the layout of a page: no table in it, no long paragraph."""
    nested = next(table.iterdescendants("table"), None) is not None
    return not nested and all(sum(map(len, cell.itertext())) <= LONGEST_CELL for cell in table.iter("td", "th"))


def _edge(tag: str, rows: int) -> str:
    """What an element's border puts between the text before and after it; within a table row nothing breaks the line."""
    if tag in INLINE or not tag or (rows and tag in ("td", "th")):
        return ""
    return " " if rows else "\n"


def _squeeze(text: str | None, kept: bool = False) -> str:
    """Blanks as HTML has them: a run is one, and one with a line break in it is marked; in preformatted text lines are `kept`."""
    if not text:
        return ""
    if kept:
        return text.replace("\r", "")
    return re.sub(r"[ \t\r\n\f]+", lambda run: BREAK if "\n" in run[0] or "\r" in run[0] else " ", text)


def _is_furniture(line: str) -> bool:
    return len(line) <= LONGEST_FURNITURE and FURNITURE.fullmatch(line) is not None


def _trimmed(lines: list[str], title: str) -> list[str]:
    """Without the header's labels, its date and the repeated title before the text, and without labels after it."""
    start, end = 0, len(lines)
    while start < end and _is_edge(lines[start], title):
        start += 1
    while end > start and _is_edge(lines[end - 1], ""):
        end -= 1
    return lines[start:end]


def _is_edge(line: str, title: str) -> bool:
    plain = normal(line)
    if len(plain) > EDGE:
        return False
    return (
        bool(LABEL.match(plain))
        or (bool(title) and plain == normal(title))
        or re.fullmatch(r"[\d\-/:年月日时分秒 .|]{6,}", plain) is not None
    )


def _sheets(article: etree._Element) -> tuple[Sheet, ...]:
    """The article's tables that hold figures."""
    if next(article.iter("table"), None) is None:
        return ()
    sheets: list[Sheet] = []
    for rows, merged in grids(etree.tostring(article, encoding="unicode", method="html")):
        prose = max(
            (n + 1 for n, row in enumerate(rows) if len(row) == 1 and (len(row[0]) > HEADING or row[0].endswith("。"))), default=0
        )  # the paragraphs before the table
        rows = rows[prose:]
        if _has_figures(rows):
            width = max(map(len, rows))
            cells = tuple(tuple(map(text_cell, [*row, *[""] * (width - len(row))])) for row in rows)
            sheets.append(Sheet(f"表{len(sheets) + 1}", cells, tuple((a - prose, b, c - prose, d) for a, b, c, d in merged if a >= prose)))
    return tuple(sheets)


def _has_figures(rows: list[list[str]]) -> bool:
    return sum(text_cell(text).number is not None for row in rows for text in row) >= 2
