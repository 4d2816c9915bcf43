"""One sign and what it will show. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from allhands.ui.components.phone_preview.presenter import Leaves


@dataclass(frozen=True, slots=True, kw_only=True)
class SignPreview:
    """A sign ready to draw.

    Args:
        title: the type of sign, in words.
        picture_href: drawn by the same codec that sends; empty when it does not fit.
        lines: the words, line by line, pages apart: the alternative text.
        faults: why it does not fit, in words.
        notes: what was left out so that it fits.
    """

    title: str
    picture_href: str
    lines: tuple[str, ...]
    leaves: Leaves
    faults: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """The lines as one sentence for who cannot see the picture."""
        return " / ".join(self.lines)
