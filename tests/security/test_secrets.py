"""No key, token or password of a real service lies in the repository."""

from __future__ import annotations

import re

import pytest
from detect_secrets.plugins.aws import AWSKeyDetector
from detect_secrets.plugins.azure_storage_key import AzureStorageKeyDetector
from detect_secrets.plugins.base import BasePlugin, RegexBasedDetector
from detect_secrets.plugins.basic_auth import BasicAuthDetector
from detect_secrets.plugins.github_token import GitHubTokenDetector
from detect_secrets.plugins.gitlab_token import GitLabTokenDetector
from detect_secrets.plugins.jwt import JwtTokenDetector
from detect_secrets.plugins.npm import NpmDetector
from detect_secrets.plugins.private_key import PrivateKeyDetector
from detect_secrets.plugins.pypi_token import PypiTokenDetector
from detect_secrets.plugins.sendgrid import SendGridDetector
from detect_secrets.plugins.slack import SlackDetector
from detect_secrets.plugins.stripe import StripeDetector
from detect_secrets.plugins.telegram_token import TelegramBotTokenDetector
from detect_secrets.plugins.twilio import TwilioKeyDetector

from tests.architecture import house


class OurOwn(RegexBasedDetector):
    """Keys as this house writes them, and two forms that the library does not know."""

    secret_type = "Key of an installation"
    denylist = (
        re.compile(r"\bwhsec_[A-Za-z0-9+/]{24,}"),
        re.compile(r"\bgithub_pat_[A-Za-z0-9_]{22,}"),
        re.compile(r"django-" + "insecure-"),
        re.compile(
            r"\b(?:ALLHANDS_)?[A-Z_]*(?:KEYS?|SECRET|PASSWORD|TOKEN)\b\s*[=:]\s*[\"']?[A-Za-z0-9+/_-]{32,}={0,2}"
        ),
    )


DETECTORS: tuple[BasePlugin, ...] = (
    AWSKeyDetector(),
    AzureStorageKeyDetector(),
    BasicAuthDetector(),
    GitHubTokenDetector(),
    GitLabTokenDetector(),
    JwtTokenDetector(),
    NpmDetector(),
    OurOwn(),
    PrivateKeyDetector(),
    PypiTokenDetector(),
    SendGridDetector(),
    SlackDetector(),
    StripeDetector(),
    TelegramBotTokenDetector(),
    TwilioKeyDetector(),
)
# Data without words, and locks whose hashes are no secrets.
_LEFT_OUT = (".lock", ".geojson", ".csv", ".svg", ".xsd")
# An address with an invented password shows how to write one; a real one has no example.com, host or localhost in it.
_INVENTED = ("example", "@host", "localhost", "127.0.0.1", "@h/", "{")


def findings(name: str, text: str) -> list[str]:
    return [
        f"{name}:{number}: {detector.secret_type}"
        for number, line in enumerate(text.splitlines(), 1)
        for detector in DETECTORS
        if any(detector.analyze_string(line)) and not _is_invented(detector, line)
    ]


def _is_invented(detector: BasePlugin, line: str) -> bool:
    """Only of an address: a key is no less a key on a line that speaks of an example."""
    return isinstance(detector, BasicAuthDetector) and any(word in line for word in _INVENTED)


def test_repository_holds_no_secret() -> None:
    names = [name for name in house.tracked() if not name.endswith(_LEFT_OUT)]
    found = [each for name in names for each in findings(name, house.read(name))]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    "line",
    [
        "key = 'AKIA" + "IOSFODNN7ABCDEFG'",
        "-----BEGIN RSA " + "PRIVATE KEY-----",
        "key = 'AKIA" + "IOSFODNN7ABCDEFG'  # an example",
        "-----BEGIN OPENSSH " + "PRIVATE KEY-----",
        "https://ruth:" + "hunter2@db.county.gov/",
        "t = 'gh" + "p_a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8'",
        "t = 'github" + "_pat_11ABCDEFG0abcdefghijkl_abcdefghij'",
        "t = 'glp" + "at-abcdefghij1234567890'",
        "//registry.example/:_authToken=np" + "m_aaaaaaaaaabbbbbbbbbbccccccccccdddddd",
        "whs" + "ec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "ALLHANDS_VAULT" + "_KEY=" + "3q2+7w8fAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBk=",
        "KEY = 'django-" + "insecure-" + "3k#j2h4kj2h34kjh2k3j4h2k3j4h'",
    ],
)
def test_secret_would_be_found(line: str) -> None:
    assert findings("a.py", line)
