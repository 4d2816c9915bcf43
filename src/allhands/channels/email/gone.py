"""Whether a refusal says that nobody lives at an address; only then is a person written to no more. Pure.

A refusal by policy (5.7.x), one of our own address (5.1.7, 5.1.8) or of the letter speaks of us, not of the person:
one blocked alert must not end a county's subscriptions. Source: RFC 3463 3.2; dossier interfaces 3.2.
"""

from __future__ import annotations

import enum
import re
from typing import Final

_NOBODY: Final = frozenset({"5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10"})
_STATUS: Final = re.compile(r"\s*([245]\.\d{1,3}\.\d{1,3})\b", re.ASCII)
# Without a status of its own: no such mailbox, elsewhere, not a name here (RFC 5321 4.2.3).
_BARE: Final = frozenset({"smtp-550", "smtp-551", "smtp-553"})


class About(enum.Enum):
    """What a server's no answered: our own address, the recipient's, or the letter."""

    SENDER = "SENDER"
    RECIPIENT = "RECIPIENT"
    LETTER = "LETTER"


def status_says_gone(status: str) -> bool:
    """For the status of a report that came back, such as `5.1.1`."""
    return status in _NOBODY


def answer_says_gone(code: str, words: str, *, about: About) -> bool:
    """For an answer in the session.

    Args:
        code: `smtp-550`.
        words: the server's, with the status before them when it gives one.
        about: of a no to our own address nothing follows for the recipient, whatever its status says; a no to the
            letter counts by its status alone, as many servers look for the mailbox only then.
    """
    if about is About.SENDER:
        return False
    status = _STATUS.match(words)
    if status:
        return status_says_gone(status[1])
    return about is About.RECIPIENT and code in _BARE
