"""One source of a rule: citation, how it was read, how old the reading is. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from allhands.law import is_old
from allhands.ui.wording import Lang, date_words

_READ = {
    "en": {
        "A": "read in its own text",
        "B": "read in part or in an older copy",
        "C": "known from a summary only",
        "by": "by {who}",
        "never": "date of reading not known",
        "stale": "We last read this law {months} months ago. Check it before you rely on it.",
        "stale, undated": "We don't know when this law was last read. Check it before you rely on it.",
    },
    "es": {
        "A": "leída en su propio texto",
        "B": "leída en parte o en una copia anterior",
        "C": "conocida solo por un resumen",
        "by": "por {who}",
        "never": "no se sabe cuándo se leyó",
        "stale": "Leímos esta ley hace {months} meses. Verifíquela antes de confiar en ella.",
        "stale, undated": "No sabemos cuándo se leyó esta ley. Verifíquela antes de confiar en ella.",
    },
}

# Sections that a citation names together: "T.C.A. 37-10-201 to 37-10-204", "Iowa Code 694.1 to 694.5 and 694.10".
_ONE = r"[A-Z\d][\w:.-]*\d\w*"
_RANGE = re.compile(
    rf"(?P<work>.*?[^\d\s,].*?|\d+ \S.*?)(?<!,) (?P<first>{_ONE})(?: to {_ONE}| and {_ONE}| and following)+$"
)
_SEPARATOR = re.compile(r"[-.:(, ]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What the pack says about one source.

    Args:
        level: A (own text), B (part or older copy) or C (secondary).
        unconfirmed_nation: name of the nation that has not confirmed it, or empty.
    """

    citation: str
    pin: str = ""
    address: str = ""
    level: str = "C"
    read_on: date | None = None
    read_by: str = ""
    unconfirmed_nation: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceLine:
    """A source ready to draw."""

    citation: str
    address: str
    how: str
    read: str
    stale: str
    unconfirmed_nation: str


def present_source(source: Source, *, today: date, lang: Lang) -> SourceLine:
    """The source in words, with a warning when the reading is old."""
    words = _READ[lang]
    by = words["by"].format(who=source.read_by) if source.read_by else ""
    read = date_words(source.read_on, today, lang) if source.read_on else words["never"]
    return SourceLine(
        citation=cite(source.citation, source.pin),
        address=source.address,
        how=words[source.level],
        read=f"{read} {by}".strip(),
        stale=_stale(source.read_on, today, lang),
        unconfirmed_nation=source.unconfirmed_nation,
    )


def cite(citation: str, pin: str) -> str:
    """The citation with its pin; a number that stands in both is said once, and a pin within a range stands for it.

    Example:
        >>> cite("N.D.C.C. 14-09-35", "14-09-35(2)"), cite("42 U.S.C. 671", "(a)(35)")
        ('N.D.C.C. 14-09-35(2)', '42 U.S.C. 671 (a)(35)')
        >>> cite("T.C.A. 37-10-201 to 37-10-204", "37-10-203")
        'T.C.A. 37-10-203'
    """
    if not pin or (citation.endswith(pin) and not _RANGE.match(citation)):
        return citation
    if (sections := _RANGE.match(citation)) and _is_within(pin, sections["first"]):
        return f"{sections['work']} {pin}"
    work, _, number = citation.rpartition(" ")
    is_part = number[:1].isdigit() and pin.startswith(number) and not pin[len(number) : len(number) + 1].isalnum()
    return f"{work if is_part else citation} {pin}".strip()


def _is_within(pin: str, first: str) -> bool:
    """Whether the pin names a section of the same chapter as the first of a range."""
    chapter, found = _SEPARATOR.split(first)[0], _SEPARATOR.split(pin)[0]
    return found == chapter or (chapter == first and found.isdigit() and len(found) == len(chapter))


def months_between(earlier: date, later: date) -> int:
    """Whole months from one day to another."""
    return (later.year - earlier.year) * 12 + later.month - earlier.month - (later.day < earlier.day)


def _stale(read_on: date | None, today: date, lang: Lang) -> str:
    if read_on is None:
        return _READ[lang]["stale, undated"]
    return _READ[lang]["stale"].format(months=months_between(read_on, today)) if is_old(read_on, today) else ""
