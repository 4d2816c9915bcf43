"""Values in words, for traces and reports."""

from __future__ import annotations

from datetime import datetime

from allhands.law.facts.declarations import FactDeclaration
from allhands.law.places import Place
from allhands.law.values import FactValue, Text

NOT_KNOWN = Text("not known yet", "aún no se sabe")
YES, NO = Text("yes", "sí"), Text("no", "no")


def value_words(value: FactValue | None, declaration: FactDeclaration) -> Text:
    """A fact's value as people would say it."""
    if value is None:
        return NOT_KNOWN
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, Place):
        return _place_words(value)
    if isinstance(value, tuple):
        words = [_code_words(code, declaration) for code in value]
        return Text(", ".join(word.en for word in words), ", ".join(word.es for word in words))
    if isinstance(value, datetime):
        return _same(f"{value:%Y-%m-%d %H:%M} UTC")
    return _code_words(value, declaration) if isinstance(value, str) else _same(str(value))


def _same(words: str) -> Text:
    return Text(words, words)


def _code_words(code: str, declaration: FactDeclaration) -> Text:
    for choice in declaration.choices:
        if choice.code == code:
            return choice.words
    return _same(code)


def _place_words(place: Place) -> Text:
    en, es = [], []
    for part in (place.state, place.county_fips, place.nation):
        if part is not None:
            en.append(part)
            es.append(part)
    if place.indian_country is not None:
        en.append("in Indian country" if place.indian_country else "outside Indian country")
        es.append("en territorio indígena" if place.indian_country else "fuera de territorio indígena")
    return Text(", ".join(en), ", ".join(es)) if en else NOT_KNOWN
