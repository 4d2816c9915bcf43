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
    """What is told to somebody who sent something.

    Args:
        code: printed large, read out on phones.
        next_steps: what happens now, one sentence each.
        is_tracked: whether somebody looks at it and says when it is done.
    """

    heading: str
    code: str
    next_steps: tuple[str, ...] = ()
    state: ReceiptState = ReceiptState.RECEIVED
    is_tracked: bool = True
    ask: CallLine | None = None
