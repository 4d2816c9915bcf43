"""What the schema language cannot say: rules of CAP 1.2 between the values of one alert."""

from __future__ import annotations

import base64
import hashlib
import re
from datetime import datetime
from typing import Final

from allhands.kernel.findings import Finding
from allhands.wire.cap import area_rules, text_rules
from allhands.wire.cap.model import Alert, CapVersion, Info, MsgType, Reference, Resource, Scope, ValuePair
from allhands.wire.cap.values import is_name
from allhands.wire.reports import Report

_TAG: Final = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*", re.ASCII)  # RFC 3066, 2.1
# IANA media types, top level.
_MEDIA_TYPE: Final = re.compile(
    r"(application|audio|font|haptics|image|message|model|multipart|text|video)/[\w!#$&^.+-]+(\s*;.*)?",
    re.ASCII | re.IGNORECASE,
)
_BASE64: Final = re.compile(r"[A-Za-z0-9+/]+={0,2}", re.ASCII)
_SHA1: Final = re.compile(r"[0-9A-Fa-f]{40}", re.ASCII)
_LARGEST_OFFSET_S: Final = 14 * 3600
_CLAUSE: Final = "CAP-v1.2-os 3.2"


def validate(alert: Alert, *, version: CapVersion = CapVersion.V1_2, path: str = "/alert") -> tuple[Finding, ...]:
    """Every rule of the standard that a well-formed alert can still break.

    Args:
        version: the version it was read from; rules that came with 1.2 spare older documents.
        path: where the alert stands, when inside a feed.
    """
    report = Report("cap", _CLAUSE)
    _check_head(alert, version, report, path)
    _check_references(alert, report, path)
    is_judgeable = area_rules.check_detail(alert, report, path)
    for number, info in enumerate(alert.infos, start=1):
        at = f"{path}/info[{number}]"
        _check_info(alert, info, version, report, at)
        area_rules.check_areas(info.areas, report, at, crossings=is_judgeable)
    text_rules.check_languages(alert, report, path)
    text_rules.check_texts(alert, report, path)
    return report.findings()


def _check_head(alert: Alert, version: CapVersion, report: Report, path: str) -> None:
    for name, text in (("identifier", alert.identifier), ("sender", alert.sender)):
        if not is_name(text):
            message = f"<{name}> must not be empty nor hold blanks, commas, < or &."
            report.error(f"{path}/{name}", f"{name}-form", message)
    _check_time(alert.sent_at, report, f"{path}/sent")
    if alert.scope is None and version is not CapVersion.V1_0:
        report.error(path, "scope-missing", "An alert says for whom it is: Public, Restricted or Private.")
    _check_scope(alert, report, path)
    if alert.msg_type is MsgType.ERROR and not alert.note:
        report.warn(f"{path}/msgType", "error-note", "A message of type Error should say what went wrong in <note>.")
    if not alert.infos and alert.msg_type in {MsgType.ALERT, MsgType.UPDATE}:
        report.warn(path, "info-missing", "The alert has no <info>: nobody will learn from it what happened.")


def _check_scope(alert: Alert, report: Report, path: str) -> None:
    restricted = alert.scope is Scope.RESTRICTED
    if alert.restriction.strip() and not restricted:
        message = "<restriction> is for scope Restricted only."
        report.error(f"{path}/restriction", "restriction-scope", message)
    if restricted and not alert.restriction.strip():
        report.error(
            path, "restriction-missing", "Scope Restricted needs <restriction>: the rule that limits who may see it."
        )
    if alert.scope is Scope.PRIVATE and not alert.addresses:
        report.error(path, "addresses-missing", "Scope Private needs <addresses>: the recipients.")
    for address in alert.addresses:
        if not address or '"' in address:
            report.error(f"{path}/addresses", "addresses-form", "An address cannot be empty nor hold a double quote.")
    for incident in alert.incidents:
        if not incident or '"' in incident:
            report.error(f"{path}/incidents", "incidents-form", "An incident cannot be empty nor hold a double quote.")


def _check_references(alert: Alert, report: Report, path: str) -> None:
    names_others = {MsgType.UPDATE, MsgType.CANCEL, MsgType.ACK, MsgType.ERROR}
    if alert.msg_type in names_others and not alert.references:
        message = f"A message of type {alert.msg_type.value} should name the messages it is about in <references>."
        report.warn(f"{path}/msgType", "references-missing", message)
    for reference in alert.references:
        _check_reference(alert, reference, report, f"{path}/references")


def _check_reference(alert: Alert, reference: Reference, report: Report, path: str) -> None:
    if not (is_name(reference.sender) and is_name(reference.identifier)):
        report.error(path, "references-form", "A reference holds a sender and an identifier without blanks or commas.")
    if reference.identifier == alert.identifier and reference.sender == alert.sender:
        report.error(path, "reference-itself", "The alert refers to itself.")
    if reference.sent_at is None:
        return
    _check_time(reference.sent_at, report, path)
    if _is_aware(reference.sent_at) and _is_aware(alert.sent_at) and reference.sent_at > alert.sent_at:
        report.warn(path, "reference-later", f"The alert refers to “{reference.identifier}”, which was sent after it.")


