"""Cells that a spreadsheet would run as a formula.

A text whose first character makes a spreadsheet read it as a formula gets an apostrophe before it; so does a text that begins with an
apostrophe, so that taking one leading apostrophe off every text that has one gives back exactly what was there. A text that is a plain
number (−3, +2.5%) does no harm and stays. Figures are no texts: −3 remains the number −3.
Source: OWASP, CSV Injection (=, +, -, @, tab, carriage return and the full-width forms of the signs); a line feed counts too.
"""

from __future__ import annotations

RISKY = "=+-@\t\r\n＝＋－＠"
NUMBER = r"[+-][0-9]{1,30}(\.[0-9]{1,30})?%?"


def guarded(cell: str) -> str:
    """SQL for the text cell, with the apostrophe where it needs one."""
    first = f"substr({cell}, 1, 1)"
    risky = " || ".join([f"'{c}'" if c.isprintable() else f"chr({ord(c)})" for c in RISKY] + ["chr(39)"])
    return f"case when {cell} <> '' and contains({risky}, {first}) and not regexp_full_match({cell}, '{NUMBER}') then chr(39) || {cell} else {cell} end"


def is_risky(text: str) -> bool:
    """Whether a spreadsheet might take the text for a formula when it is typed again."""
    return text[:1] in RISKY if text else False
