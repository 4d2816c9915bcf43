"""What allauth is told about an organisation's own sign-in (OpenID Connect)."""

from __future__ import annotations

from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from allhands.agencies.actions.provided import come_in
from allhands.agencies.sign_in.hats import SESSION_SECOND_STEP
from allhands.agencies.sign_in.openid import StrictProvider, has_our_nonce, is_anothers
from allhands.agencies.sign_in.provider import Person, ProviderRules, parse_roles, read_person
from allhands.kernel.errors import Refused


def rules() -> ProviderRules:
    """What the settings say."""
    return ProviderRules(
        domains=frozenset(settings.ALLHANDS_OIDC_DOMAINS),
        groups_claim=settings.ALLHANDS_OIDC_GROUPS_CLAIM,
        roles=parse_roles(settings.ALLHANDS_OIDC_ROLES),
    )


class SocialAccountAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Nobody signs up: the claims lead to an account that was invited or that a group stands for."""

    def get_provider(self, request: HttpRequest, provider: str, client_id: str | None = None) -> StrictProvider:
        """The same, as strict as the standard is."""
        return StrictProvider(request, app=super().get_provider(request, provider, client_id).app)

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Find the person's account, bring the roles up to date, and note whether a second step was taken there."""
        from allhands.agencies.web.entrance import show_provider_refusal  # its pages need this module's settings

        try:
            person = _read(sociallogin)
            account = come_in(person, rules(), timezone.now())
        except Refused as refused:
            raise ImmediateHttpResponse(show_provider_refusal(request, refused)) from refused
        if not sociallogin.is_existing:
            sociallogin.connect(request, account)
        request.session[SESSION_SECOND_STEP] = account.pk if person.has_second_step else ""

    def on_authentication_error(self, request: HttpRequest, provider: Any, **told: Any) -> None:
        """The provider said no, or did not answer."""
        from allhands.agencies.web.entrance import show_provider_refusal  # as above

        refused = Refused("provider-no-answer", "Your organisation's sign-in did not let you through. Try again.")
        raise ImmediateHttpResponse(show_provider_refusal(request, refused))


def _read(login: SocialLogin) -> Person:
    """Who came; nothing has been changed for anybody until this is certain."""
    if not has_our_nonce(login):
        raise Refused("provider-no-answer", "Your organisation's sign-in did not let you through. Try again.")
    told = login.account.extra_data
    person = read_person({**told["id_token"], **(told.get("userinfo") or {})}, rules())
    if login.is_existing and login.user.email != person.email:
        raise Refused("provider-other-account", "This sign-in belongs to another account here.")
    if is_anothers(login, person.email):
        raise Refused(
            "provider-other-person",
            "This e-mail address came here before with another sign-in. Ask your agency's administrator to let you in.",
        )
    return person
