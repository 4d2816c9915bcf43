"""A tier never stands without its because."""

from __future__ import annotations

import pytest

from allhands.ui.components.tier_badge.presenter import TierBadge


def test_a_tier_without_reason_is_refused() -> None:
    with pytest.raises(ValueError, match="because"):
        TierBadge(level="T1", reasons=())


def test_nothing_below_t3_exists() -> None:
    with pytest.raises(ValueError, match="does not exist"):
        TierBadge(level="T4", reasons=("any",))
