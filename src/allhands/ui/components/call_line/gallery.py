"""Checked, not checked lately, closed now."""

from __future__ import annotations

from dataclasses import replace

from allhands.ui.components.call_line.presenter import CallLine, CallState
from allhands.ui.gallery import Example
from allhands.ui.sample import say
from allhands.ui.wording import Lang


def examples(lang: Lang) -> tuple[Example, ...]:
    name = say(lang, "Harwell Police", "Policía de Harwell")
    always = say(lang, "day and night", "día y noche")
    office = say(lang, "Mon to Fri, 8:00 to 17:00", "lun. a vie., de 8:00 a 17:00")
    line = CallLine(name=name, shown="701 555 0100", tel="+17015550100")
    day = say(lang, "Oct 3", "3 oct.")
    lines = {
        "verified": replace(line, hours=always, verified=day),
        "read, not called": replace(line, hours=always, read=day),
        "old": replace(line, hours=always, verified=say(lang, "Feb 1", "1 feb."), state=CallState.OLD),
        "closed now": replace(
            line,
            hours=office,
            verified=day,
            state=CallState.CLOSED,
            opens=say(lang, "tomorrow 8:00", "mañana 8:00"),
        ),
    }
    return tuple(Example(title=title, context={"call": line}) for title, line in lines.items())
