"""The site in a real browser, from disk: it asks for nothing that is not there, says nothing on the console, and can be read and used by all."""

from __future__ import annotations

import importlib.resources
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from orchestration.publishing.site import build_site
from tests.publishing.small import small_release

webdriver = pytest.importorskip("selenium.webdriver", reason="selenium is not installed (pip install '.[dev]')")

from selenium.webdriver.common.by import By  # noqa: E402
from selenium.webdriver.common.keys import Keys  # noqa: E402
from selenium.webdriver.support.ui import Select, WebDriverWait  # noqa: E402

pytestmark = pytest.mark.slow
CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
PAGES = (
    "index.html",
    "economy.html",
    "urban_renewal.html",
    "livelihood.html",
    "timeline.html",
    "conflicts.html",
    "quality.html",
    "search.html",
    "answers/990101-2024.html",
)
DESKTOP, PHONE = (1280, 900), (360, 780)
WAIT_S = 30


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("browser")
    build_site(small_release(folder), folder / "site")
    return folder / "site"


@pytest.fixture(scope="module")
def browser() -> Iterator[webdriver.Chrome]:
    """Chromium without a window, and with a log of the console and of what was asked for."""
    if not CHROMIUM or not DRIVER:
        pytest.skip("no browser (Debian: chromium chromium-driver)")
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for argument in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(DRIVER))
    driver.set_script_timeout(WAIT_S * 2)
    yield driver
    driver.quit()


def show(browser: webdriver.Chrome, page: Path, size: tuple[int, int] = DESKTOP, light: str = "light", anchor: str = "") -> None:
    """Open a page afresh, in Chinese, and wait until its charts in sight and its data are there."""
    width, height = size
    browser.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride", {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500}
    )
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": light}]})
    browser.get("about:blank")
    browser.get(page.as_uri() + anchor)
    browser.execute_script("localStorage.clear()")
    if page.name == "search.html":
        until(browser, "return 'ready' in document.getElementById('list').dataset")
    until(
        browser,
        "const f = document.querySelector('figure.chart'); return !f || f.getBoundingClientRect().top > innerHeight || f.querySelector('svg') !== null",
    )


def until(browser: webdriver.Chrome, script: str) -> None:
    WebDriverWait(browser, WAIT_S).until(lambda b: b.execute_script(script))


@contextmanager
def quiet(browser: webdriver.Chrome) -> Iterator[None]:
    """Fails where the console said something or a request failed or left the disk."""
    browser.get_log("browser")
    browser.get_log("performance")
    yield
    assert [entry["message"] for entry in browser.get_log("browser")] == []
    for entry in browser.get_log("performance"):
        message = json.loads(entry["message"])["message"]
        assert message["method"] != "Network.loadingFailed", message
        if message["method"] == "Network.requestWillBeSent":
            assert message["params"]["request"]["url"].startswith(("file:", "data:", "blob:", "about:")), message


