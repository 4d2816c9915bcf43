"""Tell the holder of a copy that it is called back, on the ways it came, and hear when it is confirmed."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings

from allhands.access import domain, models
from allhands.access.actions import recalling
from allhands.access.contracts import LeaseState
from allhands.agencies import api as agencies
from allhands.agencies.contracts import RouteKind
from allhands.channels import api as channels
from allhands.channels.contracts import Channel, DeliveryState, Outgoing
from allhands.kernel.actors import SYSTEM
from allhands.kernel.ids import AgencyId, EpisodeId
from allhands.platform.audit import api as audit

PREFIX = "recall-"
SUBJECT = "Please delete a copy we sent / Borre una copia que enviamos"
BODY = """\
We take back the packet {number}. It is closed here from now on: please delete every copy you made of it, on paper too.
Then open this message in your Allhands inbox and choose "Confirm receipt". That tells us that no copy is left.
We ask again each day until somebody confirms.

Retiramos el paquete {number}. Aquí ya está cerrado: borre todas las copias que haya hecho, también en papel.
Después abra este mensaje en su bandeja de Allhands y elija «Confirmar recepción». Así sabremos que no queda ninguna.
Preguntamos de nuevo cada día hasta que alguien confirme.

{link}
"""


def tell_recall(lease_id: str, now: datetime) -> None:
    """Queue the notice to the holder's inbox and mailbox; each round of asking is sent once."""
    with audit.audited(SYSTEM, now, audit.Event.RECALL_TOLD, subject_id=lease_id) as entry:
        row = models.Lease.objects.select_for_update().filter(pk=lease_id).first()
        if row is None or row.state != LeaseState.RECALLED.value or _is_fresh(row, now):
            return
        entry.episode_id = row.episode_id
        row.told, row.last_told_at = row.told + 1, now
        row.save(update_fields=["told", "last_told_at"])
        entry.details["round"] = row.told
        for outgoing in _ways(row):
            channels.queue(SYSTEM, outgoing, now)


def on_delivery_status(refers_to: str, state: DeliveryState, by: str, now: datetime) -> None:
    """A recall that somebody acknowledged in the inbox is confirmed: the copy is gone there."""
    if refers_to.startswith(PREFIX) and state is DeliveryState.ACKNOWLEDGED:
        recalling.confirm(refers_to.removeprefix(PREFIX), by, now)


def _is_fresh(row: models.Lease, now: datetime) -> bool:
    return row.last_told_at is not None and now < row.last_told_at + domain.RECALL_AGAIN_AFTER


def _ways(row: models.Lease) -> tuple[Outgoing, ...]:
    holder = AgencyId(row.to_agency_id)
    mails = [route.address for route in agencies.routes(holder, RouteKind.EMAIL)][:1]
    return (_outgoing(row, Channel.INBOX, ""), *(_outgoing(row, Channel.EMAIL, mail) for mail in mails))


def _outgoing(row: models.Lease, channel: Channel, address: str) -> Outgoing:
    sender = agencies.get_agency(AgencyId(row.from_agency_id))
    refers_to = f"{PREFIX}{row.refers_to}"
    return Outgoing(
        channel=channel,
        sender_agency=sender.id,
        sender_label=sender.name,
        recipient_agency=AgencyId(row.to_agency_id),
        recipient_label=agencies.get_agency(AgencyId(row.to_agency_id)).name,
        address=address,
        subject=SUBJECT,
        body=BODY.format(number=row.refers_to, link=f"{settings.ALLHANDS_ORIGIN.rstrip('/')}/inbox/about/{refers_to}"),
        sensitivity="P0",
        refers_to=refers_to,
        idempotency_key=f"{refers_to}-{row.told}-{channel.value.lower()}",
        episode_id=EpisodeId(row.episode_id),
    )
