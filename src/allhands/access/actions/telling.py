"""What the door tells people: a copy is called back, an emergency, somebody asks. No name leaves with it."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings

from allhands.access import domain, models
from allhands.access.actions import recalling
from allhands.access.contracts import LeaseState, ObjectionState
from allhands.agencies import api as agencies
from allhands.agencies.contracts import RouteKind
from allhands.channels import api as channels
from allhands.channels.contracts import Channel, DeliveryState, Outgoing
from allhands.episodes import api as episodes
from allhands.kernel.actors import SYSTEM
from allhands.kernel.ids import AgencyId, EpisodeId
from allhands.platform.audit import api as audit
from allhands.platform.database.acting import acting_as

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
        if row.told == domain.RECALL_UP_AFTER_ROUNDS:
            sender = AgencyId(row.from_agency_id)
            path = f"/e/{row.episode_id}/ledger"
            _tell("unreturned", row.id, sender, sender, path, EpisodeId(row.episode_id), now)


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
        episode_id=None,  # it names no child, and must reach the holder of a copy also after the record is sealed
    )


_NEWS = {
    "glass": (
        "Somebody asks to open a record in an emergency / Piden abrir un expediente en una emergencia",
        (
            "An emergency opening was asked for in a response that your agency owns. Look, agree or review here:\n"
            "Se pidió una apertura de emergencia en una respuesta a cargo de su institución. Mire o acepte aquí:\n"
        ),
    ),
    "ask": (
        "Somebody asks you for a field / Le piden un dato",
        (
            "Another agency asks for something that yours stated. You decide. Answer here:\n"
            "Otra institución pide algo que declaró la suya. Usted decide. Responda aquí:\n"
        ),
    ),
    "objection": (
        "Somebody named in a record asks for a correction / Una persona nombrada pide una corrección",
        "Two of you decide within 24 hours. Read it here:\nDeciden dos de ustedes, en 24 horas. Léalo aquí:\n",
    ),
    "objection-soon": (
        "A wish to correct is due soon / Una petición de corrección vence pronto",
        (
            "It was received nearly a day ago, and two of you have not decided. Read it here:\n"
            "Llegó hace casi un día y aún no han decidido dos de ustedes. Léala aquí:\n"
        ),
    ),
    "objection-late": (
        "A wish to correct is overdue / Una petición de corrección está vencida",
        (
            "The 24 hours are over, and two of you have not decided. Decide it now:\n"
            "Pasaron las 24 horas y aún no han decidido dos de ustedes. Decidan ahora:\n"
        ),
    ),
    "unreturned": (
        "Nobody confirms that a copy is gone / Nadie confirma que se borró una copia",
        (
            "We asked on several days to delete a copy that was called back. Nobody confirmed it. Call them. "
            "Who holds it stands here:\n"
            "Pedimos varios días que borren una copia retirada. Nadie lo confirmó. Llame. Aquí se ve quién la tiene:\n"
        ),
    ),
}


def tell_glass(glass_id: str, now: datetime) -> None:
    """Tell the owner of the response, whose record it is, that glass is being broken."""
    with acting_as(SYSTEM):
        row = models.Glass.objects.filter(pk=glass_id).first()
        one = episodes.find_episode(row.episode_id) if row else None
        if row is None or one is None:
            return
        path = f"/e/{row.episode_id}/glass"
        _tell("glass", row.id, AgencyId(row.agency_id), one.owner_agency_id, path, one.episode_id, now)


def tell_ask(ask_id: str, now: datetime) -> None:
    """Tell the holder of a field that somebody asks for it."""
    with acting_as(SYSTEM):
        row = models.Ask.objects.filter(pk=ask_id).first()
        if row is None:
            return
        path = f"/e/{row.episode_id}/ledger"
        sender, holder = AgencyId(row.from_agency_id), AgencyId(row.holder_id)
        _tell("ask", row.id, sender, holder, path, EpisodeId(row.episode_id), now)


def tell_objection(objection_id: str, now: datetime) -> None:
    """Find the record the wish is about, and tell the agency that the person chose that it waits, with its clock."""
    with acting_as(SYSTEM):
        row = models.Objection.objects.filter(pk=objection_id).first()
        if row is not None:
            chosen = AgencyId(row.agency_id)
            if row.episode_id is None:
                row.episode_id = _record_of(row.name, chosen)
                row.save(update_fields=["episode"])
            _tell("objection", row.id, chosen, chosen, f"/corrections/{row.id}", None, now)


def remind_of_objections(now: datetime) -> int:
    """Ask again for wishes whose day is nearly over, and once more when it is; each word is said once. How many."""
    with acting_as(SYSTEM):
        waiting = models.Objection.objects.exclude(
            state__in=[ObjectionState.GRANTED.value, ObjectionState.REFUSED.value]
        ).filter(due_at__lte=now + domain.OBJECTION_REMINDER)
        said = 0
        for row in waiting:
            what = "objection-late" if row.due_at <= now else "objection-soon"
            if not channels.deliveries_for(f"{what}-{row.id}"):
                chosen = AgencyId(row.agency_id)
                _tell(what, row.id, chosen, chosen, f"/corrections/{row.id}", None, now)
                said += 1
    return said


def _record_of(name: str, agency_id: AgencyId) -> EpisodeId | None:
    """The one episode of that name which the chosen agency takes part in; None when it is not surely one."""
    found = [one for one in episodes.search(name, limit=5) if agency_id in one.party_agency_ids]
    return found[0].episode_id if len(found) == 1 else None


def _tell(
    what: str, about: str, sender: AgencyId, to: AgencyId, path: str, episode_id: EpisodeId | None, now: datetime
) -> None:
    """One inbox item without a name, once."""
    subject, body = _NEWS[what]
    names = {one.id: one.name for one in agencies.list_agencies({sender, to})}
    outgoing = Outgoing(
        channel=Channel.INBOX,
        sender_agency=sender,
        sender_label=names[sender],
        recipient_agency=to,
        recipient_label=names[to],
        address="",
        subject=subject,
        body=f"{body}\n{settings.ALLHANDS_ORIGIN.rstrip('/')}{path}\n",
        sensitivity="P0",
        refers_to=f"{what}-{about}",
        idempotency_key=f"{what}-{about}",
        episode_id=episode_id,
    )
    channels.queue(SYSTEM, outgoing, now)
