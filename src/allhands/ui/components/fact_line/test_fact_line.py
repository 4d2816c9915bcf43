"""Unknown is a value of its own."""

from __future__ import annotations

import pytest

from allhands.ui.components.fact_line.presenter import FactLine, Known, Said


@pytest.mark.parametrize("state", [Known.KNOWN, Known.DISAGREEMENT, Known.CORRECTED])
def test_a_known_fact_needs_a_value(state: Known) -> None:
    with pytest.raises(ValueError, match="needs a value"):
        FactLine(label="Tribe", state=state)


@pytest.mark.parametrize("state", [Known.UNKNOWN, Known.NOT_ASKED, Known.NOT_YOURS])
def test_a_fact_not_known_or_not_shown_carries_no_value(state: Known) -> None:
    with pytest.raises(ValueError, match="cannot have a value"):
        FactLine(label="Tribe", state=state, said=Said(value="secret", informant="nurse"))
