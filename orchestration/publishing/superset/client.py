"""Superset's REST API, as much of it as an import needs: log in, see that the version fits, send the bundle."""

from __future__ import annotations

import html
import json
import re
from dataclasses import dataclass
from typing import Any

import httpx

from orchestration.publishing.superset.bundle import DATABASE_FILE

OLDEST = 6  # the major version the charts' parameters are written for
STATED = re.compile(r'"version_string": "([0-9][^"]{0,40})"')
TIMEOUT_S = 300.0  # an import connects to the database for every dataset


class SupersetError(Exception):
    """Superset could not be reached or refused; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Access:
    """Where Superset is and who asks."""

    url: str
    user: str
    password: str


def import_bundle(access: Access, bundle: bytes, database_password: str | None, transport: httpx.BaseTransport | None = None) -> str:
    """Import the zip, overwriting what an earlier import left; the version of Superset found. SupersetError where it does not work."""
    try:
        with httpx.Client(base_url=access.url, timeout=TIMEOUT_S, transport=transport) as http:
            version = _version(http)
            http.headers["Authorization"] = f"Bearer {_login(http, access)}"
            csrf = _json(http.get("/api/v1/security/csrf_token/"), "a CSRF token")["result"]
            done = http.post(
                "/api/v1/assets/import/",
                headers={"X-CSRFToken": csrf, "Referer": access.url},
                files={"bundle": ("dajuan.zip", bundle, "application/zip")},
                data={"passwords": json.dumps({DATABASE_FILE: database_password})} if database_password is not None else {},
            )
            if done.status_code in (401, 403):
                raise SupersetError(f"{access.user} may not import assets into Superset; it takes the role Admin")
            _json(done, "the import")
    except (httpx.HTTPError, httpx.InvalidURL) as e:
        raise SupersetError(
            f"Superset cannot be reached at {access.url} ({str(e) or type(e).__name__}); is it running, is --url right?"
        ) from e
    return version


def _login(http: httpx.Client, access: Access) -> str:
    answer = http.post(
        "/api/v1/security/login", json={"username": access.user, "password": access.password, "provider": "db", "refresh": False}
    )
    if answer.status_code == 401:
        raise SupersetError(f"Superset does not know {access.user} with this password; mend --user or the password")
    if answer.status_code == 404:
        raise SupersetError(f"{access.url} answers, but is not Superset (no /api/v1/security/login); is --url right?")
    return _json(answer, "the log-in")["access_token"]


def _version(http: httpx.Client) -> str:
    """The version that the log-in page carries, empty where it carries none; SupersetError where it is older than the charts."""
    found = STATED.search(html.unescape(http.get("/login/", follow_redirects=True).text))
    version = found[1] if found else ""
    major = version.partition(".")[0]
    if major.isdecimal() and int(major) < OLDEST:
        raise SupersetError(f"Superset {version} is too old for these dashboards; they need {OLDEST}.0 or newer (tried with 6.1)")
    return version


def _json(answer: httpx.Response, what: str) -> dict[str, Any]:
    """The answer's JSON object; SupersetError with Superset's own words where it is an error or no JSON."""
    try:
        body = answer.json()
    except ValueError:
        body = None
    if answer.is_success and isinstance(body, dict):
        return body
    said = _reasons(body) if isinstance(body, dict) else answer.reason_phrase
    raise SupersetError(f"Superset refused {what} (HTTP {answer.status_code}): {said or 'no reason given'}")


def _reasons(body: dict[str, Any]) -> str:
    errors = body.get("errors") or []
    details = [json.dumps(e.get("extra", {}), ensure_ascii=False) for e in errors if isinstance(e, dict) and e.get("extra")]
    said = [str(e.get("message", "")) for e in errors if isinstance(e, dict)] or [str(body.get("message", ""))]
    return " ".join([*said, *details])[:2000]
