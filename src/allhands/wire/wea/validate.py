"""Whether every phone can show a text whole."""

from __future__ import annotations

import unicodedata

from allhands.kernel.findings import Finding
from allhands.wire.reports import Report
from allhands.wire.wea.alphabet import count_septets, is_supported
from allhands.wire.wea.suggest import suggest


def validate(text: str, *, limit: int, path: str = "/text") -> tuple[Finding, ...]:
    """What would be cut off, refused or shown as a box.

    Args:
        limit: 90 or 360; counted in characters and again in septets.
    """
    report = Report("wea", "47 CFR 10.430; 3GPP TS 23.038")
    if not text.strip():
        report.error(path, "blank", "The text is empty.")
    _check_letters(text, report, path)
    _check_length(text, limit, report, path)
    if "\n" in text or "\r" in text:
        report.warn(path, "line-break", "Line breaks are shown differently on different phones; use one paragraph.")
    if text != text.strip() and text.strip():
        report.info(path, "outer-blanks", "Blanks at the ends take up room.")
    return report.findings()


def _check_letters(text: str, report: Report, path: str) -> None:
    unknown = sorted({letter for letter in text if not is_supported(letter)})
    for letter in unknown:
        name = unicodedata.name(letter, "unnamed character").lower()
        instead = suggest(letter).text
        advice = f"write “{instead}”" if instead else "leave it out"
        shown = f"“{letter}” " if letter.isprintable() else ""
        report.error(path, "letter", f"{shown}(U+{ord(letter):04X}, {name}) is not on every phone: {advice}.")


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
