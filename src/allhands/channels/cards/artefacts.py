"""The social card of an alert, in two shapes and each language, and the words that go with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import typst

from allhands.alerts.contracts import AlertMessage, Language
from allhands.channels.artefacts import words
from allhands.channels.artefacts.texts import text_artefact
from allhands.channels.contracts import Artefact, Stamp, Way
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One card to draw."""

    shape: Shape
    language: Language
    stamp: Stamp | None

    @property
    def name(self) -> str:
        """Its file name."""
        return f"card-{self.shape.name}-{self.language}.png"


def assemble(message: AlertMessage) -> tuple[Artefact, ...]:
    """The words to post first, then the pictures."""
    texts = [text_artefact(Way.CARDS, f"card-{one}.txt", one, post(message, one)) for one in words.languages(message)]
    return (*texts, *_draw_all(message, _plans(message, None)))


def marked(message: AlertMessage, name: str, stamp: Stamp) -> Artefact | None:
    """One card of an alert that is over, stamped; the words to post say only that it is over. None: no such name."""
    for one in words.languages(message):
        if name == f"card-{one}.txt":
            return text_artefact(Way.CARDS, name, one, f"{words.OVER[one]} {words.TAKE_DOWN[one]}")
    wanted = [plan for plan in _plans(message, stamp) if plan.name == name]
    return next(iter(_draw_all(message, wanted)), None)


def post(message: AlertMessage, language: Language) -> str:
    """What to write above the card: short, with the link that later says that it is over."""
    if words.is_over(message):
        return f"{words.opening(message, language)}{words.OVER[language]} {words.TAKE_DOWN[language]}"
    text = message.texts[language]
    seen = words.sentence(words.last_seen(text, language))
    call = words.sentence(words.call(message, language))
    said = f"{words.MISSING[language]}: {words.who(text)}. {seen} {call} {message.public_url}"
    return words.opening(message, language) + " ".join(said.split())


def _plans(message: AlertMessage, stamp: Stamp | None) -> list[Plan]:
    return [Plan(shape=shape, language=one, stamp=stamp) for one in words.languages(message) for shape in SHAPES]


def _draw_all(message: AlertMessage, plans: Sequence[Plan]) -> list[Artefact]:
    try:
        return _draw_with(message, plans)
    except typst.TypstError:  # a picture that cannot be read holds no card back
        return _draw_with(replace(message, photo=None), plans)


def _draw_with(message: AlertMessage, plans: Sequence[Plan]) -> list[Artefact]:
    with Sheet(TEMPLATE, _pictures(message)) as drawn:
        return [_draw(drawn, message, plan) for plan in plans]


def _pictures(message: AlertMessage) -> dict[str, bytes]:
    photo = sheets.pictures(message).get(sheets.PHOTO_NAME)
    if not photo:
        return {}
    filled = filling(photo, *(shape.photo for shape in SHAPES))
    return {_photo_name(shape): picture for shape, picture in zip(SHAPES, filled, strict=True)}


def _photo_name(shape: Shape) -> str:
    return f"photo-{shape.name}.jpg"


def _draw(drawn: Sheet, message: AlertMessage, plan: Plan) -> Artefact:
    shown = _words(message, plan.shape, plan.language) | {"stamp": sheets.stamp_words((plan.language,), plan.stamp)}
    return Artefact(
        way=Way.CARDS,
        name=plan.name,
        media_type="image/png",
        languages=(plan.language,),
        content=drawn.draw(shown, "png", made_at=message.sent_at, ppi=_DOTS_PER_POINT),
        text=sheets.alt(message, (plan.language,), plan.stamp),
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
        "drawn": sheets.photo_label(message, (language,)),
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
    with_whom = words.companion(text, language)
    return [*head, *(part for part in (text.clothing, text.vehicle, text.description, with_whom) if part)]
