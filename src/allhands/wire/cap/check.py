"""A whole judgement of one document: its form, the standard's rules, and those of a profile."""

from __future__ import annotations

from dataclasses import dataclass, replace

from allhands.kernel.findings import Finding
from allhands.wire.cap import signature
from allhands.wire.cap.decode import Decoded, decode
from allhands.wire.cap.errors import CapError
from allhands.wire.cap.feed import Feed, is_feed, read_feed
from allhands.wire.cap.model import Alert, CapVersion
from allhands.wire.cap.profiles import PROFILES, Profile
from allhands.wire.cap.validate import validate
from allhands.wire.hardened_xml import ONE_DOCUMENT, ONE_FEED, Limits, parse
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
    return _with_signature(check_decoded(decode(data, limits=limits), profile=profile), data, "/alert", limits)


def _with_signature(checked: Checked, data: bytes, path: str, limits: Limits) -> Checked:
    """Adds that a signature contradicts its alert; whose it is, nobody was asked.

    The alert was read inside the limits before: as bytes of its own it may be longer than it stood in its list.
    """
    enough = replace(limits, max_bytes=max(limits.max_bytes, len(data)))
    if not checked.signed or not signature.is_broken(data, limits=enough):
        return checked
    report = Report("cap", "CAP-v1.2-os 3.3.2.1")
    message = (
        "The signature does not fit: the alert was changed after it was signed, if only by a blank, or carries "
        "another's certificate. Sign it again, or take it from where it came."
    )
    report.error(f"{path}/Signature", "signature-broken", message)
    return replace(checked, findings=checked.findings + report.findings())


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedFeed:
    """A list, its alerts judged one by one, and all findings together; each has its path in the list."""

    feed: Feed
    alerts: tuple[Checked, ...]
    findings: tuple[Finding, ...]


def check_any(data: bytes, *, profile: Profile = PROFILES["cap12"]) -> Checked | CheckedFeed:
    """Reads and judges an alert or a list of alerts, whichever it is.

    Raises:
        CapError: neither, or not safe to read.
    """
    root = parse(data, limits=ONE_FEED, error=CapError, prefix="cap")
    if not is_feed(root):
        return check(data, profile=profile)
    feed = read_feed(root)
    inside = [entry for entry in feed.entries if entry.decoded is not None]
    alerts = tuple(
        _with_signature(
            check_decoded(entry.decoded, profile=profile, path=entry.path), entry.data, entry.path, ONE_FEED
        )
        for entry in inside
        if entry.decoded
    )
    findings = feed.findings + tuple(finding for alert in alerts for finding in alert.findings)
    return CheckedFeed(feed=feed, alerts=alerts, findings=findings)


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
