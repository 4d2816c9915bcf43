"""Which values of a number the cases of a rule must try, also where a pack sets the number."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from allhands.law.packs.case_cover import edges
from allhands.law.packs.lint import lint_packs

HERE = Path(__file__).parent


@pytest.mark.parametrize(
    ("side", "tried"),
    [("below", (17, 18)), ("at_least", (17, 18)), ("above", (18, 19)), ("at_most", (18, 19))],
)
def test_both_sides_of_a_bound(side: str, tried: tuple[int, int]) -> None:
    assert edges(side, 18) == tried


def remarks(root: Path, *cases: tuple[int, str]) -> list[str]:
    """What lint says of the rule `elected`, given cases of an age and the settings beside it."""
    packs = shutil.copytree(HERE / "packs", root / "packs")
    (packs / "us/floor/cases").mkdir()
    lines = [
        f'  - {{name: "{number}", as_of: "2026-11-24T02:00:00-06:00", settings: {settings},'
        f" facts: {{child.age_years: {age}, child.in_foster_care: true}}, expect: {{missing: []}}}}"
        for number, (age, settings) in enumerate(cases)
    ]
    (packs / "us/floor/cases/elected.cases.yaml").write_text("\n".join(["cases:", *lines]), encoding="utf-8")
    found = lint_packs(packs)
    codes = ("pack.threshold-untested", "pack.unknown-setting", "pack.wrong-type", "pack.case-fails")
    wrong = [one.message for one in found if "elected" in one.path and one.code in codes]
    return [message for message in wrong if "below 18" not in message]


def test_a_number_that_no_pack_sets_is_set_by_the_cases(tmp_path: Path) -> None:
    assert remarks(tmp_path, (18, "{elected_age: 19}"), (19, "{elected_age: 19}")) == []


def test_the_two_sides_belong_to_one_number(tmp_path: Path) -> None:
    (said,) = remarks(tmp_path, (18, "{elected_age: 19}"), (20, "{elected_age: 20}"))
    assert "child.age_years below 19 is not tested at 19" in said


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ("{elected_age: 0}", "no case says what elected_age is"),
        ("{electd_age: 19}", 'did you mean "elected_age"'),
        ('{elected_age: "19"}', "a setting is a number"),
        ("{elected_age: true}", "a setting is a number"),
    ],
)
def test_a_setting_that_says_nothing_is_said(settings: str, words: str, tmp_path: Path) -> None:
    assert any(words in said for said in remarks(tmp_path, (17, settings)))
