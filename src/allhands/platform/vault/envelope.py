"""What an encrypted value looks like: it names the record whose key opens it. AES-256-GCM. Pure.

Bytes: version (1), length of the record's id (1), the id, nonce (12), ciphertext with tag. Everything before the nonce
and the purpose are authenticated, so that a value cannot be moved to another record or another column. Version 1 holds
the value as it is; version 2 holds it deflated (zlib), as long texts are: what law said of one child becomes a tenth,
and a closed value cannot be made smaller afterwards.
"""

from __future__ import annotations

import os
import zlib
from dataclasses import dataclass
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
_PLAIN, _DEFLATED = 1, 2
# Shorter values gain nothing; of longer ones the beginning tells whether they can be deflated: pictures cannot.
_DEFLATE_FROM, _TASTE, _WORTH_IT = 256, 2048, 0.8
_NONCE_BYTES, _TAG_BYTES, _MOST_ID_BYTES = 12, 16, 64


class EnvelopeFault(ValueError):
    """These bytes are not an envelope, or not one of ours. Says nothing about what is inside."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """An encrypted value, still closed.

    Args:
        record_id: the record whose data key opens it.
        deflated: whether the value was deflated before it was encrypted.
    """

    record_id: str
    deflated: bool
    nonce: bytes
    ciphertext: bytes


def close(plain: bytes, *, record_id: str, key: bytes, purpose: str, deflate: bool = False) -> bytes:
    """Encrypt.

    Args:
        record_id: ASCII, at most 64 characters.
        purpose: where the value belongs, such as `episodes_statement.value`.
        deflate: whether it may be deflated first. The length of what is stored then says less of the value's own.
    """
    deflated = deflate and _deflates(plain)
    head = _head(record_id, deflated)
    nonce = os.urandom(_NONCE_BYTES)
    inner = zlib.compress(plain, level=1) if deflated else plain
    return head + nonce + _cipher(key).encrypt(nonce, inner, head + purpose.encode())


def _deflates(plain: bytes) -> bool:
    if len(plain) < _DEFLATE_FROM:
        return False
    taste = plain[:_TASTE]
    return len(zlib.compress(taste, level=1)) < len(taste) * _WORTH_IT


def parse(data: bytes) -> Envelope:
    """The parts of an envelope.

    Raises:
        EnvelopeFault: it is none.
    """
    if len(data) < 2 or data[0] not in (_PLAIN, _DEFLATED):
        raise EnvelopeFault("not an envelope of this version")
    start = 2 + data[1]
    if len(data) < start + _NONCE_BYTES + _TAG_BYTES:
        raise EnvelopeFault("the envelope is cut short")
    try:
        record_id = data[2:start].decode("ascii")
    except UnicodeDecodeError as error:
        raise EnvelopeFault("the envelope names no record") from error
    nonce_end = start + _NONCE_BYTES
    return Envelope(
        record_id=record_id, deflated=data[0] == _DEFLATED, nonce=data[start:nonce_end], ciphertext=data[nonce_end:]
    )


def open_with(envelope: Envelope, *, key: bytes, purpose: str) -> bytes:
    """Decrypt.

    Raises:
        EnvelopeFault: another key, another place, or changed bytes.
    """
    head = _head(envelope.record_id, envelope.deflated)
    try:
        inner = _cipher(key).decrypt(envelope.nonce, envelope.ciphertext, head + purpose.encode())
    except InvalidTag as error:
        raise EnvelopeFault("the envelope does not open with this key at this place") from error
    return zlib.decompress(inner) if envelope.deflated else inner


def added_bytes(record_id: str) -> int:
    """How many bytes longer a closed value is than the plain one, when it is not deflated."""
    return len(_head(record_id, deflated=False)) + _NONCE_BYTES + _TAG_BYTES


# A page opens hundreds of values of a few records: what is the same for all of them is made once.
@lru_cache(maxsize=1024)
def _cipher(key: bytes) -> AESGCM:
    return AESGCM(key)


@lru_cache(maxsize=1024)
def _head(record_id: str, deflated: bool) -> bytes:
    name = record_id.encode("ascii")
    if not 0 < len(name) <= _MOST_ID_BYTES:
        raise ValueError(f"a record's id has 1 to {_MOST_ID_BYTES} characters")
    return bytes([_DEFLATED if deflated else _PLAIN, len(name)]) + name
