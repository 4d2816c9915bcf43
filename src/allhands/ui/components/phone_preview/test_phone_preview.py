"""Lines break where a narrow phone breaks them, and no word of the text is lost."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from allhands.ui.components.phone_preview.presenter import COLUMNS, present_phone


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a busy machine is no fault
@given(st.text(alphabet=st.characters(categories=["L", "N", "P", "Zs"]), max_size=400))
def test_no_line_is_wider_than_the_phone_and_no_word_is_lost(text: str) -> None:
    drawn = present_phone(text, title="", lang="en", sender="")
    assert all(len(line) <= COLUMNS for line in drawn.lines)
    assert "".join("".join(drawn.lines).split()) == "".join(text.split())
