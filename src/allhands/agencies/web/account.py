"""One's own account: hats, second step, places signed in."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from allhands.agencies.sign_in import sessions
from allhands.agencies.sign_in.hats import account_of, hats_of, put_on, standing_of
from allhands.agencies.web.presenters import HatLine, SecondStep, present_hats, present_second_step
from allhands.platform.web.asking import get_actor


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
        "sessions": sessions.list_sessions(request),
        "has_password": getattr(request.user, "has_usable_password", bool)(),
        "email": getattr(request.user, "email", ""),
    }
    return render(request, "agencies/account.html", context)


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
