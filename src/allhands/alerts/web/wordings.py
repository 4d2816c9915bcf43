"""The words of the writing pages. The fields of each language speak that language, whoever reads the page."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _

from allhands.alerts import consents, drafting
from allhands.alerts.web.opened import Opened
from allhands.episodes import api as episodes

FIELDS: Final[Mapping[str, Mapping[str, str]]] = {
    "en": {
        "looks": "Looks like",
        "clothing": "Wearing",
        "seen_place": "Last seen at",
        "vehicle": "Vehicle, if any",
        "companion": "May be with, if police approved it",
    },
    "es": {
        "looks": "Aspecto",
        "clothing": "Ropa",
        "seen_place": "Visto por última vez en",
        "vehicle": "Vehículo, si hay",
        "companion": "Puede estar con, si la policía lo aprobó",
    },
}
HINTS: Final[Mapping[str, Mapping[str, str]]] = {
    "en": {
        "looks": "What a stranger sees at three metres: hair, eyes, height, glasses.",
        "clothing": "What is printed on it stands in quotation marks.",
        "seen_place": "A place people know, such as a bus stop. Never a home address. "
        "A name that sounds like blame, such as “Runaway Bay”, stands in quotation marks.",
    },
    "es": {
        "looks": "Lo que se ve a tres metros: pelo, ojos, estatura, lentes.",
        "clothing": "Lo que lleva impreso va entre comillas.",
        "seen_place": "Un lugar conocido, como una parada. Nunca un domicilio. "
        "Un nombre que suena a culpa, como “Runaway Bay”, va entre comillas.",
    },
}


def lack_words(code: str) -> str:
    """What is missing or impossible, and what to do."""
    return {
        "looks-missing": _("Write what a stranger would see."),
        "seen_place-missing": _("Write where the child was last seen."),
        "spanish-missing": _("Write it in Spanish too, or confirm that English only goes out."),
        "too-long": _("Please shorten this."),
        "seen-missing": _("Say the day and the time. About is fine; “recently” is not."),
        "seen-future": _("This time has not come yet."),
        "seen-past": _("This is too long ago. Check the year."),
        "name-not-released": _("Somebody must agree before the name goes out. Tick what was agreed."),
        "photo-not-released": _("Somebody must agree before the picture goes out. Tick what was agreed."),
        "consent-by-missing": _("Write who agreed."),
        "no-card": _("No consent on record covers all of this. Write one, or say that police decided."),
        "route-missing": _("Choose the number people call."),
        "companion-not-approved": _(
            "Police must approve who is named as being with the child. Tick it, or leave it out."
        ),
        "harm": _("The harm check found something here."),
        "area-missing": _("Choose where it goes."),
    }[code]


@dataclass(frozen=True, slots=True, kw_only=True)
class CardLine:
    """One field that needs somebody's yes, and whether a consent on record covers it."""

    name: str
    label: str
    chosen: bool
    covered: bool
    write_href: str


def card_lines(opened: Opened, draft: drafting.Draft, held: Collection[str]) -> list[CardLine]:
    """Name, picture and nation, each with the way to a consent that covers it."""
    new = reverse("consent-new", args=[opened.alert.episode_id])
    return [
        CardLine(
            name=name,
            label=consent_words(name),
            chosen=name in draft.consents,
            covered=name in held,
            write_href=f"{new}?fact={fact}",
        )
        for name, fact in consents.FACTS.items()
    ]


def consent_words(name: str) -> str:
    """What somebody agrees to publish."""
    return {
        "name": _("The first name"),
        "photo": _("A picture"),
        "tribe": _("The child's nation: family and nation both said yes"),
    }[name]


def harm_words(code: str) -> str:
    """What a harmful field gives away, as a noun."""
    return {
        "care": _("that the child is in care"),
        "health": _("a diagnosis or treatment"),
        "pregnancy": _("a pregnancy"),
        "trafficking": _("a suspicion of exploitation"),
        "immigration": _("an immigration status"),
        "tribe": _("the child's nation"),
        "blame": _("words that blame"),
        "phone": _("a phone number in the text"),
        "time": _("a vague time"),
    }.get(code, code)


def look_words(code: str) -> str:
    """Why to look twice."""
    return {
        "outside": _("A part of it lies outside the land for which your agency may send alerts."),
        "large": _("The area is very large."),
        "border": _("It crosses a state border."),
        "night": _("It is night there: phones will wake people."),
    }[code]


def photo_of(opened: Opened) -> str:
    """The id of the newest picture of the child that this reader may see; empty when there is none."""
    episode = episodes.find_episode(opened.alert.episode_id)
    kept = episodes.find_photo(episode.child.child_id) if episode else None
    return kept.photo_id if kept else ""