@pytest.mark.parametrize("page", PAGES)
def test_a_page_opens_from_disk_without_a_fault(browser: webdriver.Chrome, site: Path, page: str) -> None:
    with quiet(browser):
        show(browser, site / page)
    assert browser.execute_script("return document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(("size", "light"), [(DESKTOP, "light"), (DESKTOP, "dark"), (PHONE, "light"), (PHONE, "dark")], ids=str)
def test_nothing_keeps_people_out(browser: webdriver.Chrome, site: Path, page: str, size: tuple[int, int], light: str) -> None:
    """axe-core with its rules for WCAG 2.2 A and AA: nothing serious or critical; and no page is wider than the screen."""
    show(browser, site / page, size, light)
    assert browser.execute_script("return document.documentElement.scrollWidth <= innerWidth")
    for details in browser.find_elements(By.CSS_SELECTOR, "main details"):
        browser.execute_script("arguments[0].open = true", details)
    browser.execute_script(importlib.resources.files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8"))
    found = browser.execute_async_script("axe.run(document, {resultTypes: ['violations']}).then(arguments[0])")
    assert found["passes"]
    grave = [v for v in found["violations"] if v["impact"] in ("serious", "critical")]
    assert not grave, [(v["id"], [node["html"] for node in v["nodes"]][:3]) for v in grave]


def test_chinese_text_is_drawn(browser: webdriver.Chrome, site: Path) -> None:
    """Two characters are drawn differently: without a font both would be the same box."""
    show(browser, site / "index.html")
    assert browser.find_element(By.CSS_SELECTOR, ".masthead .name").text == "答卷"
    drawn = browser.execute_script("""
        return [...'答卷'].map((character) => {
          const canvas = document.createElement('canvas'), pen = canvas.getContext('2d');
          pen.font = '40px ' + getComputedStyle(document.body).fontFamily;
          pen.fillText(character, 10, 60);
          return canvas.toDataURL();
        })""")
    assert drawn[0] != drawn[1]


def test_charts_are_drawn_by_day_and_night(browser: webdriver.Chrome, site: Path) -> None:
    show(browser, site / "economy.html")
    line = "return getComputedStyle(document.querySelector('figure.chart .plot svg .mark-line path')).stroke"
    by_day = browser.execute_script(line)
    browser.find_element(By.ID, "mode").click()
    WebDriverWait(browser, WAIT_S).until(lambda b: b.execute_script(line) != by_day)


def test_the_language_switch_speaks_english_and_stays(browser: webdriver.Chrome, site: Path) -> None:
    show(browser, site / "index.html")
    browser.find_element(By.ID, "language").click()
    assert browser.find_element(By.CSS_SELECTOR, "nav a[aria-current]").text == "Overview"
    assert browser.title.endswith("The Ledger")
    browser.get((site / "timeline.html").as_uri())
    assert browser.find_element(By.CSS_SELECTOR, "h1").text == "Standings"
    assert "rank" in [o.text for o in Select(browser.find_element(By.NAME, "type")).options]
    browser.find_element(By.ID, "language").click()
    assert browser.find_element(By.CSS_SELECTOR, "h1").text == "荣誉与节点"


def listed(browser: webdriver.Chrome) -> list[str]:
    return browser.execute_script("return [...document.querySelectorAll('#list .quote')].map((quote) => quote.textContent)")


def test_filters_narrow_the_search_and_stand_in_the_address(browser: webdriver.Chrome, site: Path) -> None:
    show(browser, site / "search.html")
    assert sorted(listed(browser)) == ["6%以上", "6.4%", "7公里", "8公里"]
    Select(browser.find_element(By.NAME, "theme")).select_by_value("livelihood")
    WebDriverWait(browser, WAIT_S).until(lambda b: sorted(listed(b)) == ["7公里", "8公里"])
    browser.find_element(By.NAME, "q").send_keys("步道 8公里")
    WebDriverWait(browser, WAIT_S).until(lambda b: listed(b) == ["8公里"])
    until(browser, "return location.hash.includes('theme=livelihood')")
    kept = browser.current_url
    browser.get("about:blank")
    browser.get(kept)
    WebDriverWait(browser, WAIT_S).until(lambda b: listed(b) == ["8公里"])
    browser.find_element(By.CSS_SELECTOR, "#search button[type=reset]").click()
    WebDriverWait(browser, WAIT_S).until(lambda b: len(listed(b)) == 4)


def test_the_source_opens_by_keyboard_with_its_figure_marked(browser: webdriver.Chrome, site: Path) -> None:
    show(browser, site / "search.html")
    first, second = browser.find_elements(By.CSS_SELECTOR, "#list .row")[:2]
    quote = second.find_element(By.CSS_SELECTOR, ".quote").text
    browser.execute_script("arguments[0].focus()", first)
    with quiet(browser):
        browser.switch_to.active_element.send_keys(Keys.ARROW_DOWN)
        browser.switch_to.active_element.send_keys(Keys.ENTER)
        until(browser, "return document.getElementById('source').open")
    assert browser.find_element(By.CSS_SELECTOR, "#source mark").text == quote
    browser.switch_to.active_element.send_keys(Keys.ESCAPE)
    until(browser, "return !document.getElementById('source').open")
    assert browser.switch_to.active_element.find_element(By.CSS_SELECTOR, ".quote").text == quote


def test_an_address_opens_the_source_of_a_claim(browser: webdriver.Chrome, site: Path) -> None:
    show(browser, site / "search.html", anchor="#c=t1")
    until(browser, "return document.getElementById('source').open")
    assert browser.find_element(By.CSS_SELECTOR, "#source mark").text == "6%以上"
    sheet = browser.find_element(By.CSS_SELECTOR, "#source .rule a")
    assert sheet.get_attribute("href").endswith("answers/990101-2024.html#c-t1")


def test_the_first_tab_stop_leads_past_the_navigation(browser: webdriver.Chrome, site: Path) -> None:
    show(browser, site / "index.html")
    browser.find_element(By.TAG_NAME, "body").send_keys(Keys.TAB)
    skip = browser.switch_to.active_element
    assert skip.text == "跳到正文"
    skip.send_keys(Keys.ENTER)
    assert browser.execute_script("return document.activeElement.id") == "main"


def test_a_promise_opens_both_sentences(browser: webdriver.Chrome, site: Path) -> None:
    show(browser, site / "index.html")
    promise = browser.find_element(By.CSS_SELECTOR, "article.promise")
    promise.find_element(By.CSS_SELECTOR, "summary").send_keys(Keys.ENTER)
    assert [m.text for m in promise.find_elements(By.TAG_NAME, "mark")] == ["8公里", "7公里"]


def test_a_verdict_filters_the_answer_sheet(browser: webdriver.Chrome, site: Path) -> None:
    show(browser, site / "answers/990101-2024.html")
    Select(browser.find_element(By.NAME, "verdict")).select_by_value("missed")
    shown = [p for p in browser.find_elements(By.CSS_SELECTOR, "article.promise") if p.is_displayed()]
    assert [p.get_attribute("id") for p in shown] == ["c-t2"]


@pytest.mark.parametrize("kind", ["svg", "png"])
def test_a_chart_is_saved(browser: webdriver.Chrome, site: Path, tmp_path: Path, kind: str) -> None:
    show(browser, site / "economy.html")
    browser.execute_cdp_cmd("Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(tmp_path)})
    browser.find_element(By.CSS_SELECTOR, f"figure.chart .save[data-as={kind}]").click()
    WebDriverWait(browser, WAIT_S).until(lambda _: list(tmp_path.glob(f"*.{kind}")))
    (saved,) = tmp_path.glob(f"*.{kind}")
    head = saved.read_bytes()
    assert head.startswith(b"\x89PNG") if kind == "png" else "粮仓容量" in head.decode()


def test_on_paper_there_is_text_and_no_navigation(browser: webdriver.Chrome, site: Path) -> None:
    show(browser, site / "answers/990101-2024.html")
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    assert not browser.find_element(By.CSS_SELECTOR, ".masthead nav").is_displayed()
    assert browser.find_element(By.TAG_NAME, "mark").is_displayed()
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
