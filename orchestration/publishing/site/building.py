"""The site of a release: pages, style, scripts, data; written beside its place and put there in one step."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import jinja2
import vl_convert
from markupsafe import Markup

from orchestration.publishing.chart_library import LIBRARY, begin_bundling, script
from orchestration.publishing.site import charts, figures, marks
from orchestration.publishing.site.answers import answers
from orchestration.publishing.site.charts import Chart
from orchestration.publishing.site.conflicts import conflicts
from orchestration.publishing.site.overview import overview
from orchestration.publishing.site.page import Page
from orchestration.publishing.site.promises import promises
from orchestration.publishing.site.quality import quality
from orchestration.publishing.site.reading import THEMES, VERDICTS, Release, connect, read_release, release_name
from orchestration.publishing.site.search import search
from orchestration.publishing.site.swap import replacing
from orchestration.publishing.site.themes import theme_page
from orchestration.publishing.site.timeline import timeline
from orchestration.publishing.site.words import HERE, Both, palette, say, words
from orchestration.versions import code_version

NAVIGATION = ("index", "economy", "urban_renewal", "livelihood", "timeline", "conflicts", "quality", "search")
MARKER = "site.json"  # what tells a folder made here from any other
WIDTHS = {"trend": 560, "ranks": 420, "year": 760}  # of a chart in a file, in pixels, by the last part of its name


class SiteError(Exception):
    """A site that cannot be written; the message says what to do."""


@dataclass(frozen=True, slots=True)
class SiteReport:
    """What was written: HTML pages and charts, bytes in all, how long it took, and what a reader may miss."""

    pages: int
    charts: int
    bytes: int
    seconds: float
    warnings: tuple[str, ...]


def build_site(warehouse: Path, to: Path, *, images: bool = False) -> SiteReport:
    """Write the site of the release at `warehouse` into the folder `to`; with `images` also every chart as SVG and PNG.

    The same release gives the same bytes. SiteError where `to` is a folder that is no site; OSError where it cannot be written:
    then what stood there stands untouched.
    """
    began = time.monotonic()
    if to.is_dir() and any(to.iterdir()) and not (to / MARKER).is_file():
        raise SiteError(f"{to} holds something else than a site; name an empty folder, or one that does not exist yet")
    with connect(warehouse) as db, replacing(to) as new:
        begin_bundling(to)
        release = read_release(warehouse, db)
        pages = _pages(release)
        drawn = [chart for page in pages for chart in page.charts]
        for page in pages:
            for path, text in page.files.items():
                _write(new / path, text)
        warnings = _render(drawn, new / "charts") if images else ()
        library, code = script(to)
        _write(new / "assets" / library, code)
        environment = _environment(release, library, images)
        for page in pages:
            _write(new / page.path, _html(environment, page))
        _write(new / "assets" / "site.css", _style())
        for name in ("site.js", "search.js"):
            _write(new / "assets" / name, (HERE / "static" / name).read_text(encoding="utf-8"))
        themes = {mode: charts.config(mode) for mode in palette()} | {"paper": _on_paper()}
        _write(new / "assets" / "themes.js", f"dajuan.themes={_script_json(themes)};\n")
        made = {"release": release.name, "code": site_version(), "images": images, "pages": len(pages), "charts": [c.id for c in drawn]}
        _write(new / MARKER, json.dumps(made, indent=1) + "\n")
        size = sum(f.stat().st_size for f in new.rglob("*") if f.is_file())
    return SiteReport(len(pages), len(drawn), size, time.monotonic() - began, warnings)


def refresh_site(warehouse: Path, to: Path) -> SiteReport | None:
    """Build the site unless it shows the release that `warehouse` points to and was made by this code; None where nothing was to do.

    A site that has images gets them again.
    """
    try:
        made = json.loads((to / MARKER).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        made = {}
    if made.get("release") == release_name(warehouse) and made.get("code") == site_version():
        return None
    return build_site(warehouse, to, images=bool(made.get("images")))


def site_version() -> str:
    """A hash of the site's code, words, templates and scripts, and the version of the chart library."""
    here = "publishing/site"
    ours = code_version("publishing/chart_library.py", f"{here}/*.py", f"{here}/*.yml", f"{here}/templates/*.html", f"{here}/static/*")
    return f"{ours} {LIBRARY}"


