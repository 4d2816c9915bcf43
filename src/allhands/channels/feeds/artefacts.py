"""What the public lists say of an alert: its CAP document, and an entry."""

from __future__ import annotations

import json
from typing import Final

from allhands.alerts.contracts import AlertMessage, Language
from allhands.channels.artefacts import words
from allhands.channels.contracts import Artefact, Way
from allhands.channels.ipaws import document

STEM: Final = "entry"


def assemble(message: AlertMessage) -> tuple[Artefact, ...]:
    """The document, and an entry a language."""
    entries = tuple(entry(message, language, Way.FEEDS) for language in words.languages(message))
    return (document.artefact(message, Way.FEEDS), *entries)


def entry(message: AlertMessage, language: Language, way: Way) -> Artefact:
    """What a list says of the alert, as JSON: title, text, page."""
    over = words.is_over(message)
    text = message.texts[language]
    title = words.opening(message, language) + (words.OVER[language] if over else text.headline)
    lines = [words.TAKE_DOWN[language]] if over else [words.who(text), *words.details(text, language)]
    tail = [] if over else [text.instruction, words.sentence(words.call(message, language))]
    body = " ".join(line for line in [*lines, *tail] if line)
    said = {"title": title, "text": body, "url": message.public_url, "sender": message.sender_name, "over": over}
    return Artefact(
        way=way,
        name=f"{STEM}-{language}.json",
        media_type="application/json",
        languages=(language,),
        content=json.dumps(said, ensure_ascii=False, sort_keys=True).encode(),
        text=f"{title}\n{body}",
    )
