"""Reads the four questions. A wrong answer is said beside its field; the others are answered all the same. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping

from allhands.directory.contracts import Asked, Form, Trouble, Urgent, Where, Who
from allhands.directory.places import MOST_TEXT, PlaceError, Typed, find_places, shared
from allhands.law import Text

# What a link or a form may carry. Anything else is not looked at.
FIELDS = ("who", "age", "where", "state", "county", "nation", "near")
OLDEST = 125  # nobody is known to have lived longer than 122 years
_AGE = re.compile(r"(\d{1,3})\s*(?:years?(?: old)?|yrs?|años?)?", re.IGNORECASE)


def read_asked(form: Form, *, invented: bool = False) -> Asked:
    """The answers that could be read, with a word about each that could not.

    Args:
        invented: whether the demo world's counties and nation exist.
    """
    troubles: list[Trouble] = []
    typed = {name: _clean(name, form.one(name), troubles) for name in FIELDS}
    urgent = frozenset(_urgent(form.urgent, troubles))
    return Asked(
        who=_who(typed["who"], troubles),
        age=_age(typed["age"], troubles),
        places=_places(typed, troubles, invented=invented),
        urgent=urgent - {Urgent.NONE} or urgent,  # a danger ticked beside "nothing" is a danger
        troubles=tuple(troubles),
        typed=tuple((name, value) for name, value in typed.items() if value),
    )


def as_query(asked: Asked) -> tuple[tuple[str, str], ...]:
    """The answers as coarse codes, for a link: nothing typed by hand, and of several places what they share."""
    place = shared(asked.places)
    pairs = [
        ("who", asked.who.value if asked.who else ""),
        ("age", "" if asked.age is None else str(asked.age)),
        ("state", place.state),
        ("county", place.county_fips),
        ("nation", place.nation),
        *(("urgent", code.value) for code in sorted(asked.urgent, key=lambda one: one.value)),
    ]
    return tuple((name, value) for name, value in pairs if value)


def _clean(name: str, raw: str, troubles: list[Trouble]) -> str:
    """The text without its ends; empty, with a word about it, when no person can have meant it."""
    text = raw.strip()
    if len(text) > MOST_TEXT:
        troubles.append(Trouble(field=name, text=_TOO_LONG))
        return ""
    if any(unicodedata.category(letter) in {"Cc", "Cs", "Cf"} for letter in text):
        troubles.append(Trouble(field=name, text=_CONTROL))
        return ""
    return text


def _who(text: str, troubles: list[Trouble]) -> Who | None:
    if not text:
        return None
    try:
        return Who(text)
    except ValueError:
        troubles.append(Trouble(field="who", text=_WHO))
        return None


def _age(text: str, troubles: list[Trouble]) -> int | None:
    if not text:
        return None
    found = _AGE.fullmatch(text)
    age = int(found[1]) if found and found[1].isascii() else OLDEST + 1
    if age > OLDEST:
        troubles.append(Trouble(field="age", text=_AGE_WORDS))
        return None
    return age


def _places(typed: Mapping[str, str], troubles: list[Trouble], *, invented: bool) -> tuple[Where, ...]:
    place = Typed(
        text=typed["where"],
        state=typed["state"],
        county=typed["county"],
        nation=typed["nation"],
        near=typed["near"],
        invented=invented,
    )
    try:
        return find_places(place)
    except PlaceError as wrong:
        troubles.append(Trouble(field=wrong.field, text=wrong.text))
        return _what_is_left(wrong.field, place)


def _what_is_left(wrong: str, place: Typed) -> tuple[Where, ...]:
    """The state alone, when only the county or the words were wrong."""
    if wrong == "state":
        return ()
    try:
        return find_places(Typed(state=place.state))
    except PlaceError:
        return ()


def _urgent(codes: Iterable[str], troubles: list[Trouble]) -> Iterator[Urgent]:
    known = {code.value: code for code in Urgent}
    for code in list(codes)[: 4 * len(known)]:
        if code in known:
            yield known[code]
        elif code.strip():
            troubles.append(Trouble(field="urgent", text=_URGENT))
            yield Urgent.HARM  # something was said to be urgent; not to understand it is no reason to call it calm
            return


_TOO_LONG = Text(
    en=f"This is too long; at most {MOST_TEXT} letters. A county or a ZIP code is enough.",
    es=f"Es demasiado largo; como mucho {MOST_TEXT} letras. Basta un condado o un código postal.",
)
_CONTROL = Text(
    en="There is an invisible control character in this. Type it again.",
    es="Hay un carácter de control invisible. Escríbalo otra vez.",
)
_WHO = Text(en="Choose one from the list, or leave it empty.", es="Elija una opción de la lista o déjelo vacío.")
_AGE_WORDS = Text(
    en=f"Write the age as a number from 0 to {OLDEST}, such as 14, or leave it empty.",
    es=f"Escriba la edad como número de 0 a {OLDEST}, por ejemplo 14, o déjela vacía.",
)
_URGENT = Text(
    en="We did not understand what is urgent. To be safe we answer as if somebody were in danger.",
    es="No entendimos qué es urgente. Por seguridad respondemos como si hubiera peligro.",
)
