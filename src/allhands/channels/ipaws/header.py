"""The SAME header as text, for broadcasters' desks and for the record. Never audio (47 CFR 11.45(a))."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Final

from allhands.alerts.contracts import AlertMessage
from allhands.channels.artefacts import words
from allhands.channels.artefacts.texts import text_artefact
from allhands.channels.contracts import Artefact, Way
from allhands.kernel.findings import Finding, Level
from allhands.wire import same
from allhands.wire.errors import EncodeRefused
from allhands.wire.same.model import MAX_LOCATIONS, SENDER_LENGTH

# A header carries no other word that an alert is not real (47 CFR 11.31(e), "Practice/Demo Warning").
_PRACTICE: Final = "DMO"
_NOT_FOR_SENDER = re.compile(r"[^A-Z0-9/]")


def header_of(message: AlertMessage) -> same.SameHeader:
    """The header: civil authorities, the event, up to 31 counties, the shortest period that covers the alert."""
    counties = message.area.county_fips[:MAX_LOCATIONS]
    return same.SameHeader(
        originator="CIV",
        event=_PRACTICE if words.mark(message, "en") else message.event.value,
        locations=tuple(same.Location(code=f"0{fips}") for fips in counties),
        valid_for=_period(message.expires_at - message.sent_at),
        issued=same.IssueTime.from_instant(message.sent_at),
        sender=_NOT_FOR_SENDER.sub("", message.sender_name.upper().replace("-", "/"))[:SENDER_LENGTH] or "CIVIL",
    )


def artefact(message: AlertMessage) -> Artefact:
    """The header text, or why there is none."""
    header = header_of(message)
    findings = list(same.validate(header))
    left_out = len(message.area.county_fips) - MAX_LOCATIONS
    if left_out > 0:
        words = f"{left_out} counties do not fit into the header; broadcasters learn of them from the document only."
        findings.append(Finding(path="/locations", code="same.left-out", level=Level.WARNING, message=words))
    try:
        text = same.encode(header)
    except EncodeRefused:
        text = ""
    return text_artefact(Way.IPAWS, "same-header.txt", "en", text, findings=findings)


def _period(wanted: timedelta) -> timedelta:
    periods = same.valid_periods()
    return next((period for period in periods if period >= wanted), periods[-1])
