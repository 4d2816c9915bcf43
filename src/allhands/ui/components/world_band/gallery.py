"""Demo, drill, and live, which draws nothing."""

from __future__ import annotations

from allhands.ui.components.world_band.presenter import WorldBand
from allhands.ui.gallery import Example
from allhands.ui.wording import Lang


def examples(lang: Lang) -> tuple[Example, ...]:
    del lang  # the same in both languages
    return tuple(Example(title=world, context={"band": WorldBand(world=world)}) for world in ("demo", "drill", "live"))
