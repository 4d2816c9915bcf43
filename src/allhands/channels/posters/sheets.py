"""What stands on a poster, in one language or both: words only, placed by `poster.typ`."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import segno

from allhands.alerts.contracts import AlertMessage, AlertText, Language
from allhands.channels.artefacts import words
from allhands.channels.contracts import Stamp
from allhands.channels.ipaws.zone import zone_of
from allhands.channels.posters.photo import without_hidden_data
from allhands.ui.wording import on_paper

# At least 40 % of the height: the face is what people remember.
_PHOTO_SHARE: Final = 0.4
# Without a face the words need the room, where two languages share a page.
_NO_PHOTO_SHARE: Final = 2.6 / 11
# What stands beside the face where two languages share a page; the rest stands below, a column a language.
_BESIDE: Final = frozenset({"last_seen", "description"})
QR_NAME: Final = "qr.svg"
PHOTO_NAME: Final = "photo.jpg"


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A size of paper.

    Args:
        tear: how many strips with the number can be torn off.
    """

    name: str
    width_in: float
    height_in: float
    tear: int


PAPERS: Final = (
    Paper(name="letter", width_in=8.5, height_in=11, tear=9),
    Paper(name="a4", width_in=8.268, height_in=11.693, tear=8),
    Paper(name="half", width_in=5.5, height_in=8.5, tear=0),
)

_LABELS: Final[Mapping[str, words.Words]] = {
    "last_seen": words.LAST_SEEN,
    "vehicle": {"en": "Vehicle", "es": "Vehículo"},
    "clothing": {"en": "Clothing", "es": "Ropa"},
    "description": {"en": "Description", "es": "Descripción"},
    "companion": {"en": "May be with", "es": "Puede estar con"},
}
_CALL_HEAD: Final[words.Words] = {"en": "HAVE YOU SEEN THIS CHILD? CALL", "es": "¿HA VISTO A ESTA PERSONA? LLAME"}
_SCAN: Final[words.Words] = {
    "en": "Scan for what is known now, or to tell us something.",
    "es": "Escanee para ver lo que se sabe hoy o para avisar.",
}
_NOT_IN_TROUBLE: Final[words.Words] = {
    "en": "If you are {name}: you are not in trouble. Scan the code to see who can help.",
    "es": "Si tú eres {name}: no estás en problemas. Escanea el código para ver quién te ayuda.",
}
_NOT_IN_TROUBLE_UNNAMED: Final[words.Words] = {
    "en": "If this is you: you are not in trouble. Scan the code to see who can help.",
    "es": "Si se trata de ti: no estás en problemas. Escanea el código para ver quién te ayuda.",
}
_DATES: Final[words.Words] = {"en": "Issued {sent}. Ends {ends}.", "es": "Emitido el {sent}. Termina el {ends}."}
_SHORT_HEAD: Final[words.Words] = {"en": "Missing", "es": "Falta"}  # "se busca" is also what is said of the wanted
_DRAWN: Final[words.Words] = {"en": "drawn", "es": "dibujo"}
_STAMPS: Final[Mapping[Stamp, words.Words]] = {
    Stamp.WITHDRAWN: {"en": "WITHDRAWN", "es": "RETIRADO"},
    Stamp.EXPIRED: {"en": "EXPIRED", "es": "VENCIDO"},
}
_NO_CHILD: Final[words.Words] = {
    "en": "Not real. No child is missing.",
    "es": "No es real. No hay ningún menor desaparecido.",
}


def sheet(
    message: AlertMessage, paper: Paper, languages: Sequence[Language], stamp: Stamp | None = None
) -> dict[str, object]:
    """Everything the template shows.

    Args:
        stamp: what is written across it; None while it is in force.
    """
    over = words.is_over(message)
    first = message.texts[languages[0]]
    has_photo = message.photo is not None and not over
    beside = _BESIDE if has_photo and len(languages) > 1 else frozenset[str]()
    photo_u = 11 * (_PHOTO_SHARE if has_photo or len(languages) == 1 else _NO_PHOTO_SHARE)
    return {
        "width_in": paper.width_in,
        "height_in": paper.height_in,
        "lang": languages[0],
        "title": words.OVER[languages[0]] if over else first.headline,
        "alt": alt(message, languages, stamp),
        "sender": message.sender_name,
        "mark": _mark(message, languages),
        "heads": [" · ".join(_head(message, one) for one in languages)],
        "over": [{"head": words.OVER[one], "words": words.TAKE_DOWN[one]} for one in languages] if over else [],
        "name": "" if over else first.name,
        "ages": [] if over else _each(_age(message.texts[one], one, is_alone=len(languages) == 1) for one in languages),
        "initials": first.name[:1].upper(),
        "no_photo": [words.NO_PHOTO[one] for one in languages],
        "photo": PHOTO_NAME if has_photo else "",
        "photo_u": photo_u,
        "facts_u": _room_for_facts(
            paper, is_marked=bool(words.mark(message, "en")), panels=len(languages), photo_u=photo_u
        ),
        "photo_alt": message.photo.alt.get(languages[0], "") if message.photo else "",
        "drawn": photo_label(message, languages),
        "panels": [] if over else [_panel(message.texts[one], one, beside) for one in languages],
        "call_words": " · ".join(_CALL_HEAD[one] for one in languages),
        "phone": message.call.shown,
        "qr": QR_NAME,
        "qr_alt": message.public_url,
        "scan": [_SCAN[one] for one in languages],
        "url": message.public_url,
        "notes": [] if over else [_not_in_trouble(first, one) for one in languages],
        "dates": "  ".join(_dates(message, one) for one in languages),
        "tear": 0 if over else paper.tear,
        "tear_title": ": ".join(
            part for part in (" / ".join(_each(_strip_head(message, one) for one in languages)), first.name) if part
        ),
        "tear_url": message.public_url.removeprefix("https://"),
        "stamp": stamp_words(languages, stamp),
    }