def _check_info(alert: Alert, info: Info, version: CapVersion, report: Report, path: str) -> None:
    if info.language and not _TAG.fullmatch(info.language):
        message = f"“{info.language[:40]}” is no language tag; write en-US or es-US."
        report.error(f"{path}/language", "language-form", message)
    if not info.categories and version is not CapVersion.V1_0:
        report.error(path, "category-missing", "At least one <category> is required; Rescue for a missing child.")
    if not info.event.strip():
        report.error(f"{path}/event", "event-empty", "<event> is empty: say what happened.")
    _check_times(alert, info, report, path)
    for number, resource in enumerate(info.resources, start=1):
        _check_resource(resource, version, report, f"{path}/resource[{number}]")
    if info.web:
        _check_web(info.web, report, f"{path}/web")
    _check_pairs(info, report, path)


def _check_times(alert: Alert, info: Info, report: Report, path: str) -> None:
    times = (("effective", info.effective_at), ("onset", info.onset_at), ("expires", info.expires_at))
    for name, instant in times:
        if instant is not None:
            _check_time(instant, report, f"{path}/{name}")
    if info.expires_at is None or not _is_aware(info.expires_at):
        return
    # Not <onset>: a watch ends as a message, and is renewed, long before what it tells of begins.
    if info.effective_at is not None and _is_aware(info.effective_at) and info.expires_at <= info.effective_at:
        message = "<expires> is not later than <effective>: it ends before it begins."
        report.warn(f"{path}/expires", "expires-before-start", message)
    if not _is_aware(alert.sent_at):
        return
    if info.expires_at <= alert.sent_at:
        message = "The alert has expired when it is sent: <expires> is not later than <sent>."
        # A cancellation may well carry the time at which the alert it ends has ended.
        speak = report.warn if alert.msg_type is MsgType.CANCEL else report.error
        speak(f"{path}/expires", "expired-at-birth", message)


def _check_resource(resource: Resource, version: CapVersion, report: Report, path: str) -> None:
    if not resource.description.strip():
        report.warn(f"{path}/resourceDesc", "resource-description", "Say what the file is, such as “Photo”.")
    if not resource.mime_type:
        if version is CapVersion.V1_2:
            report.error(path, "mime-type-missing", "<mimeType> is required in CAP 1.2.")
    elif not _MEDIA_TYPE.fullmatch(resource.mime_type):
        message = f"“{resource.mime_type[:40]}” is no media type; write image/jpeg, for example."
        report.error(f"{path}/mimeType", "mime-type-form", message)
    if resource.size_bytes is not None and resource.size_bytes < 0:
        report.error(f"{path}/size", "size-form", "The size is a whole number of bytes, zero or more.")
    _check_resource_uri(resource, report, path)
    if resource.digest and not _SHA1.fullmatch(resource.digest.strip()):
        report.warn(f"{path}/digest", "digest-form", "<digest> is the SHA-1 of the file: 40 hexadecimal digits.")
    if resource.deref_uri:
        _check_enclosed(resource, report, path)


def _check_enclosed(resource: Resource, report: Report, path: str) -> None:
    """The file inside the alert: readable, and the one that size and digest speak of."""
    content = _from_base64(resource.deref_uri)
    if content is None:
        report.error(f"{path}/derefUri", "deref-uri-form", "<derefUri> holds the file itself in base64.")
        return
    if resource.size_bytes not in {None, len(content)}:
        message = f"The file inside has {len(content):,} bytes, not {resource.size_bytes:,}."
        report.warn(f"{path}/size", "size-other", message)
    digest = resource.digest.strip().lower()
    if _SHA1.fullmatch(digest) and hashlib.sha1(content, usedforsecurity=False).hexdigest() != digest:
        report.warn(f"{path}/digest", "digest-other", "The digest is not that of the file inside: one was changed.")


def _from_base64(text: str) -> bytes | None:
    compact = "".join(text.split())
    try:
        return base64.b64decode(compact) if _BASE64.fullmatch(compact) else None
    except ValueError:
        return None


def _check_resource_uri(resource: Resource, report: Report, path: str) -> None:
    if resource.uri and not text_rules.is_uri(resource.uri):
        report.error(f"{path}/uri", "uri-form", f"“{resource.uri[:60]}” is no URI.")
    elif resource.uri and not text_rules.is_absolute_uri(resource.uri) and not resource.deref_uri:
        message = "A relative <uri> names the content of <derefUri>, which is missing. Write the whole address."
        report.error(f"{path}/uri", "uri-relative", message)


def _check_web(web: str, report: Report, path: str) -> None:
    if not text_rules.is_absolute_uri(web):
        message = f"“{web[:60]}” is not a whole address; write https://…"
        report.error(path, "web-form", message)
    elif not web.lower().startswith(("http://", "https://")):
        report.warn(path, "web-scheme", "People can open http and https addresses only.")


def _check_pairs(info: Info, report: Report, path: str) -> None:
    lists: tuple[tuple[str, tuple[ValuePair, ...]], ...] = (
        ("eventCode", info.event_codes),
        ("parameter", info.parameters),
    )
    for element, pairs in lists:
        for pair in pairs:
            if not pair.name.strip():
                report.warn(
                    f"{path}/{element}", "value-name-empty", "A coded value has no <valueName>: nobody knows its list."
                )


def _is_aware(instant: datetime) -> bool:
    return instant.utcoffset() is not None


def _check_time(instant: datetime, report: Report, path: str) -> None:
    offset = instant.utcoffset()
    if offset is None:
        report.error(path, "time-without-offset", "A time needs its offset from UTC.")
    elif instant.microsecond or offset.total_seconds() % 60 or abs(offset.total_seconds()) > _LARGEST_OFFSET_S:
        report.error(
            path, "time-form", "CAP times have whole seconds and an offset of whole minutes, 14 hours at most."
        )
