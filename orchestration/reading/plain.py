"""Plain text and Markdown: stored as decoded, not a character changed but the byte order mark."""

from __future__ import annotations

import re

import yaml

from orchestration.reading.content import Content, line_marks
from orchestration.reading.encoding import check, decode

FRONT_MATTER = re.compile(r"\s{0,10}---[ \t]*\r?\n(.{1,4000}?)\r?\n---[ \t]*\r?\n", re.DOTALL)
STATED = ("title", "publisher", "published_on", "url")


def read(data: bytes, name: str) -> Content:
    """The text of a .txt or .md file. Refusal: empty, unreadable."""
    text = check(decode(data))
    warnings = (f"{text.count(chr(0xFFFD))} characters were lost in an earlier conversion",) if "\ufffd" in text else ()
    media_type = "text/markdown" if name.lower().endswith((".md", ".markdown")) else "text/plain"
    return Content(text, media_type, line_marks(text), stated=_front_matter(text), warnings=warnings)


def _front_matter(text: str) -> dict[str, str]:
    """The YAML block that Markdown files may begin with; nothing where it is none."""
    match = FRONT_MATTER.match(text)
    if match is None:
        return {}
    try:
        fields = yaml.safe_load(match[1])
    except (yaml.YAMLError, ValueError, RecursionError):
        return {}
    return {key: str(fields[key]) for key in STATED if fields.get(key)} if isinstance(fields, dict) else {}
