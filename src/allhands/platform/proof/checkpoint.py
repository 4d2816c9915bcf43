"""A signed checkpoint: how many entries the journal has, and the root that fixes every one of them. Pure.

The text is a signed note as transparency logs exchange it (C2SP tlog-checkpoint and signed-note): origin, size and
root on a line each, an empty line, then one signature a line. Ed25519.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

_ED25519 = b"\x01"
_HASH_BYTES, _KEY_ID_BYTES, _SIGNATURE_BYTES = 32, 4, 64
_NAME = re.compile(r"[^\s+]{1,128}")
_MOST_CHARACTERS = 10_000


class NoteFault(ValueError):
    """The text is no checkpoint, or nobody we know signed it. The message says which."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """What a checkpoint states.

    Args:
        origin: name of the log; an installation's host name.
        size: number of leaves.
        root: 32 bytes.
    """

    origin: str
    size: int
    root: bytes

    def body(self) -> str:
        """The signed text, with its last line break."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verifier:
    """A public key and the name it signs under, exchanged as one line: `name+key id+key`."""

    name: str
    key: bytes

    def key_id(self) -> bytes:
        """Four bytes that tell keys apart; no proof of anything."""
        return hashlib.sha256(self.name.encode() + b"\n" + _ED25519 + self.key).digest()[:_KEY_ID_BYTES]

    def line(self) -> str:
        """How to hand the key to a witness."""
        return f"{self.name}+{self.key_id().hex()}+{base64.b64encode(_ED25519 + self.key).decode()}"


def parse_verifier(line: str) -> Verifier:
    """Read a key's line.

    Raises:
        NoteFault: it is no such line, or its id does not fit its key.
    """
    parts = line.strip().split("+", 2)
    if len(parts) != 3 or not _NAME.fullmatch(parts[0]):
        raise NoteFault("a key's line is NAME+ID+KEY")
    raw = _from_base64(parts[2])
    if raw[:1] != _ED25519 or len(raw) != 1 + _HASH_BYTES:
        raise NoteFault("the key is not of the kind Ed25519")
    verifier = Verifier(name=parts[0], key=raw[1:])
    if verifier.key_id().hex() != parts[1]:
        raise NoteFault("the key and its id do not belong together")
    return verifier


def verifier_of(name: str, key: Ed25519PrivateKey) -> Verifier:
    """The public side of a signing key."""
    return Verifier(name=name, key=key.public_key().public_bytes_raw())


def sign(checkpoint: Checkpoint, name: str, key: Ed25519PrivateKey) -> str:
    """The checkpoint as a signed note."""
    body = checkpoint.body()
    signature = verifier_of(name, key).key_id() + key.sign(body.encode())
    return f"{body}\n— {name} {base64.b64encode(signature).decode()}\n"


def open_note(note: str, verifier: Verifier) -> Checkpoint:
    """The checkpoint that the note states, when the verifier's key signed it.

    Raises:
        NoteFault: not a checkpoint, or not signed with that key.
    """
    if len(note) > _MOST_CHARACTERS or "\n\n" not in note:
        raise NoteFault("this is no signed checkpoint")
    body, _, signatures = note.partition("\n\n")
    body += "\n"
    if not any(_is_signed(body, line, verifier) for line in signatures.splitlines()):
        raise NoteFault(f"nobody with the key of {verifier.name} signed this checkpoint")
    return _parse_body(body)


def _is_signed(body: str, line: str, verifier: Verifier) -> bool:
    words = line.split(" ")
    if len(words) != 3 or words[0] != "—" or words[1] != verifier.name:
        return False
    raw = _from_base64(words[2])
    if len(raw) != _KEY_ID_BYTES + _SIGNATURE_BYTES or raw[:_KEY_ID_BYTES] != verifier.key_id():
        return False
    try:
        Ed25519PublicKey.from_public_bytes(verifier.key).verify(raw[_KEY_ID_BYTES:], body.encode())
    except InvalidSignature:
        return False
    return True


def _parse_body(body: str) -> Checkpoint:
    lines = body.split("\n")
    if len(lines) < 4 or not re.fullmatch(r"0|[1-9][0-9]{0,17}", lines[1]):
        raise NoteFault("the checkpoint lacks its size")
    root = _from_base64(lines[2])
    if len(root) != _HASH_BYTES:
        raise NoteFault("the checkpoint's root is not 32 bytes")
    return Checkpoint(origin=lines[0], size=int(lines[1]), root=root)


def _from_base64(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise NoteFault("that is not base64") from error
