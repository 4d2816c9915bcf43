"""A header's text to its value."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from allhands.kernel.findings import Finding, Level
from allhands.wire.errors import CodecError
from allhands.wire.reports import Report
from allhands.wire.same.model import SENDER_LENGTH, IssueTime, Location, SameHeader
from allhands.wire.same.validate import validate

# 31 locations make 252 characters; what is longer holds no header.
MAX_LENGTH: Final = 1_000
_SHAPE: Final = re.compile(
    r"ZCZC-(?P<originator>[^-+]*)-(?P<event>[^-+]*)-(?P<locations>[^+]*)\+(?P<period>[^-+]*)"
    r"-(?P<issued>[^-+]*)-(?P<sender>[^-+]*)-"
)
_FOUR: Final = re.compile(r"(\d\d)([0-5]\d)", re.ASCII)
_SEVEN: Final = re.compile(r"(\d{3})(\d\d)(\d\d)", re.ASCII)


class SameError(CodecError):
    """The octets are no text at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """The header, None when its parts cannot be told apart or read; and everything wrong with it."""

    header: SameHeader | None
    findings: tuple[Finding, ...]


def decode(data: str | bytes) -> Decoded:
    """Reads one header, exactly: no blank before, nothing after the closing dash.

    Raises:
        SameError: octets that are no ASCII text, or far too long.
    """
    text = _text(data)
    report = Report("same", "47 CFR 11.31(c)")
    match = _SHAPE.fullmatch(text)
    if match is None:
        report.error("/", "shape", f"A header reads ZCZC-ORG-EEE-PSSCCC+TTTT-JJJHHMM-LLLLLLLL-. {_hint(text)}".rstrip())
        return Decoded(header=None, findings=report.findings())
    header = _header(match, report)
    if header is None:
        return Decoded(header=None, findings=report.findings())
    report.extend(validate(header))
    return Decoded(header=header, findings=report.findings())


def _text(data: str | bytes) -> str:
    if len(data) > MAX_LENGTH:
        message = f"{len(data):,} characters are far too many for a header; 252 are the longest."
        raise SameError(_finding("too-long", message), unreadable=False)
    if isinstance(data, str):
        return data
    try:
        return data.decode("ascii")
    except UnicodeDecodeError:
        raise SameError(_finding("not-text", "The octets are no ASCII text.")) from None


def _hint(text: str) -> str:
    if text.strip() != text:
        return "There are blanks before or after it."
    if not text.startswith("ZCZC-"):
        return "It must begin with ZCZC-."
    if text.endswith("--"):
        return "It ends with one dash."
    return ""


def _header(match: re.Match[str], report: Report) -> SameHeader | None:
    period = _FOUR.fullmatch(match["period"])
    issued = _SEVEN.fullmatch(match["issued"])
    if period is None:
        report.error("/period", "period-form", f"“{match['period'][:12]}” is no period; write hours and minutes, 0600.")
    if issued is None:
        report.error(
            "/issued", "issued-form", f"“{match['issued'][:12]}” is no time; write the day of the year, hours, minutes."
        )
    if len(match["sender"]) != SENDER_LENGTH:
        report.error("/sender", "sender-length", "The sender has eight characters; fill up with blanks.")
    if period is None or issued is None:
        return None
    return SameHeader(
        originator=match["originator"],
        event=match["event"],
        locations=tuple(Location(code=code) for code in match["locations"].split("-") if match["locations"]),
        valid_for=timedelta(hours=int(period[1]), minutes=int(period[2])),
        issued=IssueTime(day=int(issued[1]), hour=int(issued[2]), minute=int(issued[3])),
        sender=match["sender"].rstrip(" "),
    )


def _finding(code: str, message: str) -> Finding:
    return Finding(path="/", code=f"same.{code}", level=Level.ERROR, message=message)