def photo_label(message: AlertMessage, languages: Sequence[Language]) -> str:
    """What is written into the picture itself: that it is not real, that it is a drawing. Pictures are cut out."""
    said = [words.short_mark(message, one) for one in languages]
    if message.photo and message.photo.is_drawn:
        said += [_DRAWN[one] for one in languages]
    return " / ".join(_each(said))


def alt(message: AlertMessage, languages: Sequence[Language], stamp: Stamp | None = None) -> str:
    """The poster as words, for who cannot see it: the text version. The stamp comes first, as it is seen first."""
    return "\n\n".join(_stamped(one, stamp) + _alt(message, one) for one in languages)


def stamp_words(languages: Sequence[Language], stamp: Stamp | None) -> str:
    """What is written across a copy; empty while the alert is in force."""
    return "" if stamp is None else " / ".join(_STAMPS[stamp][one] for one in languages)


def pictures(message: AlertMessage) -> dict[str, bytes]:
    """The files the template names."""
    found = {QR_NAME: qr_svg(message.public_url)}
    if message.photo and not words.is_over(message):
        found[PHOTO_NAME] = without_hidden_data(message.photo.jpeg)
    return found


@lru_cache(maxsize=64)  # posters and cards of one alert; choosing the mask of a code takes longer than a text
def qr_svg(url: str) -> bytes:
    """The address as a QR code that survives a fold (level M) with its quiet zone."""
    drawn = io.BytesIO()
    segno.make(url, error="m", micro=False).save(drawn, kind="svg", border=2, light="white", xmldecl=False)
    return drawn.getvalue()


def _head(message: AlertMessage, language: Language) -> str:
    said = (words.THANKS if words.is_over(message) else words.MISSING)[language]
    return ": ".join(part for part in (words.short_mark(message, language), said) if part)


def _strip_head(message: AlertMessage, language: Language) -> str:
    """A strip is torn off: it says by itself that it is not real, instead of *missing*."""
    return words.short_mark(message, language) or _SHORT_HEAD[language]


def _mark(message: AlertMessage, languages: Sequence[Language]) -> str:
    if not words.mark(message, "en"):
        return ""
    return " · ".join(f"{words.mark(message, one)}. {_NO_CHILD[one]}" for one in languages)


def _age(text: AlertText, language: Language, *, is_alone: bool) -> str:
    """The age; said to be one where a name above it, or the other language beside it, does not make that plain."""
    if language == "en" and text.age and not (is_alone and text.name):
        return f"age {text.age}"
    return text.age


def _not_in_trouble(text: AlertText, language: Language) -> str:
    if not text.name:
        return _NOT_IN_TROUBLE_UNNAMED[language]
    return _NOT_IN_TROUBLE[language].format(name=text.name)


def _panel(text: AlertText, language: Language, beside: frozenset[str]) -> dict[str, object]:
    # Spanish halves of the day stay whole at the end of a line.
    seen_at = text.last_seen_at.replace(". m.", ".\N{NO-BREAK SPACE}m.")
    seen = "\n".join(part for part in (seen_at, text.last_seen_place) if part)
    values = {
        "last_seen": seen,
        "clothing": text.clothing,
        "description": text.description,
        "vehicle": text.vehicle,
        "companion": text.companion,
    }
    facts = {key: {"label": _LABELS[key][language], "words": value} for key, value in values.items() if value.strip()}
    instruction = [{"label": "", "words": text.instruction}] if text.instruction.strip() else []
    return {
        "lang": language,
        "beside": [fact for key, fact in facts.items() if key in beside],
        "below": [fact for key, fact in facts.items() if key not in beside] + instruction,
    }


def _room_for_facts(paper: Paper, *, is_marked: bool, panels: int, photo_u: float) -> float:
    """How high the facts may be, in eleventh parts of the height: what head, photo, call bar and strips leave."""
    left = 11 - 0.42 - (0.5 if is_marked else 0) - (1.35 if panels == 1 else 0.95)
    left -= (1.44 if paper.tear else 0.42) + (1.75 if paper.tear else 1.5) + (0.45 if panels == 1 else 0.6)
    return left if panels == 1 else left - photo_u + 0.1


def _dates(message: AlertMessage, language: Language) -> str:
    zone = zone_of(message.area)
    sent, ends = (on_paper(at.astimezone(zone), language) for at in (message.sent_at, message.expires_at))
    return _DATES[language].format(sent=sent, ends=ends)


def _stamped(language: Language, stamp: Stamp | None) -> str:
    if stamp is None:
        return ""
    return f"{_STAMPS[stamp][language]}. {words.OVER[language]} {words.TAKE_DOWN[language]}\n"


def _alt(message: AlertMessage, language: Language) -> str:
    if words.is_over(message):
        return f"{words.opening(message, language)}{words.OVER[language]} {words.TAKE_DOWN[language]}"
    text = message.texts[language]
    photo = message.photo.alt.get(language, "") if message.photo else words.NO_PHOTO[language]
    lines = [
        f"{words.opening(message, language)}{words.MISSING[language]}: {words.who(text)}.",
        *words.details(text, language), words.sentence(photo), words.sentence(text.instruction),
        words.sentence(words.call(message, language)), message.public_url,
        _not_in_trouble(text, language), _dates(message, language),
    ]  # fmt: skip
    return "\n".join(line for line in lines if line)


def _each(values: Iterable[str]) -> list[str]:
    """Each once: a name or a number is often the same in both languages."""
    return list(dict.fromkeys(value for value in values if value))
