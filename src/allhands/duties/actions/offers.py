"""A hand-off that nobody answered in 24 hours: both agencies' supervisors are told, once. The owner stays the owner."""

from __future__ import annotations

from datetime import datetime

from allhands.agencies import api as agencies
from allhands.agencies.contracts import MemberView
from allhands.channels import api as channels
from allhands.channels.contracts import Channel, Outgoing
from allhands.episodes import api as episodes
from allhands.episodes.contracts import OfferView
from allhands.kernel.actors import SYSTEM, Role
from allhands.kernel.ids import AgencyId
from allhands.platform.audit import api as audit
from allhands.platform.database.acting import acting_as

ROLES = (Role.SUPERVISOR, Role.DIRECTOR, Role.DISPATCHER, Role.TRIBAL_LIAISON)


def remind_all(now: datetime) -> int:
    """How many unanswered offers were brought to somebody's attention now."""
    with acting_as(SYSTEM):
        late = [offer for offer in episodes.list_overdue_offers(now) if not channels.deliveries_for(offer.offer_id)]
    for offer in late:
        _remind(offer, now)
    return len(late)


def _remind(offer: OfferView, now: datetime) -> None:
    with audit.audited(
        SYSTEM, now, audit.Event.HAND_OFF_EXPIRED, episode_id=offer.episode_id, subject_id=offer.offer_id
    ):
        for agency_id in (offer.to_agency_id, offer.from_agency_id):
            for member in _people(agency_id):
                channels.queue(SYSTEM, _message(offer, member), now)
        episodes.add_timeline(offer.episode_id, "handoff.late", SYSTEM.label, now, {"offer": offer.offer_id})


def _people(agency_id: AgencyId) -> tuple[MemberView, ...]:
    for role in ROLES:
        members = agencies.list_members(agency_id, roles=(role,))
        if members:
            return members
    return agencies.list_members(agency_id)[:1]


def _message(offer: OfferView, member: MemberView) -> Outgoing:
    words = "A hand-off was not answered within 24 hours. / Un traspaso no se contestó en 24 horas."
    return Outgoing(
        channel=Channel.INBOX,
        sender_agency=offer.from_agency_id,
        sender_label="Allhands",
        recipient_agency=member.agency_id,
        recipient_label=member.display_name,
        address="",
        subject=words,
        body=f"{words}\n\n/e/{offer.episode_id}/handoff",
        sensitivity="P0",
        refers_to=offer.offer_id,
        idempotency_key=f"{offer.offer_id}-late-{member.id}",
        episode_id=offer.episode_id,
    )
