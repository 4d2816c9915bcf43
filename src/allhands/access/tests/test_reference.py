"""The matrix on paper is what the policies say."""

from __future__ import annotations

from pathlib import Path

from allhands.access import matrix_page

PAGE = Path(__file__).resolve().parents[4] / "docs" / "reference" / "access-matrix.md"


def test_matrix_is_written_anew_when_policies_change() -> None:
    assert PAGE.read_text(encoding="utf-8") == matrix_page.as_markdown(), (
        "run: allhands policies matrix > docs/reference/access-matrix.md"
    )
