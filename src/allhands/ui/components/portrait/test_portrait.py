"""The same name always has the same face; nothing about the person chooses it."""

from __future__ import annotations

import pytest

from allhands.ui.components.portrait.presenter import drawn_portrait, initials_of


def test_a_name_always_has_the_same_face() -> None:
    assert drawn_portrait("Ruth Amundson") == drawn_portrait("Ruth Amundson")
    assert drawn_portrait("Ruth Amundson") != drawn_portrait("Sgt. Cole")


@pytest.mark.parametrize(
    ("name", "initials"), [("Ruth Amundson", "RA"), ("Maya", "M"), ("ʻĀnela Kai", "ĀK"), ("", ""), ("íñigo peña", "ÍP")]
)
def test_initials_begin_with_letters(name: str, initials: str) -> None:
    assert initials_of(name) == initials
