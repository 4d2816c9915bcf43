"""The conflict cases of the dossiers: every law still answers as was read, and what was not read is said."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from allhands.law import Library, PackError, conflict_table, load_conflict_cases, load_library

PACKS = Path(__file__).parents[2] / "packs"
ALL = [f"c{number:02}" for number in range(1, 40)]
# Who answers in the dossiers (state-tribal-law.md C01 to C21, -2.md C22 to C39). We may ask more laws, never fewer.
ANSWERING = {
    "c01": "ca co fl il mn mt ny tmbci tn tx us va",
    "c02": "mi nd oh tmbci us",
    "c03": "az ca ms navajo nc nm wi",
    "c04": "ak az ca co hi ia id ky md mt nc nm nv ok pa sd tmbci tn tx us va wa",
    "c05": "md nc nd tmbci tn",
    "c06": "ar az co dc fl md mo ok or tx us wi",
    "c07": "az ca md ne ok or tx",
    "c08": "ca co il md mt ok tmbci us va wi",
    "c09": "ca fl ga ia ky md mn nm tx ut va vt",
    "c10": "ca ga hi nd nm tmbci tn ut va",
    "c11": "ca hi nc nv or pa ri tmbci tx",
    "c12": "ca co ga hi ia ky mn mt nc tmbci vt",
    "c13": "az co fl ga mn ms mt nd tmbci va",
    "c14": "ca dc lco nv ny ok or pbpn smc",
    "c15": "ak badriver ia sanildefonso tmbci vt wa",
    "c16": "ak az id il nd nv ny ut va",
    "c17": "ak badriver karuk lco sanildefonso smc tmbci",
    "c18": "tmbci us",
    "c19": "ca nc nv tn va wi",
    "c20": "az nc us ut wa",
    "c21": "ak ca ky ok tx",
    "c22": "ar az ga la ne wa",
    "c23": "al de ks la nj nm osage wv",
    "c24": "mo nh sc us",
    "c25": "de in ks la me nj us",
    "c26": "ct ga il ky la me mi nd nv ny oh sc va wi",
    "c27": "ak az ks ky mo nd ny wi",
    "c28": "ct ma mi mt nc nv tn",
    "c29": "ar az ga hi ky la me mi mt navajo ne nj nm oh pa sd tn ut wv",
    "c30": "la me mn mo nd nj tx ut",
    "c31": "id mt nj nv pr tx wa",
    "c32": "de id ma mi",
    "c33": "az ca co nd nm ok wa",
    "c34": "ak az co id il mt nj sc wy",
    "c35": "az ga id ms tn wv wy",
    "c36": "de ks ma me nh nj",
    "c37": "il ks ma ms us wa",
    "c38": "ak ct dc la nj nv va wv",
    "c39": "az de il la mi mo oh",
}


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


def test_every_law_that_the_dossier_names_answers(library: Library) -> None:
    lacking = []
    for case in load_conflict_cases(PACKS, library):
        ours = {row.pack_id.rpartition(".")[2] for row in case.rows if row.pack_id != "us.federal"}
        ours |= {"us" for row in case.rows if row.pack_id == "us.federal"}
        lacking += [f"{case.id} {name}" for name in sorted(set(ANSWERING[case.id].split()) - ours)]
    assert not lacking


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
