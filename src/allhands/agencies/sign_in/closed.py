"""The secret behind a code from an app, and the seed of saved codes, do not lie open: whoever holds a copy of the
database could make anybody's codes."""

from __future__ import annotations

from typing import Final

from allauth.mfa.adapter import DefaultMFAAdapter
from django.utils import timezone

from allhands.platform.vault import api as vault

RECORD: Final = "second-steps"  # one key of the vault for all of them; it is rotated with the others
_PURPOSE: Final = "mfa_authenticator.data"


class MfaAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth ships no types
    """Closes and opens what allauth keeps."""

    def encrypt(self, text: str) -> str:
        return vault.close_text(text, RECORD, _PURPOSE, timezone.now())

    def decrypt(self, encrypted_text: str) -> str:
        return vault.open_text(encrypted_text, _PURPOSE)
