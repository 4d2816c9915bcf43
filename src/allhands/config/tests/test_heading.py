"""Whatever leaves bears the house's headers: a page, a file, a refusal that comes before Django, an error."""

from __future__ import annotations

from typing import Any, cast

import httpx
import pytest
from allauth.core.internal import ratelimit
from asgiref.sync import async_to_sync

from allhands.config.asgi import application
from allhands.platform.testing.cast import Cast
from allhands.platform.testing.pages import PageClient
from allhands.platform.web.heading import house_headers

pytestmark = pytest.mark.django_db(transaction=True)

KINDS: dict[str, tuple[str, str, dict[str, str], int]] = {
    "page": ("GET", "/sign-in", {}, 200),
    "redirect": ("GET", "/", {}, 302),
    "file": ("GET", "/static/ui/js/lock.js", {}, 200),
    "file deflated": ("GET", "/static/ui/js/lock.js", {"accept-encoding": "gzip"}, 200),
    "no such file": ("GET", "/static/none.js", {}, 404),
    "no such page": ("GET", "/none", {}, 404),
    "forged": ("POST", "/sign-in", {}, 403),
    "method": ("TRACE", "/", {}, 405),
    "too large": ("POST", "/sign-in", {"content-length": "999999999"}, 413),
    "too large, for a program": ("POST", "/api/v1/reports", {"content-length": "999999999"}, 413),
    "program": ("GET", "/api/v1/none", {}, 404),
    "sheet": ("GET", "/who-to-call/sheet.pdf", {}, 200),
    "description for programs": ("GET", "/api/v1/openapi.json", {}, 200),
    "feed for programs": ("GET", "/feeds/alerts.json", {}, 200),
    "feed": ("GET", "/feeds/alerts.atom", {}, 200),
    "another host": ("GET", "/", {"host": "evil.example"}, 400),
    "health": ("GET", "/healthz", {}, 200),
}
STRICTER = {"sheet": {"referrer_policy": "no-referrer"}}  # what somebody asked leaves no trace anywhere


async def told(method: str, path: str, headers: dict[str, str]) -> httpx.Response:
    through = httpx.ASGITransport(app=cast("Any", application))
    async with httpx.AsyncClient(transport=through, base_url="http://testserver") as client:
        return await client.request(method, path, headers=headers)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_answer_bears_them_once(kind: str) -> None:
    method, path, more, status = KINDS[kind]
    bears_them(async_to_sync(told)(method, path, more), status, **STRICTER.get(kind, {}))


def bears_them(answer: httpx.Response, status: int, **stricter: str) -> None:
    assert answer.status_code == status
    wanted = house_headers() | {name.replace("_", "-"): value for name, value in stricter.items()}
    assert {name: answer.headers.get_list(name) for name in wanted} == {name: [wanted[name]] for name in wanted}


def test_a_table_for_the_records_office_bears_them(cast: Cast, page_client: PageClient) -> None:
    client = page_client.sign_in(cast.supervisor).client
    cookies = "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())
    answer = async_to_sync(told)("GET", "/keeping/disposed.csv", {"cookie": cookies})
    assert answer.headers["content-type"].startswith("text/csv")
    assert answer.headers["cache-control"] == "no-store"
    bears_them(answer, 200)


def test_one_call_too_many_bears_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("allhands.agencies.key_calls.WRONG_KEYS", 0)
    bears_them(async_to_sync(told)("GET", "/api/v1/episodes/none", {"authorization": "Bearer wrong"}), 429)


def test_one_sign_in_too_many_bears_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("allauth.account.views.LoginView.get", lambda _view, request: ratelimit.respond_429(request))
    bears_them(async_to_sync(told)("GET", "/sign-in", {}), 429)


@pytest.mark.parametrize(
    ("where", "path"),
    [
        ("allhands.agencies.key_calls.key_of", "/api/v1/episodes/none"),
        ("allhands.agencies.api.authenticate_token", "/api/v1/episodes/none"),
        ("allhands.agencies.sign_in.lock.is_locked", "/sign-in"),
        ("django.contrib.sessions.middleware.SessionMiddleware.process_response", "/sign-in"),
    ],
    ids=["before a view", "in one for programs", "in a page", "after it"],
)
def test_our_own_fault_bears_them(monkeypatch: pytest.MonkeyPatch, where: str, path: str) -> None:
    def fault(*_args: object, **_named: object) -> None:
        raise RuntimeError("a bug")

    monkeypatch.setattr(where, fault)
    answer = async_to_sync(told)("GET", path, {"authorization": "Bearer wrong"})
    assert "a bug" not in answer.text
    bears_them(answer, 500)


def test_under_tls_a_file_too_says_that_only_tls_is_spoken(settings: object) -> None:
    settings.SECURE_HSTS_SECONDS = 31_536_000  # type: ignore[attr-defined]  # pytest-django's settings take any name
    assert house_headers()["strict-transport-security"] == "max-age=31536000"
