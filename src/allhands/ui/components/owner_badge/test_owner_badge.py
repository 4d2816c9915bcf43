"""The owner is never empty."""

from __future__ import annotations

import pytest

from allhands.ui.components.owner_badge.presenter import OwnerBadge


@pytest.mark.parametrize("person", ["", "  "])
def test_an_episode_without_owner_is_refused(person: str) -> None:
    with pytest.raises(ValueError, match="always has an owner"):
        OwnerBadge(person=person)
