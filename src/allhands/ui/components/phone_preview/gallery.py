"""Fits, too long, a letter that costs two, Spanish, simulated, not configured."""

from __future__ import annotations

from allhands.ui.components.phone_preview.presenter import Leaves, present_phone
from allhands.ui.gallery import Example
from allhands.ui.sample import LONG_NAME, say
from allhands.ui.wording import Lang

_EN = "Harwell Police: MISSING CHILD Maya, 14, green parka, last seen Harwell bus stop Mon 2:05 pm. Call 701 555 0100."
_ES = "Policía de Harwell: PERSONA DESAPARECIDA Maya, 14 años, abrigo verde, parada de Harwell lun. 2:05 p. m."


def examples(lang: Lang) -> tuple[Example, ...]:
    title = say(lang, "Phone, 360", "Teléfono, 360")
    short = say(lang, "Phone, 90", "Teléfono, 90")
    sender = say(lang, "Emergency alert", "Alerta de emergencia")
    too_long = say(lang, "12 letters too many. Shorten the place.", "Sobran 12 letras. Acorte el lugar.")
    twice = say(lang, "“[” counts twice.", "«[» cuenta doble.")
    fits = present_phone(_EN, title=title, lang="en", sender=sender, used=113, limit=360)
    spanish = present_phone(_ES, title=title, lang="es", sender=sender, used=104, limit=360)
    long = present_phone(_EN, title=short, lang="en", sender=sender, used=102, limit=90, faults=(too_long,))
    costly = present_phone(f"[{_EN}]", title=title, lang="en", sender=sender, used=117, limit=360, costly=(twice,))
    simulated = present_phone(_EN, title=title, lang="en", sender=LONG_NAME, leaves=Leaves.SIMULATED)
    off = present_phone(_EN, title=title, lang="en", sender=sender, leaves=Leaves.NOT_CONFIGURED)
    return (
        Example(title="fits", context={"phone": fits}),
        Example(title="in Spanish", context={"phone": spanish}),
        Example(title="too long", context={"phone": long}),
        Example(title="a letter costs two", context={"phone": costly}),
        Example(title="simulated", context={"phone": simulated}),
        Example(title="not configured", context={"phone": off}),
    )
