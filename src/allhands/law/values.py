"""The few value types that every part of the law room passes around."""

from __future__ import annotations

import difflib
import enum
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeAlias

from allhands.law.places import Place

JSON: TypeAlias = "bool | int | float | str | list[JSON] | dict[str, JSON] | None"
"""What `json.loads` may return."""

Number: TypeAlias = int | float
FactValue: TypeAlias = bool | int | float | str | date | datetime | Place | tuple[str, ...]
Kleene: TypeAlias = bool | None
"""True, False, or None for UNKNOWN: the engine's inner form of a `Verdict`."""


class Verdict(enum.Enum):
    """Kleene's three values. UNKNOWN never counts as no."""

    TRUE = "true"
    FALSE = "false"
    UNKNOWN = "unknown"

    @classmethod
    def of(cls, kleene: Kleene) -> Verdict:
        """The verdict for the engine's inner form.

        Example:
            >>> Verdict.of(None)
            <Verdict.UNKNOWN: 'unknown'>
        """
        return _OF_KLEENE[kleene]


_OF_KLEENE = {True: Verdict.TRUE, False: Verdict.FALSE, None: Verdict.UNKNOWN}


@dataclass(frozen=True, slots=True)
class Text:
    """The same words in English and Spanish."""

    en: str
    es: str

    def get(self, lang: str) -> str:
        """The words in one language; English for every language we do not have."""
        return self.es if lang == "es" else self.en


class Confidence(enum.Enum):
    """How well the text behind a rule was read."""

    A = "A"  # verified in its own text
    B = "B"  # read in part, or in an older copy
    C = "C"  # secondary source or memory


def nearest_word(word: str, known: Iterable[str]) -> str | None:
    """The known word that a misspelt one most likely means.

    Example:
        >>> nearest_word("child.pregnent", ["child.pregnant", "child.age_years"])
        'child.pregnant'
    """
    close = difflib.get_close_matches(word[:80], list(known), n=1, cutoff=0.6)
    return close[0] if close else None