def _pages(release: Release) -> list[Page]:
    found = promises(release)
    return [
        overview(release, found),
        *(theme_page(release, theme, found) for theme in THEMES),
        timeline(release),
        conflicts(release),
        quality(release),
        search(release),
        *answers(release, found),
    ]


def _environment(release: Release, script: str, images: bool) -> jinja2.Environment:
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals |= {
        "navigation": NAVIGATION,
        "release": release,
        "vega": script,
        "images": images,
        "verdicts": VERDICTS,
        "words": words(),
        "w": SimpleNamespace(**words()["say"]),  # no dictionary: `w.clear` would be its method
        "say": say,
        "percent": figures.percent,
        "period": figures.period,
        "verdict_bar": marks.verdict_bar,
        "bullet": marks.bullet,
        "Both": Both,
    }
    made.filters["script"] = _script_json
    return made


def _html(environment: jinja2.Environment, page: Page) -> str:
    return environment.get_template(page.template).render(
        **page.context, page=page, root="../" * page.path.count("/"), charts={chart.id: chart for chart in page.charts}
    )


def _script_json(value: Any) -> Markup:
    """JSON for a script element: nothing in it can end the element."""
    return Markup(json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str).replace("<", "\\u003c"))


def _style() -> str:
    """The style sheet: colours as custom properties by mode, then the rules."""

    def properties(mode: str) -> str:
        return "".join(f"--{role}:{colour};" for role, colour in palette()[mode].items() if isinstance(colour, str))

    light, dark = properties("light"), properties("dark")
    return (
        f":root{{color-scheme:light;{light}}}\n"
        f'@media screen and (prefers-color-scheme:dark){{:root:not([data-mode="light"]){{color-scheme:dark;{dark}}}}}\n'
        f'@media screen{{:root[data-mode="dark"]{{color-scheme:dark;{dark}}}}}\n'
    ) + (HERE / "static" / "site.css").read_text(encoding="utf-8")


def _on_paper() -> dict[str, str]:
    """Colours of a chart in a file: it has a background and a title of its own."""
    return {role: palette()["light"][role] for role in ("paper", "ink", "soft")}


def _render(drawn: list[Chart], to: Path) -> tuple[str, ...]:
    """Write charts as SVG and PNG, by daylight, with title and source; warnings."""
    to.mkdir(parents=True, exist_ok=True)
    colours = _on_paper()
    for chart in drawn:
        spec = chart.spec | {
            "width": WIDTHS[chart.id.rsplit("-", 1)[1]],
            "title": {
                "text": chart.title.zh,
                "subtitle": chart.subtitle.zh,
                "anchor": "start",
                "color": colours["ink"],
                "subtitleColor": colours["soft"],
            },
            "background": colours["paper"],
        }
        svg = vl_convert.vegalite_to_svg(spec, config=charts.config("light"))
        _write(to / f"{chart.id}.svg", svg)
        (to / f"{chart.id}.png").write_bytes(vl_convert.svg_to_png(svg, scale=2))
    return () if not drawn or _has_cjk_font() else ("no CJK font is installed: PNG charts show boxes (Debian: fonts-noto-cjk)",)


def _has_cjk_font() -> bool:
    """Whether two different characters are drawn differently: without a font both are the same box."""
    drawn = [
        vl_convert.svg_to_png(
            f'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><text x="4" y="30" font-size="24" font-family="{charts.FONT}">{c}</text></svg>'
        )
        for c in "答卷"
    ]
    return drawn[0] != drawn[1]


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="")
