"""allauth's forms in our words and with the design system's classes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm
from allauth.mfa.base.forms import AuthenticateForm as MfaAuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as MfaReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _

from allhands.agencies.sign_in.once import CodeOnce

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


def dress(form: forms.BaseForm) -> None:
    """Gives each input the design system's class and takes placeholders away: a label stays, a placeholder goes."""
    for field in form.fields.values():
        widget = field.widget
        widget.attrs.pop("placeholder", None)
        if isinstance(widget, forms.Select):
            widget.attrs["class"] = "usa-select"
        elif not isinstance(widget, forms.CheckboxInput | forms.CheckboxSelectMultiple | forms.HiddenInput):
            widget.attrs["class"] = "usa-input"


class _Dressed:
    """Words of ours for fields of theirs."""

    labels: Mapping[str, StrOrPromise] = {}
    hints: Mapping[str, StrOrPromise] = {}
    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in self.labels.items():
            self.fields[name].label = label
        for name, hint in self.hints.items():
            self.fields[name].help_text = hint
        assert isinstance(self, forms.BaseForm)
        dress(self)


class SignInForm(_Dressed, LoginForm):  # type: ignore[misc]  # allauth ships no types
    """Work e-mail and password."""

    labels = {"login": _("Work e-mail"), "password": _("Password")}
    hints = {"password": ""}


class PasswordAgainForm(_Dressed, ReauthenticateForm):  # type: ignore[misc]  # allauth ships no types
    """The password once more, before something that matters."""

    labels = {"password": _("Password")}


class NewPasswordForm(_Dressed, ChangePasswordForm):  # type: ignore[misc]  # allauth ships no types
    """The old password and a new one, twice."""

    labels = {
        "oldpassword": _("Password you have now"),
        "password1": _("New password"),
        "password2": _("New password, once more"),
    }
    hints = {"password1": _("At least 12 characters. Four words are easier to keep than signs.")}


class CodeForm(_Dressed, CodeOnce, MfaAuthenticateForm):  # type: ignore[misc]  # allauth ships no types
    """The code of the second step."""

    labels = {"code": _("Code")}
    hints = {"code": _("Six digits from your app, or one of your saved codes.")}


class CodeAgainForm(_Dressed, CodeOnce, MfaReauthenticateForm):  # type: ignore[misc]  # allauth ships no types
    """The code once more, before something that matters."""

    labels = {"code": _("Code")}
    hints = {"code": _("Six digits from your app, or one of your saved codes.")}


class AppForm(_Dressed, ActivateTOTPForm):  # type: ignore[misc]  # allauth ships no types
    """The first code of a new app."""

    labels = {"code": _("Code the app shows now")}


class PasskeyForm(_Dressed, AddWebAuthnForm):  # type: ignore[misc]  # allauth ships no types
    """A name for a new passkey."""

    labels = {"name": _("Name of this device"), "passwordless": _("Sign in with it alone, without a password")}
    hints = {"passwordless": _("The device then asks for your finger, face or PIN.")}


class PasskeyNameForm(_Dressed, EditWebAuthnForm):  # type: ignore[misc]  # allauth ships no types
    """Another name for a passkey."""

    labels = {"name": _("Name of this device")}
