"""Danger, a large area, and an act that cannot be undone."""

from __future__ import annotations

from allhands.ui.components.interruption.presenter import Interruption
from allhands.ui.gallery import Example
from allhands.ui.sample import say
from allhands.ui.wording import Lang


def examples(lang: Lang) -> tuple[Example, ...]:
    danger = Interruption(
        heading=say(lang, "Call 911 now, then come back", "Llame al 911 ahora y luego vuelva"),
        text=(say(lang, "We keep your place. Nothing you wrote is lost.", "Guardamos su lugar. No se pierde nada."),),
        go_on=say(lang, "Call 911", "Llamar al 911"),
        go_on_href="tel:911",
        go_back=say(lang, "I have called. Go on", "Ya llamé. Seguir"),
        go_back_href="#",
        danger=True,
        is_h1=False,
    )
    send = Interruption(
        heading=say(lang, "Look again before it goes out", "Mire otra vez antes de enviarlo"),
        text=(
            say(
                lang,
                "About 12,000 people in two states will get this.",
                "Lo recibirán unas 12,000 personas en dos estados.",
            ),
            say(lang, "You can take it back, not unsend it.", "Puede retirarlo, pero no deshacer el envío."),
        ),
        go_on=say(lang, "Go on", "Seguir"),
        go_on_href="#",
        go_back=say(lang, "Change the area", "Cambiar la zona"),
        go_back_href="#",
        is_h1=False,
    )
    return (Example(title="danger", context={"stop": danger}), Example(title="look again", context={"stop": send}))
