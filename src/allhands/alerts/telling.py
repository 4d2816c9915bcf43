"""Tells agencies what waits for them: the whole of it in their inbox, a word without names by e-mail."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from django.conf import settings

from allhands.agencies import api as agencies
from allhands.agencies.contracts import RouteKind
from allhands.channels import api as channels
from allhands.channels.contracts import Channel, Outgoing
from allhands.kernel.actors import SYSTEM
from allhands.kernel.errors import Refused
from allhands.kernel.ids import AgencyId, EpisodeId
from allhands.platform.database.acting import acting_as


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """What is told, in both languages.

    Args:
        sender: the agency in whose name it goes.
        refers_to: id of the request or the alert.
        key: with the recipient it makes the word unique: twice is the same as once, whatever it says the second time.
        path: of the page where it is answered.
        subject, body: English, then Spanish; the body may name the child, the subject may not.
    """

    sender: AgencyId
    sender_label: str
    refers_to: str
    episode_id: EpisodeId
    key: str
    path: str
    subject: tuple[str, str]
    body: tuple[str, str]


def tell(word: Word, recipients: Iterable[AgencyId], now: datetime) -> None:
    """Queue it for each recipient's inbox and, where there is an address, as an e-mail without names."""
    link = f"{settings.ALLHANDS_ORIGIN.rstrip('/')}{word.path}"
    with acting_as(SYSTEM):
        for agency_id in dict.fromkeys(recipients):
            _queue_once(_outgoing(word, agency_id, Channel.INBOX, "", f"{_both(word.body)}\n\n{link}"), now)
            for route in agencies.routes(agency_id, RouteKind.EMAIL)[:1]:
                plain = f"{_both(word.subject)}\n\n{link}"
                _queue_once(_outgoing(word, agency_id, Channel.EMAIL, route.address, plain), now)


def _queue_once(outgoing: Outgoing, now: datetime) -> None:
    """Told already is told, also where the agency's name or address or this place's origin has changed since."""
    try:
        channels.queue(SYSTEM, outgoing, now)
    except Refused as refused:
        if refused.code != "delivery-key-reused":
            raise


def stamp(instant: datetime) -> str:
    """An instant as a part of a key, for what may happen to the same version twice."""
    return f"{instant.astimezone(UTC):%Y%m%dT%H%M%S%f}"


def _both(words: tuple[str, str]) -> str:
    return "\n\n".join(words)


def _outgoing(word: Word, agency_id: AgencyId, channel: Channel, address: str, body: str) -> Outgoing:
    return Outgoing(
        channel=channel,
        sender_agency=word.sender,
        sender_label=word.sender_label,
        recipient_agency=agency_id,
        recipient_label=agencies.get_agency(agency_id).name,
        address=address,
        subject=" / ".join(word.subject),
        body=body,
        sensitivity="P1",
        refers_to=word.refers_to,
        idempotency_key=f"{word.key}-{agency_id}-{channel.value.lower()}",
        episode_id=word.episode_id,
    )
