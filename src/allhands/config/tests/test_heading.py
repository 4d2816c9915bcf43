"""Whatever leaves bears the house's headers: a page, a file, a refusal that comes before Django, an error."""

from __future__ import annotations

from typing import Any, cast

import httpx
import pytest
from asgiref.sync import async_to_sync

from allhands.config.asgi import application
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
    "feed": ("GET", "/feeds/alerts.atom", {}, 200),
    "another host": ("GET", "/", {"host": "evil.example"}, 400),
    "health": ("GET", "/healthz", {}, 200),
}


async def told(method: str, path: str, headers: dict[str, str]) -> httpx.Response:
    through = httpx.ASGITransport(app=cast("Any", application))
    async with httpx.AsyncClient(transport=through, base_url="http://testserver") as client:
        return await client.request(method, path, headers=headers)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_answer_bears_them_once(kind: str) -> None:
    method, path, more, status = KINDS[kind]
    answer = async_to_sync(told)(method, path, more)
    assert answer.status_code == status
    assert {name: answer.headers.get_list(name) for name in house_headers()} == {
        name: [value] for name, value in house_headers().items()
    }


def test_under_tls_a_file_too_says_that_only_tls_is_spoken(settings: object) -> None:
    settings.SECURE_HSTS_SECONDS = 31_536_000  # type: ignore[attr-defined]  # pytest-django's settings take any name
    assert house_headers()["strict-transport-security"] == "max-age=31536000"
