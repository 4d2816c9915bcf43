"""Rules of 47 CFR 11.31 between and inside the parts of a header."""

from __future__ import annotations

import re
from typing import Final

from allhands.kernel.findings import Finding
from allhands.wire.reports import Report
from allhands.wire.same.model import MAX_LOCATIONS, SENDER_LENGTH, Location, SameHeader, is_valid_period
from allhands.wire.same.tables import EVENT_NAMES, ORIGINATORS, is_known_location

_LOCATION: Final = re.compile(r"\d{6}", re.ASCII)
# 11.31(c): eight characters, "-" and "+" are taken by the header itself.
_SENDER: Final = re.compile(r"[\x20-\x2a\x2c\x2e-\x7e]+", re.ASCII)


def validate(header: SameHeader) -> tuple[Finding, ...]:
    """What a decoder on air would refuse (errors) and what our tables doubt (warnings)."""
    report = Report("same", "47 CFR 11.31")
    if header.originator not in ORIGINATORS:
        allowed = ", ".join(ORIGINATORS)
        report.error("/originator", "originator", f"“{header.originator[:8]}” is no originator; allowed: {allowed}.")
    if header.event not in EVENT_NAMES:
        report.error(
            "/event", "event", f"“{header.event[:8]}” is no event code of 11.31(e); a missing child is CAE or MEP."
        )
    _check_locations(header.locations, report)
    if not is_valid_period(header.valid_for):
        message = "The period must be 15, 30, 45 or 60 minutes, then steps of half an hour up to 99:30."
        report.error("/period", "period", message)
    _check_issue_time(header, report)
    _check_sender(header.sender, report)
    return report.findings()


def _check_locations(locations: tuple[Location, ...], report: Report) -> None:
    if not locations:
        report.error("/locations", "no-location", "At least one location is required.")
    if len(locations) > MAX_LOCATIONS:
        report.error(
            "/locations", "too-many-locations", f"{len(locations)} locations; {MAX_LOCATIONS} fit into a header."
        )
    for number, location in enumerate(locations, start=1):
        path = f"/locations[{number}]"
        if not _LOCATION.fullmatch(location.code):
            report.error(path, "location-form", f"“{location.code[:12]}” is no location; six digits are.")
        elif not is_known_location(location.code):
            report.warn(
                path, "location-unknown", f"No county or area in our table (2016) has the code {location.code}."
            )
        if location in locations[: number - 1]:
            report.warn(path, "location-repeated", f"{location.code} stands twice.")


def _check_issue_time(header: SameHeader, report: Report) -> None:
    issued = header.issued
    if not 1 <= issued.day <= 366:
        report.error("/issued", "day", f"Day {issued.day} is not between 001 and 366.")
    if not (0 <= issued.hour <= 23 and 0 <= issued.minute <= 59):
        report.error(
            "/issued", "time", f"{issued.hour:02}:{issued.minute:02} is no time of day; hours end at 23, minutes at 59."
        )


def _check_sender(sender: str, report: Report) -> None:
    if not sender.strip():
        report.warn("/sender", "sender-blank", "The sender is blank: nobody can tell who sent it.")
    if len(sender) > SENDER_LENGTH or (sender and not _SENDER.fullmatch(sender)):
        message = "The sender has at most eight printable characters without - and +; write / for -."
        report.error("/sender", "sender", message)
