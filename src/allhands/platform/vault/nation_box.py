"""A box that only a nation opens: sealed to a public key whose private part never reaches this installation. Pure.

HPKE, base mode (RFC 9180), with X25519, HKDF-SHA256 and AES-256-GCM, as `cryptography` has it. Each box has a key of
its own, agreed with the nation's public key and thrown away: what sealed a box cannot open it.

Bytes: version (1), name of the key (8, the beginning of the SHA-256 of the public key), the 32 bytes HPKE calls `enc`,
ciphertext with tag. What the box belongs to goes into HPKE's `info`: a box cannot be moved to another statement.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Iterable

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hpke, serialization
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

_SUITE = hpke.Suite(hpke.KEM.X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)
_PREFIX = "allhands-nation-key-1:"
_VERSION, _NAME_BYTES, _KEY_BYTES = 1, 8, 32
_HEAD_BYTES = 1 + _NAME_BYTES
_SHORTEST = _HEAD_BYTES + _KEY_BYTES + 16
# A box's length tells the length of what is in it; spaces after JSON change nothing, so short answers look alike.
_STEP = 256


class KeyFault(ValueError):
    """This is no key, not the right one, or no box. The message says what to do."""


class PrivatePart(KeyFault):
    """Somebody is about to hand over the private key."""


def new_private() -> X25519PrivateKey:
    """A fresh key. Made where the nation keeps it, never on the server."""
    return X25519PrivateKey.generate()


def public_line(private: X25519PrivateKey) -> str:
    """The public part as a line that is handed over."""
    raw = private.public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
    return _PREFIX + base64.b64encode(raw).decode()


def parse_public(line: str) -> bytes:
    """The 32 bytes of a public key.

    Raises:
        PrivatePart: it is the private key, which must not leave the nation.
        KeyFault: it is no key.
    """
    text = line.strip()
    if "PRIVATE KEY" in text:
        raise PrivatePart("This is the private part. It must not leave the nation: make another key, and use that one.")
    if not text.startswith(_PREFIX):
        raise KeyFault(f"A public key begins with {_PREFIX}")
    try:
        raw = base64.b64decode(text.removeprefix(_PREFIX), validate=True)
    except (binascii.Error, ValueError) as error:
        raise KeyFault("The public key is not whole: copy the whole line.") from error
    if len(raw) != _KEY_BYTES or not _agrees(raw):
        raise KeyFault("The public key is not whole: copy the whole line.")
    return raw


def _agrees(raw: bytes) -> bool:
    """Whether a secret can be agreed with this key: with a point of small order everybody would know it."""
    try:
        X25519PrivateKey.generate().exchange(X25519PublicKey.from_public_bytes(raw))
    except ValueError:
        return False
    return True


def fingerprint(public: bytes) -> str:
    """What two people compare, read aloud: half of the SHA-256 of the public key, in groups of four."""
    digits = hashlib.sha256(public).hexdigest()[:32]
    return " ".join(digits[start : start + 4] for start in range(0, len(digits), 4))


def write_private(private: X25519PrivateKey, password: str) -> str:
    """The private key as it is kept: PKCS 8, closed with a password."""
    closed = serialization.BestAvailableEncryption(password.encode())
    return private.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, closed).decode()


def read_private(text: str, password: str) -> X25519PrivateKey:
    """The private key again.

    Raises:
        KeyFault: another password, or no such key.
    """
    try:
        found = serialization.load_pem_private_key(text.encode(), password.encode())
    except (ValueError, TypeError) as error:
        raise KeyFault("The key does not open with this password, or the file holds no key.") from error
    if not isinstance(found, X25519PrivateKey):
        raise KeyFault("The file holds a key of another kind.")
    return found


def about(episode_id: str, fact_id: str, statement_id: str) -> str:
    """What a box belongs to."""
    return f"{episode_id}/{fact_id}/{statement_id}"


def seal(plain: bytes, public: bytes, belongs_to: str) -> bytes:
    """The box. Whoever has its bytes and not the private key learns how long it is, in steps of 256 bytes.

    Args:
        plain: JSON; it is filled up with spaces.
        belongs_to: from `about`.
    """
    filled = plain.ljust(-(-len(plain) // _STEP) * _STEP)
    inner = _SUITE.encrypt(filled, X25519PublicKey.from_public_bytes(public), info=_info(belongs_to))
    return bytes([_VERSION]) + _name(public) + inner


def open_with(box: bytes, keys: Iterable[X25519PrivateKey], belongs_to: str) -> bytes:
    """What is in the box, with whichever of the nation's keys it was sealed to.

    Raises:
        KeyFault: none of them, another place, or changed bytes.
    """
    if len(box) < _SHORTEST or box[0] != _VERSION:
        raise KeyFault("This is no box of this version.")
    name = box[1:_HEAD_BYTES]
    for private in keys:
        raw = private.public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
        if _name(raw) == name:
            return _open(box[_HEAD_BYTES:], private, belongs_to)
    raise KeyFault(f"The box was sealed to the key {name.hex(' ', 2)}…, which is not among these.")


def _open(inner: bytes, private: X25519PrivateKey, belongs_to: str) -> bytes:
    try:
        return _SUITE.decrypt(inner, private, info=_info(belongs_to)).rstrip(b" ")
    except InvalidTag as error:
        raise KeyFault("The box was changed, or belongs to another statement.") from error


def _name(public: bytes) -> bytes:
    return hashlib.sha256(public).digest()[:_NAME_BYTES]


def _info(belongs_to: str) -> bytes:
    return f"allhands nation annex 1 {belongs_to}".encode()
