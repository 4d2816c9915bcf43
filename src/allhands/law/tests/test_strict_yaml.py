"""The strict reading of YAML: plain values, and any bytes at all."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allhands.law.packs.strict_yaml import Yaml, read_yaml


@pytest.mark.parametrize(
    ("text", "value"),
    [
        pytest.param("a: 1", {"a": 1}, id="number"),
        pytest.param("a: 1.5", {"a": 1.5}, id="decimal"),
        pytest.param("a: 08001", {"a": "08001"}, id="leading zero stays text"),
        pytest.param("a: 12:30", {"a": "12:30"}, id="no base sixty"),
        pytest.param("a: 0x1F", {"a": "0x1F"}, id="no hexadecimal"),
        pytest.param("a: 1_000", {"a": "1_000"}, id="no underscores"),
        pytest.param("a: .nan", {"a": ".nan"}, id="no NaN"),
        pytest.param("a: ~", {"a": None}, id="null"),
        pytest.param("a: true", {"a": True}, id="true"),
        pytest.param("a: 'yes'", {"a": "yes"}, id="quoted yes is text"),
        pytest.param("{on: 2026-11-23}", {"on": date(2026, 11, 23)}, id="on as key, day"),
        pytest.param("{true: x}", {"true": "x"}, id="true as key"),
        pytest.param("a: [1, {b: c}]", {"a": [1, {"b": "c"}]}, id="nested"),
        pytest.param("", None, id="empty"),
    ],
)
def test_plain_values(text: str, value: Yaml) -> None:
    document = read_yaml(text.encode(), "x.yaml")
    assert (document.value, document.findings) == (value, ())


@pytest.mark.parametrize("word", ["yes", "no", "on", "off", "y", "N", "True", "FALSE"])
def test_loose_booleans_are_findings(word: str) -> None:
    assert [found.code for found in read_yaml(f"a: {word}".encode(), "x.yaml").findings] == ["pack.yes-no-boolean"]


def test_finding_names_the_place() -> None:
    document = read_yaml(b"a:\n  b:\n  - c: yes\n", "x.yaml")
    assert document.findings[0].path == "x.yaml:a.b[0].c"


@given(st.binary(max_size=300))
def test_any_bytes_give_a_document_or_a_finding(data: bytes) -> None:
    document = read_yaml(data, "x.yaml")
    assert document.value is None or all(found.code.startswith("pack.") for found in document.findings)


@given(st.text(alphabet="ab:-[]{}&*!?|>#%@'\"\n ,~", max_size=120))
def test_any_yaml_like_text_gives_a_document_or_a_finding(text: str) -> None:
    read_yaml(text.encode(), "x.yaml")


@pytest.mark.parametrize("opening", [b"[", b"- ", b"{a: "])
def test_deep_nesting_ends_early(opening: bytes) -> None:
    assert [found.code for found in read_yaml(opening * 100_000, "x.yaml").findings] == ["pack.too-deep"]
