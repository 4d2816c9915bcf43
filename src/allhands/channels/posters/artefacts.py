"""Posters of an alert: three papers, each language alone and both together, as PDF; the letter sheets also as PNG."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One file to draw."""

    paper: Paper
    version: str
    languages: tuple[Language, ...]
    form: Format
    stamp: Stamp | None

    @property
    def name(self) -> str:
        """Its file name."""
        return f"poster-{self.paper.name}-{self.version}.{self.form}"


def assemble(message: AlertMessage) -> tuple[Artefact, ...]:
    """The text version first, then every sheet."""
    return _assemble(message, None, "")


def marked(message: AlertMessage, name: str, stamp: Stamp) -> Artefact | None:
    """One file of an alert that is over, stamped; None when there is none of this name."""
    return next(iter(_assemble(message, stamp, name)), None)


def combinations(message: AlertMessage) -> tuple[tuple[str, tuple[Language, ...]], ...]:
    """Name and languages of each version."""
    alone = tuple((one, (one,)) for one in words.languages(message))
    return (*alone, ("both", words.languages(message))) if len(alone) > 1 else alone


def _assemble(message: AlertMessage, stamp: Stamp | None, only: str) -> tuple[Artefact, ...]:
    """All files, or the one of a name."""
    texts = [
        text_artefact(Way.POSTERS, f"poster-{one}.txt", one, sheets.alt(message, (one,), stamp))
        for one in words.languages(message)
    ]
    plans = [
        Plan(paper=paper, version=version, languages=spoken, form=form, stamp=stamp)
        for paper in PAPERS
        for version, spoken in combinations(message)
        for form in _formats(paper, spoken)
    ]
    found = [one for one in texts if only in {"", one.name}]
    return (*found, *_draw_all(message, [plan for plan in plans if only in {"", plan.name}]))


def _draw_all(message: AlertMessage, plans: Sequence[Plan]) -> tuple[Artefact, ...]:
    try:
        with Sheet(TEMPLATE, _pictures(message)) as drawn:
            return tuple(_draw(drawn, message, plan) for plan in plans)
    except typst.TypstError:  # a picture typst cannot read holds no poster back
        unseen = replace(message, photo=None)
        with Sheet(TEMPLATE, _pictures(unseen)) as drawn:
            return tuple(_without_photo(_draw(drawn, unseen, plan)) for plan in plans)


def _pictures(message: AlertMessage) -> dict[str, bytes]:
    found = sheets.pictures(message)
    if sheets.PHOTO_NAME in found:
        [found[_SCREEN_PHOTO]] = filling(found[sheets.PHOTO_NAME], _PHOTO_DOTS)
    return found


def _formats(paper: Paper, spoken: Sequence[Language]) -> tuple[Format, ...]:
    """Pictures are for screens, where one language is read at a time; drawing one takes as long as six PDFs."""
    return ("pdf", "png") if paper.name == "letter" and len(spoken) == 1 else ("pdf",)


def _draw(drawn: Sheet, message: AlertMessage, plan: Plan) -> Artefact:
    shown = sheets.sheet(message, plan.paper, plan.languages, plan.stamp)
    if plan.form == "png" and shown["photo"]:
        shown["photo"] = _SCREEN_PHOTO
    content = drawn.draw(shown, plan.form, made_at=message.sent_at, ppi=_PNG_PPI)
    return Artefact(
        way=Way.POSTERS,
        name=plan.name,
        media_type=_TYPES[plan.form],
        languages=plan.languages,
        content=content,
        text=sheets.alt(message, plan.languages, plan.stamp),
    )


def _without_photo(artefact: Artefact) -> Artefact:
    words_ = "The photo cannot be drawn; the poster goes out without it. Choose another photo."
    return replace(
        artefact, findings=(Finding(path="/photo", code="poster.photo", level=Level.WARNING, message=words_),)
    )
