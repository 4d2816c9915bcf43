"""Where a draft is saved. Pure."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from allhands.ui.wording import Moment


class Saved(enum.Enum):
    NOTHING_YET = "nothing-yet"
    SAVING = "saving"
    SERVER = "server"
    DEVICE = "device"
    BOTH = "both"
    NOT_SAVED = "not-saved"


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftLine:
    """at: when it was saved; the line never says "saved" without a time."""

    state: Saved = Saved.NOTHING_YET
    at: Moment | None = None

    def __post_init__(self) -> None:
        if self.state in (Saved.SERVER, Saved.DEVICE, Saved.BOTH) and self.at is None:
            raise ValueError("a draft line that says saved needs the time")
