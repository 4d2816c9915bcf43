"""The text message of an alert, in each language: GSM letters, at most three parts."""

from __future__ import annotations

from typing import Final

from allhands.alerts.contracts import AlertMessage, Language
from allhands.channels.artefacts import words
from allhands.channels.artefacts.fitting import Piece, fit_pieces
from allhands.channels.artefacts.texts import text_artefact
from allhands.channels.contracts import Artefact, Way
from allhands.channels.sms.segments import PART_SEPTETS, segment
from allhands.kernel.findings import Finding, Level

# Three parts: what carriers join reliably, and what a hundred thousand people are paid for. More costs a third each.
PARTS: Final = 3
LIMIT: Final = PARTS * PART_SEPTETS
STEM: Final = "sms"


def assemble(message: AlertMessage) -> tuple[Artefact, ...]:
    """One text a language."""
    return tuple(_artefact(message, language) for language in words.languages(message))


def _artefact(message: AlertMessage, language: Language) -> Artefact:
    fitted = fit_pieces(_pieces(message, language), LIMIT, f"/{language}")
    parts = len(segment(fitted.text).parts)
    said = Finding(path=f"/{language}", code="sms.parts", level=Level.INFO, message=f"Parts: {parts}.")
    return text_artefact(
        Way.SMS,
        f"{STEM}-{language}.txt",
        language,
        fitted.text,
        measured=(fitted.length, LIMIT),
        findings=[*fitted.findings, said],
    )


def _pieces(message: AlertMessage, language: Language) -> list[Piece]:
    opening = Piece(name="mark", text=words.opening(message, language).strip(), give_up=0)
    stop = Piece(name="stop", text=words.STOP_HELP[language], give_up=0)
    if words.is_over(message):
        return [
            opening,
            Piece(name="over", text=words.OVER[language], give_up=0),
            Piece(name="take_down", text=words.TAKE_DOWN[language], give_up=1),
            stop,
        ]
    text = message.texts[language]
    return [
        opening,
        Piece(name="sender", text=f"{message.sender_name}:", give_up=0),
        Piece(name="headline", text=f"{words.MISSING[language]}:", give_up=6),
        Piece(name="name", text=words.sentence(words.who(text)), give_up=0),
        Piece(name="last_seen", text=words.sentence(words.last_seen(text, language)), give_up=2),
        Piece(name="vehicle", text=words.sentence(text.vehicle), give_up=1),
        Piece(name="clothing", text=words.sentence(text.clothing), give_up=3),
        Piece(name="description", text=words.sentence(text.description), give_up=4),
        Piece(name="companion", text=words.sentence(words.companion(text, language)), give_up=5),
        Piece(name="call", text=f"{words.CALL[language]} {message.call.shown}.", give_up=0),
        Piece(name="public_url", text=message.public_url, give_up=0),
        stop,
    ]
