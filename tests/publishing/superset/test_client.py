"""The client against a Superset that is played: the order of requests, and every way it can go wrong."""

from __future__ import annotations

import json

import httpx
import pytest

from orchestration.publishing.superset.client import Access, SupersetError, import_bundle

ACCESS = Access("http://superset.example.org", "editor", "right")
PAGE = '<div data-bootstrap="{&#34;version_string&#34;: &#34;VERSION&#34;}"></div>'


class Played:
    """A Superset with one user; `answers` replaces what a path says."""

    def __init__(self, version: str = "6.1.0", **answers: httpx.Response | Exception) -> None:
        self.version, self.answers, self.imported = version, answers, []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        name = request.url.path.strip("/").rpartition("/")[2]
        if isinstance(said := self.answers.get(name), Exception):
            raise said
        if said is not None:
            return said
        if request.url.path == "/login/":
            return httpx.Response(200, text=PAGE.replace("VERSION", self.version))
        if name == "login":
            right = json.loads(request.content)["password"] == "right"
            return httpx.Response(200, json={"access_token": "T"}) if right else httpx.Response(401, json={"message": "Not authorized"})
        if request.headers.get("Authorization") != "Bearer T":
            return httpx.Response(401, json={"message": "no token"})
        if name == "csrf_token":
            return httpx.Response(200, json={"result": "C"}, headers={"Set-Cookie": "session=S; Path=/"})
        assert name == "import"
        assert (request.headers["X-CSRFToken"], request.headers["Cookie"]) == ("C", "session=S")
        self.imported.append(request.content)
        return httpx.Response(200, json={"message": "OK"})


def send(played: Played, access: Access = ACCESS, password: str | None = None) -> str:
    return import_bundle(access, b"zip", password, httpx.MockTransport(played))


def test_the_bundle_and_the_password_arrive() -> None:
    played = Played()
    assert send(played, password="秘 密") == "6.1.0"
    (body,) = played.imported
    assert b'filename="dajuan.zip"' in body
    assert json.dumps({"databases/dajuan.yaml": "秘 密"}).encode() in body
    send(played)
    assert b"passwords" not in played.imported[1]


def test_a_version_that_is_not_stated_is_no_obstacle() -> None:
    assert send(Played(version="unknown")) == ""


@pytest.mark.parametrize(
    ("played", "said"),
    [
        (Played(version="5.0.0"), "5.0.0 is too old"),
        (Played(login=httpx.Response(404, text="nothing here")), "is not Superset"),
        (Played(login=httpx.ConnectError("Connection refused")), "cannot be reached at http://superset.example.org .Connection refused"),
        (Played(csrf_token=httpx.ReadTimeout("")), "cannot be reached .*ReadTimeout"),
        (Played(csrf_token=httpx.Response(200, text="<html>")), "refused a CSRF token .HTTP 200"),
        (Played(**{"import": httpx.Response(403, json={"message": "Forbidden"})}), "takes the role Admin"),
        (Played(**{"import": httpx.Response(500, text="<html>")}), "HTTP 500.: Internal Server Error"),
        (Played(**{"import": httpx.Response(422, json={"message": "Import failed"})}), "HTTP 422.: Import failed"),
        (
            Played(**{"import": httpx.Response(422, json={"errors": [{"message": "Bad bundle", "extra": {"charts/a.yaml": "无效"}}]})}),
            "Bad bundle .*charts/a.yaml.*无效",
        ),
    ],
    ids=lambda value: None if isinstance(value, Played) else value[:20],
)
def test_failures_say_what_to_do(played: Played, said: str) -> None:
    with pytest.raises(SupersetError, match=said):
        send(played)
    assert played.imported == []


def test_a_wrong_password_is_named() -> None:
    with pytest.raises(SupersetError, match="does not know editor"):
        send(Played(), Access(ACCESS.url, "editor", "wrong"))


def test_an_address_without_a_scheme_is_named() -> None:
    with pytest.raises(SupersetError, match="cannot be reached at superset.example.org"):
        import_bundle(Access("superset.example.org", "editor", "right"), b"zip", None)
