"""The standard alone: what `validate` says, and nothing more."""

from __future__ import annotations

from typing import Final

from allhands.wire.cap.model import Alert, CapVersion
from allhands.wire.cap.profiles.profile import Profile
from allhands.wire.reports import Report


def _check(alert: Alert, version: CapVersion, report: Report, path: str) -> None:
    """Tells when the document is older than the standard it is judged by."""
    if version is not CapVersion.V1_2:
        report.info(path, "older-version", f"Read by the rules of its own version ({version.value}).")


CAP12: Final = Profile(name="cap12", version="1.2", document="OASIS CAP-v1.2-os", check=_check)
