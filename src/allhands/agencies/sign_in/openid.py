"""OpenID Connect held to its standard: a nonce, and an ID token that is signed by the provider, for us, for now.

allauth keeps the state and PKCE. It sends no nonce, reads the ID token without its signature (which the standard allows
where the token came straight from the provider), and does not compare whom the token and the provider's page speak of.
Sections are those of OpenID Connect Core 1.0.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlsplit

import jwt
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialLogin, SocialToken
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import Http404, HttpRequest, HttpResponseBase
from requests import RequestException

NONCE: Final = "nonce"
# Signatures that only the provider can make: whoever has a secret in common with us, or none at all, signs nobody in.
_ALGORITHMS: Final = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
_SKEW_SECONDS: Final = 60  # two clocks that are set by the network differ by less
_ENDPOINTS: Final = ("authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri")


class StrictAdapter(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]  # allauth ships no types
    """Reads the provider's answer; one that does not hold is no answer."""

    @property
    def openid_config(self) -> dict[str, Any]:
        """What the provider says of itself, if it is the one that the operator named."""
        config: dict[str, Any] = super().openid_config
        named = self.get_provider().server_url.partition("/.well-known/")[0]
        if str(config.get("issuer")).rstrip("/") != named.rstrip("/"):
            raise OAuth2Error("the provider calls itself by another name")
        if named.startswith("https:") and any(
            urlsplit(config.get(key, "https:")).scheme != "https" for key in _ENDPOINTS
        ):
            raise OAuth2Error("the provider names an address without TLS")
        return config

    def complete_login(self, request: HttpRequest, app: SocialApp, token: SocialToken, **kwargs: Any) -> SocialLogin:
        """Who came, by an ID token that holds and a page of the provider that speaks of the same person (5.3.2)."""
        issuer = self.openid_config["issuer"]
        if request.GET.get("iss", issuer) != issuer:  # RFC 9207
            raise OAuth2Error("another provider answered")
        claims = read_id_token(kwargs["response"].get("id_token"), self._keys(), issuer, app.client_id)
        login = super().complete_login(request, app, token, **kwargs)
        if login.account.extra_data.get("userinfo", claims).get("sub") != claims["sub"]:
            raise OAuth2Error("the ID token and the provider's page speak of two people")
        return login

    def _keys(self) -> Mapping[str, object]:
        with get_adapter().get_requests_session() as session:
            answer = session.get(self.openid_config["jwks_uri"])
            answer.raise_for_status()
            found: Mapping[str, object] = answer.json()
        return found


class StrictProvider(OpenIDConnectProvider):  # type: ignore[misc]  # as above
    """Sends a nonce, kept with the state in this browser's session; a link decides nothing of what is asked for."""

    oauth2_adapter_class = StrictAdapter

    def get_redirect_from_request_kwargs(self, request: HttpRequest) -> dict[str, Any]:
        asked: dict[str, Any] = super().get_redirect_from_request_kwargs(request)
        nonce = secrets.token_urlsafe(32)
        ours = {"process": "login", "scope": self.get_scope(), "auth_params": {**self.get_auth_params(), NONCE: nonce}}
        return {**asked, **ours, NONCE: nonce}


def has_our_nonce(login: SocialLogin) -> bool:
    """Whether the ID token was made for the very request that this browser began (3.1.3.7, 11)."""
    ours = login.state.get(NONCE)
    told = (login.account.extra_data.get("id_token") or {}).get(NONCE)
    return isinstance(ours, str) and isinstance(told, str) and secrets.compare_digest(ours.encode(), told.encode())


def is_anothers(login: SocialLogin, email: str) -> bool:
    """Whether the account with this address has come from this provider as somebody else: an address is given to the
    next person when one leaves, a subject never is (5.7). Another provider's subjects say nothing of this one's."""
    if login.is_existing:
        return False
    issuer = login.account.extra_data["id_token"]["iss"]
    linked = SocialAccount.objects.filter(user__email=email, extra_data__id_token__iss=issuer)
    return bool(linked.exclude(uid=login.account.uid).exists())


def read_id_token(raw: object, keys: Mapping[str, object], issuer: str, client_id: str) -> Mapping[str, Any]:
    """The claims of an ID token that the issuer signed for this client and that holds now (3.1.3.7).

    Args:
        keys: the issuer's JSON Web Key Set.
    Raises:
        OAuth2Error: it does not hold.
    """
    if not isinstance(raw, str):
        raise OAuth2Error("no ID token")
    try:
        claims: dict[str, Any] = jwt.decode(
            raw,
            key=_key_of(raw, keys),
            algorithms=list(_ALGORITHMS),
            issuer=issuer,
            audience=client_id,
            leeway=_SKEW_SECONDS,
            options={"require": ["iss", "sub", "aud", "exp", "iat"]},
        )
    except (jwt.PyJWTError, ValueError, TypeError) as error:
        raise OAuth2Error(f"the ID token does not hold: {error}") from error
    several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
    if claims.get("azp", None if several else client_id) != client_id:
        raise OAuth2Error("the ID token was made for somebody else")
    return claims


def _key_of(raw: str, keys: Mapping[str, object]) -> jwt.PyJWK:
    """The key that the token says it was signed with; the only one, where it names none."""
    name = jwt.get_unverified_header(raw).get("kid")
    usable = [key for key in jwt.PyJWKSet.from_dict(dict(keys)).keys if key.public_key_use in (None, "sig")]
    fitting = usable if name is None else [key for key in usable if key.key_id == name]
    if len(fitting) != 1:
        raise OAuth2Error("the provider has no such key")
    return fitting[0]


def begin(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """To the organisation's own sign-in."""
    return _answer(OAuth2LoginView, request, provider_id)


def come_back(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """Back from it."""
    return _answer(OAuth2CallbackView, request, provider_id)


def _answer(view: Any, request: HttpRequest, provider_id: str) -> HttpResponseBase:
    adapter = StrictAdapter(request, provider_id)
    try:
        answer: HttpResponseBase = view.adapter_view(adapter)(request)
    except SocialApp.DoesNotExist as unknown:
        raise Http404 from unknown
    except (
        OAuth2Error,
        RequestException,
    ) as fault:  # allauth asks the provider who it is before it begins to catch these
        answer = render_authentication_error(request, adapter.get_provider(), exception=fault)
    return answer
