"""A consent that is taken back while an alert is out: its sender is told at once, and once, and owes an act."""

from __future__ import annotations

from datetime import datetime

from allhands.alerts import consents, losing, queries, telling
from allhands.alerts.actions import noting
from allhands.alerts.contracts import AlertState, AlertView
from allhands.alerts.owing import owing_agency
from allhands.kernel.actors import SYSTEM
from allhands.platform.database.acting import acting_as

_HELD_AGAIN = "A consent on record covers it again / Un permiso registrado lo cubre otra vez"
_FIELDS = {
    "name": ("the first name", "el nombre"),
    "photo": ("the picture", "la foto"),
    "tribe": ("the child's nation", "la nación"),
}


def watch_all(now: datetime) -> int:
    """How many alerts that are out show something nobody agrees to any more. Each is told of once a field."""
    with acting_as(SYSTEM):
        out = {view.alert_id: view for view in queries.list_alerts([AlertState.LIVE])}
        found = consents.lost_of(out.values(), now)
        for alert_id, fields in found.items():
            _open(out[alert_id], now)
            for name in fields:
                _tell(out[alert_id], name, now)
        for alert_id in losing.counted() - found.keys():
            if alert_id in out:
                losing.close_duties(out[alert_id], _HELD_AGAIN, SYSTEM.label, now)
    return len(found)


def _open(view: AlertView, now: datetime) -> None:
    """The duty, owed by who sent it; by who asked where the sender takes no part in the child's response."""
    owing = owing_agency(view)
    if owing is not None and losing.open_duty(view, owing, now):
        noting.note(view.episode_id, "alert.consent-lost", SYSTEM, now, alert=view.alert_id)


def _tell(view: AlertView, name: str, now: datetime) -> None:
    english, spanish = _FIELDS[name]
    request = view.request
    asked, *_rest = (*request.authority_ids, request.asked_agency_id)
    word = telling.Word(
        sender=asked,
        sender_label=SYSTEM.label,
        refers_to=view.alert_id,
        episode_id=view.episode_id,
        key=f"{view.transmission_id}-agreed-{name}",
        path=f"/alerts/{view.alert_id}",
        subject=(
            "Act now: an alert shows something nobody agrees to any more.",
            "Actúe ya: una alerta muestra algo que ya nadie autoriza.",
        ),
        body=(
            (
                f"{request.title['en']} for {request.child}: the consent to {english} was taken back or ran out. "
                "Nothing more leaves with it. Send an update without it, or take the alert back."
            ),
            (
                f"{request.title['es']} por {request.child}: el permiso para {spanish} se retiró o venció. "
                "Ya no sale nada más con eso. Envíe una actualización sin eso o retire la alerta."
            ),
        ),
    )
    telling.tell(word, [*request.authority_ids, request.asked_agency_id], now)
