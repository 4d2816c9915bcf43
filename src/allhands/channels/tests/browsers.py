"""A browser's half of web push, and the node's key for it."""

from __future__ import annotations

import base64
import json
import os

import http_ece
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from py_vapid import Vapid02


class Browser:
    """A browser's half of web push."""

    def __init__(self, endpoint: str) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.secret = os.urandom(16)
        point = self.key.public_key().public_bytes(
            serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
        )
        keys = {"p256dh": as_text(point), "auth": as_text(self.secret)}
        self.subscription = json.dumps({"endpoint": endpoint, "keys": keys})

    def decrypt(self, body: bytes) -> dict[str, str]:
        text = http_ece.decrypt(body, private_key=self.key, auth_secret=self.secret, version="aes128gcm")
        document: dict[str, str] = json.loads(text)
        return document


def as_text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def a_push_key() -> str:
    """A new VAPID private key as the settings hold it."""
    made = Vapid02()
    made.generate_keys()
    number = made.private_key.private_numbers().private_value
    return as_text(number.to_bytes(32, "big"))
