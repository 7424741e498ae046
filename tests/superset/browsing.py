"""What a dashboard asks Superset for and is answered, seen from inside the browser that shows it."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

CHROMIUM, DRIVER = Path("/usr/bin/chromium"), Path("/usr/bin/chromedriver")
LOADED_S = 120
TALL = "--window-size=1500,4300"  # a chart is loaded when it comes into view


@contextmanager
def browser(url: str, user: str, password: str) -> Iterator[Any]:
    """Debian's Chromium, logged in to the Superset at `url`."""
    webdriver = pytest.importorskip("selenium.webdriver")
    if not (CHROMIUM.exists() and DRIVER.exists()):
        pytest.skip("Chromium is not installed (Debian: chromium chromium-driver)")
    options = webdriver.ChromeOptions()
    options.binary_location = str(CHROMIUM)
    for argument in ("--headless=new", "--disable-gpu", "--disable-dev-shm-usage", "--lang=zh-CN", TALL):
        options.add_argument(argument)
    if os.geteuid() == 0:
        options.add_argument("--no-sandbox")  # Chromium's sandbox refuses to run as root
    options.set_capability("goog:loggingPrefs", {"performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(str(DRIVER)))
    try:
        driver.implicitly_wait(60)
        driver.get(f"{url}/login/")
        driver.find_element("css selector", "input#username").send_keys(user)
        driver.find_element("css selector", "input#password").send_keys(password)
        driver.find_element("css selector", "button[type=submit]").click()
        until = time.monotonic() + LOADED_S
        while "/login" in driver.current_url and time.monotonic() < until:
            time.sleep(0.2)
        driver.execute_cdp_cmd("Network.enable", {"maxTotalBufferSize": 200_000_000})
        yield driver
    finally:
        driver.quit()


def answers(driver: Any, address: str, charts: int) -> dict[int, list[dict[str, Any]]]:
    """Opens a dashboard and waits until its charts have been answered: rows of the first query, by chart id. Figures are Decimal."""
    driver.get_log("performance")
    driver.get(address)
    asked: dict[str, int] = {}
    rows: dict[int, list[dict[str, Any]]] = {}
    until = time.monotonic() + LOADED_S
    while len(rows) < charts and time.monotonic() < until:
        time.sleep(0.5)
        for entry in driver.get_log("performance"):
            message = json.loads(entry["message"])["message"]
            of = message["params"].get("requestId")
            if message["method"] == "Network.requestWillBeSent" and (chart := _chart_id(message["params"]["request"]["url"])):
                asked[of] = chart
            elif message["method"] == "Network.loadingFinished" and of in asked:
                body = driver.execute_cdp_cmd("Network.getResponseBody", {"requestId": of})["body"]
                rows[asked[of]] = json.loads(body, parse_float=Decimal, parse_int=Decimal)["result"][0]["data"]
    return rows


def _chart_id(url: str) -> int | None:
    parts = urlsplit(url)
    stated = parse_qs(parts.query).get("form_data") if parts.path == "/api/v1/chart/data" else None
    return json.loads(stated[0]).get("slice_id") if stated else None
