"""JSON from strangers: bounded, without duplicate keys or numbers that are none; never a traceback."""

from __future__ import annotations

import json
import math

from allhands.kernel.findings import Finding, Level
from allhands.law.facts.known import FactsError
from allhands.law.values import JSON

MAX_BYTES = 1_000_000  # two thousand statements fit into a third of it
MAX_DEPTH = 50


def read_json(data: bytes) -> JSON:
    """The value a JSON text stands for.

    Raises:
        FactsError: with the line and column, or the key, that cannot be.
    """
    if len(data) > MAX_BYTES:
        raise _error("json.too-large", f"the input has {len(data)} bytes; at most {MAX_BYTES} are allowed")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _error("json.not-utf8", f"byte {error.start} is not UTF-8; save the file as UTF-8") from None
    _check_depth(text)
    try:
        value: JSON = json.loads(
            text, object_pairs_hook=_object, parse_constant=_constant, parse_float=_float, parse_int=_int
        )
    except json.JSONDecodeError as error:
        message = f"this is not JSON: {error.msg} in line {error.lineno}, column {error.colno}"
        raise _error("json.syntax", message) from None
    return value


def _error(code: str, message: str) -> FactsError:
    return FactsError((Finding(path="input", code=code, level=Level.ERROR, message=message),))


def _check_depth(text: str) -> None:
    """Brackets inside strings count too; no honest input comes near the limit either way."""
    depth = 0
    for character in text:
        if character in "[{":
            depth += 1
            if depth > MAX_DEPTH:
                raise _error("json.too-deep", f"the input nests deeper than {MAX_DEPTH} levels; facts need three")
        elif character in "]}":
            depth -= 1


def _object(pairs: list[tuple[str, JSON]]) -> JSON:
    found: dict[str, JSON] = {}
    for key, value in pairs:
        if key in found:
            shown = "".join(letter for letter in key[:80] if letter.isprintable())
            raise _error("json.duplicate-key", f'the key "{shown}" stands twice in one object; keep one')
        found[key] = value
    return found


def _constant(word: str) -> JSON:
    raise _error("json.not-a-number", f"{word} is no number; leave the fact out while it is not known")


def _float(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise _error("json.not-a-number", "a number is too large to be read; check its digits")
    return number


def _int(digits: str) -> int:
    if len(digits) > 18:
        raise _error("json.not-a-number", f"a number has {len(digits)} digits; check it")
    return int(digits)
