"""The plate in what was written about a vehicle, in English or Spanish; whole, or none. Pure.

A sign that shows half of a plate sends people after the wrong car, so that doubt reads as none: the approver is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from allhands.geo.states import STATE_NAMES, STATE_NAMES_ES

_CODE_OF: Final[Mapping[str, str]] = {
    name.casefold(): code for names in (STATE_NAMES, STATE_NAMES_ES) for code, name in names.items()
}
_NAMES: Final = "|".join(re.escape(name) for name in sorted(_CODE_OF, key=len, reverse=True))
_CODES: Final = "|".join(STATE_NAMES)
# The word, what people write between it and the plate, and the state, which may stand before or after. In small letters
# a code before the word is a word of its own ("in", "or", "me"); "placa de" is never Delaware's.
_WORD: Final = re.compile(
    rf"""
    (?:\b(?P<before>{_NAMES}|(?-i:{_CODES}))[ ])?
    (?P<word>\b(?:(?:licen[sc]e|lic\.?)(?:\ plates?)?|plates?|tags?|(?:placas?|matr[ií]culas?)(?:\ del?)?)\b)
    (?:[ :\#/.]*\b(?:number|num|no|n[uú]mero|n[.º°]{{1,2}}|is|was|reads?|es|son|of|from)(?![\w-]))*
    [ :\#/.(º°]*
    (?:(?P<after>{_NAMES}|{_CODES})(?![\w-])[ :\#/.)]*)?
    """,
    re.IGNORECASE | re.VERBOSE,
)
# One group of letters and figures that stands alone, with its state before it or not.
_PLATE: Final = re.compile(
    rf"(?<![\w-])(?P<plate>(?:(?:{_CODES})[ /-])?"
    r"(?=[A-Z0-9-]*[0-9])(?=[A-Z0-9-]*[A-Z])[A-Z0-9]{2,4}-?[A-Z0-9]{2,5})(?![\w-])",
    re.IGNORECASE,
)
_NAMED: Final = re.compile(rf"(?:{_CODES})(?: |-(?=.{{5}}))")
_GROUP: Final = re.compile(r"[A-Z0-9-]+")
_BESIDE: Final = re.compile(r"(?:^|[ (])(?P<before>[A-Z0-9-]*[A-Z0-9]) $")
_BEHIND: Final = re.compile(r" (?P<behind>[A-Z0-9-]+)(?!\w)")
_SHORTEST, _SHORTEST_ALONE, _LONGEST = 3, 5, 8
_NO_PLATES: Final = {"UNKNOWN", "NONE", "TEMP", "PAPER", "DEALER"}
_NO_GROUPS: Final = {"red", "tan", "van", "suv", "bmw", "gmc", "kia", "vw"}
_IN_PART: Final = re.compile(
    r"\b(?:partial(?:ly)?|part of|incomplete|(?:start|begin|end)(?:s|ing|ning) (?:with|in)"
    r"|(?:first|last) (?:\w+ )?(?:letters?|digits?|numbers?|characters?|figures?|two|three|four|\d)"
    r"|parcial(?:es)?|incompletas?|(?:empieza|comienza|inicia|termina)n? (?:con|en)"
    r"|(?:primer[ao]s?|[uú]ltim[ao]s?) (?:\w+ )?(?:letras?|d[ií]gitos?|n[uú]meros?|dos|tres|cuatro|\d))\b",
    re.IGNORECASE,
)
_UNKNOWN: Final = re.compile(
    r"\b(?:unknown|unreadable|illegible|covered|missing|not known|(?:no|without|sin) (?:\w+ )?(?:plates?|tags?|placas?)"
    r"|desconocidas?|ilegibles?|tapadas?)\b",
    re.IGNORECASE,
)
_EDGES: Final = " ,.;:()-"


def split_plate(vehicle: str) -> tuple[str, str]:
    """The plate, and the vehicle without it; an empty plate when none is written, or only a part of one.

    Example:
        >>> split_plate("Blue Ford F-150, plate TX ABC1234")
        ('TX ABC1234', 'Blue Ford F-150')
        >>> split_plate("Silver Ford, Texas plates, ABC1234")
        ('TX ABC1234', 'Silver Ford')
    """
    text = " ".join(vehicle.split())
    words = list(_WORD.finditer(text))
    if words and _IN_PART.search(text):
        return "", _without(text, words[0].start(), len(text))
    for word in words:
        groups = _groups(text[word.end() :], in_capitals=text.isupper())
        if groups:
            return _named(word, groups), _without(text, word.start(), word.end() + len(groups))
    if words:
        return _beside_word(text, words)
    alone = _last(_PLATE.finditer(text))
    return (_upper(alone["plate"]), _without(text, *alone.span())) if alone else ("", text.strip(_EDGES))


def speaks_of_plate(vehicle: str) -> bool:
    """Whether a plate is named at all."""
    return _WORD.search(vehicle) is not None


def _beside_word(text: str, words: list[re.Match[str]]) -> tuple[str, str]:
    """A plate right before the word, or further behind it."""
    nothing = "", _without(text, words[0].start(), len(text))
    if _UNKNOWN.search(text):
        return nothing
    for word in words:
        is_last = re.match(r" ?(?:$|[,.;)])", text[word.end("word") :])
        before = _last(one for one in _alone(text[: word.start()]) if not text[one.end() : word.start()].strip(" ("))
        if before and is_last:
            return _named(word, before["plate"]), _without(text, before.start(), word.end("word"))
        behind = _last(_alone(text[word.end("word") :]))
        if behind:
            start, end = (word.end("word") + place for place in behind.span())
            rest = (_without(text[:start], word.start(), word.end()), text[end:].strip(_EDGES))
            return _named(word, behind["plate"]), ", ".join(part for part in rest if part)
    return nothing


def _alone(text: str) -> Iterator[re.Match[str]]:
    """What looks like a plate and has no further group of one beside it."""
    for found in _PLATE.finditer(text):
        before, behind = _BESIDE.search(text[: found.start()]), _BEHIND.match(text[found.end() :])
        beside = [one for one in (before and before["before"], behind and behind["behind"]) if one]
        if all(one.lower() in _NO_GROUPS for one in beside):
            yield found


def _named(word: re.Match[str], plate: str) -> str:
    """The plate with its state, as far as the words beside it name one."""
    state = word["after"] or word["before"]
    own = _upper(plate)
    is_named = _NAMED.match(own) is not None
    return own if not state or is_named else f"{_CODE_OF.get(state.casefold(), state.upper())} {own}"


def _upper(plate: str) -> str:
    return plate.upper().replace("/", " ")


def _groups(after: str, *, in_capitals: bool) -> str:
    """The plate at the beginning, whole: groups with a figure or in capitals; empty when none is there.

    Capitals say nothing in a text that has no others.
    """
    end, length, figures = 0, 0, False
    for match in re.finditer(r"[^\s/,.;()]+[ /]?", after):
        group = match[0].rstrip(" /")
        is_code = match.start() == end and _GROUP.fullmatch(group.upper()) is not None
        is_last = group.isalpha() and len(group) <= 3 and after[match.end() :][:1] in {"", ",", ".", ";"}
        is_small = is_last and figures and group.lower() not in _NO_GROUPS
        has_figure = any(one.isdigit() for one in group)
        if not is_code or not (has_figure or group.isupper() or is_small):
            break
        length += len(re.sub(rf"^(?:{_CODES})-", "", group.upper()).replace("-", ""))
        if length > _LONGEST:
            break
        end, figures = match.end(), figures or has_figure
    is_word = not in_capitals and after[:end].strip() not in _NO_PLATES
    return after[:end].rstrip() if length >= _SHORTEST and (figures or is_word) else ""


def _last(found: Iterator[re.Match[str]]) -> re.Match[str] | None:
    """The last that is long enough for a plate: a model such as F-150 stands before it."""
    long_enough = [one for one in found if len(re.sub(r"[- /]", "", one["plate"])) >= _SHORTEST_ALONE]
    return long_enough[-1] if long_enough else None


def _without(text: str, start: int, end: int) -> str:
    parts = (text[:start].strip(_EDGES), text[end:].strip(_EDGES))
    return ", ".join(part for part in parts if part)
