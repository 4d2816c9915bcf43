"""Reading what programs send: bounded, and a kind word for everything that is not JSON."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest
from ninja.errors import HttpError
from ninja.parser import Parser

LARGEST_BODY_BYTES = 1_000_000
DEEPEST = 40


class BoundedParser(Parser):
    """JSON with limits on size and depth; the error says which limit, never what was sent."""

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        """The body as JSON values."""
        body = request.body
        if len(body) > LARGEST_BODY_BYTES:
            raise HttpError(413, f"This is too much for one report: send at most {LARGEST_BODY_BYTES} bytes.")
        if nesting(body) > DEEPEST:
            raise HttpError(400, f"This JSON is nested too deep: at most {DEEPEST} levels.")
        try:
            parsed = json.loads(body, parse_constant=_no_constant)
        except (ValueError, UnicodeDecodeError):
            raise HttpError(400, "This is not JSON. Send one object in UTF-8, with double quotes.") from None
        if not isinstance(parsed, dict):
            raise HttpError(400, "Send one JSON object in curly brackets.")
        return parsed


def nesting(body: bytes) -> int:
    """How deep the brackets go at most. Brackets inside strings count too: a limit may be strict, not wrong."""
    depth = deepest = 0
    for byte in body:
        if byte in b"{[":
            depth += 1
            deepest = max(deepest, depth)
        elif byte in b"}]":
            depth -= 1
    return deepest


def _no_constant(name: str) -> object:
    raise ValueError(name)
