"""All outcomes at once, unconfirmed first; and nothing sent."""

from __future__ import annotations

from allhands.ui.components.delivery_table.presenter import Delivery, DeliveryTable, DeliveryWord
from allhands.ui.components.duty_row.presenter import Act
from allhands.ui.gallery import Example
from allhands.ui.sample import LONG_NAME, NOW, ZONE, hours_ago, say
from allhands.ui.wording import Lang, moment


def examples(lang: Lang) -> tuple[Example, ...]:
    caption = say(lang, "Notices about Maya K.", "Avisos sobre Maya K.")
    full = DeliveryTable(caption=caption, deliveries=tuple(_delivery(lang, word) for word in reversed(DeliveryWord)))
    return (
        Example(title="every outcome", context={"table": full}),
        Example(title="nothing sent", context={"table": DeliveryTable(caption=caption, deliveries=())}),
    )


def _delivery(lang: Lang, word: DeliveryWord) -> Delivery:
    email, inbox = say(lang, "e-mail", "correo electrónico"), say(lang, "inbox here", "buzón de aquí")
    sent = moment(hours_ago(1.3), now=NOW, zone=ZONE, lang=lang)
    bounced = say(lang, "the address does not exist", "la dirección no existe")
    opened = say(lang, "acknowledged by Sgt. Cole", "confirmado por el Sgto. Cole")
    words = {DeliveryWord.FAILED: bounced, DeliveryWord.CONFIRMED: opened}
    call = Act(label=say(lang, "Call instead", "Llamar"), href="#")
    return Delivery(
        channel=email if word is DeliveryWord.FAILED else inbox,
        recipient=LONG_NAME if word is DeliveryWord.SENT else say(lang, "Harwell Police", "Policía de Harwell"),
        word=word,
        sent=None if word in (DeliveryWord.NOT_CONFIGURED, DeliveryWord.NOBODY) else sent,
        words=words.get(word, ""),
        what=say(lang, "police packet, 2 pages", "paquete policial, 2 páginas"),
        what_href="#",
        act=call if word in (DeliveryWord.FAILED, DeliveryWord.UNKNOWN) else None,
    )
