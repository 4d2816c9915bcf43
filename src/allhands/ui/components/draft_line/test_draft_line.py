"""Never "saved" without a time."""

from __future__ import annotations

import pytest

from allhands.ui.components.draft_line.presenter import DraftLine, Saved


@pytest.mark.parametrize("state", [Saved.SERVER, Saved.DEVICE, Saved.BOTH])
def test_saved_needs_the_time(state: Saved) -> None:
    with pytest.raises(ValueError, match="needs the time"):
        DraftLine(state=state)
