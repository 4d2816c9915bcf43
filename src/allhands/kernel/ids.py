"""Opaque identifiers, safe to show, never a sequence number."""

from __future__ import annotations

import secrets
from typing import NewType

AgencyId = NewType("AgencyId", str)
MemberId = NewType("MemberId", str)
ChildId = NewType("ChildId", str)
EpisodeId = NewType("EpisodeId", str)
StatementId = NewType("StatementId", str)
DutyId = NewType("DutyId", str)
NoticeId = NewType("NoticeId", str)
DeliveryId = NewType("DeliveryId", str)

# Crockford base 32 without vowels that spell words and letters that are misheard on a phone.
_ALPHABET = "0123456789bcdfghjkmnpqrstvwxyz"
ID_LENGTH = 16
_HOW_MANY = len(_ALPHABET) ** ID_LENGTH


def new_id() -> str:
    """Sixteen characters drawn from 30: 78 bits, enough that none is ever guessed or met twice."""
    number, letters = secrets.randbelow(_HOW_MANY), []
    for _ in range(ID_LENGTH):
        number, letter = divmod(number, len(_ALPHABET))
        letters.append(_ALPHABET[letter])
    return "".join(letters)
