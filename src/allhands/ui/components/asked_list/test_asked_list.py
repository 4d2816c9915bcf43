"""At most five acts are shown; the rest is counted."""

from __future__ import annotations

from allhands.ui.components.asked_list.gallery import examples
from allhands.ui.components.asked_list.presenter import AskedList


def test_more_than_five_are_counted() -> None:
    asked = examples("en")[2].context["asked"]
    assert isinstance(asked, AskedList)
    assert (len(asked.rows), asked.more) == (5, 3)
