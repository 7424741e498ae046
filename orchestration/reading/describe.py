"""Content → Document: what is known of it, and how. A sidecar wins over the file's own fields, these over its header, this over title and name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from orchestration.reading import genre, tier, year
from orchestration.reading.content import Content
from orchestration.reading.dates import first_day
from orchestration.reading.head import WORDS, Head, headline, normal
from orchestration.reading.model import Document, Sheet, Source
from orchestration.reading.place import Places, host_name
from orchestration.regions import RegionIndex

Known = tuple[Any, str] | None
"""A value and how it was known."""
BODY = 8000  # characters in which the place is looked for
LINES = 20_000  # characters whose headings are looked at
TAIL = 1500
SUBTITLE = re.compile(r"(?<=报告) ?([-—―–]{1,3} ?|\()?((19|20)\d\d年\d{1,2}月|在.{2,40}会议?上).{0,60}$")  # when and where it was given
CAPTION_ROWS = 4
CAPTION = re.compile(r"^(?!单位|计量单位|注|续表|数据来源|\(?(本表|单位))[^\u4e00-\u9fff]{0,20}([\u4e00-\u9fff][^\u4e00-\u9fff]{0,6}){5}")
BARE = 8  # characters of a title that names neither year nor place


@dataclass(slots=True)
class _Evidence:
    """All that is looked at."""

    content: Content
    source: Source
    head: Head
    file_name: str

    @property
    def said(self) -> dict[str, Any]:
        return self.source.sidecar

    @property
    def is_table(self) -> bool:
        return self.source.kind == "table"


def describe(content: Content, source: Source, regions: RegionIndex) -> Document:
    """The document made of `content`; every field that is not null has an entry in `how`."""
    evidence = _Evidence(content, source, Head(content.head or content.text), file_title(source.path))
    known: dict[str, Known] = {"title": _title(evidence), "publisher": _publisher(evidence), "source_url": _url(evidence)}
    session = evidence.head.session
    title = normal(_value(known["title"]) or "")
    known["genre"] = _genre(evidence, title)
    kind = _value(known["genre"])
    known["published_on"] = _published_on(evidence, session[0] if session else None, title)
    known["session_on"] = (session[0], "header") if session else None
    known["report_year"] = _report_year(evidence, title, kind, _value(known["session_on"]), _value(known["published_on"]))
    known["region_code"] = _region(evidence, title, _value(known["report_year"]), known, regions)
    known["source_tier"] = _tier(evidence, known)
    for name in ("licence", "unit"):
        known[name] = (source.sidecar[name], "sidecar") if name in source.sidecar else None
    if known["published_on"] is None:
        known["published_on"] = (session[0], "session") if session else None
    values = {name: found[0] for name, found in known.items() if found is not None}
    how = {name: found[1] for name, found in known.items() if found is not None}
    if how.get("title") == "file name":
        how = {name: "file name" if said == "title" else said for name, said in how.items()}
    return Document(
        content.text, content.media_type, **values, marks=content.marks, sheets=content.sheets, how=how, warnings=content.warnings
    )


def file_title(path: str) -> str:
    """A file's name as a title: 2026_甲市_政府工作报告.txt → 2026年甲市政府工作报告."""
    name = path.rpartition("/")[2]
    stem = normal(name.rpartition(".")[0] or name)
    stem = re.sub(r"^((?:19|20)\d\d)[_ \-]+(?=[\u4e00-\u9fff])", r"\1年", stem)
    return re.sub(r"(?<=[\u4e00-\u9fff)])[_\-]+(?=[\u4e00-\u9fff\d(])", "", stem).strip("_- ")


def _value(known: Known) -> Any:
    return known[0] if known else None


def _first(candidates: Iterator[Known]) -> Known:
    """The first candidate that is known."""
    return next((found for found in candidates if found and found[0]), None)


def _title(e: _Evidence) -> Known:
    def candidates() -> Iterator[Known]:
        yield e.said.get("title"), "sidecar"
        yield headline(e.content.stated.get("title", "")), "meta"
        if e.is_table:
            yield _caption(e.content.sheets), "header"
            yield e.file_name, "file name"
        yield _labelled(e.head.labels, "title"), "header"
        titles = (SUBTITLE.sub("", line) for line in e.head.titles)
        told = [line for line in titles if genre.by_title(line) not in (None, "news") and _may_lead(line)]
        yield next((line for line in told if len(line.replace(" ", "")) > BARE), None), "header"
        page = headline(e.content.stated.get("page", ""))
        yield (page if page and genre.by_title(page) else None), "meta"
        yield (told[0] if told else None), "header"
        yield page, "meta"
        yield (e.file_name if genre.by_title(e.file_name) else None), "file name"
        yield (e.head.titles[0] if e.head.titles and _may_lead(e.head.titles[0]) else None), "header"
        yield e.file_name, "file name"

    return _first(candidates())


def _caption(sheets: tuple[Sheet, ...]) -> str | None:
    """The words that stand alone in one of the first rows of a table."""
    for row in sheets[0].rows[:CAPTION_ROWS] if sheets else ():
        filled = [normal(cell.text) for cell in row if cell.text.strip()]
        if len(filled) == 1 and CAPTION.search(filled[0]) and len(filled[0]) <= 80:
            return filled[0]
    return None


