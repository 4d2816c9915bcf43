"""The texts phones show: 90 and 360 places, in both languages. Source: 47 CFR 10.430."""

from __future__ import annotations

from allhands.alerts.contracts import AlertMessage, Language
from allhands.channels.artefacts import words
from allhands.channels.artefacts.fitting import Fitted, Piece, fit_pieces
from allhands.channels.artefacts.texts import text_artefact
from allhands.channels.contracts import Artefact, Way
from allhands.wire import wea


def wireless(message: AlertMessage, language: Language, limit: int) -> Fitted:
    """The text for one limit. Who, where to call and the mark never go; the rest goes as room demands."""
    if words.is_over(message):
        return fit_pieces(_over(message, language), limit, f"/{language}")
    pieces = _short(message, language) if limit == wea.SHORT_LIMIT else _long(message, language)
    return fit_pieces(pieces, limit, f"/{language}")


def artefacts(message: AlertMessage) -> tuple[Artefact, ...]:
    """Both lengths in each language."""
    return tuple(
        _artefact(message, language, limit)
        for language in words.languages(message)
        for limit in (wea.LONG_LIMIT, wea.SHORT_LIMIT)
    )


def _artefact(message: AlertMessage, language: Language, limit: int) -> Artefact:
    fitted = wireless(message, language, limit)
    findings = [*fitted.findings, *wea.validate(fitted.text, limit=limit, path=f"/{language}")]
    return text_artefact(
        Way.IPAWS,
        f"phone-{limit}-{language}.txt",
        language,
        fitted.text,
        measured=(fitted.length, limit),
        findings=findings,
    )


def _short(message: AlertMessage, language: Language) -> list[Piece]:
    text = message.texts[language]
    return [
        Piece(name="mark", text=words.opening(message, language).strip(), give_up=0),
        Piece(name="headline", text=f"{words.MISSING[language]}:", give_up=4),
        Piece(name="name", text=words.sentence(words.who(text)), give_up=0),
        Piece(name="vehicle", text=words.sentence(text.vehicle), give_up=1),
        Piece(name="last_seen_place", text=words.sentence(text.last_seen_place), give_up=2),
        Piece(name="clothing", text=words.sentence(text.clothing), give_up=3),
        Piece(name="call", text=f"{words.CALL[language]} {message.call.shown}", give_up=0),
    ]


def _long(message: AlertMessage, language: Language) -> list[Piece]:
    text = message.texts[language]
    return [
        Piece(name="mark", text=words.opening(message, language).strip(), give_up=0),
        Piece(name="sender", text=f"{message.sender_name}:", give_up=6),
        Piece(name="headline", text=f"{words.MISSING[language]}:", give_up=7),
        Piece(name="name", text=words.sentence(words.who(text)), give_up=0),
        Piece(name="last_seen", text=words.sentence(words.last_seen(text, language)), give_up=2),
        Piece(name="vehicle", text=words.sentence(text.vehicle), give_up=1),
        Piece(name="clothing", text=words.sentence(text.clothing), give_up=3),
        Piece(name="description", text=words.sentence(text.description), give_up=5),
        Piece(name="companion", text=words.sentence(words.companion(text, language)), give_up=8),
        Piece(name="call", text=f"{words.CALL[language]} {message.call.shown}.", give_up=0),
        Piece(name="public_url", text=message.public_url, give_up=4),
    ]


def _over(message: AlertMessage, language: Language) -> list[Piece]:
    return [
        Piece(name="mark", text=words.opening(message, language).strip(), give_up=0),
        Piece(name="over", text=words.OVER[language], give_up=0),
        Piece(name="take_down", text=words.TAKE_DOWN[language], give_up=1),
    ]
