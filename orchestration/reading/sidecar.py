"""Sidecars: `X.source.yml` beside `X` or `X.<suffix>`, checked strictly, so that a slip of the pen is seen at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import yaml

from orchestration.lexicon import load
from orchestration.reading.model import Refusal
from orchestration.regions import RegionIndex

SUFFIX = ".source.yml"
LARGEST = 64 * 1024  # bytes
GENRES = list(load("reading_genres")["genres"])
TIERS = [*load("reading_publishers")["tiers"], "unknown"]


def parse(data: bytes, name: str) -> dict[str, object]:
    """The fields of the sidecar `name`: strings, `published_on` a date, `report_year` an int. Refusal (bad_sidecar) says what to mend."""
    if len(data) > LARGEST:
        raise Refusal("bad_sidecar", f"{name} is larger than {LARGEST // 1024} KB; keep only the fields {', '.join(CHECKS)}")
    try:
        fields = yaml.safe_load(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise Refusal("bad_sidecar", f"{name} is not UTF-8; save it as UTF-8") from None
    except (yaml.YAMLError, RecursionError) as error:
        line = getattr(getattr(error, "problem_mark", None), "line", None)
        where = f" near line {line + 1}" if line is not None else ""
        raise Refusal("bad_sidecar", f"{name} is no YAML{where}; write one `field: value` a line") from None
    except ValueError as error:  # what looks like a date is read as one
        raise Refusal("bad_sidecar", f"{name} holds a date that there is not ({error}); write it like 2024-01-19") from None
    if fields is None:
        return {}
    if not isinstance(fields, dict):
        raise Refusal("bad_sidecar", f"{name} must hold `field: value` lines, not a {type(fields).__name__}")
    unknown = [str(key) for key in fields if key not in CHECKS]
    if unknown:
        raise Refusal("bad_sidecar", f"{name} has unknown fields ({', '.join(unknown)}); it may hold {', '.join(CHECKS)}")
    return {key: _checked(name, key, value) for key, value in fields.items() if value is not None}


def _checked(name: str, key: str, value: object) -> object:
    result, wanted = CHECKS[key]
    try:
        return result(value)
    except (ValueError, TypeError):
        raise Refusal("bad_sidecar", f"{name}: {key} must be {wanted}, not {_shown(value)}") from None


def _shown(value: object) -> str:
    """A value for a message: of a list or mapping only its kind, since nested aliases can make it endless to write out."""
    return f"{value!r:.80}" if value is None or isinstance(value, str | int | float | date) else f"a {type(value).__name__}"


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.strip() or len(value) > 1000:
        raise ValueError
    return value.strip()


def _url(value: object) -> str:
    text = _text(value)
    if not text.startswith(("http://", "https://")) or any(c.isspace() for c in text):
        raise ValueError
    return text


def _day(value: object) -> date:
    day = value if type(value) is date else date.fromisoformat(_text(value))
    if not 1949 <= day.year <= 2100:
        raise ValueError
    return day


def _year(value: object) -> int:
    if type(value) is not int or not 1949 <= value <= 2100:
        raise ValueError
    return value


def _region(value: object) -> str:
    code = str(value) if type(value) is int else _text(value)  # YAML reads an unquoted code as a number
    if RegionIndex.load().by_code(code) is None:
        raise ValueError
    return code


def _one_of(words: list[str]) -> Callable[[object], str]:
    def check(value: object) -> str:
        text = _text(value)
        if text not in words:
            raise ValueError
        return text

    return check


CHECKS: dict[str, tuple[Callable[[object], object], str]] = {
    "title": (_text, "a text"),
    "url": (_url, "an address that begins with http:// or https://"),
    "publisher": (_text, "a text"),
    "published_on": (_day, "a date such as 2024-01-19"),
    "region_code": (_region, "a code of GB/T 2260 such as 420103 (the whole country is 100000)"),
    "genre": (_one_of(GENRES), f"one of {', '.join(GENRES)}"),
    "report_year": (_year, "a year such as 2023, without quotation marks"),
    "unit": (_text, "a text"),
    "licence": (_text, "a text"),
    "source_tier": (_one_of(TIERS), f"one of {', '.join(TIERS)}"),
}
