"""Ed25519 keys of releases, and the file that holds one."""

from __future__ import annotations

import base64
import hashlib
import os
from pathlib import Path

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

# What is signed begins with this, so that a signature of ours never fits another kind of document.
DOMAIN = b"allhands pack release 1\n"
_ID_LENGTH = 16
_RAW = (serialization.Encoding.Raw, serialization.PublicFormat.Raw)


class KeyFault(Exception):
    """This is no key of releases. The words say what to do."""


def make_key_files(private: Path, public: Path) -> str:
    """A new key: the private half for its owner's eyes only, the public half for everybody. Answers with its id.

    Raises:
        KeyFault: a file is there already; a key is never overwritten.
    """
    key = Ed25519PrivateKey.generate()
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    for path in (private, public):
        if path.exists():
            raise KeyFault(f"{path} is there already; a key is never overwritten. Move it away first.")
        path.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(private, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(secret)
    public.write_text(public_text(key.public_key()), encoding="ascii")
    return key_id(key.public_key())


def read_private(path: Path) -> Ed25519PrivateKey:
    """The private key of a file.

    Raises:
        KeyFault: no file, or no Ed25519 key in it.
    """
    try:
        key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    except OSError as error:
        raise KeyFault(f"{path} cannot be read; make a key with `allhands packs keygen`.") from error
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise KeyFault(f"{path} holds no Ed25519 key; make one with `allhands packs keygen`.") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise KeyFault(f"{path} holds a key of another kind; make one with `allhands packs keygen`.")
    return key


def public_text(key: Ed25519PublicKey) -> str:
    """A public key as one line: `ed25519 <base64>`."""
    return f"ed25519 {base64.b64encode(key.public_bytes(*_RAW)).decode()}\n"


def parse_public(text: str) -> Ed25519PublicKey:
    """The key of such a line.

    Raises:
        KeyFault: anything else.
    """
    word, _, encoded = text.strip().partition(" ")
    try:
        if word != "ed25519":
            raise ValueError(word)
        return Ed25519PublicKey.from_public_bytes(base64.b64decode(encoded, validate=True))
    except ValueError as error:
        raise KeyFault("This is no public key of releases; it is one line that begins with ed25519.") from error


def read_public_folder(folder: Path) -> dict[str, Ed25519PublicKey]:
    """The public keys in the `.pub` files of a folder, by id; none when there is no such folder."""
    keys = [parse_public(path.read_text(encoding="ascii")) for path in sorted(folder.glob("*.pub"))]
    return {key_id(key): key for key in keys}


def key_id(key: Ed25519PublicKey) -> str:
    """The short name of a key, from its own bytes."""
    return hashlib.sha256(key.public_bytes(*_RAW)).hexdigest()[:_ID_LENGTH]


def sign(key: Ed25519PrivateKey, message: bytes) -> bytes:
    return key.sign(DOMAIN + message)


def is_signed(key: Ed25519PublicKey, signature: bytes, message: bytes) -> bool:
    try:
        key.verify(signature, DOMAIN + message)
    except InvalidSignature:
        return False
    return True
