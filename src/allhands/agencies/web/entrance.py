"""Getting in: signing in, an invitation, help from a second person, too many tries."""

from __future__ import annotations

from typing import Any

from allauth.account.views import LoginView
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from allhands.agencies import actions
from allhands.agencies.commands import AcceptInvitation, UseSignInHelp
from allhands.agencies.sign_in import lock, sessions
from allhands.agencies.sign_in.hats import account_of, put_on
from allhands.agencies.web.forms import JoinForm, PasswordForm, show_refusal, summarize
from allhands.kernel.errors import Refused
from allhands.platform.web.asking import get_actor
from allhands.ui.roles import role_words

_PROVIDER_WORDS = {
    "provider-no-email": gettext_lazy("Your organisation's sign-in did not tell us your work e-mail."),
    "provider-email-unverified": gettext_lazy("Your organisation has not verified your e-mail address."),
    "provider-other-domain": gettext_lazy("People with this e-mail address come in another way."),
    "provider-other-account": gettext_lazy("This sign-in belongs to another account here."),
    "provider-other-person": gettext_lazy(
        "This e-mail address came here before with another sign-in. Ask your agency's administrator to let you in."
    ),
    "provider-no-answer": gettext_lazy("Your organisation's sign-in did not let you through. Try again."),
}


class SignInView(LoginView):  # type: ignore[misc]  # allauth ships no types
    """Passkey first, then work e-mail and password."""

    template_name = "agencies/sign_in.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if lock.is_locked(request):
            return redirect(f"{reverse('locked')}?{request.GET.urlencode()}")
        if account_of(request) and get_actor(request) is None:
            return redirect("account")  # signed in, but without a hat or a second step: that page says what to do
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {
            "summary": summarize(context["form"]),
            "is_going_on": bool(self.get_next_url()),
            "is_demo": settings.ALLHANDS_WORLD == "demo",
            "provider": settings.ALLHANDS_OIDC_NAME if settings.ALLHANDS_OIDC_ISSUER else "",
        }


@require_safe
def show_help(request: HttpRequest) -> HttpResponse:
    """What to do when one cannot get in."""
    return render(request, "agencies/sign_in_help.html")


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, raw: str) -> HttpResponse:
    """An invitation: see what it offers, choose a password, come in."""
    now = timezone.now()
    invitation = actions.find_invitation(raw, now)
    if invitation is None:
        return _link_over(request)
    account_id = account_of(request)
    form = JoinForm(request.POST or None, needs_password=not account_id)
    if request.method == "POST" and form.is_valid():
        command = AcceptInvitation(raw=raw, password=form.cleaned_data.get("password"), account_id=account_id)
        try:
            member_id = actions.accept_invitation(command, now)
        except Refused as refused:
            show_refusal(form, refused)
        else:
            if not account_id:
                sessions.begin(request, actions.get_account_of(member_id))
            put_on(request, member_id)
            return redirect("account")
    context = {"invitation": invitation, "role": role_words(invitation.role), "form": form, "summary": summarize(form)}
    return render(request, "agencies/join.html", context)


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def let_in(request: HttpRequest, raw: str) -> HttpResponse:
    """A second person's help: choose a new password; the second step begins again."""
    now = timezone.now()
    if not actions.is_help_open(raw, now):
        return _link_over(request)
    form = PasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.use_sign_in_help(UseSignInHelp(raw=raw, password=form.cleaned_data["password"]), now)
        except Refused as refused:
            show_refusal(form, refused)
        else:
            return redirect("account_login")
    return render(request, "agencies/let_in.html", {"form": form, "summary": summarize(form)})


def too_many(request: HttpRequest) -> HttpResponse:
    """Too many tries in a short time; says nothing about what was right."""
    sentences = [
        _("There were too many tries in a short time. Wait five minutes, then try again."),
        _("If it cannot wait, a second person can let you in."),
    ]
    return _notice(request, _("Too many tries"), sentences, status=429)


def show_provider_refusal(request: HttpRequest, refused: Refused) -> HttpResponse:
    """Why one's organisation's sign-in did not lead in here."""
    words = _PROVIDER_WORDS.get(refused.code, "")
    sentences = [
        str(words) or refused.reason,
        _("You can still sign in with a passkey or a password, if you have one."),
    ]
    return _notice(request, _("You are not signed in"), sentences, status=403)


def show_inactive(request: HttpRequest) -> HttpResponse:
    """The account has been closed."""
    return _notice(request, _("This account is closed"), [_("Ask your agency's administrator.")], status=403)


def _link_over(request: HttpRequest) -> HttpResponse:
    sentences = [_("It has been used, taken back, or has run out."), _("Ask the person who sent it for a new one.")]
    return _notice(request, _("This link no longer works"), sentences, status=410)


def _notice(request: HttpRequest, heading: str, sentences: list[str], *, status: int) -> HttpResponse:
    context = {"heading": heading, "sentences": sentences}
    return render(request, "agencies/notice.html", context, status=status)
