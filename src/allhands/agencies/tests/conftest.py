"""The county of the demo world alone: what other slices tell of it is theirs to test."""

from __future__ import annotations

import pytest

from allhands.agencies.demo import load as loader


@pytest.fixture(autouse=True)
def no_stories(monkeypatch: pytest.MonkeyPatch) -> None:
    """No child is missing here."""
    monkeypatch.setattr(loader, "_stories", [])
