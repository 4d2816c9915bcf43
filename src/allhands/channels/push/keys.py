"""Makes the node's key for web push."""

from __future__ import annotations

import base64

from cryptography.hazmat.primitives.asymmetric import ec

from allhands.channels.push.client import public_key


def make_key() -> tuple[str, str]:
    """Private and public key, base64url (RFC 8292)."""
    number = ec.generate_private_key(ec.SECP256R1()).private_numbers().private_value
    private = base64.urlsafe_b64encode(number.to_bytes(32, "big")).rstrip(b"=").decode()
    return private, public_key(private)
