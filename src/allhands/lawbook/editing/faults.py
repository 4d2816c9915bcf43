"""What is wrong with a draft, told to people who do not program, in both languages. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from allhands.kernel.findings import Finding
from allhands.law import Text
from allhands.lawbook.editing.inputs import UNITS, WORDS
from allhands.ui.wording import Lang, full

_CHOOSE = Text("Choose one of the list.", "Elija una opción de la lista.")
_EXPECTED: Mapping[str, Text] = {
    "a day": Text(
        "Write a day as year-month-day, such as 2026-11-23.", "Escriba un día como año-mes-día, como 2026-11-23."
    ),
    "a whole number": Text("Write a whole number, such as 12.", "Escriba un número entero, como 12."),
    "a number": Text("Write a number, such as 12.", "Escriba un número, como 12."),
    "one operator": Text("This condition is not finished.", "Esta condición no está completa."),
    "an id": Text("This condition is not finished.", "Esta condición no está completa."),
    "one value": Text("This condition is not finished.", "Esta condición no está completa."),
    "text": Text("Write it in words.", "Escríbalo con palabras."),
}
"""By what the lint expected: the beginning of its message."""
_BY_CODE: Mapping[str, Text] = {
    "pack.applies": Text("Say where this pack speaks.", "Diga dónde rige este paquete."),
    "pack.clock-limit": Text(
        "Give one time limit, or say that the text has none.", "Dé un solo plazo, o diga que el texto no fija ninguno."
    ),
    "pack.date-as-number": _EXPECTED["a day"],
    "pack.missing-key": Text("This is still empty.", "Todavía está vacío."),
    "pack.missing-source": Text(
        "Name the text of law on which this rule rests.", "Indique el texto de ley en que se apoya esta regla."
    ),
    "pack.missing-spanish": Text("The Spanish text is missing.", "Falta el texto en español."),
    "pack.no-false-case": Text(
        "No case shows when this rule does not apply. Try it, and keep one.",
        "Ningún caso muestra cuándo no se aplica esta regla. Pruébela y guarde uno.",
    ),
    "pack.no-true-case": Text(
        "No case shows when this rule applies. Try it, and keep one.",
        "Ningún caso muestra cuándo se aplica esta regla. Pruébela y guarde uno.",
    ),
    "pack.not-in-index": Text(
        "The public list does not say yet how far this law was read.",
        "La lista pública todavía no dice hasta dónde se leyó esta ley.",
    ),
    "pack.overlapping-period": Text(
        "Two of its times overlap: on one day it would speak twice.",
        "Dos de sus períodos se cruzan: en un mismo día regiría dos veces.",
    ),
    "pack.period-backwards": Text(
        "The first day no longer in force must come after the first day in force.",
        "El primer día sin vigor debe ser posterior al primer día en vigor.",
    ),
    "pack.quote-too-long": Text("Quote one sentence at most.", "Cite una sola oración como máximo."),
    "pack.rule-too-long": Text(
        "This rule is long. Two rules may be clearer.", "Esta regla es larga. Dos serían más claras."
    ),
    "pack.unknown-source": Text(
        "Choose a source of the list. A new one is written under Sources first.",
        "Elija una fuente de la lista. Una nueva se escribe antes en Fuentes.",
    ),
    "pack.unknown-zone": Text(
        "This is no time zone. Write one such as America/Chicago.",
        "No es una zona horaria. Escriba una como America/Chicago.",
    ),
    "pack.unused-source": Text("No rule rests on this source.", "Ninguna regla se apoya en esta fuente."),
    "pack.unused-fact": Text("No rule reads this fact.", "Ninguna regla usa este hecho."),
    **dict.fromkeys(
        (
            "pack.unknown-action", "pack.unknown-actor", "pack.unknown-choice", "pack.unknown-code",
            "pack.unknown-evidence", "pack.unknown-fact", "pack.unknown-place", "pack.unknown-rule",
            "pack.unknown-tier",
        ),
        _CHOOSE,
    ),
}  # fmt: skip
_AT_LEAST = re.compile(r" is too small; at least (?P<least>\d+)$")
_UNTESTED = re.compile(r" is not tested at (?P<value>\S+); add")
_CASE = re.compile(
    r'the case "(?P<name>.*)" does not come out: (?P<what>\w+) (?P<was>\S+) expected, (?P<now>\S+) found$'
)
_SAID: Mapping[str, Text] = {
    "true": Text("applies", "se aplica"),
    "false": Text("does not apply", "no se aplica"),
    "unknown": Text("not known yet", "aún no se sabe"),
    "None": Text("no time", "sin hora"),
}
_INDEX = re.compile(r"\[\d+\]")


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseDiffers:
    """A kept case that the draft no longer answers as before.

    Args:
        what: the key of the expectation, such as `due_at`.
        was, now: as the lint writes them.
    """

    name: str
    what: str
    was: str
    now: str


def case_of(finding: Finding) -> CaseDiffers | None:
    """What a failing case answered and answers; None for any other finding."""
    found = _CASE.match(finding.message) if finding.code == "pack.case-fails" else None
    return CaseDiffers(name=found["name"], what=found["what"], was=found["was"], now=found["now"]) if found else None


def fault_words(finding: Finding, lang: Lang) -> str:
    """The finding in words. One that only whoever writes files by hand can cause keeps the words of the lint."""
    if case := case_of(finding):
        return _case_words(case, lang)
    if finding.code == "pack.wrong-type":
        words = next((words for start, words in _EXPECTED.items() if finding.message.startswith(start)), None)
        return words.get(lang) if words else finding.message
    if least := _AT_LEAST.search(finding.message):
        return {"en": "It must be at least {}.", "es": "Debe ser por lo menos {}."}[lang].format(least["least"])
    if untested := _UNTESTED.search(finding.message):
        words = Text("No case tries this rule at {}. Try it, and keep one.", "Ningún caso prueba esta regla con {}.")
        return words.get(lang).format(untested["value"])
    known = _BY_CODE.get(finding.code)
    return known.get(lang) if known else finding.message


def _case_words(case: CaseDiffers, lang: Lang) -> str:
    words = Text(
        "The case “{name}” is answered differently now. Before: {was}. Now: {now}.",
        "El caso «{name}» ahora tiene otra respuesta. Antes: {was}. Ahora: {now}.",
    )
    return words.get(lang).format(name=case.name, was=_said(case.was, lang), now=_said(case.now, lang))


def _said(value: str, lang: Lang) -> str:
    if value in _SAID:
        return _SAID[value].get(lang)
    try:
        instant = datetime.fromisoformat(value).astimezone(UTC)
    except ValueError:
        return value
    return full(instant, now=instant, zone=ZoneInfo("UTC"), lang=lang)


def field_words(place: str, lang: Lang) -> str:
    """The field of the form that a finding's path names; empty for a path of which the form has none."""
    path = _INDEX.sub("", place)
    if path.startswith("applies_when"):
        return Text("Applies when", "Se aplica cuando").get(lang)
    last = path.rpartition(".")[2]
    name = "then.clock.number" if last in UNITS else {"reviewed": "reviewed.on", "source": "id"}.get(path, path)
    tongue = f" ({WORDS[last].get(lang)})" if last in ("en", "es") else ""
    stem = path.removesuffix(f".{last}") if tongue else name
    known = WORDS.get(stem) or WORDS.get(stem.rpartition(".")[2])
    return f"{known.get(lang)}{tongue}" if known else ""
