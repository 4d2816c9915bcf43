"""Which values of a number the cases of a rule must try."""

from __future__ import annotations

import pytest

from allhands.law.packs.case_cover import edges


@pytest.mark.parametrize(
    ("side", "tried"),
    [("below", (17, 18)), ("at_least", (17, 18)), ("above", (18, 19)), ("at_most", (18, 19))],
)
def test_both_sides_of_a_bound(side: str, tried: tuple[int, int]) -> None:
    assert edges(side, 18) == tried
