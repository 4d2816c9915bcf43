"""Reading what programs send: bounded, exact, and a kind word for everything that cannot be taken."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from ninja.parser import Parser

from allhands import law
from allhands.kernel.findings import Finding, Level

LARGEST_BODY_BYTES = 1_000_000
_TYPED = "\n\r\t"  # control characters that keyboards do write


@dataclass
class BodyRefused(Exception):
    """The body cannot be read; nothing in it was stored."""

    status: int
    code: str
    message: str
    findings: tuple[Finding, ...] = ()

    def __str__(self) -> str:
        return self.message


class BoundedParser(Parser):
    """JSON with limits on size and depth, no key twice, no characters that no keyboard writes."""

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        """The body as one JSON object.

        Raises:
            BodyRefused: which limit it broke and where; never what was sent.
        """
        body = request.body
        if len(body) > LARGEST_BODY_BYTES:
            raise BodyRefused(413, "too-large", f"This is too much: send at most {LARGEST_BODY_BYTES} bytes.")
        try:
            parsed = law.read_json(body)
        except law.FactsError as error:
            raise BodyRefused(400, error.findings[0].code, error.findings[0].message, error.findings) from None
        if not isinstance(parsed, dict):
            raise BodyRefused(400, "json.not-an-object", "Send one JSON object in curly brackets.")
        findings = tuple(_unwritable(parsed, ""))
        if findings:
            raise BodyRefused(422, "text.control", findings[0].message, findings)
        return dict(parsed)


def _unwritable(value: object, path: str) -> Iterator[Finding]:
    """Each text, key or value, with a character that no keyboard writes and no database keeps."""
    if isinstance(value, dict):
        for key, inner in value.items():
            shown = "".join(letter for letter in key[:80] if letter.isprintable())
            if _is_unwritable(key):
                yield _control(f"{path}{shown}")
            yield from _unwritable(inner, f"{path}{shown}.")
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from _unwritable(inner, f"{path.removesuffix('.')}[{place}].")
    elif isinstance(value, str) and _is_unwritable(value):
        yield _control(path.removesuffix("."))


def _is_unwritable(text: str) -> bool:
    return any(unicodedata.category(letter) in {"Cc", "Cs"} and letter not in _TYPED for letter in text)


def _control(path: str) -> Finding:
    words = "There is an invisible control character in this text. Take it out, or send the text again as typed."
    return Finding(path=path, code="text.control", level=Level.ERROR, message=words)
