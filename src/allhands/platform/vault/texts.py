"""Short texts that lie in somebody else's column: closed as the vault closes, written as letters."""

from __future__ import annotations

import base64
import binascii
from datetime import datetime
from typing import Final

from allhands.platform.vault import keys
from allhands.platform.vault.envelope import EnvelopeFault, close, open_with, parse

_MARK: Final = "closed:"


def close_text(text: str, record_id: str, purpose: str, now: datetime) -> str:
    """The text under the key of the record; the key is made when there is none."""
    key = keys.key_for_writing(record_id, now)
    return _MARK + base64.b64encode(close(text.encode(), record_id=record_id, key=key, purpose=purpose)).decode()


def is_closed(text: str) -> bool:
    """Whether it went through `close_text`."""
    return text.startswith(_MARK)


def open_text(text: str, purpose: str) -> str:
    """What was closed.

    Raises:
        EnvelopeFault: it is no such text, was changed, or belongs elsewhere.
        Sealed: its key was destroyed.
    """
    try:
        envelope = parse(base64.b64decode(text.removeprefix(_MARK), validate=True))
    except (binascii.Error, ValueError) as error:
        raise EnvelopeFault("not a closed text") from error
    key = keys.keys_for_reading([envelope.record_id])[envelope.record_id]
    return open_with(envelope, key=key, purpose=purpose).decode()
