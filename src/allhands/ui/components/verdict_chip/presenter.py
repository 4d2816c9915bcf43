"""One verdict with its why: sentence first, trace second, quote third. Pure."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from allhands.ui.components.source_line.presenter import SourceLine


class Holds(enum.Enum):
    """Values are names of shapes. NOT_READ: we have not read this law, so there is nothing to say."""

    APPLIES = "applies"
    APPLIES_NOT = "applies-not"
    UNKNOWN = "unknown"
    NOT_READ = "not-read"


@dataclass(frozen=True, slots=True, kw_only=True)
class TraceLine:
    """One step of the reasoning and the steps below it."""

    text: str
    holds: Holds
    below: tuple[TraceLine, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Settle:
    """The one question that would settle it. `href` may be empty when this reader cannot answer."""

    question: str
    href: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictChip:
    """A verdict ready to draw.

    Args:
        about: what is judged, for those who listen: "Federal definition of missing".
        plain: one sentence in plain words.
        quote: one sentence of the law.
        pack: pack and version, such as "us.federal 2026.11.24".
    """

    holds: Holds
    about: str
    plain: str = ""
    trace: tuple[TraceLine, ...] = ()
    settle: Settle | None = None
    quote: str = ""
    sources: tuple[SourceLine, ...] = ()
    pack: str = ""

    @property
    def shape(self) -> str:
        return "unknown" if self.holds is Holds.NOT_READ else self.holds.value
