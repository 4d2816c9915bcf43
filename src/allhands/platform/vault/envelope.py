"""What an encrypted value looks like: it names the record whose key opens it. AES-256-GCM. Pure.

Bytes: version (1), length of the record's id (1), the id, nonce (12), ciphertext with tag. Everything before the nonce
and the purpose are authenticated, so that a value cannot be moved to another record or another column.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
_VERSION = b"\x01"
_NONCE_BYTES, _TAG_BYTES, _MOST_ID_BYTES = 12, 16, 64


class EnvelopeFault(ValueError):
    """These bytes are not an envelope, or not one of ours. Says nothing about what is inside."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """An encrypted value, still closed.

    Args:
        record_id: the record whose data key opens it.
    """

    record_id: str
    nonce: bytes
    ciphertext: bytes


def close(plain: bytes, *, record_id: str, key: bytes, purpose: str) -> bytes:
    """Encrypt.

    Args:
        record_id: ASCII, at most 64 characters.
        purpose: where the value belongs, such as `episodes_statement.value`.
    """
    head = _head(record_id)
    nonce = os.urandom(_NONCE_BYTES)
    return head + nonce + _cipher(key).encrypt(nonce, plain, head + purpose.encode())


def parse(data: bytes) -> Envelope:
    """The parts of an envelope.

    Raises:
        EnvelopeFault: it is none.
    """
    if len(data) < 2 or data[:1] != _VERSION:
        raise EnvelopeFault("not an envelope of this version")
    start = 2 + data[1]
    if len(data) < start + _NONCE_BYTES + _TAG_BYTES:
        raise EnvelopeFault("the envelope is cut short")
    try:
        record_id = data[2:start].decode("ascii")
    except UnicodeDecodeError as error:
        raise EnvelopeFault("the envelope names no record") from error
    nonce_end = start + _NONCE_BYTES
    return Envelope(record_id=record_id, nonce=data[start:nonce_end], ciphertext=data[nonce_end:])


def open_with(envelope: Envelope, *, key: bytes, purpose: str) -> bytes:
    """Decrypt.

    Raises:
        EnvelopeFault: another key, another place, or changed bytes.
    """
    try:
        return _cipher(key).decrypt(envelope.nonce, envelope.ciphertext, _head(envelope.record_id) + purpose.encode())
    except InvalidTag as error:
        raise EnvelopeFault("the envelope does not open with this key at this place") from error


def added_bytes(record_id: str) -> int:
    """How many bytes longer a closed value is than the plain one."""
    return len(_head(record_id)) + _NONCE_BYTES + _TAG_BYTES


# A page opens hundreds of values of a few records: what is the same for all of them is made once.
@lru_cache(maxsize=1024)
def _cipher(key: bytes) -> AESGCM:
    return AESGCM(key)


@lru_cache(maxsize=1024)
def _head(record_id: str) -> bytes:
    name = record_id.encode("ascii")
    if not 0 < len(name) <= _MOST_ID_BYTES:
        raise ValueError(f"a record's id has 1 to {_MOST_ID_BYTES} characters")
    return _VERSION + bytes([len(name)]) + name