def _may_lead(line: str) -> bool:
    """Whether `line` can be the title of what follows: it is no item of a list and no part of a whole."""
    return not re.match(r"[(（]?[一二三四五六七八九十\d]{1,3}[)）、.]|[—-]{2}|[○●]|第[一二三四五六七八九十]{1,3}(章|节|部分)", line)


def _publisher(e: _Evidence) -> Known:
    def candidates() -> Iterator[Known]:
        yield e.said.get("publisher"), "sidecar"
        yield e.content.stated.get("publisher"), "meta"
        yield _name(_labelled(e.head.labels, "publisher")), "header"
        yield _name(_labelled(e.head.tail_labels, "publisher")), "tail"
        yield e.head.signature, "header"
        yield e.content.stated.get("site"), "meta"

    return _first(candidates())


def _labelled(labels: dict[str, list[tuple[str, str]]], field: str) -> str | None:
    """The value of the label of `field` that counts most."""
    order = WORDS["labels"][field]
    found = sorted(labels.get(field, ()), key=lambda pair: order.index(pair[0]))
    return found[0][1] if found else None


def _name(value: str | None) -> str | None:
    """A publisher's name without the date and the signs that follow it on the line."""
    if not value:
        return None
    name = re.split(r" {2,}|\d{4}[-年./]|[【\[(|]| (?=浏览|点击|阅读|作者|编辑|字体)", value)[0].strip(" ,.;:》《>")
    named = re.search(r"[^\W\d_]{2}", name) and len(name) <= 40 and not tier.NOBODY.fullmatch(name)
    return name if named else None


def _url(e: _Evidence) -> Known:
    def candidates() -> Iterator[Known]:
        yield e.said.get("url"), "sidecar"
        url = e.content.stated.get("url", "")
        yield (url if url.startswith(("http://", "https://")) else None), "meta"

    return _first(candidates())


def _genre(e: _Evidence, title: str) -> Known:
    def candidates() -> Iterator[Known]:
        column = e.content.stated.get("column") or _labelled(e.head.labels, "column") or ""
        yield e.said.get("genre"), "sidecar"
        if e.is_table:
            return
        yield genre.by_title(title), "title"
        yield genre.by_title(e.file_name), "file name"
        yield genre.by_opening(e.head.opening), "body"
        yield genre.by_column(column), "header"

    return _first(candidates())


def _published_on(e: _Evidence, session: date | None, title: str) -> Known:
    def candidates() -> Iterator[Known]:
        yield e.said.get("published_on"), "sidecar"
        yield first_day(normal(e.content.stated.get("published_on", ""))), "meta"
        yield first_day(_labelled(e.head.labels, "published_on") or ""), "header"
        yield first_day(_labelled(e.head.labels, "publisher") or ""), "header"
        yield e.head.loose_day, "header"
        years = [session.year] if session else year.years_in(title) or year.years_in(e.head.opening)
        yield e.head.dateline(years[0] if years else None), "body"
        yield first_day(_labelled(e.head.tail_labels, "published_on") or ""), "tail"
        yield first_day(e.file_name), "file name"

    return _first(candidates())


def _report_year(e: _Evidence, title: str, kind: str | None, session: date | None, published: date | None) -> Known:
    if "report_year" in e.said:
        return e.said["report_year"], "sidecar"
    lines = "\n".join(map(normal, e.content.text[:LINES].split("\n")))
    return year.report_year(kind, title, e.file_name, lines, session, published, e.is_table)


def _region(e: _Evidence, title: str, when: int | None, known: dict[str, Known], regions: RegionIndex) -> Known:
    if "region_code" in e.said:
        return e.said["region_code"], "sidecar"
    plain = Places(regions, when)
    publisher, url = _value(known["publisher"]), _value(known["source_url"])
    name = host_name(url or f"https://{e.content.stated.get('domain', '')}")
    host = regions.by_name(name, when) if name else None
    hints = [plain.in_publisher(publisher) if publisher else None, host, None if e.is_table else plain.in_body(e.head.opening)]
    places = Places(regions, when, [hint for hint in dict.fromkeys(hints) if hint])

    def candidates() -> Iterator[Known]:
        yield places.in_title(title), "title"
        yield places.in_title(e.head.assembly or ""), "header"
        yield places.in_title(e.file_name), "file name"
        yield hints[0], "publisher"
        yield host, "host"
        if e.is_table:
            yield plain.around([cell.text for sheet in e.content.sheets for row in sheet.rows for cell in row[:2]]), "body"
        else:
            yield plain.in_body(normal(e.content.text[:BODY])), "body"

    return _first(candidates())


def _tier(e: _Evidence, known: dict[str, Known]) -> Known:
    def candidates() -> Iterator[Known]:
        publisher, url = _value(known["publisher"]), _value(known["source_url"])
        yield e.said.get("source_tier"), "sidecar"
        yield ("repost" if tier.COPIED.search(e.content.text[:TAIL]) or tier.COPIED.search(e.content.text[-TAIL:]) else None), "body"
        yield (tier.by_publisher(publisher) if publisher else None), "publisher"
        yield (tier.by_url(url) if url else None), "host"

    return _first(candidates())
