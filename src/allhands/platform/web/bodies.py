"""How much of a request's body is taken in. Django's ASGI handler writes a body to disk before anything looks at the
request, whoever sends it: what no form and no call takes is refused before it comes, or while it comes. So is what
comes so slowly that it only holds a line: the web server waits for a body for ever."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Any, Final

Message = Mapping[str, Any]
Scope = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

# A file of up to 64 MB reaches its form, which says in kind words how large it may be (`uploads`).
LARGEST_WITH_FILES: Final = 100_000_000
LARGEST_WITHOUT: Final = 6_000_000
# A photo on the worst of links still comes in: a fiftieth of what the second generation of mobile telephony carries.
_PATIENCE_SECONDS: Final = 30.0
_LEAST_BYTES_A_SECOND: Final = 500
_clock = time.monotonic
_TOO_SLOW: Final = (
    "This came too slowly and was cut off. Nothing is lost: send it again, from a better connection if you can.\n"
    "Llegó demasiado despacio y se cortó. No se perdió nada: envíelo otra vez, con mejor conexión si puede.\n"
)
_WORDS: Final = (
    "This is too much to be sent at once. A file may have 15 MB.\n"
    "Es demasiado para enviarlo de una vez. Un archivo puede tener 15 MB.\n"
)


def bounded(app: App) -> App:
    """The application, behind a door that shuts when a body is too large."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        headers = dict(_headers(scope))
        largest = LARGEST_WITH_FILES if _has_files(headers) else LARGEST_WITHOUT
        if _announced(headers) > largest:
            await _refuse(scope, send)
            return
        door = _Door(receive, largest)
        await app(scope, door.receive, door.unless_shut(send))
        if door.is_shut:
            await (_refuse(scope, send, 408, "too-slow", _TOO_SLOW) if door.is_slow else _refuse(scope, send))

    return answer


class _Door:
    """Counts what comes in. Beyond the limit the application hears that the caller has gone, and keeps nothing."""

    def __init__(self, receive: Receive, largest: int) -> None:
        self._receive, self._largest = receive, largest
        self._begun, self._came, self._is_whole = _clock(), 0, False
        self.is_shut = self.is_slow = False

    async def receive(self) -> Message:
        message = await self._next()
        self._came += len(message.get("body", b""))
        self._is_whole = self._is_whole or not message.get("more_body", False)
        self.is_shut = self.is_shut or self._came > self._largest
        return {"type": "http.disconnect"} if self.is_shut else message

    async def _next(self) -> Message:
        if self._is_whole:
            return await self._receive()  # only whether the caller is still there, for as long as the answer takes
        late = _clock() - self._begun - self._came / _LEAST_BYTES_A_SECOND
        try:
            if late >= _PATIENCE_SECONDS:
                raise TimeoutError
            return await asyncio.wait_for(self._receive(), _PATIENCE_SECONDS)
        except TimeoutError:
            self.is_shut = self.is_slow = True
            return {"type": "http.disconnect"}

    def unless_shut(self, send: Send) -> Send:
        """What the application still says to a caller who has gone is not sent."""

        async def pass_on(message: Message) -> None:
            if not self.is_shut:
                await send(message)

        return pass_on


def _headers(scope: Scope) -> Iterable[tuple[bytes, bytes]]:
    return ((bytes(name).lower(), bytes(value)) for name, value in scope["headers"])


def _has_files(headers: Mapping[bytes, bytes]) -> bool:
    return headers.get(b"content-type", b"").lower().startswith(b"multipart/form-data")


def _announced(headers: Mapping[bytes, bytes]) -> int:
    length = headers.get(b"content-length", b"")
    return int(length) if length.isdigit() and len(length) < 20 else 0


async def _refuse(scope: Scope, send: Send, status: int = 413, code: str = "too-large", words: str = _WORDS) -> None:
    is_program = str(scope["path"]).startswith("/api/")
    told = {"status": status, "code": code, "message": words.split("\n", 1)[0], "findings": [], "incident": ""}
    body = json.dumps({"error": told}) if is_program else words
    headers = [
        (b"content-type", b"application/json; charset=utf-8" if is_program else b"text/plain; charset=utf-8"),
        (b"content-length", str(len(body.encode())).encode()),
        (b"x-content-type-options", b"nosniff"),
        (b"cache-control", b"no-store"),
        (b"connection", b"close"),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body.encode()})
