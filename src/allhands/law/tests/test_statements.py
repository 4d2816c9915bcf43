"""The command line's input, and what happens when people disagree."""

from __future__ import annotations

import pytest

from allhands.law import JSON, FactsError, Library, parse_input, read_json, value_json

AS_OF = "2026-11-24T12:00:00+00:00"


def said(fact: str, value: JSON, informant: str, certainty: str = "told", at: str | None = None) -> JSON:
    return {"fact": fact, "value": value, "informant": informant, "certainty": certainty, "at": at}


def governed(library: Library, *statements: JSON) -> tuple[JSON, int]:
    """The value that governs the first statement's fact, and how many disagreements were kept."""
    first = statements[0]
    assert isinstance(first, dict)
    facts = parse_input({"as_of": AS_OF, "statements": list(statements)}, library.facts).facts
    return value_json(facts.values.get(str(first["fact"]))), len(facts.disagreements)


CARE, KNOWN, AGE, KIND = "child.in_foster_care", "child.whereabouts_known", "child.age_years", "child.placement_kind"
EARLY, LATE = "2026-11-24T08:00:00+00:00", "2026-11-24T09:00:00+00:00"


@pytest.mark.parametrize(
    ("statements", "value", "disagreements"),
    [
        pytest.param([said(CARE, True, "Ruth"), said(CARE, True, "Cole")], True, 0, id="agreed"),
        pytest.param([said(CARE, True, "Ruth"), said(CARE, False, "Cole", "seen")], True, 1, id="danger before surety"),
        pytest.param([said(KNOWN, True, "Ruth"), said(KNOWN, False, "Cole")], False, 1, id="not knowing is dangerous"),
        pytest.param([said(AGE, 14, "Ruth"), said(AGE, 12, "Cole"), said(AGE, 13, "Kim")], 12, 1, id="lowest age"),
        pytest.param([said(KIND, "family_home", "Ruth"), said(KIND, "group_home", "Cole")], "group_home", 1, id="code"),
        pytest.param(
            [said(CARE, True, "Ruth", at=EARLY), said(CARE, False, "Ruth", at=LATE)], False, 0, id="last word of one"
        ),
        pytest.param(
            [said("child.nickname", "Jay", "Ruth"), said("child.nickname", "J", "Cole", "seen")], "J", 1, id="surer"
        ),
        pytest.param(
            [said("child.nickname", "Jay", "Ruth", at=LATE), said("child.nickname", "J", "Cole", at=EARLY)],
            "Jay",
            1,
            id="later",
        ),
        pytest.param([said(CARE, None, "Ruth")], None, 0, id="asked, not known"),
    ],
)
def test_more_dangerous_statement_governs(
    library: Library, statements: list[JSON], value: JSON, disagreements: int
) -> None:
    assert governed(library, *statements) == (value, disagreements)


@pytest.mark.parametrize(
    ("raw", "path", "words"),
    [
        pytest.param([], "input", "object", id="list"),
        pytest.param({"facts": {}}, "as_of", "missing", id="no as_of"),
        pytest.param({"as_of": "2026-11-24", "facts": {}}, "as_of", "offset", id="day only"),
        pytest.param({"as_of": AS_OF}, "facts", "either", id="neither"),
        pytest.param({"as_of": AS_OF, "facts": {}, "statements": []}, "facts", "either", id="both"),
        pytest.param({"as_of": AS_OF, "facts": []}, "facts", "object", id="facts as list"),
        pytest.param({"as_of": AS_OF, "fcats": {}}, "fcats", "did you mean facts", id="misspelt"),
        pytest.param({"as_of": AS_OF, "statements": {}}, "statements", "list", id="statements as object"),
        pytest.param({"as_of": AS_OF, "statements": [5]}, "statements[0]", "object", id="statement as number"),
        pytest.param(
            {"as_of": AS_OF, "statements": [said(CARE, True, " ")]}, "statements[0].informant", "missing", id="nobody"
        ),
        pytest.param(
            {"as_of": AS_OF, "statements": [said(CARE, True, "Ruth", "sure")]},
            "statements[0].certainty",
            "seen, told, guessed",
            id="certainty",
        ),
        pytest.param(
            {"as_of": AS_OF, "statements": [said("child.in_care", True, "Ruth")]},
            "statements[0].fact",
            "no pack knows",
            id="unknown fact",
        ),
        pytest.param(
            {"as_of": AS_OF, "statements": [said(CARE, True, "Ruth", at="2026-11-25T00:00:00+00:00")]},
            "statements[0].at",
            "after the assessment",
            id="said tomorrow",
        ),
    ],
)
def test_bad_input_names_field_and_remedy(library: Library, raw: JSON, path: str, words: str) -> None:
    with pytest.raises(FactsError) as caught:
        parse_input(raw, library.facts)
    assert [finding.path for finding in caught.value.findings] == [path]
    assert words in caught.value.findings[0].message


@pytest.mark.parametrize(
    ("text", "code"),
    [
        pytest.param(b"{", "json.syntax", id="cut short"),
        pytest.param(b"", "json.syntax", id="empty"),
        pytest.param(b'{"a": NaN}', "json.not-a-number", id="NaN"),
        pytest.param(b'{"a": -Infinity}', "json.not-a-number", id="infinity"),
        pytest.param(b'{"a": 1e999}', "json.not-a-number", id="overflow"),
        pytest.param(b'{"a": ' + b"9" * 5000 + b"}", "json.not-a-number", id="five thousand digits"),
        pytest.param(b'{"a": 1, "a": 2}', "json.duplicate-key", id="key twice"),
        pytest.param(b"[" * 100_000, "json.too-deep", id="deep"),
        pytest.param(b'{"a": "\xff"}', "json.not-utf8", id="bytes"),
        pytest.param(b" " * 1_000_001, "json.too-large", id="huge"),
    ],
)
def test_bad_json_is_a_kind_error(text: bytes, code: str) -> None:
    with pytest.raises(FactsError) as caught:
        read_json(text)
    assert [finding.code for finding in caught.value.findings] == [code]


def test_byte_order_mark_is_harmless() -> None:
    assert read_json(b'\xef\xbb\xbf{"a": 1.5}') == {"a": 1.5}
