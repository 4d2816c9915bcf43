"""The e-mail of an alert to subscribers, in each language: plain text first, then the same as simple HTML."""

from __future__ import annotations

from html import escape
from typing import Final

from allhands.alerts.contracts import AlertMessage, Language
from allhands.channels.artefacts import words
from allhands.channels.artefacts.texts import text_artefact
from allhands.channels.contracts import Artefact, Way

STEM: Final = "email"
STOP_PLACE: Final = "{{stop_url}}"
"""Where each subscriber's own link goes; the only thing that differs from copy to copy."""

_READ_MORE = {"en": "Everything that is known:", "es": "Todo lo que se sabe:"}
_WHY = {
    "en": "You asked for alerts near you. Stop them with one click:",
    "es": "Usted pidió alertas cerca de usted. Deténgalas con un clic:",
}


def assemble(message: AlertMessage) -> tuple[Artefact, ...]:
    """Text and HTML for each language. The first line of the text is the subject."""
    return tuple(made for language in words.languages(message) for made in _both(message, language))


def subject(message: AlertMessage, language: Language) -> str:
    """The subject line; a cancel names nobody."""
    said = words.OVER[language] if words.is_over(message) else message.texts[language].headline
    return " ".join(f"{words.opening(message, language)}{said}".split())


def _both(message: AlertMessage, language: Language) -> tuple[Artefact, Artefact]:
    title, lines = subject(message, language), _lines(message, language)
    foot = [f"{message.sender_name}", f"{_WHY[language]} {STOP_PLACE}"]
    link = f"{_READ_MORE[language]} {message.public_url}"
    text = "\n\n".join([title, *lines, link, "\n".join(foot)])
    plain = text_artefact(Way.EMAIL, f"{STEM}-{language}.txt", language, text + "\n")
    html = Artefact(
        way=Way.EMAIL,
        name=f"{STEM}-{language}.html",
        media_type="text/html; charset=utf-8",
        languages=(language,),
        content=_html(title, lines, message, language).encode(),
        text=text,
    )
    return plain, html


def _lines(message: AlertMessage, language: Language) -> list[str]:
    if words.is_over(message):
        return [words.TAKE_DOWN[language]]
    text = message.texts[language]
    photo = "" if message.photo else words.NO_PHOTO[language]
    area = message.area.words.get(language, "")
    lines = [words.who(text), *words.details(text, language), photo, area, text.instruction]
    return [line for line in [*lines, words.sentence(words.call(message, language))] if line]


def _html(title: str, lines: list[str], message: AlertMessage, language: Language) -> str:
    """No picture and no remote part: nothing tells us, or anybody, that it was opened."""
    body = "".join(f"<p>{escape(line)}</p>" for line in lines)
    url = escape(message.public_url, quote=True)
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{escape(title)}</title></head>'
        '<body style="font:17px/1.5 system-ui,sans-serif;max-width:38em;margin:1em auto;padding:0 1em">'
        f'<h1 style="font-size:24px;line-height:1.25">{escape(title)}</h1>{body}'
        f'<p>{escape(_READ_MORE[language])} <a href="{url}">{url}</a></p>'
        f'<hr><p style="font-size:14px">{escape(message.sender_name)}<br>{escape(_WHY[language])} '
        f'<a href="{STOP_PLACE}">{STOP_PLACE}</a></p></body></html>\n'
    )
