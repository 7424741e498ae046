"""Prints how long the site takes and what it weighs: `python tests/bench/site.py [WAREHOUSE] [CLAIMS]`.

WAREHOUSE: a release to build the site of. CLAIMS (100000): so many claims are generated into a release of their own. Times are of one
build with the chart library's script already there, then of Chromium from opening a page on disk.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

import duckdb
from selenium import webdriver
from selenium.webdriver.support.ui import WebDriverWait

from orchestration.publishing.site import build_site
from tests.publishing.small import REVIEW, small_release


def generated(folder: Path, claims: int) -> Path:
    """A release of so many claims: documents of 500 results each, of 100 regions and 20 years, every fifth claim a target."""
    path = small_release(folder, f"generated-{claims}")
    with duckdb.connect(str(path)) as db:
        db.execute("delete from core.fct_claim; delete from marts.commitment; delete from marts.scorecard; delete from core.fct_standing")
        db.execute("delete from core.dim_document where document_id = 'd1'")
        db.execute(
            "insert into core.dim_period (period, year) select y::varchar, y from range(2005, 2025) t(y) where y not in (2023, 2024)"
        )
        db.execute(
            "insert into core.dim_region (region_code, name, short_name, level, parent_code, valid_from) "
            "select (980000 + i)::varchar, '第' || i || '区', '第' || i, 'county', '980000', date '2000-01-01' from range(100) t(i)"
        )
        db.execute(
            "insert into core.dim_document select d.* replace ('g' || i as document_id, '第' || i % 100 || '区工作回顾' as title, "
            f"'g' || i as source_path, null as source_url, (980000 + i % 100)::varchar as region_code, 2005 + (i // 100) % 20 as report_year, "
            f"repeat('{REVIEW}', 500) as text) from core.dim_document as d, range({-(-claims // 500)}) t(i)"
        )
        db.execute("delete from core.dim_document where document_id = 'd2'")
        long, at = len(REVIEW), REVIEW.index("6.4%")
        db.execute(
            "insert into core.fct_claim (claim_id, document_id, char_start, char_end, quote, value, unit, comparator, measure, status, period, subject, "
            "theme, region_code, sentence_start, sentence_end, section) "
            f"select 'c' || i, 'g' || i // 500, {long} * (i % 500) + {at}, {long} * (i % 500) + {at + 4}, '6.4%', 6.4, '%', 'eq', 'growth', "
            "if(i % 5 = 0, 'target', 'actual'), (2005 + (i // 50000) % 20)::varchar, '事项' || i % 5000, "
            "(['economy', 'urban_renewal', 'livelihood'])[1 + i % 3], (980000 + (i // 500) % 100)::varchar, "
            f"{long} * (i % 500), {long} * (i % 500 + 1), '工作' from range({claims}) t(i)"
        )
        db.execute(
            "insert into marts.commitment (claim_id, target_group, figure_key, region_code, region_name, indicator_name, subject, theme, period, "
            "target_value, target_comparator, unit, measure, target_quote, target_document_id, verdict, rule) "
            "select claim_id, claim_id, claim_id, region_code, region_code, subject, subject, theme, period, value, comparator, unit, measure, quote, "
            "document_id, 'unreported', 'unreported' from core.fct_claim where status = 'target'"
        )
    return path


def weighed(path: Path) -> str:
    return f"{path.stat().st_size / 1e3:,.0f} kB"


def browser() -> webdriver.Chrome:
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or ""
    for argument in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--window-size=1280,900"):
        options.add_argument(argument)
    return webdriver.Chrome(options=options, service=webdriver.ChromeService(shutil.which("chromedriver")))


def opened(driver: webdriver.Chrome, page: Path, done: str) -> float:
    """Milliseconds from the page's navigation to `done`, an expression, looked at each frame."""
    driver.get("about:blank")
    driver.set_script_timeout(120)
    driver.get(page.as_uri())
    return driver.execute_async_script(
        "document.querySelector('figure.chart')?.scrollIntoView();"
        f"const said = arguments[0]; const look = () => ({done}) ? said(performance.now()) : requestAnimationFrame(look); look();"
    )


def report(name: str, warehouse: Path, folder: Path) -> None:
    print(f"\n{name}")
    build_site(warehouse, folder)
    began = time.process_time()
    done = build_site(warehouse, folder)
    print(f"build                {done.seconds:8.2f} s ({time.process_time() - began:.2f} s of processor)")
    print(f"pages, charts        {done.pages:,}, {done.charts:,}; {done.bytes / 1e6:,.1f} MB in all")
    script = next((folder / "assets").glob("vega-*.js"))
    print(f"front page, theme    {weighed(folder / 'index.html')}, {weighed(folder / 'economy.html')}; chart library {weighed(script)}")
    data = [*(folder / "data").glob("claims-*.js"), folder / "data/meta.js"]
    print(f"search data          {sum(p.stat().st_size for p in data) / 1e6:.1f} MB")
    driver = browser()
    try:
        drawn = "document.querySelector('figure.chart .plot svg')"
        for page in ("index.html", "economy.html"):
            if "<figure" in (folder / page).read_text(encoding="utf-8"):
                driver.get("about:blank")
                print(f"first chart          {opened(driver, folder / page, drawn):8.0f} ms ({page})")
        first, ready = "document.querySelector('#list .row')", "'ready' in document.getElementById('list').dataset"
        print(f"first rows           {opened(driver, folder / 'search.html', first):8.0f} ms (search.html)")
        print(f"all rows             {opened(driver, folder / 'search.html', ready):8.0f} ms")
        print(f"a search             {_searched(driver):8.0f} ms from the keystroke, of which the page waits 60")
    finally:
        driver.quit()


def _searched(driver: webdriver.Chrome) -> float:
    before = driver.find_element("id", "found").text
    driver.execute_script(
        "window.began = 0; const q = document.querySelector('[name=q]'); q.value = '99'; began = performance.now(); q.dispatchEvent(new Event('input', {bubbles: true}));"
        "window.took = 0; const look = () => { if (document.getElementById('found').innerText !== arguments[0]) took = performance.now() - began; else requestAnimationFrame(look); }; look();",
        before,
    )
    return WebDriverWait(driver, 30).until(lambda d: d.execute_script("return took"))


def main() -> None:
    """Print the figures."""
    warehouse = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(os.environ.get("DAJUAN_HOME", "var")) / "warehouse.duckdb"
    claims = int(sys.argv[2]) if len(sys.argv) > 2 else 100_000
    with tempfile.TemporaryDirectory() as folder:
        if warehouse.exists():
            report(f"the release {warehouse.resolve().stem}", warehouse, Path(folder) / "real")
        report(f"{claims:,} generated claims", generated(Path(folder), claims), Path(folder) / "generated")


if __name__ == "__main__":
    main()
