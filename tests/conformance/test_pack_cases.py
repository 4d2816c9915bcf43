"""Every case of every pack comes out as its author wrote it down, and no pack leaves a rule without cases."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

from allhands.law.library import Library, build_library
from allhands.law.packs.case_cover import uncovered
from allhands.law.packs.cases import Case, read_cases, run_case
from allhands.law.packs.directory import read_directory

PACKS = Path(__file__).parents[2] / "packs"
FILES = sorted(path.relative_to(PACKS).as_posix() for path in PACKS.rglob("*.cases.yaml"))


@pytest.fixture(scope="module")
def library_and_cases() -> tuple[Library, dict[str, list[Case]]]:
    found = read_directory(PACKS, with_cases=True)
    library = build_library(found)
    by_file: dict[str, list[Case]] = defaultdict(list)
    for case in read_cases(found, library):
        by_file[case.path.partition(":")[0]].append(case)
    assert not found.findings, found.findings[:5]
    return library, by_file


@pytest.mark.parametrize("file", FILES)
def test_cases_come_out(file: str, library_and_cases: tuple[Library, dict[str, list[Case]]]) -> None:
    library, by_file = library_and_cases
    assert by_file[file], "the file holds no case that can be read"
    differences = [f"{case.name}: {words}" for case in by_file[file] for words in run_case(case, library)]
    assert not differences


def test_the_federal_floor_is_covered(library_and_cases: tuple[Library, dict[str, list[Case]]]) -> None:
    library, by_file = library_and_cases
    cases = [case for several in by_file.values() for case in several]
    assert not list(uncovered(library.pack("us.federal").rules, cases))
