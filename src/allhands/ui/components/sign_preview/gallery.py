"""Fits, does not fit, not configured. The picture of the gallery is a plain one; pages show the codec's own."""

from __future__ import annotations

from dataclasses import replace

from allhands.ui.components.phone_preview.presenter import Leaves
from allhands.ui.components.sign_preview.presenter import SignPreview
from allhands.ui.gallery import Example
from allhands.ui.sample import say
from allhands.ui.wording import Lang

_LINES = ("MISSING CHILD", "GREEN PARKA", "CALL 911")


def examples(lang: Lang) -> tuple[Example, ...]:
    title = say(lang, "Freeway sign, 3 lines of 18", "Letrero de autopista, 3 líneas de 18")
    fault = say(lang, "Line 2 is 24 dots too wide.", "La línea 2 se pasa 24 puntos.")
    fits = SignPreview(title=title, picture_href="", lines=_LINES, leaves=Leaves.YES)
    return (
        Example(title="fits", context={"sign": fits}),
        Example(title="does not fit", context={"sign": replace(fits, faults=(fault,))}),
        Example(title="simulated", context={"sign": replace(fits, leaves=Leaves.SIMULATED)}),
        Example(title="not configured", context={"sign": replace(fits, leaves=Leaves.NOT_CONFIGURED)}),
    )
