"""No telephone number stands anywhere but in the data that says where it was read and when.

Packs name whom to call, never a number: the state's child abuse line is a recipient, and its number comes from the
agencies on record. No dossier has one. Numbers rot, and an invented one could be a stranger's.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from allhands.directory.lines import help_lines

ROOT = Path(__file__).parents[2]
ENDINGS = ("*.yaml", "*.csv", "*.html", "*.po", "*.typ", "*.md", "*.py", "*.txt")
# As numbers are written here, 701-555-0100 or (701) 555 0100 or +17015550100; no area or exchange begins with 0 or 1.
WRITTEN = re.compile(r"(?<![\w.-])(?:\+?1[-. ]?)?(?:\([2-9]\d\d\) ?|[2-9]\d\d[-. ]?)[2-9]\d\d[-. ]?\d{4}(?![\w.-]*\d)")
# Of the provider's published example of a signature (channels/sms/callbacks.py), which holds for no other number.
IN_EXAMPLES = {"+14158675310", "+18005551212"}
WORDS = re.compile(r"\b1-8\d\d-[A-Z][A-Z-]{5,}")
# The study of practice, section 9, as read on 23 November 2026: line, number, and whether the number was verified.
STUDY = {
    "ncmec": ("+18008435678", True),
    "runaway-safeline": ("+18007862929", True),
    "trafficking-hotline": ("+18883737888", True),
    "stronghearts": ("+18447628483", True),
    "bia-mmu": ("+18335602065", True),
    "childhelp": ("+18004224453", True),
    "crisis-988": ("988", False),
    "orr": ("+18002037001", True),
}


def numbers_in(text: str) -> set[str]:
    """Numbers that could ring somewhere; those kept for stories (555-0100 to 555-0199) left out."""
    told = {"+1" + re.sub(r"\D", "", found)[-10:] for found in WRITTEN.findall(text)}
    return {number for number in told if number[5:10] != "55501"} | set(WORDS.findall(text))


def files(*folders: str) -> list[Path]:
    found = [path for folder in folders for ending in ENDINGS for path in (ROOT / folder).rglob(ending)]
    return [path for path in found if "tests" not in path.parts and "data" not in path.parts]


@pytest.mark.parametrize("folder", ["packs", "src/allhands", "docs"])
def test_no_number_stands_outside_the_data(folder: str) -> None:
    known = {line.phone for line in help_lines()} | IN_EXAMPLES
    wrong = {
        path.relative_to(ROOT).as_posix(): sorted(strange)
        for path in files(folder)
        if (strange := numbers_in(path.read_text(encoding="utf-8")) - known)
    }
    assert not wrong


def test_packs_name_no_number_at_all() -> None:
    assert not [path.name for path in files("packs") if numbers_in(path.read_text(encoding="utf-8"))]


def test_help_lines_are_those_of_the_study() -> None:
    assert {line.id: (line.phone, line.verified_on is not None) for line in help_lines()} == STUDY


def test_a_number_would_be_found() -> None:
    assert numbers_in("Call the state line, 1-800-422-4453, at night.") == {"+18004224453"}
    assert numbers_in("(800) 422 4453") == {"+18004224453"}
    assert numbers_in("Call 701-555-0100; OAR 413-080-0053; 2026-11-23 12:00") == set()
