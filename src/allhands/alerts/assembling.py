"""From an approved draft to the message that leaves: texts, number, picture, area, references."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, TypedDict
from zoneinfo import ZoneInfo

import phonenumbers
from django.conf import settings
from PIL import Image

from allhands.agencies import api as agencies
from allhands.agencies.contracts import RouteKind, RouteView
from allhands.alerts import areas, drafting, ladder
from allhands.alerts.contracts import (
    AlertArea,
    AlertId,
    AlertMessage,
    AlertPhoto,
    AlertStatus,
    AlertText,
    AlertView,
    AuthorityView,
    CallNumber,
    Language,
    MessageKind,
    Reference,
    TransmissionId,
)
from allhands.episodes import api as episodes
from allhands.kernel.actors import SYSTEM
from allhands.kernel.errors import Refused
from allhands.kernel.ids import AgencyId
from allhands.platform.database.acting import acting_as


class _Head(TypedDict):
    transmission_id: TransmissionId
    alert_id: AlertId
    identifier: str
    sender: str
    sender_name: str
    sent_at: datetime
    expires_at: datetime
    kind: MessageKind
    status: AlertStatus
    references: tuple[Reference, ...]
    public_url: str
    world: str


# Enough for a poster at 300 dots an inch over four inches; a tenth of the file a phone writes.
_PHOTO_LONGEST_PX: Final = 1200

# What takes the place of the words once it is over: nobody's name, and what to do with copies.
_OVER: Final[Mapping[Language, tuple[str, str]]] = {
    "en": ("This alert is over", "Thank you for looking. Please take down posters and delete what you shared."),
    "es": ("Esta alerta terminó", "Gracias por ayudar. Por favor retire los carteles y borre lo que compartió."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """What a message carries besides the draft.

    Args:
        references: the earlier transmissions of the same alert, oldest first.
    """

    transmission_id: TransmissionId
    kind: MessageKind
    authority: AuthorityView
    sent_at: datetime
    expires_at: datetime
    references: tuple[Reference, ...] = ()


def status_here() -> AlertStatus:
    """Outside the live world nothing is ever Actual."""
    return AlertStatus.ACTUAL if settings.ALLHANDS_WORLD == "live" else AlertStatus.EXERCISE


def callable_routes(agency_ids: Iterable[AgencyId]) -> tuple[RouteView, ...]:
    """The phone numbers that may stand on an alert: those that a person of the agency has verified."""
    found = [route for one in dict.fromkeys(agency_ids) for route in agencies.routes(one, RouteKind.PHONE)]
    return tuple(route for route in found if route.verified_on is not None)


def call_number(route_id: str, agency_ids: Iterable[AgencyId]) -> CallNumber:
    """The number people call.

    Raises:
        Refused: `route-missing` when it is no verified number of an agency in this response any more.
    """
    route = next((one for one in callable_routes(agency_ids) if one.id == route_id), None)
    if route is None:
        raise Refused("route-missing", "Choose the number people call from the list.", field="route_id")
    number = phonenumbers.parse(route.address, "US")
    name = agencies.get_agency(route.agency_id).name
    return CallNumber(
        e164=phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164),
        shown=shown_number(route.address),
        name={"en": name, "es": name},
    )


def shown_number(address: str) -> str:
    """A number as people read it: 701 555 0100."""
    number = phonenumbers.parse(address, "US")
    if number.country_code != 1:
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    digits = str(number.national_number)
    return f"{digits[:3]} {digits[3:6]} {digits[6:]}"


def draft_message(view: AlertView, draft: drafting.Draft, envelope: Envelope) -> AlertMessage:
    """The message of a draft.

    Raises:
        Refused: `route-missing`.
    """
    door = view.request
    zone = ZoneInfo(agencies.get_agency(envelope.authority.agency_id).time_zone)
    call = call_number(draft.route_id, number_owners(view))
    texts = {
        lang: drafting.compose(
            draft,
            lang,
            call=(call.name[lang], call.shown),
            seen=drafting.seen_words(draft, lang, now=envelope.sent_at, zone=zone),
        )
        for lang in draft.languages
    }
    return AlertMessage(
        **_head(view, envelope),
        event=ladder.event_of(_alert_code(door.way)),
        texts=texts,
        area=areas.resolve(draft.area).area,
        photo=_photo(view, draft, texts),
        call=call,
    )


def over_message(view: AlertView, last: AlertMessage, envelope: Envelope) -> AlertMessage:
    """The message that takes an alert back: the same area, number and languages, and no word about the child.

    It is as real as what it takes back, wherever this node stands now: an exercise is not ended by a real message.
    """
    texts: dict[Language, AlertText] = {}
    for lang in last.texts:
        headline, instruction = _OVER[lang]
        texts[lang] = AlertText(
            headline=headline, name="", age="", description="", clothing="", last_seen_place="", last_seen_at="",
            vehicle="", companion="", instruction=instruction,
        )  # fmt: skip
    made = AlertMessage(
        **_head(view, envelope), event=last.event, texts=texts, area=last.area, photo=None, call=last.call
    )
    return replace(made, status=last.status, world=last.world)


def number_owners(view: AlertView) -> tuple[AgencyId, ...]:
    """The agencies whose numbers may be called: the authorities, who asked, and who takes part."""
    with acting_as(SYSTEM):
        episode = episodes.find_episode(view.episode_id)
    parties = sorted(episode.party_agency_ids) if episode else []
    owner = [episode.owner_agency_id] if episode else []
    return tuple(dict.fromkeys([*view.request.authority_ids, *owner, *parties]))


def _head(view: AlertView, envelope: Envelope) -> _Head:
    return {
        "transmission_id": envelope.transmission_id,
        "alert_id": AlertId(view.alert_id),
        "identifier": str(envelope.transmission_id),
        "sender": envelope.authority.sender,
        "sender_name": agencies.get_agency(envelope.authority.agency_id).name,
        "sent_at": envelope.sent_at,
        "expires_at": envelope.expires_at,
        "kind": envelope.kind,
        "status": status_here(),
        "references": envelope.references,
        "public_url": f"{settings.ALLHANDS_ORIGIN.rstrip('/')}/a/{view.code}",
        "world": settings.ALLHANDS_WORLD,
    }


def _photo(view: AlertView, draft: drafting.Draft, texts: Mapping[Language, AlertText]) -> AlertPhoto | None:
    """The released picture, drawn anew as JPEG; None when none was chosen or it is gone."""
    if not draft.photo_id or "photo" not in draft.consents:
        return None
    with acting_as(SYSTEM):
        episode = episodes.find_episode(view.episode_id)
        kept = episodes.find_photo(episode.child.child_id) if episode else None
    if kept is None or kept.photo_id != draft.photo_id:
        return None
    with Image.open(io.BytesIO(kept.content)) as picture:
        picture.thumbnail((_PHOTO_LONGEST_PX, _PHOTO_LONGEST_PX))
        out = io.BytesIO()
        picture.convert("RGB").save(out, "JPEG", quality=88)
    alt = {
        lang: ", ".join(part for part in (text.name, text.description, text.clothing) if part)
        for lang, text in texts.items()
    }
    return AlertPhoto(jpeg=out.getvalue(), alt=alt, is_drawn=False)


def _alert_code(way: str) -> str:
    """The alert a rule of this id speaks of: its last word."""
    return way.rpartition(".")[2].split("-")[0]


def area_of(draft: drafting.Draft) -> AlertArea:
    """The area of a draft as it would leave."""
    return areas.resolve(draft.area).area
