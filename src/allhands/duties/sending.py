"""Turn a frozen notice into deliveries: the packet to the inbox, a word without names to the mailbox."""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime

from allhands.access import api as access
from allhands.agencies import api as agencies
from allhands.agencies.contracts import RouteKind
from allhands.channels import api as channels
from allhands.channels.contracts import Channel, Outgoing, Part
from allhands.duties import disclosing, freezing, models
from allhands.duties.actions import notices
from allhands.duties.packets import MEDIA_TYPE, Packet, PacketKind, render_email, render_json, render_pdf
from allhands.kernel.actors import SYSTEM
from allhands.kernel.errors import Permanent, Refused
from allhands.kernel.ids import AgencyId, EpisodeId, NoticeId
from allhands.platform.audit import api as audit
from allhands.platform.vault import api as vault


def issue(notice_id: NoticeId, now: datetime) -> None:
    """Draw the notice as it was frozen and queue it on every way its recipient has. Twice is the same as once.

    Raises:
        Permanent: the notice is gone, sealed, or names nobody to send to.
    """
    with audit.audited(SYSTEM, now, audit.Event.DELIVERY_QUEUED, subject_id=notice_id) as entry:
        notice = models.Notice.objects.select_for_update().filter(pk=notice_id).first()
        if notice is None or notice.recipient_agency_id is None:
            raise Permanent(f"notice {notice_id} has nobody to go to")
        entry.episode_id = notice.episode_id
        if notice.issued_at is not None:
            return
        if notice.content is vault.SEALED:
            raise Permanent(f"notice {notice_id} belongs to a record that is sealed or gone")
        packet = freezing.thaw(bytes(notice.content))
        receiver = agencies.get_agency(AgencyId(str(notice.recipient_agency_id)))
        if disclosing.is_held_back(packet, receiver.id, now):
            entry.details["held"] = True
            _freeze_anew(notice, now)
            return
        release = disclosing.packet_release(packet, receiver, AgencyId(_owner(notice)), now)
        access.disclose(SYSTEM, release, now)
        until = access.lease(release, now)
        for outgoing in _ways(notice, packet, until):
            channels.queue(SYSTEM, outgoing, now)
        notice.issued_at = now
        notice.save(update_fields=["issued_at"])


def _freeze_anew(notice: models.Notice, now: datetime) -> None:
    """Another packet for the same recipient, of what it may have now, be it the same words; this one never leaves."""
    with contextlib.suppress(Refused):  # they have what is left of it already, or nobody asks for it any more
        notices.send_update(SYSTEM, EpisodeId(notice.episode_id), PacketKind(notice.kind), notice.recipient_code, now)


def parts_of(packet: Packet) -> tuple[Part, ...]:
    """The files of a packet: one PDF a language its reader needs, and the same as JSON."""
    langs = ("en", "es") if packet.kind is PacketKind.PARENT else ("en",)
    sensitivity = "P3" if packet.restricted else "P2"
    drawn = tuple(
        Part(
            name=f"packet-{lang}.pdf",
            media_type="application/pdf",
            content=render_pdf(packet, lang),
            sensitivity=sensitivity,
        )
        for lang in langs
    )
    plain = Part(name="packet.json", media_type=MEDIA_TYPE, content=render_json(packet), sensitivity=sensitivity)
    return (*drawn, plain)


LEASE = """

This copy is lent until {until} (UTC). While the child is missing it is renewed by itself. If it is called back, a
message here asks you to delete it.
Esta copia es un préstamo hasta {until} (UTC). Mientras el menor siga desaparecido se renueva sola. Si se retira, un
mensaje aquí le pedirá borrarla.
"""


def _ways(notice: models.Notice, packet: Packet, until: datetime) -> tuple[Outgoing, ...]:
    agency = AgencyId(str(notice.recipient_agency_id))
    words = render_email(packet, "en")
    lent = LEASE.format(until=until.astimezone(UTC).strftime("%Y-%m-%d %H:%M"))
    title = f"{packet.title.en} / {packet.title.es}"
    inbox = _outgoing(notice, packet, Channel.INBOX, "", title, words.body + lent, parts_of(packet))
    mails = [route.address for route in agencies.routes(agency, RouteKind.EMAIL)][:1]
    return (inbox, *(_outgoing(notice, packet, Channel.EMAIL, mail, words.subject, words.body, ()) for mail in mails))


def _outgoing(
    notice: models.Notice,
    packet: Packet,
    channel: Channel,
    address: str,
    subject: str,
    body: str,
    parts: tuple[Part, ...],
) -> Outgoing:
    return Outgoing(
        channel=channel,
        sender_agency=AgencyId(_owner(notice)),
        sender_label=", ".join(part for part in (packet.sender.person, packet.sender.agency) if part),
        recipient_agency=AgencyId(str(notice.recipient_agency_id)),
        recipient_label=packet.recipient,
        address=address,
        subject=subject,
        body=body,
        sensitivity="P0",
        refers_to=notice.id,
        idempotency_key=f"{notice.id}-{channel.value.lower()}",
        episode_id=EpisodeId(notice.episode_id),
        parts=parts,
    )


def _owner(notice: models.Notice) -> str:
    duty = models.Duty.objects.filter(pk__in=notice.duty_ids, agency__isnull=False).first()
    if duty is None or duty.agency_id is None:
        raise Permanent(f"notice {notice.id} belongs to no agency")
    return str(duty.agency_id)
