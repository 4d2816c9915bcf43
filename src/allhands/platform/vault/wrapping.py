"""The key-encryption key: where it lies, and how a data key is wrapped by it.

Three places: the environment or a file named by it, a file of the data folder, or a program of the operator's own that
speaks to a key service or a hardware module. The last never lets the key into this process.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
import shlex
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from allhands.kernel.errors import TryLater
from allhands.platform.key_file import kept_text
from allhands.platform.vault.envelope import KEY_BYTES

_NONCE_BYTES = 12
_PROGRAM_SECONDS = 20


class WrappingFault(Exception):
    """A data key could not be wrapped or unwrapped. The message says what the operator can do."""


class Wrapper(Protocol):
    """Wraps data keys. `name` is kept beside each wrapped key and tells which key opens it."""

    @property
    def name(self) -> str: ...

    def wrap(self, key: bytes, record_id: str) -> bytes: ...

    def unwrap(self, wrapped: bytes, record_id: str) -> bytes: ...


@dataclass(frozen=True, slots=True)
class LocalKey:
    """A key-encryption key of 32 bytes in this process's memory."""

    key: bytes

    @property
    def name(self) -> str:
        return "local-" + hashlib.sha256(b"allhands key name" + self.key).hexdigest()[:12]

    def wrap(self, key: bytes, record_id: str) -> bytes:
        nonce = os.urandom(_NONCE_BYTES)
        return nonce + AESGCM(self.key).encrypt(nonce, key, record_id.encode())

    def unwrap(self, wrapped: bytes, record_id: str) -> bytes:
        try:
            return AESGCM(self.key).decrypt(wrapped[:_NONCE_BYTES], wrapped[_NONCE_BYTES:], record_id.encode())
        except (InvalidTag, ValueError) as error:
            raise WrappingFault(f"The key {self.name} does not open this record. Is it the right key?") from error


@dataclass(frozen=True, slots=True)
class Program:
    """A program that wraps with a key it keeps: `PROGRAM wrap|unwrap RECORD`, base64 in and out on one line each."""

    command: str
    name: str

    def wrap(self, key: bytes, record_id: str) -> bytes:
        return self._ask("wrap", key, record_id)

    def unwrap(self, wrapped: bytes, record_id: str) -> bytes:
        return self._ask("unwrap", wrapped, record_id)

    def _ask(self, verb: str, given: bytes, record_id: str) -> bytes:
        words = [*shlex.split(self.command), verb, record_id]
        try:
            done = subprocess.run(  # noqa: S603  the operator's own program, no shell
                words, input=base64.b64encode(given) + b"\n", capture_output=True, timeout=_PROGRAM_SECONDS, check=False
            )
        except subprocess.TimeoutExpired as error:
            raise TryLater("The key program did not answer.") from error
        except OSError as error:
            raise WrappingFault(f"The key program cannot be run: {error.strerror}.") from error
        if done.returncode != 0:
            raise WrappingFault(f"The key program refused, with code {done.returncode}.")
        try:
            return base64.b64decode(done.stdout.strip(), validate=True)
        except (binascii.Error, ValueError) as error:
            raise WrappingFault("The key program did not answer in base64.") from error


def parse_key(text: str) -> LocalKey:
    """A key from its base64.

    Raises:
        WrappingFault: it is none.
    """
    try:
        raw = base64.b64decode(text.strip(), validate=True)
    except (binascii.Error, ValueError) as error:
        raise WrappingFault("The vault's key is not base64.") from error
    if len(raw) != KEY_BYTES:
        raise WrappingFault(f"The vault's key must be {KEY_BYTES} bytes.")
    return LocalKey(raw)


def new_key_text() -> str:
    """A fresh key as it is kept."""
    return base64.b64encode(os.urandom(KEY_BYTES)).decode()


def kept_key(file: Path) -> LocalKey:
    """The key in the file; made, readable by its own user only, when there is none."""
    return parse_key(kept_text(file, new_key_text))
