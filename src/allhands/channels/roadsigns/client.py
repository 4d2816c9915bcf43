"""The way out to signs that this node speaks to itself."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from allhands.channels.copies import Frozen

if TYPE_CHECKING:
    from allhands.channels.roadsigns.snmp import SignSender


@contextmanager
def open_sender(frozen: Frozen) -> Iterator[SignSender]:
    """A sender for one broadcast."""
    # The SNMP library takes a quarter of a second to read: whoever speaks to a sign waits for it, not every command.
    from allhands.channels.roadsigns.snmp import SignSender

    yield SignSender(frozen)
