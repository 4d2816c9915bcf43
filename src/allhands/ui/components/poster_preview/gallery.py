"""Draft, live, taken back, over. The gallery has no file of a poster; pages show the real one."""

from __future__ import annotations

from dataclasses import replace

from allhands.ui.components.poster_preview.presenter import PosterFile, PosterPreview, PosterState
from allhands.ui.gallery import Example
from allhands.ui.sample import say
from allhands.ui.wording import Lang


def examples(lang: Lang) -> tuple[Example, ...]:
    files = (
        PosterFile(href="#", label=say(lang, "Letter, English (PDF)", "Carta, inglés (PDF)")),
        PosterFile(href="#", label=say(lang, "Letter, Spanish (PDF)", "Carta, español (PDF)")),
    )
    text = say(lang, "MISSING\nMaya, 14\nCall 701 555 0100", "DESAPARECIDA\nMaya, 14 años\nLlame al 701 555 0100")
    poster = PosterPreview(
        title=say(lang, "Poster", "Cartel"), picture_href="", text=text, files=files, state=PosterState.LIVE
    )
    return tuple(Example(title=state.value, context={"poster": replace(poster, state=state)}) for state in PosterState)
