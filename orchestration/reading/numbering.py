"""Numbers that Word sets before paragraphs by itself (ECMA-376 §17.9): 一、 （二） 3. stand in no text run, but a heading is known by them."""

from __future__ import annotations

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DIGITS = "〇一二三四五六七八九"
CHINESE = {
    "chineseCounting",
    "chineseCountingThousand",
    "ideographTraditional",
    "taiwaneseCounting",
    "taiwaneseCountingThousand",
    "japaneseCounting",
    "ideographDigital",
}
DECIMAL = {"decimal", "decimalFullWidth", "decimalZero", "decimalEnclosedCircle", "decimalEnclosedParen", "decimalHalfWidth"}


class Numbering:
    """Counts the numbered paragraphs of one document, in order."""

    def __init__(self, root: etree._Element | None, styles: etree._Element | None) -> None:
        self._lists: dict[str, dict[int, tuple[str, str, int]]] = {}  # numId → level → (format, pattern such as （%1）, start)
        self._counts: dict[str, dict[int, int]] = {}
        self._styled = {s.get(W + "styleId", ""): _reference(s) for s in styles.iterfind(f"{W}style")} if styles is not None else {}
        if root is None:
            return
        levels = {a.get(W + "abstractNumId"): dict(map(_level, a.iterfind(f"{W}lvl"))) for a in root.iterfind(f"{W}abstractNum")}
        for number in root.iterfind(f"{W}num"):
            abstract = number.find(f"{W}abstractNumId")
            if abstract is not None:
                self._lists[number.get(W + "numId", "")] = levels.get(abstract.get(W + "val"), {})

    def label(self, paragraph: etree._Element, style: str) -> str:
        """What Word shows before `paragraph` of that style; empty where nothing, a bullet or a foreign numeral."""
        key, level = _reference(paragraph)
        if not key:
            key, level = self._styled.get(style, ("", 0))
        if key not in self._lists or level not in self._lists[key]:
            return ""
        counts = self._counts.setdefault(key, {})
        counts[level] = counts.get(level, self._lists[key][level][2] - 1) + 1
        for deeper in [n for n in counts if n > level]:
            del counts[deeper]
        kind, pattern, _ = self._lists[key][level]
        if kind not in CHINESE | DECIMAL:
            return ""
        for n in range(level + 1):
            shown = self._lists[key].get(n, (kind, "", 1))
            pattern = pattern.replace(f"%{n + 1}", _numeral(counts.get(n, shown[2]), shown[0]))
        return pattern


def _reference(element: etree._Element) -> tuple[str, int]:
    """The list and the level that a paragraph or a style names; numId 0 takes a paragraph out of its style's list."""
    key, level = element.find(f"{W}pPr/{W}numPr/{W}numId"), element.find(f"{W}pPr/{W}numPr/{W}ilvl")
    depth = level.get(W + "val", "0") if level is not None else "0"
    return (key.get(W + "val", "") if key is not None else ""), int(depth) if depth.isdecimal() and len(depth) < 3 else 0


def _level(level: etree._Element) -> tuple[int, tuple[str, str, int]]:
    values = {name: found.get(W + "val", "") for name in ("numFmt", "lvlText", "start") if (found := level.find(W + name)) is not None}
    start, depth = values.get("start", "1"), level.get(W + "ilvl", "0")
    short = start.isdecimal() and len(start) < 5
    return int(depth) if depth.isdecimal() and len(depth) < 3 else 0, (
        values.get("numFmt", ""),
        values.get("lvlText", "")[:40],
        int(start) if short else 1,
    )


def _numeral(number: int, kind: str) -> str:
    """1 to 99 in Chinese where `kind` asks for it: 十二; everything else in digits."""
    if kind not in CHINESE or not 0 < number < 100:
        return str(number)
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else DIGITS[tens] + "十") + (DIGITS[ones] if ones else "")
