"""Forms of this slice: they validate and hand over plain values; no form saves."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.validators import RegexValidator, URLValidator, validate_email
from django.utils.translation import gettext_lazy as _

from allhands.agencies.contracts import RouteKind, RoutePurpose, Scope
from allhands.agencies.sign_in.forms import dress
from allhands.agencies.words import ROUTE_KINDS, ROUTE_PURPOSES, SCOPES
from allhands.kernel.actors import Role
from allhands.kernel.errors import Refused
from allhands.ui.components.error_summary.presenter import ErrorSummary, summary_of
from allhands.ui.roles import role_words

PASSWORD_HINT = _("At least 12 characters. Four words are easier to keep than signs.")
_PHONE = RegexValidator(
    r"^\+?[0-9 ()./-]{7,24}(,? ?(ext|x)\.? ?[0-9]{1,6})?$", _("Write a phone number, such as +1 701 555 0100.")
)


def summarize(form: forms.BaseForm) -> ErrorSummary:
    """The problems of a form, for the top of its page."""
    return summary_of(form)


def show_refusal(form: forms.Form, refused: Refused) -> None:
    """The refusal beside its field, or above the form."""
    form.add_error(refused.field if refused.field in form.fields else None, refused.reason)


class DressedForm(forms.Form):
    """A form in the design system's clothes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self)


class PasswordForm(DressedForm):
    password = forms.CharField(
        label=_("New password"),
        help_text=PASSWORD_HINT,
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


class JoinForm(PasswordForm):
    """Asks for a password only of somebody who has no account yet."""

    def __init__(self, *args: Any, needs_password: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not needs_password:
            del self.fields["password"]


class InviteForm(DressedForm):
    display_name = forms.CharField(label=_("Name, as colleagues will see it"), max_length=200)
    email = forms.EmailField(label=_("Work e-mail"), max_length=254)
    role = forms.ChoiceField(label=_("Role"))
    last_day = forms.DateField(
        label=_("Last day of the role"),
        help_text=_("Leave it empty for a role without an end."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["role"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(role.value, role_words(role)) for role in Role]


class RouteForm(DressedForm):
    kind = forms.ChoiceField(
        label=_("How"),
        choices=[(kind.value, ROUTE_KINDS[kind]) for kind in RouteKind if kind is not RouteKind.INBOX],
    )
    address = forms.CharField(label=_("Number or address"), max_length=254)
    purpose = forms.ChoiceField(
        label=_("What for"), choices=[(purpose.value, ROUTE_PURPOSES[purpose]) for purpose in RoutePurpose]
    )
    is_always_open = forms.BooleanField(label=_("Answered day and night"), required=False)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        address, kind = values.get("address", ""), values.get("kind")
        validators: dict[str, Callable[[str], object]] = {
            RouteKind.EMAIL.value: validate_email,
            RouteKind.WEB.value: URLValidator(schemes=["https", "http"]),
            RouteKind.PHONE.value: _PHONE,
            RouteKind.FAX.value: _PHONE,
        }
        if address and kind in validators:
            try:
                validators[kind](address)
            except forms.ValidationError as error:
                self.add_error("address", error)
        return values


class TokenForm(DressedForm):
    name = forms.CharField(
        label=_("What will use it"), help_text=_("Such as: case system, north office."), max_length=200
    )
    scopes = forms.MultipleChoiceField(
        label=_("What it may do"),
        choices=[(scope.value, SCOPES[scope]) for scope in Scope],
        widget=forms.CheckboxSelectMultiple,
    )
    days = forms.TypedChoiceField(
        label=_("Good for"),
        coerce=int,
        choices=[(30, _("30 days")), (90, _("90 days")), (365, _("one year"))],
        initial=90,
    )


class EndForm(DressedForm):
    last_day = forms.DateField(
        label=_("Last day of the role"),
        help_text=_("To end it at once, choose yesterday. What the person did stays in their name."),
        widget=forms.DateInput(attrs={"type": "date"}),
    )
