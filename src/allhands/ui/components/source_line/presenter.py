"""One source of a rule: citation, how it was read, how old the reading is. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from allhands.ui.wording import Lang, date_words

# A reading older than this is stale. Source: design, section 4 (packs older than twelve months show a banner).
STALE_AFTER_MONTHS = 12

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
    """The citation with its pin; a number that stands in both is said once.

    Example:
        >>> cite("N.D.C.C. 14-09-35", "14-09-35(2)"), cite("42 U.S.C. 671", "(a)(35)")
        ('N.D.C.C. 14-09-35(2)', '42 U.S.C. 671 (a)(35)')
    """
    if not pin or citation.endswith(pin):
        return citation
    work, _, number = citation.rpartition(" ")
    is_part = number[:1].isdigit() and pin.startswith(number) and not pin[len(number) : len(number) + 1].isalnum()
    if is_part and not work.endswith((" to", " and")):
        return f"{work} {pin}".strip()
    return f"{citation} {pin}".strip()


def months_between(earlier: date, later: date) -> int:
    """Whole months from one day to another."""
    return (later.year - earlier.year) * 12 + later.month - earlier.month - (later.day < earlier.day)


def _stale(read_on: date | None, today: date, lang: Lang) -> str:
    if read_on is None:
        return _READ[lang]["stale, undated"]
    months = months_between(read_on, today)
    is_old = months > STALE_AFTER_MONTHS or (months == STALE_AFTER_MONTHS and today.day != read_on.day)
    return _READ[lang]["stale"].format(months=months) if is_old else ""
