"""One, many, and the whole page."""

from __future__ import annotations

from allhands.ui.components.error_summary.presenter import ErrorSummary, Problem
from allhands.ui.gallery import Example
from allhands.ui.sample import say
from allhands.ui.wording import Lang


def examples(lang: Lang) -> tuple[Example, ...]:
    number = say(
        lang,
        "This is not a police report number. Look for letters and digits on the card the officer gave you, "
        'or choose "they have not given one".',
        "Este no es un número de reporte. Búsquelo en la tarjeta que le dio el agente, o elija «no me lo han dado».",
    )
    when = say(
        lang, "The time is in the future. Give a time that has been.", "Esa hora aún no llega. Dé una hora que ya pasó."
    )
    whole = say(
        lang,
        "Someone else changed this while you wrote. Both versions are below.",
        "Otra persona lo cambió mientras usted escribía. Abajo están las dos versiones.",
    )
    one = Problem(words=number, field_id="number")
    summaries = {
        "one": ErrorSummary(problems=(one,)),
        "many": ErrorSummary(problems=(one, Problem(words=when, field_id="at"))),
        "whole page": ErrorSummary(problems=(Problem(words=whole),)),
    }
    return tuple(
        Example(title=title, context={"summary": summary, "quiet": True}) for title, summary in summaries.items()
    )
