"""The site: what its pages say, that nothing a document says can run, the same bytes for the same release, and its place taken in one step."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestration.lexicon import read_yaml
from orchestration.publishing.site import SiteError, build_site, refresh_site
from orchestration.publishing.site.building import _script_json
from orchestration.publishing.site.csvs import to_csv
from orchestration.publishing.site.swap import replacing
from orchestration.publishing.site.words import HERE
from tests.publishing.small import HOSTILE, REVIEW, TASKS, small_release


class Parsed(HTMLParser):
    """Elements by name with their attributes, and the text of each script and mark."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, list[str]] = {"mark": [], "script": []}
        self.inside = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self.inside = tag

    def handle_data(self, data: str) -> None:
        if self.inside in self.texts:
            self.texts[self.inside].append(data)
        self.inside = ""


@pytest.fixture(scope="module", autouse=True)
def _no_chart_library() -> Iterator[None]:
    """Bundling takes seconds; that the library draws is seen in a browser."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("vl_convert.javascript_bundle", lambda: "/* charts */")
        yield


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_release(tmp_path_factory.mktemp("release"))


@pytest.fixture(scope="module")
def built(release: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site") / "site"
    build_site(release, folder)
    return folder


def files(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def data_of(script: Path) -> object:
    """What a data script hands to the page."""
    return json.loads(re.fullmatch(r'dajuan\.take\("\w+",\d+,(.*)\);\n', script.read_text(encoding="utf-8"), re.DOTALL)[1])


def test_the_front_page_holds_the_scorecard(built: Path) -> None:
    html = (built / "index.html").read_text(encoding="utf-8")
    assert "云泽区" in html
    assert "<b>" not in html.replace('<b class="number">', "")
    assert "50%" in html  # one met of two judged
    assert 'href="answers/990101-2024.html"' in html


def test_an_answer_sheet_marks_the_figure_at_both_ends(built: Path) -> None:
    page = Parsed((built / "answers/990101-2024.html").read_text(encoding="utf-8"))
    assert page.texts["mark"] == ["6%以上", "6.4%", "8公里", "7公里"]
    assert {a["id"] for tag, a in page.elements if tag == "article"} == {"c-t1", "c-t2"}
    verdicts = {a["id"]: a["data-verdict"] for tag, a in page.elements if tag == "article"}
    assert verdicts == {"c-t1": "met", "c-t2": "missed"}


def test_a_theme_compares_target_and_result_and_draws_the_trend(built: Path) -> None:
    page = Parsed((built / "economy.html").read_text(encoding="utf-8"))
    specs = [json.loads(t) for t in page.texts["script"] if t.lstrip().startswith('{"height"')]
    values = [row["value"] for spec in specs for layer in spec["layer"] for row in layer["data"]["values"]]
    assert 6.4 in values
    assert 5.1 in values
    assert 6.0 in values  # the target


def test_every_link_leads_to_a_file_of_the_site(built: Path) -> None:
    for page in sorted(built.rglob("*.html")):
        for _, attributes in Parsed(page.read_text(encoding="utf-8")).elements:
            address = attributes.get("href") or attributes.get("src") or ""
            if address and not address.startswith(("data:", "#")):
                assert (page.parent / address.partition("#")[0]).resolve().is_file(), (page.name, address)


def test_no_page_reaches_out_of_the_site(built: Path) -> None:
    for page in sorted(built.rglob("*.html")):
        assert not re.search(r'(?:href|src)="(?:[a-z]+:)?//', page.read_text(encoding="utf-8")), page.name


def test_hostile_text_is_text(built: Path) -> None:
    """What a document says of itself may hold anything: it is shown, and nothing of it is an element, a script or an address."""
    for page in sorted(built.rglob("*.html")):
        parsed = Parsed(page.read_text(encoding="utf-8"))
        assert all("alert(" not in script for script in parsed.texts["script"]), page.name
        assert all("alert" not in (value or "") for tag, a in parsed.elements for key, value in a.items() if key in ("href", "src")), (
            page.name
        )
        assert not any(key.startswith("on") for _, a in parsed.elements for key in a), page.name
    assert "&lt;/script&gt;" in (built / "quality.html").read_text(encoding="utf-8")
    for script in sorted((built / "data").glob("*.js")):
        assert "</script" not in script.read_text(encoding="utf-8"), script.name
    assert HOSTILE in json.dumps(data_of(built / "data/meta.js"), ensure_ascii=False).replace('\\"', '"')


def test_search_holds_every_claim_by_column_with_its_sentence(built: Path) -> None:
    meta, claims, sentences = (data_of(built / f"data/{name}.js") for name in ("meta", "claims-0", "sentences-0"))
    assert sorted(claims["claim_id"]) == ["r1", "r2", "t1", "t2"]
    assert {len(column) for column in claims.values()} == {4}
    at = claims["claim_id"].index("r2")
    assert meta["regions"][claims["region"][at]] == "云泽区"
    assert meta["keys"]["theme"][claims["theme"][at]] == "livelihood"
    assert "".join(sentences[at][:3]) == REVIEW
    assert sentences[at][1] == "7公里"
    assert "".join(sentences[claims["claim_id"].index("t1")][:3]) == TASKS


def test_the_same_release_gives_the_same_bytes(release: Path, built: Path, tmp_path: Path) -> None:
    build_site(release, tmp_path / "again")
    assert files(tmp_path / "again") == files(built)


def test_a_site_of_the_current_release_and_code_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    release = small_release(tmp_path)
    assert refresh_site(release, tmp_path / "site") is not None
    assert refresh_site(release, tmp_path / "site") is None
    assert refresh_site(small_release(tmp_path, "20250302T000000000Z-later"), tmp_path / "site") is not None
    monkeypatch.setattr("orchestration.publishing.site.building.site_version", lambda: "other code")
    assert refresh_site(release, tmp_path / "site") is not None


def test_a_build_that_fails_leaves_the_old_site(release: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build_site(release, tmp_path / "site")
    before = files(tmp_path / "site")

    def fails(*_: object) -> str:
        raise OSError("no space left")

    monkeypatch.setattr("orchestration.publishing.site.building._style", fails)
    with pytest.raises(OSError, match="no space"):
        build_site(release, tmp_path / "site")
    assert files(tmp_path / "site") == before
    assert [p.name for p in tmp_path.iterdir()] == ["site"]


def test_a_folder_that_is_no_site_is_not_touched(release: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("keep", encoding="utf-8")
    with pytest.raises(SiteError, match="something else"):
        build_site(release, tmp_path)
    assert files(tmp_path) == {"mine.txt": b"keep"}


@pytest.mark.parametrize("exchange", [True, False], ids=["in one step", "where the system cannot"])
def test_a_folder_takes_the_place_of_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, exchange: bool) -> None:
    if not exchange:
        monkeypatch.setattr("orchestration.publishing.site.swap._exchange", lambda a, b: False)
    for text in ("old", "new"):
        with replacing(tmp_path / "site") as folder:
            (folder / text).write_text(text, encoding="utf-8")
    assert files(tmp_path / "site") == {"new": b"new"}
    assert [p.name for p in tmp_path.iterdir()] == ["site"]


def test_charts_are_drawn_to_files_on_request(release: Path, tmp_path: Path) -> None:
    done = build_site(release, tmp_path / "site", images=True)
    drawn = sorted((tmp_path / "site" / "charts").iterdir())
    assert len(drawn) == 2 * done.charts > 0
    assert {p.read_bytes()[:4] for p in drawn if p.suffix == ".png"} == {b"\x89PNG"}
    assert all("粮仓容量" in p.read_text(encoding="utf-8") or "判定" in p.read_text(encoding="utf-8") for p in drawn if p.suffix == ".svg")


def test_a_missing_font_is_said(release: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("orchestration.publishing.site.building._has_cjk_font", lambda: False)
    assert "fonts-noto-cjk" in build_site(release, tmp_path / "site", images=True).warnings[0]


def test_an_empty_release_has_a_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.publishing.small._rows", dict)
    done = build_site(small_release(tmp_path), tmp_path / "site")
    assert done.charts == 0
    assert "本版本没有" in (tmp_path / "site/index.html").read_text(encoding="utf-8")


@given(st.text(max_size=12))
def test_no_cell_is_a_formula(text: str) -> None:
    (_, (read,)) = list(csv.reader(io.StringIO(to_csv(["a"], [[text]]).removeprefix("\ufeff"), newline=""), strict=True)) or [[], [""]]
    assert read in (text, f"'{text}")
    assert not read.startswith(("=", "@", "\t", "\r"))
    assert not re.match(r"[+-](?![0-9.]+$)", read)


@given(st.text(max_size=30))
def test_data_in_a_script_cannot_end_it(text: str) -> None:
    written = str(_script_json(text + "</script>"))
    assert "<" not in written
    assert json.loads(written) == text + "</script>"


def test_every_word_is_said_in_both_languages() -> None:
    for name, table in read_yaml(HERE / "words.yml").items():
        for pair in table.values() if isinstance(table, dict) else [table]:
            assert len(pair) == 2, name
            assert all(isinstance(said, str) for said in pair), (name, pair)


def test_text_has_contrast_enough_in_both_lights() -> None:
    """WCAG 2.2, 1.4.3: 4.5 to 1 for text on paper and on a raised ground."""

    def luminance(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    for mode, colours in read_yaml(HERE / "palette.yml").items():
        texts = [colours[role] for role in ("ink", "soft", "accent", "met", "partial", "missed", "pending", "unreported", "unclear")]
        for ground in ("paper", "raised"):
            for text in [*texts, *colours["series"]]:
                light, dark = sorted((luminance(text), luminance(colours[ground])), reverse=True)
                assert (light + 0.05) / (dark + 0.05) >= 4.5, (mode, ground, text)
