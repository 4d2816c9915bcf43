"""Whether every phone can show a text whole."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from allhands.kernel.findings import Finding
from allhands.wire.reports import Report
from allhands.wire.wea.alphabet import count_septets, is_supported
from allhands.wire.wea.suggest import clusters, suggest

# A text longer than this is no alert; its letters are not looked at one by one.
MAX_LENGTH: Final = 10_000
_NAMED: Final = 50
_LINK_TO_X: Final = re.compile(r"(?<![\w.-])(?:www\.|mobile\.)?(?:x|twitter)\.com\b|(?<![\w.-])t\.co/", re.IGNORECASE)


def validate(text: str, *, limit: int, path: str = "/text") -> tuple[Finding, ...]:
    """What would be cut off, refused or shown as a box.

    Args:
        limit: 90 or 360; counted in characters and again in septets.
    """
    report = Report("wea", "47 CFR 10.430; 3GPP TS 23.038")
    if not text.strip():
        report.error(path, "blank", "The text is empty.")
    if len(text) <= MAX_LENGTH:
        _check_letters(text, report, path)
    _check_length(text, limit, report, path)
    if "\n" in text or "\r" in text:
        report.warn(path, "line-break", "Line breaks are shown differently on different phones; use one paragraph.")
    if _LINK_TO_X.search(text):
        message = "FEMA warns about links to X in alerts. Link to a page of your own."
        report.warn(path, "link-to-x", message, "FEMA tip 46")
    if text != text.strip() and text.strip():
        report.info(path, "outer-blanks", "Blanks at the ends take up room.")
    return report.findings()


def _check_letters(text: str, report: Report, path: str) -> None:
    unknown = sorted({cluster for _, cluster in clusters(text) if not all(map(is_supported, cluster))})
    for cluster in unknown[:_NAMED]:
        instead = suggest(cluster).text
        advice = f"write “{instead}”" if instead else "leave it out"
        shown = f"“{cluster}” " if cluster.isprintable() else ""
        names = " with ".join(
            f"U+{ord(letter):04X}, {unicodedata.name(letter, 'unnamed character').lower()}" for letter in cluster
        )
        report.error(path, "letter", f"{shown}({names}) is not on every phone: {advice}.")
    if len(unknown) > _NAMED:
        report.error(path, "letter", f"{len(unknown) - _NAMED:,} further letters are not on every phone.")


def _check_length(text: str, limit: int, report: Report, path: str) -> None:
    if len(text) > limit:
        report.error(path, "too-long", f"The text has {len(text)} characters; {limit} fit.")
        return
    septets = count_septets(text)
    if septets is not None and septets > limit:
        message = (
            f"The text has {len(text)} characters but takes {septets} places of {limit}: "
            "[ ] { } \\ ~ ^ | € take two each."
        )
        report.error(path, "too-long-septets", message)
