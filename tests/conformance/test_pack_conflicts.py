"""The conflict cases of the dossiers: every law still answers as was read, and what was not read is said."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from allhands.law import Library, PackError, conflict_table, load_conflict_cases, load_library

PACKS = Path(__file__).parents[2] / "packs"
ALL = [f"c{number:02}" for number in range(1, 40)]


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library(PACKS)


def test_there_is_a_file_for_each_of_the_39_cases(library: Library) -> None:
    assert [case.id for case in load_conflict_cases(PACKS, library)] == ALL


def test_every_expected_answer_holds(library: Library) -> None:
    wrong = [
        (table.case.id, answer.rule_id, answer.verdict.value, answer.due_at)
        for case in load_conflict_cases(PACKS, library)
        for table in [conflict_table(case, library)]
        for row in table.rows
        for answer in row.answers
        if not answer.holds
    ]
    assert not wrong


def test_every_row_answers_or_says_that_it_does_not(library: Library) -> None:
    """No expectation is empty, no row is silent, every answer is cited, and every case compares at least two laws."""
    for case in load_conflict_cases(PACKS, library):
        assert len({row.pack_id for row in case.rows}) >= 2, case.id
        for row in conflict_table(case, library).rows:
            assert row.answers or row.gaps, (case.id, row.pack_id)
            for answer in row.answers:
                assert answer.expected.verdict is not None, (case.id, answer.rule_id)
                assert answer.source, (case.id, answer.rule_id)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("rule: missing-child", "rule: missing-chil", "in no pack"),
        ("us.states.il", "us.states.zz", "is not here"),
        ("id: c01", "id: c02", "make them the same"),
        ("child.age_years: 19", "child.age_years: 190", "190"),
        ("verdict: true", "verdict: maybe", "true, false or unknown"),
    ],
)
def test_a_wrong_case_is_said(old: str, new: str, words: str, library: Library, tmp_path: Path) -> None:
    (tmp_path / "conflicts").mkdir()
    path = Path(shutil.copy(PACKS / "conflicts/c01.yaml", tmp_path / "conflicts"))
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(PackError, match=words):
        load_conflict_cases(tmp_path, library)
