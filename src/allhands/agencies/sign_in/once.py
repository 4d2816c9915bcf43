"""What lets somebody in does so once: a code is not used again while it holds, a passkey that was copied is refused."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from allauth.mfa import app_settings
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import AuthenticateWebAuthnForm, LoginWebAuthnForm, ReauthenticateWebAuthnForm
from allauth.mfa.webauthn.internal.auth import parse_authentication_response
from django.core.cache import cache
from django.db import transaction
from fido2.utils import websafe_decode

from allhands.agencies.sign_in.journal import note_copied_passkey

if TYPE_CHECKING:
    from django import forms

    _Form = forms.Form
else:
    _Form = object

_NOT_DIGITS: Final = re.compile(r"\D+")


class CodeOnce(_Form):
    """allauth forgets a used code after one step of 30 seconds; where clocks may be a step off, it holds for three."""

    user: Any
    authenticator: Authenticator

    def clean_code(self) -> str:
        code: str = super().clean_code()  # type: ignore[misc]  # allauth's form, which ships no types
        if self.authenticator.type == Authenticator.Type.TOTP:
            holds = app_settings.TOTP_PERIOD * (2 * app_settings.TOTP_TOLERANCE + 1)
            key = f"allhands.code-used {self.user.pk} {_NOT_DIGITS.sub('', code)}"
            if not cache.add(key, True, timeout=holds):
                raise get_adapter().validation_error("incorrect_code")
        return code


class _Counted(_Form):
    """A passkey counts its uses: one that counts backwards is a copy, or a copy was here before (WebAuthn 7.2, 22)."""

    def clean_credential(self) -> Authenticator:
        told = self.cleaned_data["credential"]
        try:
            _check_handle(told)
            found: Authenticator = super().clean_credential()  # type: ignore[misc]  # as above
            count = parse_authentication_response(told).response.authenticator_data.counter
        except (AttributeError, KeyError, TypeError, ValueError) as error:  # what is no passkey's answer at all
            raise get_adapter().validation_error("incorrect_code") from error
        if not _counts_on(found, count):
            note_copied_passkey(found.user)
            raise get_adapter().validation_error("incorrect_code")
        return found


class PasskeySignInForm(_Counted, LoginWebAuthnForm):  # type: ignore[misc]  # as above
    """A passkey alone."""


class PasskeySecondForm(_Counted, AuthenticateWebAuthnForm):  # type: ignore[misc]  # as above
    """A passkey after the password."""


class PasskeyAgainForm(_Counted, ReauthenticateWebAuthnForm):  # type: ignore[misc]  # as above
    """A passkey once more."""


def _check_handle(told: Any) -> None:
    """Raises ValueError when the account's id is none that the database could be asked for."""
    handle = told["response"].get("userHandle")
    if handle and b"\0" in websafe_decode(handle):
        raise ValueError("userHandle")


def _counts_on(found: Authenticator, count: int) -> bool:
    """Whether the count went on; passkeys that live on several devices do not count and always say 0."""
    with transaction.atomic():
        row = Authenticator.objects.select_for_update().get(pk=found.pk)
        before = row.data.get("sign_count", row.wrap().authenticator_data.counter)
        if max(before, count) > 0 and count <= before:
            return False
        found.data["sign_count"] = row.data["sign_count"] = count
        row.save(update_fields=["data"])
    return True
