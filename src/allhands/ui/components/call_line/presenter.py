"""One phone number of the directory. Pure."""

from __future__ import annotations

import enum
from dataclasses import dataclass


class CallState(enum.Enum):
    """OLD is shown to staff only: the number was not checked lately. CLOSED: nobody answers now."""

    VERIFIED = "verified"
    OLD = "old"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class CallLine:
    """A number to call. It comes from the directory, never from a template.

    Args:
        shown: as people read it: "701 555 0100".
        tel: digits with country code: "+17015550100".
        hours: "day and night", "Mon to Fri 8:00 to 17:00".
        verified: the day somebody of the agency last checked it, in words.
        read: the day it was read in a public source that nobody has tried by calling, in words.
        opens: when they answer again, when closed.
    """

    name: str
    shown: str
    tel: str
    hours: str = ""
    verified: str = ""
    read: str = ""
    state: CallState = CallState.VERIFIED
    opens: str = ""
