"""Where the keys of releases lie: files of this machine that the operator puts there, never a form on a page."""

from __future__ import annotations

from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings

from allhands.lawbook.release import keys


def folder() -> Path:
    return Path(settings.ALLHANDS_DATA_DIR) / "law" / "keys"


def private_path() -> Path:
    """The key this installation signs with."""
    return folder() / "signing.key"


def trusted_folder() -> Path:
    """Public keys, one a file, whose releases are taken. Our own lies there too."""
    return folder() / "trusted"


def signing_key() -> Ed25519PrivateKey:
    """The key this installation signs with.

    Raises:
        KeyFault: there is none, or it is no key.
    """
    return keys.read_private(private_path())


def trusted_keys() -> dict[str, Ed25519PublicKey]:
    """The keys we trust, by id."""
    return keys.read_public_folder(trusted_folder())


def make_own_key() -> str:
    """A new key for this installation; its id.

    Raises:
        KeyFault: it has one already.
    """
    return keys.make_key_files(private_path(), trusted_folder() / "own.pub")


def trust(text: str, name: str) -> str:
    """Trust whoever has the private half of this key; its id.

    Args:
        text: the line of a `.pub` file.
        name: whose key it is, for the file's name.
    Raises:
        KeyFault: it is no public key of releases, or another key lies under this name.
    """
    key = keys.parse_public(text)
    path = trusted_folder() / f"{name}.pub"
    if path.exists():
        raise keys.KeyFault(f"{path} is there already. Choose another name, or take that file away first.")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(keys.public_text(key), encoding="ascii")
    return keys.key_id(key)
