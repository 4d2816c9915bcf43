"""Draft, not now, agreed, said no, ended, stopped."""

from __future__ import annotations

from allhands.ui.components.consent_card.presenter import ConsentCard, ConsentState
from allhands.ui.gallery import Example
from allhands.ui.sample import LONG_NAME, NOW, ZONE, hours_ago, hours_on, say
from allhands.ui.wording import Lang, moment


def examples(lang: Lang) -> tuple[Example, ...]:
    ways = (
        ("TYPED", say(lang, "Typed by themself", "Lo escribió la persona misma")),
        ("READ_ALOUD", say(lang, "Read aloud, with a witness", "Leído en voz alta, con testigo")),
    )
    states = {state.value: _card(lang, state) for state in ConsentState if state is not ConsentState.DRAFT}
    draft = _card(lang, ConsentState.DRAFT, answer_href="#", ways=ways, asks_safety=True)
    agreed = _card(lang, ConsentState.AGREED, stop_href="#", copies=6)
    long = _card(lang, ConsentState.AGREED, giver=LONG_NAME)
    cards = {"draft": draft, **states, "agreed, 6 copies": agreed, "60-letter name": long}
    return tuple(Example(title=title, context={"card": card, "csrf_token": "example"}) for title, card in cards.items())


def _card(lang: Lang, state: ConsentState, **changed: object) -> ConsentCard:
    is_stopped = state is ConsentState.RECALLED
    given: dict[str, object] = {
        "uid": f"card-{state.value}-{len(changed)}",
        "giver": "Maya",
        "fields": (
            say(lang, "that I'm okay", "que estoy bien"),
            say(lang, "where I'd like to live", "dónde quiero vivir"),
        ),
        "to": say(lang, "Jo Sample, my aunt", "Jo Sample, mi tía"),
        "purpose": say(lang, "helping me come home", "ayudarme a volver a casa"),
        "since": moment(hours_ago(1), now=NOW, zone=ZONE, lang=lang),
        "until": moment(hours_on(720), now=NOW, zone=ZONE, lang=lang),
        "explained_by": "Kim",
        "language": say(lang, "English", "español"),
        "words": say(lang, "Jo will know this and nothing else.", "Jo sabrá esto y nada más."),
        "if_no": say(lang, "Nothing changes in your bed, meals or help.", "Nada cambia en tu cama, comida o ayuda."),
        "state": state,
        "copies": 6 if is_stopped else 0,
        "copies_back": 5 if is_stopped else 0,
        "stopped": moment(hours_ago(0), now=NOW, zone=ZONE, lang=lang) if is_stopped else None,
        "stopped_by": "Maya" if is_stopped else "",
    }
    return ConsentCard(**{**given, **changed})  # type: ignore[arg-type]  # examples by name
