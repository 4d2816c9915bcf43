"""The receipt of something sent. Pure."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from allhands.ui.components.call_line.presenter import CallLine


class ReceiptState(enum.Enum):
    RECEIVED = "received"
    LOOKED_AT = "looked-at"
    DONE = "done"


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """code: printed large, read out on phones. next_steps: what happens now, one sentence each."""

    heading: str
    code: str
    next_steps: tuple[str, ...] = ()
    state: ReceiptState = ReceiptState.RECEIVED
    ask: CallLine | None = None
