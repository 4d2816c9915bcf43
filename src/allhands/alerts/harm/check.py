"""Looks through the words of an alert. Pure: the same text always has the same findings.

It finds words, not meanings: a sentence without any of them can still harm. That is why a second person reads it.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from allhands.alerts.contracts import Language
from allhands.alerts.harm import contacts, times
from allhands.alerts.harm.folding import Folded, fold, readings
from allhands.alerts.harm.rules import RULES, Rule

T = TypeVar("T", bound=tuple[Any, ...])


class Severity(enum.Enum):
    """STOP: it does not leave like this, unless a law demands it and a second person says so. LOOK: read it again."""

    STOP = "stop"
    LOOK = "look"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One place in one field.

    Args:
        field: name of the field.
        code: what it gives away, such as `care`; `phone` and `time` for numbers and vague times.
        words: as written.
        start: where it begins in the field's text.
        why: by language, what a stranger would learn.
        instead: what would stand there after one click; empty: the words are left out.
    """

    field: str
    lang: Language
    code: str
    severity: Severity
    words: str
    start: int
    why: Mapping[str, str]
    instead: str


_VAGUE_WHY = {
    "en": "It is read on other days too. Say the day and the time.",
    "es": "También se leerá otros días. Diga el día y la hora.",
}
_IMPOSSIBLE_WHY = {
    "en": "No clock or calendar shows it. Say the day and the time.",
    "es": "Ningún reloj ni calendario lo muestra. Diga el día y la hora.",
}
_PHONE_WHY = {
    "en": "Numbers come from the agency's own verified contacts and stand on every version by themselves.",
    "es": "Los números salen de los contactos verificados de la institución y aparecen solos en cada versión.",
}
_LANGUAGES: Final[tuple[Language, ...]] = ("en", "es")
# What is written on a shirt or a bumper is said in quotation marks, as it stands there; it tells nothing of the child.
_PRINTED: Final = frozenset({"clothing", "vehicle"})
_QUOTED: Final = re.compile(r'(?<!\d)"(?=\S)[^"]{1,40}"|«[^»]{1,40}»')  # after a figure the mark is inches
# The name of a place blames nobody ("Runaway Bay"); whether the child is in care or ill it may tell all the same.
_NAME_WORD: Final = r'(?:[A-Z\d&][^\s"»]*|(?:and|at|de|del|el|in|la|las|los|of|on|the|y)(?!\w))'
_PLACE_NAME: Final = re.compile(rf'(?<!\d)["«]{_NAME_WORD}(?: {_NAME_WORD})*["»]')
_TELLING: Final = tuple(rule for rule in RULES if not rule.is_blame)
_BLAMING: Final = tuple(rule for rule in RULES if rule.is_blame)
_Found = tuple[int, int, str, Mapping[str, str], str]


def check(
    texts: Mapping[Language, Mapping[str, str]], *, consented: Collection[str] = (), when_words: str = ""
) -> tuple[Finding, ...]:
    """Everything found in the words of an alert, by language and field.

    Args:
        texts: field to text, by language.
        consented: codes that the people concerned released, such as `tribe`.
        when_words: what would stand in place of a vague time; empty leaves it out.
    Example:
        >>> [found.instead for found in check({"en": {"last_seen_place": "near her foster home"}})]
        ['home']
    """
    found = [
        finding
        for lang, fields in texts.items()
        for field, text in fields.items()
        for finding in _in_field(field, lang, text, when_words)
        if finding.code not in consented
    ]
    return tuple(sorted(found, key=lambda one: (one.lang, one.field, one.start)))


def find_labels(text: str) -> tuple[str, ...]:
    """The words of blame in a text in either language: a reason that may not stand on the ledger.

    Example:
        >>> find_labels("She ran away before, no reason to alert")
        ('ran away before',)
    """
    spans = [
        (*read.place(match.start(), match.end()), match[0])
        for read in readings(fold(text))
        for rule in RULES
        if rule.is_blame
        for pattern in rule.compiled.values()
        for match in pattern.finditer(read.text)
    ]
    return tuple(text[start:end] for start, end, _words in _longest(spans))


def reword(text: str, finding: Finding) -> str:
    """The text with the finding's words replaced, or left out and the blanks closed.

    Raises:
        ValueError: the text has changed since it was looked at.
    """
    end = finding.start + len(finding.words)
    if text[finding.start : end] != finding.words:
        raise ValueError("the text is not the one that was looked at")
    joined = text[: finding.start] + finding.instead + text[end:]
    return re.sub(r"\s+([,.;:])", r"\1", re.sub(r"[ \t]{2,}", " ", joined)).strip(" ,;")


def _in_field(field: str, lang: Language, text: str, when_words: str) -> Iterator[Finding]:
    read = fold(text)
    told = _without(_QUOTED, read) if field in _PRINTED else read
    blamed = _without(_PLACE_NAME, read) if field == "seen_place" else told
    harms = [*_harms(_TELLING, field, lang, told), *_harms(_BLAMING, field, lang, blamed)]
    for start, end, code, why, instead in (
        *_longest(harms),
        # No quotation carries a number or a link; a band called "Yesterday" is no time.
        *_longest([*_elsewhere(field, read), *_times(field, lang, told, when_words)]),
    ):
        yield Finding(
            field=field,
            lang=lang,
            code=code,
            severity=Severity.STOP,
            words=text[start:end],
            start=start,
            why=why,
            instead=instead,
        )


def _without(quoted: re.Pattern[str], read: Folded) -> Folded:
    return read.replaced(quoted, lambda one: " " * len(one))


def _harms(rules: Iterable[Rule], field: str, lang: Language, folded: Folded) -> Iterator[_Found]:
    """Words of either language, the field's own first; a name is read in its own language only.

    What may stand in their place is said in the language of the field, or left out.
    """
    spoken = (lang,) if field == "name" else sorted(_LANGUAGES, key=lambda one: one != lang)
    for read in readings(folded):
        for rule in rules:
            if field in rule.not_in:
                continue
            for said in spoken:
                for match in rule.compiled[said].finditer(read.text):
                    start, end = read.place(match.start(), match.end())
                    yield start, end, rule.code, rule.why, _instead(rule, lang, match[0]) if said == lang else ""


def _elsewhere(field: str, read: Folded) -> Iterator[_Found]:
    for start, end in contacts.find(read, with_short=field != "vehicle"):
        yield start, end, "phone", _PHONE_WHY, ""


def _times(field: str, lang: Language, read: Folded, when_words: str) -> Iterator[_Found]:
    if field == "name":  # Last Night, Two Days: nobody changes a name, and no law demands it
        return
    for start, end in times.find_vague(lang, read.text):
        yield *read.place(start, end), "time", _VAGUE_WHY, when_words
    for start, end in times.find_impossible(read.text):
        yield *read.place(start, end), "time", _IMPOSSIBLE_WHY, when_words


def _instead(rule: Rule, lang: Language, words: str) -> str:
    for pattern, replacement in rule.instead_compiled.get(lang, ()):
        if pattern.fullmatch(words):
            return replacement
    return ""


def _longest(spans: list[T]) -> list[T]:
    """The spans without those that another one covers or meets, in the order of the text."""
    kept: list[T] = []
    for span in sorted(spans, key=lambda one: (one[0], -one[1])):
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return kept
