"""With a time, with a day only, corrected, restricted, new."""

from __future__ import annotations

from allhands.ui.components.timeline_item.presenter import TimelineItem
from allhands.ui.gallery import Example
from allhands.ui.sample import LONG_NAME, NOW, ZONE, hours_ago, say
from allhands.ui.wording import Lang, moment


def examples(lang: Lang) -> tuple[Example, ...]:
    at = moment(hours_ago(0.2), now=NOW, zone=ZONE, lang=lang)
    called = say(lang, "Called the aunt", "Llamó a la tía")
    answer = say(lang, "No answer.", "No contestó.")
    seen = say(lang, "Last seen corrected", "Se corrigió dónde la vieron")
    stop = say(lang, "Harwell bus stop, 14:05", "parada de Harwell, 14:05")
    items = {
        "with a time": TimelineItem(title=called, by="Sgt. Cole", at=at, text=answer, is_new=True),
        "only a day is known": TimelineItem(
            title=say(lang, "Changed schools", "Cambió de escuela"), day=say(lang, "Oct 3", "3 oct."), by=LONG_NAME
        ),
        "corrected": TimelineItem(
            title=seen, by="Ruth Amundson", at=at, text=stop, was=say(lang, "Harwell mall", "centro comercial")
        ),
        "restricted": TimelineItem(
            title=say(lang, "A note by the nurse", "Una nota de la enfermera"), at=at, restricted=True, href="#"
        ),
        "with a link": TimelineItem(
            title=say(lang, "Packet sent to police", "Paquete enviado a la policía"),
            at=at,
            href="#",
            link_words=say(lang, "See what was sent", "Ver lo enviado"),
        ),
    }
    return tuple(Example(title=title, context={"item": item}) for title, item in items.items())
