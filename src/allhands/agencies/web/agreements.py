"""Agreements with other agencies: recorded by one, confirmed by each of the others, ended by any."""

from __future__ import annotations

from datetime import timedelta

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from allhands.agencies import actions, queries
from allhands.agencies.commands import EndAgreement, RecordAgreement
from allhands.agencies.contracts import AgreementKind, Cover
from allhands.agencies.web.administering import administrator, answer_form, form_page, with_known_id
from allhands.agencies.web.agreement_forms import AgreementEndForm, AgreementForm
from allhands.kernel.errors import Denied
from allhands.kernel.ids import AgencyId

_ONE_DAY = timedelta(days=1)


@form_page
def record(request: HttpRequest) -> HttpResponse:
    """A new agreement; the others are asked to confirm it."""
    actor = administrator(request)
    others = [one for one in queries.list_agencies() if one.id != actor.agency_id]

    def act(form: Form) -> HttpResponse:
        values = form.cleaned_data
        command = RecordAgreement(
            kind=AgreementKind(values["kind"]),
            title=values["title"],
            document=values["document"],
            covers=frozenset(Cover(code) for code in values["covers"]),
            with_agencies=frozenset(AgencyId(one) for one in values["with_agencies"]),
            starts_on=values["first_day"],
            ends_on=values["last_day"] + _ONE_DAY if values["last_day"] else None,
        )
        actions.record_agreement(actor, command, timezone.now())
        return redirect("agency")

    form = AgreementForm(request.POST or None, agencies=others)
    return answer_form(request, form, _("Record an agreement"), _("Record it"), act)


@require_POST
def confirm(request: HttpRequest, agreement_id: str) -> HttpResponse:
    """Yes, that is what we agreed."""
    with_known_id(lambda: actions.confirm_agreement(administrator(request), agreement_id, timezone.now()))
    return redirect("agency")


@form_page
def end(request: HttpRequest, agreement_id: str) -> HttpResponse:
    """The last day of an agreement."""
    actor = administrator(request)
    agreement = queries.find_agreement(agreement_id)
    if agreement is None:
        raise Denied("access.administer")

    def act(form: Form) -> HttpResponse:
        command = EndAgreement(agreement_id=agreement_id, ends_on=form.cleaned_data["last_day"] + _ONE_DAY)
        with_known_id(lambda: actions.end_agreement(actor, command, timezone.now()))
        return redirect("agency")

    title = _("End the agreement: %(title)s") % {"title": agreement.title}
    return answer_form(request, AgreementEndForm(request.POST or None), title, _("End the agreement"), act)
