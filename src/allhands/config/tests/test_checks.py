"""Unsafe combinations of settings are named, each with its way out."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings as house
from django.core.checks import run_checks

from allhands.platform.database.address import parse_url

SAFE = {
    "ALLHANDS_SECRET_IS_KEPT": True,
    "ALLHANDS_WORLD": "live",
    "ALLHANDS_ORIGIN": "https://allhands.example.gov",
    "ALLHANDS_REQUIRE_MFA": True,
    "ALLHANDS_DATABASE_IS_EMBEDDED": True,
    "ALLHANDS_SMTP_HOST": "mail.example.gov",
}
SHARED = parse_url("postgresql://login@h/allhands").taking("allhands_owner")


def ids(settings: Any, **changes: object) -> list[str]:
    for name, value in {**SAFE, **changes}.items():
        setattr(settings, name, value)
    return [
        str(found.id) for found in run_checks(include_deployment_checks=True) if str(found.id).startswith("allhands")
    ]


def test_safe_settings_are_silent(settings: Any) -> None:
    assert ids(settings) == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"ALLHANDS_SECRET_IS_KEPT": False}, "allhands.E001"),
        ({"ALLHANDS_ORIGIN": "http://allhands.example.gov"}, "allhands.E002"),
        ({"ALLHANDS_ORIGIN": "http://localhost:8000"}, "allhands.W002"),
        ({"ALLHANDS_REQUIRE_MFA": False}, "allhands.E003"),
        ({"ALLHANDS_DATABASE_IS_EMBEDDED": False, "ALLHANDS_DATABASE_OWNER": SHARED}, "allhands.W004"),
        ({"ALLHANDS_SMTP_HOST": ""}, "allhands.W005"),
        ({"ALLHANDS_OIDC_ISSUER": "https://id.example"}, "allhands.E006"),
        ({"ALLHANDS_OIDC_ISSUER": "http://id.example", "ALLHANDS_OIDC_DOMAINS": ["a.example"]}, "allhands.E006"),
        ({"ALLHANDS_OIDC_ISSUER": "https://id.example", "ALLHANDS_OIDC_ROLES": "cps=KING"}, "allhands.E006"),
    ],
)
def test_unsafe_setting_is_named(settings: Any, changes: dict[str, object], expected: str) -> None:
    assert ids(settings, **changes) == [expected]


def test_demo_asks_for_neither_encryption_nor_second_step(settings: Any) -> None:
    changes = {"ALLHANDS_WORLD": "demo", "ALLHANDS_ORIGIN": "http://demo.example", "ALLHANDS_REQUIRE_MFA": False}
    assert ids(settings, **changes) == []


def test_browser_keeps_session_cookies_to_itself() -> None:
    assert (house.SESSION_COOKIE_HTTPONLY, house.CSRF_COOKIE_HTTPONLY, house.SESSION_COOKIE_SAMESITE) == (
        True,
        True,
        "Lax",
    )
