"""Settings that are unsafe, or do not fit together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, Error, Tags, register


@register(Tags.security, deploy=True)
def check_secret(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """E001: every process would sign with a key of its own."""
    if settings.ALLHANDS_SECRET_IS_KEPT:
        return []
    hint = "Run `allhands migrate` once, which keeps one in the data folder, or set ALLHANDS_SECRET_KEY_FILE."
    return [Error("No secret key is kept: each restart signs everyone out.", hint=hint, id="allhands.E001")]


@register(Tags.security, deploy=True)
def check_encryption(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """E002: children's records would travel in the open."""
    origin = settings.ALLHANDS_ORIGIN
    if settings.ALLHANDS_WORLD != "live" or origin.startswith("https://"):
        return []
    hint = "Put a TLS proxy in front, set ALLHANDS_ORIGIN to its https:// address and ALLHANDS_BEHIND_PROXY to true."
    if "//localhost" in origin or "//127.0.0.1" in origin:
        return [checks.Warning("Pages go out unencrypted, to this machine only.", hint=hint, id="allhands.W002")]
    return [Error("Children's records would travel unencrypted.", hint=hint, id="allhands.E002")]


@register(Tags.security, deploy=True)
def check_second_step(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """E003: a password alone would open children's records."""
    if settings.ALLHANDS_WORLD != "live" or settings.ALLHANDS_REQUIRE_MFA:
        return []
    hint = "Remove ALLHANDS_REQUIRE_MFA=false."
    return [Error("In the live world everyone signs in with a second step.", hint=hint, id="allhands.E003")]


@register(Tags.database, deploy=True)
def check_one_login(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """W004: the app signs in with a login that can become the owner."""
    if settings.ALLHANDS_DATABASE_IS_EMBEDDED or not settings.ALLHANDS_DATABASE_OWNER.role:
        return []
    hint = "Give the owner a login of its own (`allhands database roles`) and name it in DATABASE_OWNER_URL."
    return [checks.Warning("One database login serves as app and as owner.", hint=hint, id="allhands.W004")]


@register(Tags.compatibility, deploy=True)
def check_mail(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """W005: no e-mail will go out."""
    if settings.ALLHANDS_SMTP_HOST:
        return []
    hint = "Set ALLHANDS_SMTP_HOST. Until then the pages say that e-mail is not configured."
    return [checks.Warning("E-mail is not configured.", hint=hint, id="allhands.W005")]


@register(Tags.security)
def check_provider(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """E006: the organisation's sign-in lets nobody in, or its roles cannot be read."""
    from allhands.agencies.sign_in.provider import parse_roles

    if not settings.ALLHANDS_OIDC_ISSUER:
        return []
    issuer = urlsplit(settings.ALLHANDS_OIDC_ISSUER)
    if issuer.scheme != "https" and issuer.hostname != "localhost":
        # What it says of a person is believed because it comes from it over TLS.
        hint = "Its address must begin with https://: on the way, anybody could say who signs in."
        return [Error("The organisation's sign-in is asked without TLS.", hint=hint, id="allhands.E006")]
    try:
        parse_roles(settings.ALLHANDS_OIDC_ROLES)
    except ValueError as error:
        return [Error(f"ALLHANDS_OIDC_ROLES: {error}.", id="allhands.E006")]
    if settings.ALLHANDS_OIDC_DOMAINS:
        return []
    hint = "Name the e-mail domains of its people in ALLHANDS_OIDC_DOMAINS."
    return [Error("The organisation's sign-in lets nobody in.", hint=hint, id="allhands.E006")]
