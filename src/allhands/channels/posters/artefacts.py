"""Posters of an alert: three papers, each language alone and both together, as PDF; the letter sheets also as PNG."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import typst

from allhands.alerts.contracts import AlertMessage, Language
from allhands.channels.artefacts import words
from allhands.channels.artefacts.texts import text_artefact
from allhands.channels.contracts import Artefact, Way
from allhands.channels.posters import sheets
from allhands.channels.posters.drawing import Format, Sheet
from allhands.channels.posters.photo import filling
from allhands.channels.posters.sheets import PAPERS, Paper
from allhands.kernel.findings import Finding, Level

TEMPLATE: Final = "poster.typ"
_TYPES: Final[dict[Format, str]] = {"pdf": "application/pdf", "png": "image/png"}
# 816 by 1,056 dots for letter: sharp on a phone, quick to draw. Whoever prints takes the PDF.
_PNG_PPI: Final = 96
# The place of the photo on the letter sheet in one language, in dots; see poster.typ.
_SCREEN_PHOTO: Final = "photo-screen.jpg"
_PHOTO_DOTS: Final = (380, 423)


def assemble(message: AlertMessage) -> tuple[Artefact, ...]:
    """The text version first, then every sheet."""
    try:
        return _assemble(message, _pictures(message))
    except typst.TypstError:  # a picture typst cannot read holds no poster back
        seen = _unseen(message)
        return tuple(_without_photo(artefact) for artefact in _assemble(seen, _pictures(seen)))


def combinations(message: AlertMessage) -> tuple[tuple[str, tuple[Language, ...]], ...]:
    """Name and languages of each version."""
    alone = tuple((one, (one,)) for one in words.languages(message))
    return (*alone, ("both", words.languages(message))) if len(alone) > 1 else alone


def _assemble(message: AlertMessage, pictures: dict[str, bytes]) -> tuple[Artefact, ...]:
    texts = [
        text_artefact(Way.POSTERS, f"poster-{one}.txt", one, sheets.alt(message, (one,)))
        for one in words.languages(message)
    ]
    with Sheet(TEMPLATE, pictures) as drawn:
        made = [
            _draw(drawn, message, paper, name, spoken, form)
            for paper in PAPERS
            for name, spoken in combinations(message)
            for form in _formats(paper, spoken)
        ]
    return (*texts, *made)


def _pictures(message: AlertMessage) -> dict[str, bytes]:
    found = sheets.pictures(message)
    if sheets.PHOTO_NAME in found:
        found[_SCREEN_PHOTO] = filling(found[sheets.PHOTO_NAME], *_PHOTO_DOTS)
    return found


def _formats(paper: Paper, spoken: Sequence[Language]) -> tuple[Format, ...]:
    """Pictures are for screens, where one language is read at a time; drawing one takes as long as six PDFs."""
    return ("pdf", "png") if paper.name == "letter" and len(spoken) == 1 else ("pdf",)


def _draw(
    drawn: Sheet, message: AlertMessage, paper: Paper, name: str, spoken: Sequence[Language], form: Format
) -> Artefact:
    shown = sheets.sheet(message, paper, spoken)
    if form == "png" and shown["photo"]:
        shown["photo"] = _SCREEN_PHOTO
    content = drawn.draw(shown, form, made_at=message.sent_at, ppi=_PNG_PPI)
    return Artefact(
        way=Way.POSTERS,
        name=f"poster-{paper.name}-{name}.{form}",
        media_type=_TYPES[form],
        languages=tuple(spoken),
        content=content,
        text=sheets.alt(message, spoken),
    )


def _unseen(message: AlertMessage) -> AlertMessage:
    return replace(message, photo=None)


def _without_photo(artefact: Artefact) -> Artefact:
    words_ = "The photo cannot be drawn; the poster goes out without it. Choose another photo."
    return replace(
        artefact, findings=(Finding(path="/photo", code="poster.photo", level=Level.WARNING, message=words_),)
    )
