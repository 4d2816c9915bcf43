"""What the agencies of an alert are told at each turn: out, changed, given back, soon over, over, waiting for somebody.

Whoever asked reads it in the inbox, and as an e-mail without a name; the page behind the link says the rest.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from allhands.alerts import models, telling
from allhands.alerts.contracts import AlertState, Ending, MessageKind
from allhands.episodes import api as episodes
from allhands.episodes.contracts import EpisodeState
from allhands.kernel.actors import SYSTEM, Actor
from allhands.kernel.ids import AgencyId, EpisodeId
from allhands.platform.database.acting import acting_as

# An update needs a writer and a second person: an hour is enough at night, and no more than half of a short life.
SOON: Final = timedelta(hours=1)
# How long after its moment a word may still be queued; then the minute's job was down, and the page says it.
_STILL: Final = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class _Say:
    subject: tuple[str, str]
    body: tuple[str, str]


_SAY: Final[Mapping[str, _Say]] = {
    "alert": _Say(("An alert is out.", "Una alerta ya salió."), ("is out", "ya salió")),
    "update": _Say(("An alert was updated.", "Una alerta se actualizó."), ("was updated", "se actualizó")),
    "found": _Say(
        ("An alert was taken back.", "Una alerta fue retirada."),
        ("was taken back everywhere: the child is back", "fue retirada en todas partes: la persona menor volvió"),
    ),
    "wrong": _Say(
        ("An alert was taken back.", "Una alerta fue retirada."),
        (
            "was taken back everywhere: something in it was wrong. The search goes on",
            "fue retirada en todas partes: algo en ella era incorrecto. La búsqueda sigue",
        ),
    ),
    "unsafe": _Say(
        ("An alert was taken back.", "Una alerta fue retirada."),
        (
            "was taken back everywhere: it put the child in danger. The search goes on",
            "fue retirada en todas partes: ponía en peligro a la persona menor. La búsqueda sigue",
        ),
    ),
    "returned": _Say(
        ("An alert was given back to be changed.", "Una alerta se devolvió para cambiarla."),
        ("was given back to be changed", "se devolvió para cambiarla"),
    ),
    "soon": _Say(
        ("An alert ends within the hour.", "Una alerta termina en menos de una hora."),
        (
            "ends within the hour. If the child is still missing, send an update to go on",
            "termina en menos de una hora. Si todavía falta, envíe una actualización para seguir",
        ),
    ),
    "ended": _Say(
        ("An alert ended by itself.", "Una alerta terminó sola."),
        (
            "ended by itself. The child is still missing here: ask again if it shall go on",
            "terminó sola. Aquí la persona menor todavía falta: vuelva a pedirla si debe seguir",
        ),
    ),
    "ended-home": _Say(
        ("An alert ended by itself.", "Una alerta terminó sola."),
        ("ended by itself. See that its copies come down", "terminó sola. Vea que se quiten las copias"),
    ),
    "unapproved": _Say(
        ("An alert waits for approval. You are the backup.", "Una alerta espera aprobación. Ustedes son el respaldo."),
        (
            "is written, and nobody approved it in time. Look at it now",
            "está escrita y nadie la aprobó a tiempo. Revísela",
        ),
    ),
    "unapproved-update": _Say(
        (
            "An update of an alert waits for approval. You are the backup.",
            "Una actualización de una alerta espera aprobación. Ustedes son el respaldo.",
        ),
        (
            "is out, and nobody approved its update in time. Look at it now",
            "ya salió y nadie aprobó a tiempo su actualización. Revísela",
        ),
    ),
    "alone": _Say(
        (
            "An alert was sent by one person. Review it within the hour.",
            "Una persona sola envió una alerta. Revísela en menos de una hora.",
        ),
        (
            "was sent by one person alone. Somebody else looks at it within the hour",
            "la envió una persona sola. Otra persona la revisa en menos de una hora",
        ),
    ),
    "unreviewed": _Say(
        (
            "An alert sent by one person was not reviewed in time.",
            "Nadie revisó a tiempo una alerta enviada por una persona sola.",
        ),
        (
            "was sent by one person alone, and nobody reviewed it in time. Look at it now",
            "la envió una persona sola y nadie la revisó a tiempo. Véala ya",
        ),
    ),
}
_ENDINGS: Final = {Ending.FOUND.value: "found", Ending.WRONG.value: "wrong", Ending.UNSAFE.value: "unsafe"}


def sent(row: models.Alert, made: models.Transmission, actor: Actor, now: datetime) -> None:
    """Whoever asked hears that it is out, changed or taken back, and why; colleagues, that one person sent it alone."""
    kinds = {MessageKind.ALERT.value: "alert", MessageKind.UPDATE.value: "update"}
    _tell(row, kinds.get(made.kind) or _ENDINGS[row.ending], f"{made.id}-told", actor, _asker(row, actor), now)
    if made.single_person:
        _tell(row, "alone", f"{made.id}-alone", actor, _authorities(row), now)


def returned(row: models.Alert, actor: Actor, now: datetime) -> None:
    """Whoever asked hears that somebody must write on."""
    key = f"{row.id}-{row.version}-{telling.stamp(now)}-returned"
    _tell(row, "returned", key, actor, _asker(row, actor), now)


def ended(row: models.Alert, now: datetime) -> None:
    """Whoever asked and whoever sent it hear that its time is over: silence would pass for a child who is found."""
    name = "ended" if _is_missing(row) else "ended-home"
    _tell(row, name, f"{row.transmission}-ended", SYSTEM, _asker_and_sender(row), now)


def watch_all(now: datetime) -> int:
    """How many words were due: it ends soon, nobody approved it in time, nobody reviewed it in time. Each once."""
    with acting_as(SYSTEM):
        rows = models.Alert.objects.select_related("request")
        live = rows.filter(state=AlertState.LIVE.value)
        soon = [one for one in live.filter(expires_at__gt=now, expires_at__lte=now + SOON) if _ends_soon(one, now)]
        late = live.filter(reviewed_at=None, review_due_at__lte=now, review_due_at__gt=now - _STILL)
        # Written for the first time, or an update of what is out.
        waiting = rows.filter(state__in=[AlertState.OFFERED.value, AlertState.LIVE.value], offered_at__isnull=False)
        unapproved = [one for one in waiting if _is_unapproved(one, now)]
        for row in soon:
            _tell(row, "soon", f"{row.transmission}-soon", SYSTEM, _asker_and_sender(row), now)
        for row in late:
            _tell(row, "unreviewed", f"{row.transmission}-unreviewed", SYSTEM, _authorities(row), now)
        for row in unapproved:
            _tell_backup(row, now)
        return len(soon) + len(late) + len(unapproved)


def _tell_backup(row: models.Alert, now: datetime) -> None:
    """What was offered and not approved: an alert, or an update of one that is out."""
    name = "unapproved-update" if row.state == AlertState.LIVE.value else "unapproved"
    offered = telling.stamp(row.offered_at or now)
    others = [AgencyId(one) for one in row.request.others]
    _tell(row, name, f"{row.id}-{row.version}-{offered}-unapproved", SYSTEM, others, now)


def _ends_soon(row: models.Alert, now: datetime) -> bool:
    """In the last hour, and in the second half of its life, of a child who is missing."""
    newest = models.Transmission.objects.only("sent_at", "expires_at").get(pk=row.transmission)
    half = newest.sent_at + (newest.expires_at - newest.sent_at) / 2
    return now >= half and _is_missing(row)


def _is_unapproved(row: models.Alert, now: datetime) -> bool:
    """Whether the time the first authority has for an answer has gone by since it was offered, of a child who is
    missing still.
    """
    request = row.request
    if row.offered_at is None or request.answer_due_at is None:
        return False
    due = row.offered_at + (request.answer_due_at - request.asked_at)
    return due <= now < due + _STILL and _is_missing(row)


def _is_missing(row: models.Alert) -> bool:
    with acting_as(SYSTEM):
        episode = episodes.find_episode(EpisodeId(row.episode_id))
    return episode is not None and episode.state is EpisodeState.OPEN


def _asker(row: models.Alert, actor: Actor) -> list[AgencyId]:
    """Who asked, unless it did this itself."""
    asked = row.request.asked_agency_id
    return [AgencyId(asked)] if asked != actor.agency_id else []


def _asker_and_sender(row: models.Alert) -> list[AgencyId]:
    sender = models.Transmission.objects.values_list("approved_agency", flat=True).get(pk=row.transmission)
    return [AgencyId(one) for one in (row.request.asked_agency_id, sender) if one]


def _authorities(row: models.Alert) -> list[AgencyId]:
    return [AgencyId(one) for one in (row.request.primary_id, *row.request.others) if one]


def _tell(row: models.Alert, name: str, key: str, actor: Actor, recipients: Iterable[AgencyId], now: datetime) -> None:
    request, say = row.request, _SAY[name]
    word = telling.Word(
        sender=AgencyId(actor.agency_id or request.primary_id or request.asked_agency_id),
        sender_label=actor.label,
        refers_to=row.id,
        episode_id=EpisodeId(row.episode_id),
        key=key,
        path=f"/alerts/{row.id}",
        subject=say.subject,
        body=(
            f"{request.title['en']} for {request.child} {say.body[0]}.",
            f"{request.title['es']} por {request.child} {say.body[1]}.",
        ),
    )
    telling.tell(word, recipients, now)
