"""CSV files for people with spreadsheets: a text that would run as a formula is made harmless, numbers stay numbers."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from io import StringIO
from typing import Any

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_NUMBER = re.compile(r"[+-]?\d{1,40}(?:\.\d{1,40})?")


def cell(value: Any) -> str:
    """One cell: null is nothing, a figure has no trailing zeros, a text that begins like a formula gets an apostrophe before it.

    The characters are those that OWASP's note on CSV injection lists.
    """
    if value is None:
        return ""
    text = str(value)
    if isinstance(value, Decimal):
        text = f"{value:f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    if isinstance(value, str) and text.startswith(_FORMULA) and not _NUMBER.fullmatch(text):
        return f"'{text}"
    return text


def to_csv(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """A CSV file with a byte order mark: without it spreadsheets take UTF-8 for the local encoding."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([cell(v) for v in row] for row in rows)
    return "\ufeff" + out.getvalue()
