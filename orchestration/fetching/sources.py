"""raw/sources.yml: the list of what to fetch. Each entry has a `url`, a `kind` (article or table) if need be, and any field of a sidecar."""

from __future__ import annotations

from pathlib import Path

import yaml

from orchestration.fetching.addresses import parse
from orchestration.fetching.model import FetchError, Kind, Wanted
from orchestration.reading import sidecar
from orchestration.reading.model import Refusal

NAME = "sources.yml"
LARGEST = 4 * 1024 * 1024  # bytes


def read_sources(raw: Path) -> list[Wanted]:
    """The entries of the list, in order. FetchError says which entry is wrong and how to mend it."""
    file = raw / NAME
    try:
        data = file.read_bytes()
        if len(data) > LARGEST:
            raise FetchError(f"{NAME} is larger than {LARGEST // 2**20} MB; split it")
        entries = yaml.safe_load(data.decode("utf-8-sig"))
    except FileNotFoundError:
        raise FetchError(f"there is no {file}; write a list of `- url: https://…` there, or name the addresses") from None
    except OSError as error:
        raise FetchError(f"{file} cannot be opened ({error.strerror}); mend its rights") from None
    except UnicodeDecodeError:
        raise FetchError(f"{NAME} is not UTF-8; save it as UTF-8") from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        raise FetchError(f"{NAME} is no YAML{f' near line {mark.line + 1}' if mark else ''}; write a list of `- url: https://…`") from None
    if not isinstance(entries, list):
        raise FetchError(f"{NAME} must be a list; write `- url: https://…` for each source")
    wanted = [_entry(entry, f"{NAME}, entry {n}") for n, entry in enumerate(entries, 1)]
    seen: dict[str, int] = {}
    for n, source in enumerate(wanted, 1):
        first = seen.setdefault(str(source.url), n)
        if first != n:
            raise FetchError(f"{NAME}, entry {n} has the address of entry {first}; remove one of them")
    return wanted


def _entry(entry: object, where: str) -> Wanted:
    if not isinstance(entry, dict) or not isinstance(entry.get("url"), str):
        raise FetchError(f"{where}: it must have a `url`; write `- url: https://…`")
    fields = {key: value for key, value in entry.items() if key not in ("url", "kind")}
    if any(isinstance(value, dict | list) for value in entry.values()):
        raise FetchError(f"{where}: a field holds one value, no list and no fields of its own")
    try:
        url = parse(entry["url"])
        kind = None if entry.get("kind") is None else Kind(entry["kind"])
        return Wanted(url, kind, sidecar.parse(yaml.safe_dump(fields, allow_unicode=True).encode(), where))
    except FetchError as error:
        raise FetchError(f"{where}: {error}") from None
    except ValueError:
        raise FetchError(f"{where}: kind must be article or table") from None
    except Refusal as refusal:
        raise FetchError(refusal.reason) from None
