"""Words as data: YAML files of this folder, and how files of ours are read. What comes from elsewhere goes through `yaml.safe_load`: it
bears any nesting, and is slow.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times as fast where libyaml is there


def read_yaml(file: Path) -> Any:
    """The content of a YAML file of ours."""
    return yaml.load(file.read_text(encoding="utf-8"), _LOADER)


@cache
def load(name: str) -> Any:
    """The content of `lexicon/<name>.yml`; callers must not change it."""
    return read_yaml(Path(__file__).with_name(f"{name}.yml"))
