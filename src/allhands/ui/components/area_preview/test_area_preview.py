"""The sentence carries what the picture shows, and numbers are rounded, never exact."""

from __future__ import annotations

import re

import pytest

from allhands.ui.components.area_preview.gallery import examples
from allhands.ui.components.area_preview.presenter import number
from allhands.ui.wording import Lang


@pytest.mark.parametrize(
    ("value", "lang", "words"),
    [
        (12_040, "en", "12,000"),
        (18.24, "en", "18.2"),
        (99.96, "en", "100"),
        (1_843.2, "es", "1\u202f840"),
        (0, "en", "0"),
    ],
)
def test_numbers_are_rounded_and_written_as_people_write_them(value: float, lang: Lang, words: str) -> None:
    assert number(value, lang) == words


def test_outlines_stay_in_the_picture_and_the_unknown_is_said() -> None:
    drawn = {one.title: one.context["area"] for one in examples("en")}
    corners = [float(part) for part in re.findall(r"[\d.]+", drawn["ok"].paths[0])]  # type: ignore[attr-defined]  # gallery values are open
    assert max(corners[0::2]) <= 320
    assert max(corners[1::2]) <= 200
    assert "not known" in drawn["unknown number"].sentences[0]  # type: ignore[attr-defined]  # gallery values are open
