"""One fact with who said so. Pure."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from allhands.ui.wording import Moment


class Certainty(enum.Enum):
    SEEN = "seen"
    TOLD = "told"
    GUESSED = "guessed"


class Known(enum.Enum):
    """NOT_ASKED and UNKNOWN are different answers: nobody asked, and nobody knows. CORRECTED shows old and new."""

    KNOWN = "known"
    UNKNOWN = "unknown"
    NOT_ASKED = "not-asked"
    DISAGREEMENT = "disagreement"
    CORRECTED = "corrected"
    NOT_YOURS = "not-yours"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One informant's value."""

    value: str
    informant: str
    at: Moment | None = None
    certainty: Certainty | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FactLine:
    """A fact ready to draw.

    Args:
        label: what it is about: "Last seen".
        said: the value that governs; first the more dangerous one. None when nothing is known.
        others: what others say, in a disagreement; or what stands beside it and cannot be compared.
        earlier: values it replaced, newest first.
        ask_href: where to ask or answer it; offered when the value is not known.
        why_href: where "why can't I see this" is explained.
        belongs_to: whose it is, when it is not the reader's.
    """

    label: str
    state: Known
    said: Said | None = None
    others: tuple[Said, ...] = ()
    earlier: tuple[Said, ...] = ()
    ask_href: str = ""
    why_href: str = ""
    belongs_to: str = ""

    def __post_init__(self) -> None:
        needs_value = self.state in (Known.KNOWN, Known.DISAGREEMENT, Known.CORRECTED)
        if needs_value != (self.said is not None):
            raise ValueError(f"a fact that is {self.state.value} {'needs' if needs_value else 'cannot have'} a value")
