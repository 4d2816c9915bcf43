"""Answer a request for an alert: yes, no with a reason that is about the criteria, or withdrawn by who asked."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from allhands.access import api as access
from allhands.agencies import api as agencies
from allhands.alerts import domain, models, queries, telling
from allhands.alerts.actions import noting
from allhands.alerts.contracts import AlertState, RequestState
from allhands.kernel.actors import Actor
from allhands.kernel.errors import Denied, Refused
from allhands.kernel.ids import AgencyId, EpisodeId
from allhands.platform.audit import api as audit


def grant(actor: Actor, request_id: str, now: datetime) -> None:
    """Yes: the alert may be written and offered for approval.

    Raises:
        Denied: the actor's agency has no authority for this land.
        Refused: `request-answered`.
    """
    with audit.audited(actor, now, audit.Event.ALERT_GRANTED, subject_id=request_id) as entry:
        row = lock(request_id)
        entry.episode_id = row.episode_id
        access.check_decide_alert(actor, queries.access_of(queries.request_view(row)))
        answer(row, actor, "grant", now)
        noting.note(EpisodeId(row.episode_id), "alert.granted", actor, now, request=row.id)
        _tell_asker(row, actor, now)


def refuse(actor: Actor, request_id: str, codes: Collection[str], words: str, now: datetime) -> None:
    """No, for reasons from the list and in words; both stay on the ledger and can be appealed.

    Raises:
        Denied: the actor's agency has no authority for this land.
        Refused: `request-answered`, `reason-code`, `reason-words`, `reason-blames`, `appeal-same-person`.
    """
    with audit.audited(actor, now, audit.Event.ALERT_REFUSED, subject_id=request_id) as entry:
        held = hold_alert(request_id)
        row = lock(request_id)
        view = queries.request_view(row)
        entry.episode_id = row.episode_id
        access.check_decide_alert(actor, queries.access_of(view))
        _check_other_person(row, actor)
        row.reason_codes = list(domain.check_reason_codes(codes, view.needs))
        row.reason = domain.check_words("reason-words", words)
        answer(row, actor, "refuse", now)
        _shut(held or hold_alert(request_id))
        entry.details["codes"] = ".".join(row.reason_codes)[:128]
        noting.note(EpisodeId(row.episode_id), "alert.refused", actor, now, request=row.id)
        _tell_asker(row, actor, now)


def withdraw(actor: Actor, request_id: str, now: datetime) -> None:
    """Who asked no longer asks.

    Raises:
        Denied: another agency asked.
        Refused: `request-answered`.
    """
    with audit.audited(
        actor, now, audit.Event.ALERT_ASKED, subject_id=request_id, details={"withdrawn": True}
    ) as entry:
        held = hold_alert(request_id)
        row = lock(request_id)
        entry.episode_id = row.episode_id
        access.check_ask_alert(actor, queries.access_of(queries.request_view(row)))
        if row.asked_agency_id != actor.agency_id:
            raise Denied("alert-request")
        answer(row, actor, "withdraw", now)
        _shut(held or hold_alert(request_id))
        noting.note(EpisodeId(row.episode_id), "alert.withdrawn", actor, now, request=row.id)


def lock(request_id: str) -> models.AlertRequest:
    """The row, held until the transaction ends.

    Raises:
        Denied: it does not exist, or not for this actor.
    """
    row = models.AlertRequest.objects.select_for_update().filter(pk=request_id).first()
    if row is None:
        raise Denied("alert-request")
    return row


def hold_alert(request_id: str) -> models.Alert | None:
    """What is written for a request, held until the transaction ends. Sending holds it first as well."""
    return models.Alert.objects.select_for_update(of=("self",)).filter(request_id=request_id).first()


def _shut(written: models.Alert | None) -> None:
    """What was written for a request that is over is neither offered nor sent; what is out stays out."""
    if written is None or (AlertState(written.state), "refuse") not in domain.ALERT_TRANSITIONS:
        return
    written.state = domain.decide_alert(AlertState(written.state), "refuse").value
    written.offered_at = None
    written.save(update_fields=["state", "offered_at"])


def answer(row: models.AlertRequest, actor: Actor, event: str, now: datetime) -> None:
    """Store the answer under the actor's name.

    Raises:
        Refused: `request-answered`.
    """
    row.state = domain.decide_request(RequestState(row.state), event).value
    row.decided_by = actor.label
    row.decided_member = actor.member_id
    row.decided_agency_id = actor.agency_id
    row.decided_at = now
    row.save(
        update_fields=[
            "state", "decided_by", "decided_member", "decided_agency_id", "decided_at", "reason_codes", "reason",
        ]
    )  # fmt: skip


def _check_other_person(row: models.AlertRequest, actor: Actor) -> None:
    if row.appeals is not None and agencies.is_same_person(row.appeals.decided_member, actor.member_id):
        raise Refused("appeal-same-person", "You said no the first time. Another person answers the appeal.")


def _tell_asker(row: models.AlertRequest, actor: Actor, now: datetime) -> None:
    said = row.state == RequestState.GRANTED.value
    en = "The answer is yes" if said else "The answer is no. You can appeal, or send a local notice now"
    es = "La respuesta es sí" if said else "La respuesta es no. Puede apelar o enviar un aviso local ahora"
    why_en, why_es = (f" Reason given: {row.reason}", f" Motivo dado: {row.reason}") if row.reason else ("", "")
    word = telling.Word(
        sender=AgencyId(actor.agency_id),
        sender_label=actor.label,
        refers_to=row.id,
        episode_id=EpisodeId(row.episode_id),
        key=f"{row.id}-answered",
        path=f"/alerts/requests/{row.id}",
        subject=("A request for an alert was answered.", "Se respondió un pedido de alerta."),
        body=(f"{row.title['en']} for {row.child}: {en}.{why_en}", f"{row.title['es']} por {row.child}: {es}.{why_es}"),
    )
    if row.asked_agency_id != actor.agency_id:
        telling.tell(word, [AgencyId(row.asked_agency_id)], now)
