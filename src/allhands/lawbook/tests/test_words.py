"""Conditions read as sentences."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from allhands.lawbook.words import Condition, condition_of
from allhands.platform import packs


def lines(condition: Condition) -> Iterator[str]:
    yield condition.text
    for part in condition.below:
        yield from lines(part)


@pytest.mark.parametrize(("lang", "words"), [("en", "the choice made here"), ("es", "la opción elegida aquí")])
def test_a_choice_of_the_installation_is_named(lang: str, words: str) -> None:
    library = packs.library()
    found = list(lines(condition_of(library.rule("us.federal.def-ncic-eme").when, library, lang)))
    assert f"{words}: unverified place counts as missing" in " ".join(found)
