"""The three tiers, and one lowered by name."""

from __future__ import annotations

from allhands.ui.components.tier_badge.presenter import TierBadge
from allhands.ui.gallery import Example
from allhands.ui.sample import say
from allhands.ui.wording import Lang


def examples(lang: Lang) -> tuple[Example, ...]:
    today = say(lang, "she is meeting someone from online today", "hoy va a verse con alguien que conoció en línea")
    inhaler = say(lang, "she needs her inhaler within 24 hours", "necesita su inhalador antes de 24 horas")
    first = say(lang, "every missing child starts here", "todo menor desaparecido empieza aquí")
    by = say(lang, "R. Vance, director: heard from her at 12:40", "R. Vance, dirección: habló con ella a las 12:40")
    tiers = {
        "T1": TierBadge(level="T1", reasons=(today,)),
        "T2, two reasons": TierBadge(level="T2", reasons=(today, inhaler)),
        "T3": TierBadge(level="T3", reasons=(first,)),
        "lowered by name": TierBadge(level="T2", reasons=(today,), lowered_by=by),
    }
    return tuple(Example(title=title, context={"tier": tier}) for title, tier in tiers.items())
