"""No key, token or password of a real service lies in the repository."""

from __future__ import annotations

import pytest
from detect_secrets.plugins.aws import AWSKeyDetector
from detect_secrets.plugins.azure_storage_key import AzureStorageKeyDetector
from detect_secrets.plugins.base import BasePlugin
from detect_secrets.plugins.basic_auth import BasicAuthDetector
from detect_secrets.plugins.github_token import GitHubTokenDetector
from detect_secrets.plugins.jwt import JwtTokenDetector
from detect_secrets.plugins.private_key import PrivateKeyDetector
from detect_secrets.plugins.slack import SlackDetector
from detect_secrets.plugins.stripe import StripeDetector
from detect_secrets.plugins.twilio import TwilioKeyDetector

from tests.architecture import house

DETECTORS: tuple[BasePlugin, ...] = (
    AWSKeyDetector(),
    AzureStorageKeyDetector(),
    BasicAuthDetector(),
    GitHubTokenDetector(),
    JwtTokenDetector(),
    PrivateKeyDetector(),
    SlackDetector(),
    StripeDetector(),
    TwilioKeyDetector(),
)
# Data without words, and locks whose hashes are no secrets.
_LEFT_OUT = (".lock", ".json", ".geojson", ".csv", ".svg", ".xsd", ".po")
# An address with an invented password shows how to write one; a real one has no example.com, host or localhost in it.
_INVENTED = ("example", "@host", "localhost", "127.0.0.1", "@h/", "{")


def findings(name: str, text: str) -> list[str]:
    return [
        f"{name}:{number}: {detector.secret_type}"
        for number, line in enumerate(text.splitlines(), 1)
        for detector in DETECTORS
        if any(detector.analyze_string(line)) and not any(word in line for word in _INVENTED)
    ]


def test_repository_holds_no_secret() -> None:
    names = [name for name in house.tracked() if not name.endswith(_LEFT_OUT) and not name.startswith("packs/")]
    found = [each for name in names for each in findings(name, house.read(name))]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    "line",
    [
        "key = 'AKIA" + "IOSFODNN7ABCDEFG'",
        "-----BEGIN RSA " + "PRIVATE KEY-----",
        "https://ruth:" + "hunter2@db.county.gov/",
    ],
)
def test_secret_would_be_found(line: str) -> None:
    assert findings("a.py", line)
