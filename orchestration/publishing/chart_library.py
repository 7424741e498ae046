"""The chart library that pages draw with, as one script. Bundling it takes seconds in a library that needs no Python meanwhile.

Whoever means to build a site begins that first (`begin_bundling`) and does other things meanwhile.
"""

from __future__ import annotations

import hashlib
from concurrent.futures import Future, ThreadPoolExecutor
from importlib.metadata import version
from pathlib import Path

LIBRARY = f"vega-{version('vl-convert-python')}"
_bundling: dict[Path, Future[tuple[str, str]]] = {}


def begin_bundling(site: Path) -> None:
    """Start bundling for the site at `site`, unless that is under way."""
    if site not in _bundling:
        aside = ThreadPoolExecutor(1)
        _bundling[site] = aside.submit(_bundle, site / "assets")
        aside.shutdown(wait=False)


def script(site: Path) -> tuple[str, str]:
    """Name (by its content) and text of the script for the site at `site`."""
    begin_bundling(site)
    return _bundling.pop(site).result()


def _bundle(standing: Path) -> tuple[str, str]:
    for known in sorted(standing.glob(f"{LIBRARY}-*.js")):  # what stands there already, where it is sound
        text = known.read_text(encoding="utf-8")
        if known.name == _name(text):
            return known.name, text
    import vl_convert  # only here, so that beginning costs nothing

    text = vl_convert.javascript_bundle()  # type: ignore[call-arg]  # without a snippet it is the whole of Vega-Embed; the stub forgets that
    return _name(text), text


def _name(text: str) -> str:
    return f"{LIBRARY}-{hashlib.sha256(text.encode()).hexdigest()[:16]}.js"
