"""One's own account: hats, second step, places signed in."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from allauth.mfa.models import Authenticator
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from allhands.agencies.api import zone_of
from allhands.agencies.sign_in import sessions
from allhands.agencies.sign_in.hats import account_of, hats_of, put_on, standing_of
from allhands.agencies.web.presenters import HatLine, SecondStep, present_hats, present_second_step
from allhands.kernel.actors import Actor
from allhands.platform.web.asking import get_actor
from allhands.ui.wording import Moment, as_lang, moment


@require_safe
@login_required
def show_account(request: HttpRequest) -> HttpResponse:
    """Hats, second step, sessions, language and colours."""
    actor = get_actor(request)
    hats: tuple[HatLine, ...] = present_hats(hats_of(request), in_force=actor.member_id if actor else "")
    second: SecondStep = present_second_step(Authenticator.objects.filter(user_id=account_of(request)))
    context = {
        "standing": standing_of(request).value,
        "hats": hats,
        "second_step": second,
        "sessions": [(session, _moment(session.since, actor)) for session in sessions.list_sessions(request)],
        "has_password": getattr(request.user, "has_usable_password", bool)(),
        "email": getattr(request.user, "email", ""),
    }
    return render(request, "agencies/account.html", context)


def _moment(instant: datetime, actor: Actor | None) -> Moment:
    """In the zone of the agency the person acts for, as on every other page; without one, in UTC."""
    zone = zone_of(actor) if actor else ZoneInfo("UTC")
    return moment(instant, now=timezone.now(), zone=zone, lang=as_lang(get_language()))


@require_POST
@login_required
def choose_hat(request: HttpRequest) -> HttpResponse:
    """From now on the person acts under another hat."""
    put_on(request, request.POST.get("member", ""))
    return redirect("account")


@require_POST
@login_required
def end_other_sessions(request: HttpRequest) -> HttpResponse:
    """Signs the person out everywhere else."""
    sessions.end_others(request)
    return redirect("account")
