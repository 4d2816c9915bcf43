"""Secrets of keys and links: made here, shown once, kept only as SHA-256."""

from __future__ import annotations

import hashlib
import secrets

# 256 bits. A secret this long needs no slow hash: there is nothing to guess (NIST SP 800-63B section 5.1.2.2).
_SECRET_BYTES = 32


def new_secret() -> str:
    """Fresh text of 256 bits, safe in a URL."""
    return secrets.token_urlsafe(_SECRET_BYTES)


def digest(raw: str) -> str:
    """What the database keeps of a secret.

    Example:
        >>> digest("x")[:8]
        '2d711642'
    """
    return hashlib.sha256(raw.encode()).hexdigest()
