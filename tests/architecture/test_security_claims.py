"""Each attacker has a row that says what stops them, and the very test that shows it, which exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.architecture.house import ROOT

_TEST = re.compile(r"`([\w/]+\.py)::(test_\w+)`")
_PAGES = ("SECURITY.md", "docs/reference/asvs.md")
# Whoever the threat model must name: the issue that asked for it, word by word.
ATTACKERS = (
    "an abuser looking for a child",
    "a trafficker",
    "a curious colleague",
    "a data broker",
    "a stolen laptop",
    "a subpoena out of scope",
    "a hostile admin",
)


def named_tests(page: str) -> list[tuple[str, str]]:
    """File and function of every test a page names."""
    return _TEST.findall((ROOT / page).read_text(encoding="utf-8"))


def is_there(file: str, name: str) -> bool:
    """Paths are written from the root, or from `src/allhands`."""
    for folder in (ROOT, ROOT / "src" / "allhands"):
        path: Path = folder / file
        if path.is_file():
            return re.search(rf"^def {name}\(", path.read_text(encoding="utf-8"), re.MULTILINE) is not None
    return False


@pytest.mark.parametrize("page", _PAGES)
def test_every_test_that_is_named_exists(page: str) -> None:
    named = named_tests(page)
    assert len(named) > 10
    assert [f"{file}::{name}" for file, name in named if not is_there(file, name)] == []


@pytest.mark.parametrize("who", ATTACKERS)
def test_every_attacker_has_a_row_with_a_test(who: str) -> None:
    rows = [line for line in (ROOT / "SECURITY.md").read_text(encoding="utf-8").splitlines() if f"**{who}**" in line]
    assert len(rows) == 1, f"{who}: {len(rows)} rows"
    cells = rows[0].strip("|").split("|")
    assert len(cells) == 4
    assert _TEST.search(cells[3]), f"{who}: no test is named"
