"""Forms about agreements between agencies."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from allhands.agencies.contracts import AgencyView, AgreementKind, Cover
from allhands.agencies.web.forms import DressedForm
from allhands.agencies.words import AGREEMENT_KINDS, COVERS

_DAY = {"type": "date"}


class AgreementForm(DressedForm):
    title = forms.CharField(label=_("What it is called"), max_length=200)
    kind = forms.ChoiceField(
        label=_("Kind"),
        help_text=_("An agreement with a nation lets it see case information of its children."),
        choices=[(kind.value, AGREEMENT_KINDS[kind]) for kind in AgreementKind],
    )
    with_agencies = forms.MultipleChoiceField(
        label=_("With whom"),
        help_text=_("It holds once somebody there has confirmed it."),
        widget=forms.CheckboxSelectMultiple,
    )
    covers = forms.MultipleChoiceField(
        label=_("What it covers"),
        choices=[(cover.value, COVERS[cover]) for cover in Cover],
        widget=forms.CheckboxSelectMultiple,
    )
    first_day = forms.DateField(label=_("First day"), widget=forms.DateInput(attrs=_DAY))
    last_day = forms.DateField(
        label=_("Last day"),
        help_text=_("Leave it empty when it has none."),
        required=False,
        widget=forms.DateInput(attrs=_DAY),
    )
    document = forms.CharField(
        label=_("Where the signed paper is"),
        help_text=_("A file number or a place. The paper itself stays with you."),
        max_length=200,
    )

    def __init__(self, *args: Any, agencies: Iterable[AgencyView], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["with_agencies"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(one.id, one.name) for one in agencies]


class AgreementEndForm(DressedForm):
    last_day = forms.DateField(
        label=_("Last day of the agreement"),
        help_text=_("To end it at once, choose yesterday. What was done under it stays as it was."),
        widget=forms.DateInput(attrs=_DAY),
    )
