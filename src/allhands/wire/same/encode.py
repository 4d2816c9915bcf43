"""A header value to its text."""

from __future__ import annotations

from datetime import timedelta

from allhands.wire.errors import EncodeRefused
from allhands.wire.reports import has_errors
from allhands.wire.same.model import SENDER_LENGTH, SameHeader
from allhands.wire.same.validate import validate


def encode(header: SameHeader) -> str:
    """The header text, from ZCZC to the closing dash.

    Raises:
        EncodeRefused: `validate` finds an error.
    """
    findings = validate(header)
    if has_errors(findings):
        raise EncodeRefused(findings)
    locations = "-".join(location.code for location in header.locations)
    issued = f"{header.issued.day:03}{header.issued.hour:02}{header.issued.minute:02}"
    sender = header.sender.ljust(SENDER_LENGTH)
    return f"ZCZC-{header.originator}-{header.event}-{locations}+{_period(header.valid_for)}-{issued}-{sender}-"


def _period(period: timedelta) -> str:
    hours, minutes = divmod(int(period.total_seconds()) // 60, 60)
    return f"{hours:02}{minutes:02}"
