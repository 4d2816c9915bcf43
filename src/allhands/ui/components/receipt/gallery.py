"""Received, being looked at, done."""

from __future__ import annotations

from allhands.ui.components.call_line.presenter import CallLine
from allhands.ui.components.receipt.presenter import Receipt, ReceiptState
from allhands.ui.gallery import Example
from allhands.ui.sample import say
from allhands.ui.wording import Lang


def examples(lang: Lang) -> tuple[Example, ...]:
    heading = say(lang, "Report received today 14:06:02 CST", "Reporte recibido hoy 14:06:02 CST")
    steps = (
        say(lang, "9 clocks started.", "Empezaron 9 plazos."),
        say(lang, "4 notices went out. You see who has confirmed.", "Salieron 4 avisos. Verá quién los confirmó."),
    )
    desk = CallLine(name=say(lang, "The desk", "La oficina"), shown="701 555 0160", tel="+17015550160")
    code = say(lang, "RIVER-SEVEN-LAMP", "RÍO-SIETE-FARO")
    number = Receipt(heading=heading, code="q1fj ngqn pp4v sjsx", next_steps=steps[:1], is_tracked=False)
    tracked = tuple(
        Example(
            title=state.value.replace("-", " "),
            context={"receipt": Receipt(heading=heading, code=code, next_steps=steps, state=state, ask=desk)},
        )
        for state in ReceiptState
    )
    return (*tracked, Example(title="a number to read out", context={"receipt": number}))
