"""The cookbook: each recipe a file of SQL whose comment head says the question in Chinese and English, and how to read the rows."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

HEAD = ("zh", "en", "read")


@dataclass(frozen=True, slots=True)
class Recipe:
    """A question and its SQL. `text` is the whole file."""

    name: str
    zh: str
    en: str
    read: str
    sql: str
    text: str


def recipes() -> dict[str, Recipe]:
    """All recipes by name, in order of their file names (`07_missed.sql` is the recipe `missed`)."""
    files = sorted(Path(__file__).parent.glob("*.sql"))
    return {r.name: r for r in map(_recipe, files)}


def _recipe(file: Path) -> Recipe:
    text = file.read_text(encoding="utf-8")
    head, _, sql = text.partition("\n\n")
    said = dict(line.removeprefix("-- ").split(": ", 1) for line in head.splitlines())
    if tuple(said) != HEAD:
        raise ValueError(f"{file.name} must begin with the comments {', '.join(HEAD)}")
    return Recipe(file.stem.partition("_")[2], said["zh"], said["en"], said["read"], sql, text)
