"""Times that say nothing on another day, and times that no clock or calendar shows. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from allhands.alerts.harm.folding import plain

_MANY_EN: Final = (
    r"an?|one|two|three|four|five|six|seven|eight|nine|ten|half an?|some|\d+|(?:a )?(?:few|couple(?: of)?|several)"
)
_DAYS_EN: Final = (
    r"mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:rs(?:day)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?"
)
_SPANS_EN: Final = r"(?:minutes?|mins?|hours?|hrs?|days?|nights?|weeks?|months?)"
_MANY_ES: Final = (
    r"un[oa]?s?(?: poc[oa]s| cuant[oa]s)?|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|medi[oa]|vari[oa]s|poc[oa]s"
    r"|much[oa]s|\d+"
)
_SPANS_ES: Final = r"(?:minutos?|horas?|días?|noches?|semanas?|mes(?:es)?)"
_DAYS_ES: Final = r"lunes|martes|miércoles|jueves|viernes|sábado|domingo"
_VAGUE: Final[Mapping[str, re.Pattern[str]]] = {
    lang: re.compile(plain(rf"\b(?:{words})\b"), re.IGNORECASE)
    for lang, words in {
        "en": rf"yesterday|today|tonight|tomorrow|recently|a while (?:ago|back)|earlier|lately|some ?time|just now"
        rf"|last (?:night|evening|week(?:end)?|month|{_DAYS_EN})"
        rf"|this (?:past )?(?:morning|afternoon|evening|week(?:end)?)"
        rf"|(?:{_MANY_EN}) {_SPANS_EN}(?: (?:ago|back|earlier))|(?:a )?(?:few|couple(?: of)?|several) {_SPANS_EN}"
        rf"|(?:the|in the) (?:past|last) (?:(?:{_MANY_EN}) )?{_SPANS_EN}|the other (?:day|night)"
        rf"|the (?:day|night) before(?: last)?|at some point",
        "es": rf"ayer|anteayer|anoche|antenoche|hoy|(?<!la )mañana|esta (?:mañana|tarde|noche|semana)|recientemente"
        rf"|hace (?:mucho|poco|rato|un rato|tiempo|(?:{_MANY_ES}) {_SPANS_ES})"
        rf"|(?:la semana|el (?:mes|{_DAYS_ES})) pasad[oa]|(?:la noche|el día) anterior|el otro día|la otra noche"
        rf"|últimamente|ahora mismo|últim[oa]s (?:{_MANY_ES})? ?(?:horas|días|semanas)",
    }.items()
}
_CLOCK: Final = re.compile(r"(?<![\d:/.])(\d{1,2})(?::(\d{2}))?(?![\d:/])(?: ?([ap])\.? ?m\b\.?)?", re.IGNORECASE)
_MONTHS: Final = {
    1: r"jan(?:uary)?|ene(?:ro)?", 2: r"feb(?:ruary|rero)?", 3: r"mar(?:ch|zo)?", 4: r"apr(?:il)?|abr(?:il)?",
    5: r"may(?:o)?", 6: r"jun(?:e|io)?", 7: r"jul(?:y|io)?", 8: r"aug(?:ust)?|ago(?:sto)?",
    9: r"sept?(?:ember|iembre)?", 10: r"oct(?:ober|ubre)?", 11: r"nov(?:ember|iembre)?",
    12: r"dec(?:ember)?|dic(?:iembre)?",
}  # fmt: skip
_LONGEST: Final = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_DAY: Final = r"(\d{1,2})(?:st|nd|rd|th)?"
_DATES: Final = tuple(
    (
        re.compile(rf"\b(?:(?:{names})\.? {_DAY}|{_DAY} (?:de )?(?:{names}))(?![\w:])", re.IGNORECASE),
        _LONGEST[month - 1],
    )
    for month, names in _MONTHS.items()
)
_ISO: Final = re.compile(r"(?<!\d)(?:19|20)\d{2}-(\d{1,2})-(\d{1,2})(?!\d)")
_SLASHED: Final = re.compile(r"(?<!\d)(\d{1,2})/(\d{1,2})/(?:19|20)\d{2}(?!\d)")


def find_vague(lang: str, text: str) -> Iterator[tuple[int, int]]:
    """Where a time stands that means another one to whoever reads it later."""
    for match in _VAGUE[lang].finditer(text):
        yield match.start(), match.end()


def find_impossible(text: str) -> Iterator[tuple[int, int]]:
    """Where a time or a date stands that does not exist."""
    found = [match for match in _CLOCK.finditer(text) if _is_no_clock(match)]
    for pattern, longest in _DATES:
        found += [one for one in pattern.finditer(text) if not 1 <= int(one[1] or one[2]) <= longest]
    for pattern in (_ISO, _SLASHED):
        found += [one for one in pattern.finditer(text) if not any(_is_day(*day) for day in _orders(pattern, one))]
    return ((one.start(), one.end()) for one in found)


def _is_no_clock(match: re.Match[str]) -> bool:
    hour, minute, half = int(match[1]), match[2], match[3]
    if minute is None and half is None:
        return False
    return (half is not None and not 1 <= hour <= 12) or hour > 23 or (minute is not None and int(minute) > 59)


def _orders(pattern: re.Pattern[str], match: re.Match[str]) -> tuple[tuple[int, int], ...]:
    """Month and day; with slashes people write both orders."""
    one, other = int(match[1]), int(match[2])
    return ((one, other),) if pattern is _ISO else ((one, other), (other, one))


def _is_day(month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= _LONGEST[month - 1]
