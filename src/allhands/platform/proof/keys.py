"""The key that signs checkpoints, kept beside the database or given by the environment."""

from __future__ import annotations

import base64
import binascii
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from allhands.platform.key_file import kept_text
from allhands.platform.proof.checkpoint import Verifier, verifier_of

_KEY_BYTES = 32


def origin() -> str:
    """The name under which this installation's log is known."""
    return f"{settings.ALLOWED_HOSTS[0]}/journal"


def signing_key() -> Ed25519PrivateKey:
    """The key; the first process that needs one makes it and writes it down, readable by its own user only.

    Raises:
        ImproperlyConfigured: what is kept is no key.
    """
    text = settings.ALLHANDS_JOURNAL_KEY or kept_text(Path(settings.ALLHANDS_DATA_DIR) / "journal_key", _new_key)
    try:
        raw = base64.b64decode(text.strip(), validate=True)
    except (binascii.Error, ValueError) as error:
        raise ImproperlyConfigured("ALLHANDS_JOURNAL_KEY, or the file journal_key, is not base64.") from error
    if len(raw) != _KEY_BYTES:
        raise ImproperlyConfigured(f"ALLHANDS_JOURNAL_KEY, or the file journal_key, must be {_KEY_BYTES} bytes.")
    return Ed25519PrivateKey.from_private_bytes(raw)


def verifier() -> Verifier:
    """The public side, for whoever checks."""
    return verifier_of(origin(), signing_key())


def _new_key() -> str:
    return base64.b64encode(Ed25519PrivateKey.generate().private_bytes_raw()).decode()
