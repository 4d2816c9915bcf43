"""Every way a fact can be known, or not."""

from __future__ import annotations

from allhands.ui.components.fact_line.presenter import Certainty, FactLine, Known, Said
from allhands.ui.gallery import Example
from allhands.ui.sample import LONG_NAME, NAMES, NOW, ZONE, hours_ago, say
from allhands.ui.wording import Lang, moment


def examples(lang: Lang) -> tuple[Example, ...]:
    lines = {**_known(lang), **_not_known(lang), **_names(lang)}
    return tuple(Example(title=title, context={"fact": line}) for title, line in lines.items())


def _said(lang: Lang, value: str, informant: str, hours: float, certainty: Certainty) -> Said:
    at = moment(hours_ago(hours), now=NOW, zone=ZONE, lang=lang)
    return Said(value=value, informant=informant, at=at, certainty=certainty)


def _known(lang: Lang) -> dict[str, FactLine]:
    stop = _said(
        lang, say(lang, "Harwell bus stop", "parada de autobuses de Harwell"), "Ms Olsen", 23.3, Certainty.SEEN
    )
    parka = _said(lang, say(lang, "green parka, no hat", "abrigo verde, sin gorro"), "Ruth", 23, Certainty.TOLD)
    south = _said(lang, say(lang, "south on foot", "a pie, hacia el sur"), "Leo, 9", 22, Certainty.GUESSED)
    inhaler = _said(
        lang, say(lang, "needs an inhaler", "necesita inhalador"), say(lang, "aunt", "tía"), 20, Certainty.TOLD
    )
    none = _said(lang, say(lang, "none", "ninguna"), say(lang, "form", "formulario"), 300, Certainty.TOLD)
    wearing, medicine = say(lang, "Wearing", "Ropa"), say(lang, "Medicine", "Medicinas")
    blue = _said(lang, say(lang, "blue parka", "abrigo azul"), "Ms Olsen", 23.2, Certainty.GUESSED)
    return {
        "seen": FactLine(label=say(lang, "Last seen", "Vista por última vez"), state=Known.KNOWN, said=stop),
        "told": FactLine(label=wearing, state=Known.KNOWN, said=parka),
        "guessed": FactLine(label=say(lang, "Going to", "Destino"), state=Known.KNOWN, said=south),
        "disagreement": FactLine(label=medicine, state=Known.DISAGREEMENT, said=inhaler, others=(none,)),
        "corrected": FactLine(label=wearing, state=Known.CORRECTED, said=parka, earlier=(blue,)),
    }


def _not_known(lang: Lang) -> dict[str, FactLine]:
    tribe = say(lang, "Tribe", "Tribu")
    clinic = say(lang, "the clinic", "la clínica")
    told = say(lang, "What she told the nurse", "Lo que le dijo a la enfermera")
    return {
        "not known yet": FactLine(label=tribe, state=Known.UNKNOWN, ask_href="#"),
        "not asked": FactLine(label=tribe, state=Known.NOT_ASKED, ask_href="#"),
        "not yours": FactLine(label=told, state=Known.NOT_YOURS, belongs_to=clinic, why_href="#"),
    }


def _names(lang: Lang) -> dict[str, FactLine]:
    label = say(lang, "Name", "Nombre")
    named = {"60-letter name": LONG_NAME, **dict(NAMES), "right to left": "مريم الأنصاري"}
    return {
        title: FactLine(label=label, state=Known.KNOWN, said=Said(value=name, informant="Ruth"))
        for title, name in named.items()
    }
