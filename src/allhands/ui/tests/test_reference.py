"""The page of components says what the code says."""

from __future__ import annotations

from pathlib import Path

from allhands.ui.reference import write_reference

PAGE = Path(__file__).resolve().parents[4] / "docs" / "reference" / "components.md"


def test_reference_is_written_anew_when_components_change() -> None:
    assert PAGE.read_text(encoding="utf-8") == write_reference(), (
        "run: python -m allhands.ui.reference > docs/reference/components.md"
    )
