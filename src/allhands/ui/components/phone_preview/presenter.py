"""One message on a phone. Pure."""

from __future__ import annotations

import enum
import textwrap
from dataclasses import dataclass

# Columns of the narrowest phone that still shows such alerts; ours, from screens 4.
COLUMNS = 24


class Leaves(enum.Enum):
    """Whether it leaves this machine. Every preview says so in words."""

    YES = "yes"
    SIMULATED = "simulated"
    NOT_CONFIGURED = "not-configured"


@dataclass(frozen=True, slots=True, kw_only=True)
class PhonePreview:
    """A text ready to draw.

    Args:
        title: which text: "Phone, 360".
        lang: of the text.
        sender: as the phone shows it.
        used, limit: in the way's own count; None where nothing is counted.
        costly: letters that count twice, each named.
        faults: why it cannot leave, in words.
    """

    title: str
    lang: str
    sender: str
    lines: tuple[str, ...]
    text: str
    used: int | None
    limit: int | None
    leaves: Leaves
    costly: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()


def present_phone(  # noqa: PLR0913  one argument for each thing the bubble says
    text: str,
    *,
    title: str,
    lang: str,
    sender: str,
    used: int | None = None,
    limit: int | None = None,
    leaves: Leaves = Leaves.YES,
    costly: tuple[str, ...] = (),
    faults: tuple[str, ...] = (),
) -> PhonePreview:
    """The text wrapped as on a narrow phone.

    Example:
        >>> present_phone("Missing girl, 14, green parka", title="", lang="en", sender="").lines
        ('Missing girl, 14, green', 'parka')
    """
    wrapped = [line for part in text.splitlines() for line in textwrap.wrap(part, COLUMNS) or [""]]
    return PhonePreview(
        title=title,
        lang=lang,
        sender=sender,
        lines=tuple(wrapped),
        text=text,
        used=used,
        limit=limit,
        leaves=leaves,
        costly=costly,
        faults=faults,
    )
