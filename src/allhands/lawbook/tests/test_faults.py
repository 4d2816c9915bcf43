"""What is wrong, told to people who do not program: the words, the field, and the way to the page that mends it."""

from __future__ import annotations

import pytest

from allhands.kernel.findings import Finding, Level
from allhands.law.packs.strict_yaml import Yaml
from allhands.lawbook.editing.faults import fault_words, field_words
from allhands.lawbook.editing.typed import rule_of
from allhands.ui.wording import Lang


def finding(code: str, message: str, place: str = "x") -> Finding:
    return Finding(path=f"duties/x.yaml:{place}", code=code, level=Level.ERROR, message=message)


@pytest.mark.parametrize(
    ("found", "lang", "words"),
    [
        (
            finding("pack.wrong-type", "a day (year-month-day, without quotes) is expected here, not text"),
            "es",
            "Escriba un día como año-mes-día, como 2026-11-23.",
        ),
        (
            finding("pack.wrong-type", "a whole number is expected here, not text"),
            "en",
            "Write a whole number, such as 12.",
        ),
        (finding("pack.out-of-range", "0 is too small; at least 1"), "es", "Debe ser por lo menos 1."),
        (finding("pack.unknown-actor", "'x' is not known as actor"), "en", "Choose one of the list."),
        (finding("pack.yaml-syntax", "line 3: what"), "es", "line 3: what"),
        (
            finding(
                "pack.case-fails",
                'the case "at noon" does not come out: due_at 2026-11-24T14:00:00+00:00 expected, '
                "2026-11-24T08:00:00+00:00 found",
            ),
            "en",
            "The case “at noon” is answered differently now. Before: Tue Nov 24 14:00 UTC. Now: Tue Nov 24 08:00 UTC.",
        ),
        (
            finding("pack.case-fails", 'the case "x" does not come out: verdict true expected, unknown found'),
            "es",
            "El caso «x» ahora tiene otra respuesta. Antes: se aplica. Ahora: aún no se sabe.",
        ),
    ],
    ids=["day", "number", "least", "choose", "by-hand", "case-time", "case-word"],
)
def test_finding_is_told_in_plain_words(found: Finding, lang: Lang, words: str) -> None:
    assert fault_words(found, lang) == words


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("then.clock.hours", "Within"),
        ("title.es", "Title (Spanish)"),
        ("periods[0].from", "First day in force (empty: not given)"),
        ("source[1].quote", "Its words, at most one sentence"),
        ("applies_when.all[0]", "Applies when"),
        ("then.clock.starts_when.en", "That event in words (English)"),
        ("whatever", ""),
    ],
)
def test_path_of_a_finding_names_the_field_of_the_form(place: str, words: str) -> None:
    assert field_words(place, "en") == words


def test_proofs_that_nobody_touched_keep_their_order() -> None:
    stated: list[Yaml] = ["police_report_number", "officer"]
    boxes = {"then.evidence": ["", "officer", "police_report_number"]}  # a browser sends them by the alphabet
    assert rule_of(boxes, {"kind": "duty", "then": {"evidence": stated}})["then"] == {"evidence": stated}
    fewer = {"then.evidence": ["", "officer"]}
    assert rule_of(fewer, {"kind": "duty", "then": {"evidence": stated}})["then"] == {"evidence": ["officer"]}
