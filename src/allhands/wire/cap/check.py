"""A whole judgement of one document: its form, the standard's rules, and those of a profile."""

from __future__ import annotations

from dataclasses import dataclass

from allhands.kernel.findings import Finding
from allhands.wire.cap.decode import Decoded, decode
from allhands.wire.cap.model import Alert, CapVersion
from allhands.wire.cap.profiles import PROFILES, Profile
from allhands.wire.cap.validate import validate
from allhands.wire.hardened_xml import ONE_DOCUMENT, Limits
from allhands.wire.reports import Report, has_errors


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """An alert and everything found about it; `accepted` when no finding is an error."""

    alert: Alert | None
    version: CapVersion
    signed: bool
    findings: tuple[Finding, ...]

    @property
    def accepted(self) -> bool:
        return not has_errors(self.findings)


def check(data: bytes, *, profile: Profile = PROFILES["cap12"], limits: Limits = ONE_DOCUMENT) -> Checked:
    """Reads and judges one alert.

    Raises:
        CapError: not XML, not CAP, or not safe to read.
    """
    return check_decoded(decode(data, limits=limits), profile=profile)


def check_decoded(decoded: Decoded, *, profile: Profile, path: str = "/alert") -> Checked:
    """As `check`, for an alert that was read already. Rules between values need an alert; without one, its form alone
    is judged."""
    findings = decoded.findings
    if decoded.alert is not None:
        said = {(finding.path, finding.code) for finding in findings}
        more = validate(decoded.alert, version=decoded.version, path=path)
        findings += tuple(finding for finding in more if (finding.path, finding.code) not in said)
        report = Report("cap", profile.document)
        profile.check(decoded.alert, decoded.version, report, path)
        findings += report.findings()
    return Checked(alert=decoded.alert, version=decoded.version, signed=decoded.signed, findings=findings)
