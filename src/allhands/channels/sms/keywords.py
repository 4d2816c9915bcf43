"""STOP, HELP, START and the languages as people write them, in English and Spanish. Source: dossier interfaces 2.6."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Final

from allhands.alerts.contracts import Language
from allhands.channels.listeners import Keyword

_WORDS: Final[Mapping[Keyword, tuple[str, ...]]] = {
    Keyword.STOP: (
        "stop", "stopall", "stop all", "unsubscribe", "cancel", "end", "quit", "revoke", "opt out", "optout",
        "alto", "parar", "pare", "basta", "cancelar", "terminar", "fin", "baja",
    ),
    Keyword.HELP: ("help", "info", "ayuda", "informacion"),
    Keyword.START: ("start", "yes", "unstop", "si", "iniciar", "empezar"),
    Keyword.LANGUAGE: ("english", "ingles", "en ingles", "spanish", "espanol", "en espanol"),
}  # fmt: skip
_MEANING: Final = {word: keyword for keyword, words in _WORDS.items() for word in words}
_SPANISH: Final = frozenset(
    {"alto", "parar", "pare", "basta", "cancelar", "terminar", "fin", "baja", "ayuda", "informacion", "si", "iniciar",
     "empezar", "spanish", "espanol", "en espanol"}
)  # fmt: skip
# What people write around a word that ends it; "stop sign on Main Street" stays a message to a person.
_AROUND: Final = frozenset(
    {"please", "pls", "now", "me", "my", "this", "these", "the", "all", "from", "texting", "sending", "messaging",
     "text", "texts", "message", "messages", "alert", "alerts", "i", "want", "to", "por", "favor", "ya", "los", "las",
     "mis", "de", "mensaje", "mensajes", "alerta", "alertas", "quiero", "enviar", "mandar"}
)  # fmt: skip
# One confirmation and nothing else, no persuasion.
REPLIES: Final[Mapping[Keyword | None, Mapping[Language, str]]] = {
    Keyword.STOP: {
        "en": "Missing child alerts: you are unsubscribed and will get no more messages.",
        "es": "Alertas de menores desaparecidos: se dio de baja y no recibira mas mensajes.",
    },
    Keyword.HELP: {
        "en": "Missing child alerts near you. Reply STOP to end. Msg & data rates may apply. {url}",
        "es": "Alertas de menores cerca de usted. Responda ALTO para terminar. Pueden aplicarse cargos. {url}",
    },
}


def keyword_of(text: str) -> tuple[Keyword, Language] | None:
    """What a message asks for and in which language; None when it is no keyword.

    Example:
        >>> keyword_of(" Stop. "), keyword_of("¡ALTO, por favor!"), keyword_of("I saw her")
        ((<Keyword.STOP: 'STOP'>, 'en'), (<Keyword.STOP: 'STOP'>, 'es'), None)
    """
    bare = unicodedata.normalize("NFKD", text.casefold())
    word = " ".join("".join(c if c.isalnum() else " " for c in bare if not unicodedata.combining(c)).split())
    if word not in _MEANING:
        word = _bare_stop(word)
    keyword = _MEANING.get(word)
    return None if keyword is None else (keyword, "es" if word in _SPANISH else "en")


def _bare_stop(text: str) -> str:
    """The word for an end that is left of a polite or angry text; empty when anything else is."""
    left = dict.fromkeys(word for word in text.split() if word not in _AROUND)
    word = " ".join(left)
    return word if _MEANING.get(word) is Keyword.STOP else ""
