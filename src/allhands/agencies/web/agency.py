"""One's own agency: ways to reach it, people, keys. Whoever looks after it sees no child here."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from allhands.access.api import can, check_administer
from allhands.agencies import actions, queries
from allhands.agencies.commands import AddRoute, EndMembership, HelpSignIn, InviteMember, IssueToken
from allhands.agencies.contracts import RouteKind, RoutePurpose, Scope
from allhands.agencies.web.administering import administrator, answer_form, form_page, with_known_id
from allhands.agencies.web.forms import EndForm, InviteForm, RouteForm, TokenForm
from allhands.agencies.web.presenters import (
    present_agreements,
    present_areas,
    present_members,
    present_routes,
    present_tokens,
)
from allhands.agencies.words import AGENCY_KINDS, REGIMES
from allhands.kernel.actors import Role
from allhands.kernel.errors import Refused
from allhands.kernel.ids import MemberId
from allhands.platform.web.asking import require_actor
from allhands.ui.roles import role_words

_ONE_DAY = timedelta(days=1)


@require_safe
def show_agency(request: HttpRequest) -> HttpResponse:
    """The agency of the hat in force."""
    actor, now = require_actor(request), timezone.now()
    agency = queries.get_agency(actor.agency_id)
    may_change = can(check_administer, actor, agency.id)
    tokens = present_tokens(queries.list_tokens(agency.id), now=now) if may_change else ()
    context = {
        "agency": agency,
        "areas": present_areas(agency),
        "kind": AGENCY_KINDS[agency.kind],
        "regime": REGIMES[agency.regime],
        "routes": present_routes(queries.routes(agency.id), time_zone=agency.time_zone, now=now),
        "members": present_members(queries.list_members(agency.id, on=now.date())),
        "invitations": queries.list_invitations(agency.id, now) if may_change else (),
        "tokens": tokens,
        "calls_a_minute": settings.ALLHANDS_API_CALLS_A_MINUTE,
        "agreements": present_agreements(
            queries.list_agreements(agency.id), agency.id, today=now.astimezone(ZoneInfo(agency.time_zone)).date()
        ),
        "may_change": may_change,
    }
    return render(request, "agencies/agency.html", context)


@form_page
def add_route(request: HttpRequest) -> HttpResponse:
    """A new way to reach the agency."""
    actor = administrator(request)

    def act(form: Form) -> HttpResponse:
        values = form.cleaned_data
        command = AddRoute(
            agency_id=actor.agency_id,
            kind=RouteKind(values["kind"]),
            address=values["address"],
            purpose=RoutePurpose(values["purpose"]),
            is_always_open=values["is_always_open"],
        )
        actions.add_route(actor, command, timezone.now())
        return redirect("agency")

    return answer_form(request, RouteForm(request.POST or None), _("Add a way to reach us"), _("Add it"), act)


@require_POST
def verify_route(request: HttpRequest, route_id: str) -> HttpResponse:
    """Somebody tried it today and it works."""
    with_known_id(lambda: actions.verify_route(administrator(request), route_id, timezone.now()))
    return redirect("agency")


@form_page
def invite(request: HttpRequest) -> HttpResponse:
    """Invite somebody; the link is shown once."""
    actor = administrator(request)

    def act(form: Form) -> HttpResponse:
        values = form.cleaned_data
        command = InviteMember(
            agency_id=actor.agency_id,
            email=values["email"],
            display_name=values["display_name"],
            role=Role(values["role"]),
            ends_on=values["last_day"] + _ONE_DAY if values["last_day"] else None,
        )
        issued = actions.invite_member(actor, command, timezone.now())
        link = request.build_absolute_uri(reverse("join", args=[issued.raw]))
        return _once(
            request,
            _("The invitation"),
            _("Send this link to the person you invited. It works once, for seven days."),
            link,
        )

    return answer_form(request, InviteForm(request.POST or None), _("Invite somebody"), _("Make the invitation"), act)


@require_POST
def withdraw_invitation(request: HttpRequest, invitation_id: str) -> HttpResponse:
    """The link opens nothing any more."""
    with_known_id(lambda: actions.withdraw_invitation(administrator(request), invitation_id, timezone.now()))
    return redirect("agency")


@form_page
def end_membership(request: HttpRequest, member_id: str) -> HttpResponse:
    """A role ends."""
    actor = administrator(request)
    member = with_known_id(lambda: queries.get_member(MemberId(member_id)))
    check_administer(actor, member.agency_id)

    def act(form: Form) -> HttpResponse:
        command = EndMembership(member_id=member.id, ends_on=form.cleaned_data["last_day"] + _ONE_DAY)
        actions.end_membership(actor, command, timezone.now())
        return redirect("agency")

    title = _("End the role: %(name)s, %(role)s") % {"name": member.display_name, "role": role_words(member.role)}
    return answer_form(request, EndForm(request.POST or None), title, _("End the role"), act)


@require_POST
def help_sign_in(request: HttpRequest, member_id: str) -> HttpResponse:
    """Let a colleague in; the link is shown once."""
    actor = administrator(request)
    command = HelpSignIn(member_id=MemberId(member_id))
    try:
        issued = with_known_id(lambda: actions.help_sign_in(actor, command, timezone.now()))
    except Refused as refused:
        context = {"heading": _("That is not possible"), "sentences": [refused.reason]}
        return render(request, "agencies/notice.html", context, status=409)
    link = request.build_absolute_uri(reverse("let-in", args=[issued.raw]))
    words = _(
        "Make sure who is asking: see them, or call a number you know. The link works once, for twelve hours, "
        "and takes their old second step away."
    )
    return _once(request, _("A link to come back in"), words, link)


@form_page
def issue_token(request: HttpRequest) -> HttpResponse:
    """A new key; its secret is shown once."""
    actor = administrator(request)

    def act(form: Form) -> HttpResponse:
        values, now = form.cleaned_data, timezone.now()
        command = IssueToken(
            agency_id=actor.agency_id,
            name=values["name"],
            scopes=frozenset(Scope(scope) for scope in values["scopes"]),
            expires_at=now + timedelta(days=values["days"]),
        )
        raw = actions.issue_token(actor, command, now).raw
        return _once(
            request, _("The new key"), _("Copy it now. We keep only a fingerprint of it and cannot show it again."), raw
        )

    return answer_form(
        request, TokenForm(request.POST or None), _("Make a key for your software"), _("Make the key"), act
    )


@require_POST
def revoke_token(request: HttpRequest, token_id: str) -> HttpResponse:
    """The key opens nothing from now on."""
    with_known_id(lambda: actions.revoke_token(administrator(request), token_id, timezone.now()))
    return redirect("agency")


def _once(request: HttpRequest, title: str | Promise, words: str | Promise, secret: str) -> HttpResponse:
    return render(request, "agencies/shown_once.html", {"title": title, "words": words, "secret": secret})
