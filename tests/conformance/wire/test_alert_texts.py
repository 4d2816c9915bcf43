"""Shared lists of headers and wireless texts are judged as labelled."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from allhands.wire import same, wea
from allhands.wire.reports import has_errors

DATA = Path(__file__).parent / "data" / "alerts"


def _lines(name: str) -> list[dict[str, str | int | None]]:
    return [json.loads(line) for line in (DATA / name).read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("line", _lines("same_headers_shared.jsonl"), ids=lambda line: str(line["why"]))
def test_same_header_is_judged_as_labelled(line: dict[str, str]) -> None:
    decoded = same.decode(line["header"])
    # "policy": the form is right, the place is not in our table; we warn.
    assert has_errors(decoded.findings) is (line["expect"] == "invalid")
    if decoded.header is not None and not has_errors(decoded.findings):
        assert same.encode(decoded.header) == line["header"]


@pytest.mark.parametrize("line", _lines("wea_text_shared.jsonl"), ids=lambda line: f"{line['field']} {line['why']}")
def test_wireless_text_is_judged_as_labelled(line: dict[str, str | int | None]) -> None:
    text = str(line["text"])
    assert has_errors(wea.validate(text, limit=int(line["limit"] or 0))) is (line["expect_strict"] == "reject")
    # The label counts a text with a tab as having no septets; so do we.
    assert wea.count_septets(text) == line["gsm7_septets"]
    assert not has_errors(wea.validate(wea.suggest(text).text or "x", limit=360)) or len(text) > 350 or not text.strip()
