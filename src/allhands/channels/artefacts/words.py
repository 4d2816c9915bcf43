"""The fixed words around an alert's own, in both languages, and the mark of everything that is not real."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from allhands.alerts.contracts import AlertMessage, AlertStatus, AlertText, EventCode, Language, MessageKind

Words = Mapping[Language, str]

EVENT: Final[Mapping[EventCode, Words]] = {
    EventCode.CAE: {"en": "Child Abduction Emergency", "es": "Emergencia por sustracción de menor"},
    EventCode.MEP: {"en": "Missing and Endangered Person", "es": "Persona desaparecida y en peligro"},
}
MISSING: Final[Words] = {"en": "MISSING CHILD", "es": "PERSONA DESAPARECIDA"}
LAST_SEEN: Final[Words] = {"en": "Last seen", "es": "Última vez"}
CALL: Final[Words] = {"en": "Call", "es": "Llame al"}
THANKS: Final[Words] = {"en": "THANK YOU", "es": "GRACIAS"}
UPDATE: Final[Words] = {"en": "UPDATE", "es": "ACTUALIZACIÓN"}
# What a cancel says, everywhere: that it is over, no name, and what to do with what was handed out.
OVER: Final[Words] = {"en": "This missing child alert has ended.", "es": "Esta alerta de menor desaparecido terminó."}
TAKE_DOWN: Final[Words] = {
    "en": "Thank you. Please take down posters and delete pictures and posts.",
    "es": "Gracias. Por favor quite los carteles y borre las fotos y publicaciones.",
}
NO_PHOTO: Final[Words] = {"en": "No photo has been released.", "es": "No se ha publicado una foto."}
DO_NOT_APPROACH: Final[Words] = {"en": "Do not approach. Call.", "es": "No se acerque. Llame."}
MAY_BE_WITH: Final[Words] = {"en": "May be with", "es": "Puede estar con"}
STOP_HELP: Final[Words] = {
    "en": "Reply STOP to end, HELP for help.",
    "es": "Responda ALTO para terminar, AYUDA para ayuda.",
}

_WORLD_MARK: Final[Mapping[str, Words]] = {
    "demo": {"en": "DEMO, SIMULATED", "es": "DEMO, SIMULADO"},
    "drill": {"en": "DRILL, SIMULATED", "es": "SIMULACRO, SIMULADO"},
}
_STATUS_MARK: Final[Mapping[AlertStatus, Words]] = {
    AlertStatus.EXERCISE: {"en": "EXERCISE", "es": "EJERCICIO"},
    AlertStatus.TEST: {"en": "TEST", "es": "PRUEBA"},
}


def mark(message: AlertMessage, language: Language) -> str:
    """What every artefact that is not real says first; empty for a real alert."""
    if message.world in _WORLD_MARK:
        return _WORLD_MARK[message.world][language]
    words = _STATUS_MARK.get(message.status)
    return words[language] if words else ""


def short_mark(message: AlertMessage, language: Language) -> str:
    """The mark in one word, for strips and signs: `EXERCISE`, `DRILL`; empty for a real alert."""
    return mark(message, language).split(",")[0]


def languages(message: AlertMessage) -> tuple[Language, ...]:
    """The languages the alert was written in, English first."""
    return ("en", "es") if "es" in message.texts else ("en",)


def is_over(message: AlertMessage) -> bool:
    """Whether the message takes the alert back."""
    return message.kind is MessageKind.CANCEL


def opening(message: AlertMessage, language: Language) -> str:
    """The mark and the word *update*, each with its colon; empty for a first real alert."""
    update = UPDATE[language] if message.kind is MessageKind.UPDATE else ""
    return "".join(f"{part}: " for part in (mark(message, language), update) if part)


def who(text: AlertText) -> str:
    """Name and age as one; an age alone is said to be one.

    Example: "Maya, 14", "age 14".
    """
    if not text.name and text.age:
        return text.age if "año" in text.age else f"age {text.age}"
    return ", ".join(part for part in (text.name, text.age) if part)


def sentence(text: str) -> str:
    """The text with a full stop; empty stays empty."""
    stripped = text.strip()
    return stripped if not stripped or stripped[-1] in ".!?" else f"{stripped}."


def last_seen(text: AlertText, language: Language) -> str:
    """Where and when; empty when neither is part of the alert."""
    known = ", ".join(part for part in (text.last_seen_at, text.last_seen_place) if part)
    return f"{LAST_SEEN[language]}: {known}" if known else ""


def companion(text: AlertText, language: Language) -> str:
    """Who may be with the child, said as such: "a boy of 9" alone reads as if it described the child."""
    return f"{MAY_BE_WITH[language]}: {text.companion}" if text.companion.strip() else ""


def details(text: AlertText, language: Language) -> tuple[str, ...]:
    """What people should look for, most useful first, each a sentence."""
    parts = (last_seen(text, language), text.vehicle, text.clothing, text.description, companion(text, language))
    return tuple(sentence(part) for part in parts if part.strip())


def call(message: AlertMessage, language: Language) -> str:
    """Whom to call.

    Example: "Call Harwell Police 701-555-0100", "Llame a la policía de Harwell, 701-555-0100".
    """
    name = message.call.name.get(language) or message.call.name.get("en", "")
    if not name:
        return f"{CALL[language]} {message.call.shown}"
    if language == "en":
        return f"Call {name} {message.call.shown}"
    return f"Llame a {name}, {message.call.shown}".replace(" a el ", " al ", 1)
