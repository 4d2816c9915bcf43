"""The social card of an alert, in two shapes and each language, and the words that go with it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import typst

from allhands.alerts.contracts import AlertMessage, Language
from allhands.channels.artefacts import words
from allhands.channels.artefacts.texts import text_artefact
from allhands.channels.contracts import Artefact, Way
from allhands.channels.posters import sheets
from allhands.channels.posters.drawing import Sheet
from allhands.channels.posters.photo import filling

TEMPLATE: Final = "card.typ"
_DOTS_PER_POINT: Final = 72


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A size in dots.

    Args:
        photo: width and height of the photo's place; see card.typ.
    """

    name: str
    width: int
    height: int
    photo: tuple[int, int]


SHAPES: Final = (
    Shape(name="1200x630", width=1200, height=630, photo=(390, 416)),
    Shape(name="1080x1080", width=1080, height=1080, photo=(470, 820)),
)


def assemble(message: AlertMessage) -> tuple[Artefact, ...]:
    """The words to post first, then the pictures."""
    texts = [text_artefact(Way.CARDS, f"card-{one}.txt", one, post(message, one)) for one in words.languages(message)]
    try:
        return (*texts, *_draw_all(message))
    except typst.TypstError:  # a picture that cannot be read holds no card back
        return (*texts, *_draw_all(replace(message, photo=None)))


def post(message: AlertMessage, language: Language) -> str:
    """What to write above the card: short, with the link that later says that it is over."""
    if words.is_over(message):
        return f"{words.opening(message, language)}{words.OVER[language]} {words.TAKE_DOWN[language]}"
    text = message.texts[language]
    seen = words.sentence(words.last_seen(text, language))
    call = words.sentence(words.call(message, language))
    said = f"{words.MISSING[language]}: {words.who(text)}. {seen} {call} {message.public_url}"
    return words.opening(message, language) + " ".join(said.split())


def _draw_all(message: AlertMessage) -> list[Artefact]:
    with Sheet(TEMPLATE, _pictures(message)) as drawn:
        return [_draw(drawn, message, shape, one) for one in words.languages(message) for shape in SHAPES]


def _pictures(message: AlertMessage) -> dict[str, bytes]:
    photo = sheets.pictures(message).get(sheets.PHOTO_NAME)
    return {_photo_name(shape): filling(photo, *shape.photo) for shape in SHAPES} if photo else {}


def _photo_name(shape: Shape) -> str:
    return f"photo-{shape.name}.jpg"


def _draw(drawn: Sheet, message: AlertMessage, shape: Shape, language: Language) -> Artefact:
    content = drawn.draw(_words(message, shape, language), "png", made_at=message.sent_at, ppi=_DOTS_PER_POINT)
    return Artefact(
        way=Way.CARDS,
        name=f"card-{shape.name}-{language}.png",
        media_type="image/png",
        languages=(language,),
        content=content,
        text=sheets.alt(message, (language,)),
    )


def _words(message: AlertMessage, shape: Shape, language: Language) -> dict[str, object]:
    over = words.is_over(message)
    text = message.texts[language]
    lines = [] if over else _lines(message, language)
    letters = sum(len(line) + 25 for line in lines)
    room, largest = (330, 36) if shape.width > shape.height else (460, 42)
    return {
        "width": shape.width,
        "height": shape.height,
        "lang": language,
        "mark": words.mark(message, language),
        "head": words.THANKS[language] if over else words.MISSING[language],
        "who": words.who(text),
        "initials": text.name[:1].upper(),
        "photo": _photo_name(shape) if message.photo and not over else "",
        "drawn": {"en": "drawn", "es": "dibujo"}[language] if message.photo and message.photo.is_drawn else "",
        "no_photo": words.NO_PHOTO[language],
        "lines": lines,
        "size": max(17.0, min(float(largest), largest * (room / max(letters, 1)) ** 0.5)),
        "call": f"{words.CALL[language]} {message.call.shown}",
        "url": message.public_url.removeprefix("https://"),
        "over": words.OVER[language] if over else "",
        "take_down": words.TAKE_DOWN[language],
    }


def _lines(message: AlertMessage, language: Language) -> list[str]:
    text = message.texts[language]
    seen = [part for part in (text.last_seen_at, text.last_seen_place) if part]
    head = [f"{words.LAST_SEEN[language]}: {', '.join(seen)}"] if seen else []
    return [*head, *(part for part in (text.clothing, text.vehicle, text.description, text.companion) if part)]
