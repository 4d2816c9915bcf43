"""Empty, wrong shape, refused, saved, saved with a file."""

from __future__ import annotations

from dataclasses import replace

from allhands.ui.components.evidence_slot.presenter import EvidenceKind, EvidenceSlot, SavedProof, Scan, Takes
from allhands.ui.gallery import Example
from allhands.ui.sample import NOW, ZONE, hours_ago, say
from allhands.ui.wording import Lang, moment


def examples(lang: Lang) -> tuple[Example, ...]:
    empty = EvidenceSlot(
        uid=f"empty-{lang}",
        action="#",
        kinds=_kinds(lang),
        now_local="2026-11-24T13:22",
        zone="CST",
        ask_href="#",
        may_waive_href="#",
    )
    slots = {
        "empty": empty,
        "wrong shape": replace(empty, uid=f"wrong-{lang}", values=_TYPED, errors=_wrong(lang)),
        "refused by the recipient": replace(empty, uid=f"refused-{lang}", values={"kind": "refused_by_recipient"}),
        "saved": replace(empty, uid=f"saved-{lang}", kinds=(), saved=(_saved(lang),)),
        "saved, file not scanned": replace(
            empty, uid=f"file-{lang}", kinds=(), saved=(replace(_saved(lang), scan=Scan.NOT_HERE, href="#"),)
        ),
    }
    return tuple(Example(title=title, context={"slot": slot, "csrf_token": ""}) for title, slot in slots.items())


_TYPED = {"kind": "police_report_number", "police_report_number-number": "soon"}


def _wrong(lang: Lang) -> dict[str, str]:
    words = say(
        lang,
        "This is not a police report number. Look for letters and digits on the card the officer gave you, "
        'or choose "they have not given one".',
        "Este no es un número de reporte. Búsquelo en la tarjeta que le dio el agente, o elija «no me lo han dado».",
    )
    return {"police_report_number-number": words}


def _saved(lang: Lang) -> SavedProof:
    at = moment(hours_ago(0.8), now=NOW, zone=ZONE, lang=lang)
    seen = say(lang, "PC-26-1187, number seen by Ruth", "PC-26-1187, número visto por Ruth")
    return SavedProof(words=seen, by="Ruth Amundson", at=at)


def _kinds(lang: Lang) -> tuple[EvidenceKind, ...]:
    return (
        EvidenceKind(
            code="police_report_number",
            label=say(lang, "A police report number", "Un número de reporte policial"),
            takes=Takes.NUMBER,
            number_label=say(lang, "Report number", "Número de reporte"),
            hint=say(lang, "Letters and digits, on the officer's card.", "Letras y cifras, en la tarjeta del agente."),
        ),
        EvidenceKind(
            code="document",
            label=say(lang, "A paper or screen picture", "Un papel o una captura de pantalla"),
            takes=Takes.FILE,
        ),
        EvidenceKind(
            code="refused_by_recipient",
            label=say(lang, "They would not take it", "No quisieron recibirlo"),
            takes=Takes.REFUSAL,
        ),
    )
