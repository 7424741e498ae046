"""The site's words in two languages, and how a pair of them becomes HTML: both stand in the page, the switch shows one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from markupsafe import Markup, escape

from orchestration.lexicon import read_yaml

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Both:
    """One saying in Chinese and in English."""

    zh: str
    en: str

    def __html__(self) -> str:
        if self.zh == self.en:
            return str(escape(self.zh))
        return str(Markup('<span class="zh">{}</span><span class="en" lang="en">{}</span>').format(self.zh, self.en))


@cache
def words() -> dict[str, Any]:
    """All words: `site` and `deck` are pairs, the others tables of pairs by key."""
    return {
        k: Both(*v) if isinstance(v, list) else {key: Both(*pair) for key, pair in v.items()}
        for k, v in read_yaml(HERE / "words.yml").items()
    }


@cache
def palette() -> dict[str, dict[str, Any]]:
    """Colours by mode (`light`, `dark`) and role; `series` is a list."""
    return read_yaml(HERE / "palette.yml")


def say(table: str, key: str | None) -> Both:
    """The word for a key of a table; a key that has none speaks for itself, nothing for null."""
    if key is None:
        return Both("", "")
    return words()[table].get(key) or Both(key, key.replace("_", " "))
