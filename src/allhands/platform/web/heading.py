"""The house's headers on whatever leaves: files, refusals that come before Django, and every page."""

from __future__ import annotations

from typing import Final

from django.conf import settings

from allhands.platform.web.bodies import App, Message, Receive, Scope, Send
from allhands.platform.web.middleware import CONTENT_SECURITY_POLICY, PERMISSIONS_POLICY

_ALWAYS: Final = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "content-security-policy": CONTENT_SECURITY_POLICY,
    "permissions-policy": PERMISSIONS_POLICY,
    "x-frame-options": "DENY",
}


def house_headers() -> dict[str, str]:
    """What an answer bears that says nothing else itself."""
    seconds = settings.SECURE_HSTS_SECONDS  # without TLS a browser passes it over
    return _ALWAYS | ({"strict-transport-security": f"max-age={seconds}"} if seconds else {})


def headed(app: App) -> App:
    """The application; its answers keep the headers they have and are given those that they lack."""
    added = [(name.encode(), value.encode()) for name, value in house_headers().items()]

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = list(message.get("headers", []))
                has = {bytes(name).lower() for name, _ in own}
                message = {**message, "headers": [*own, *(one for one in added if one[0] not in has)]}
            await send(message)

        await app(scope, receive, with_headers)

    return answer
