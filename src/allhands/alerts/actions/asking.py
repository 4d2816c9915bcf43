"""Ask for an alert, end the ladder without one, appeal against a no, and turn to the backup when nobody answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from allhands.access import api as access
from allhands.access.contracts import AlertAccess
from allhands.alerts import criteria, domain, ladder, models, queries, telling
from allhands.alerts.actions import noting
from allhands.alerts.contracts import AuthorityView, RequestState
from allhands.episodes import api as episodes
from allhands.episodes.contracts import EpisodeState, EpisodeView
from allhands.kernel.actors import SYSTEM, Actor
from allhands.kernel.errors import Denied, Refused
from allhands.kernel.ids import AgencyId, EpisodeId
from allhands.platform.audit import api as audit
from allhands.platform.database.acting import acting_as

NONE = "none"
_NONE_TITLE = {"en": "No alert", "es": "Sin alerta"}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """Everything about the child that a request freezes."""

    episode: EpisodeView
    scene: criteria.Scene
    authorities: tuple[AuthorityView, ...]


def ask(actor: Actor, episode_id: EpisodeId, way: str, words: str, now: datetime) -> str:
    """The id of the request. Whoever may issue for this land is told; who is first in line answers by a clock.

    Raises:
        Denied: the actor does not work on this response.
        Refused: `way-unknown`, `request-open`, `child-is-back`, `reason-blames`.
    """
    with audit.audited(actor, now, audit.Event.ALERT_ASKED, episode_id=episode_id) as entry:
        asked = _gather(actor, episode_id)
        rung = next((one for one in asked.scene.rungs if one.way == way), None)
        if rung is None:
            raise Refused("way-unknown", "Choose one of the ways on this page.", field="way")
        if models.AlertRequest.objects.filter(
            episode_id=episode_id, way=way, state=RequestState.ASKED.value, appeals__isnull=True
        ).exists():
            raise Refused("request-open", "Somebody has asked for this already. The answer is awaited.", field="way")
        said = words.strip() and domain.check_words("request-words", words)
        made = _row(actor, asked, rung, now, words=said)
        made.save(force_insert=True)
        entry.subject_id = made.id
        entry.details.update({"way": way, "authority": made.primary_id or "nobody"})
        noting.note(episode_id, "alert.asked", actor, now, request=made.id)
        _tell(actor, made, now)
    return made.id


def end_without(actor: Actor, episode_id: EpisodeId, reason: str, now: datetime) -> str:
    """The ladder ends without an alert, with the reason on the ledger.

    Raises:
        Denied: the actor does not work on this response.
        Refused: `none-reason`, `reason-blames`.
    """
    with audit.audited(actor, now, audit.Event.ALERT_ASKED, episode_id=episode_id) as entry:
        asked = _gather(actor, episode_id)
        words = domain.check_words("none-reason", reason)
        made = models.AlertRequest(
            episode_id=episode_id,
            way=NONE,
            title=_NONE_TITLE,
            child=asked.scene.child,
            needs=[],
            sources=[],
            land=dict(asked.scene.land),
            asked_by=actor.label,
            asked_member=actor.member_id,
            asked_agency_id=actor.agency_id,
            asked_at=now,
            state=RequestState.NONE.value,
            decided_by=actor.label,
            decided_member=actor.member_id,
            decided_agency_id=actor.agency_id,
            decided_at=now,
            reason=words,
        )
        made.save(force_insert=True)
        entry.subject_id = made.id
        entry.details["way"] = NONE
        noting.note(episode_id, "alert.none", actor, now, request=made.id)
    return made.id


def appeal(actor: Actor, request_id: str, words: str, now: datetime) -> str:
    """The id of the appeal: the same question, put to somebody else than who said no, with its own clock.

    Raises:
        Denied: the actor does not work on this response.
        Refused: `appeal-state` when it was not refused, or appealed already; `appeal-words`, `reason-blames`.
    """
    with audit.audited(actor, now, audit.Event.ALERT_APPEALED, subject_id=request_id) as entry:
        refused = models.AlertRequest.objects.select_for_update().filter(pk=request_id).first()
        if refused is None:
            raise Denied("alert-request")
        asked = _gather(actor, EpisodeId(refused.episode_id))
        entry.episode_id = refused.episode_id
        if refused.state != RequestState.REFUSED.value:
            raise Refused("appeal-state", "Only a no can be appealed.")
        if models.AlertRequest.objects.filter(appeals=refused).exists():
            raise Refused("appeal-state", "This no was appealed already. See the ledger.")
        said = domain.check_words("appeal-words", words)
        rung = next((one for one in asked.scene.rungs if one.way == refused.way), None)
        if rung is None:
            raise Refused("way-unknown", "The law here no longer knows this alert. Ask for another way.")
        others = tuple(one for one in asked.authorities if one.agency_id != refused.decided_agency_id)
        heard = _Asked(episode=asked.episode, scene=asked.scene, authorities=others or asked.authorities)
        made = _row(actor, heard, rung, now, words=said)
        made.appeals = refused
        made.save(force_insert=True)
        entry.details["appeal"] = made.id
        noting.note(EpisodeId(refused.episode_id), "alert.appealed", actor, now, request=made.id)
        _tell(actor, made, now)
    return made.id


def escalate_all(now: datetime) -> int:
    """Tell the backup and the neighbor of every request whose time for an answer is over; once each."""
    with acting_as(SYSTEM):
        waiting = models.AlertRequest.objects.filter(state=RequestState.ASKED.value, escalated_at__isnull=True)
        late = list(waiting.filter(answer_due_at__lt=now).values_list("id", flat=True))
    return sum(_escalate(request_id, now) for request_id in late)


def _escalate(request_id: str, now: datetime) -> bool:
    with audit.audited(SYSTEM, now, audit.Event.ALERT_ESCALATED, subject_id=request_id) as entry:
        row = models.AlertRequest.objects.select_for_update(skip_locked=True).filter(pk=request_id).first()
        if row is None or row.escalated_at is not None or row.state != RequestState.ASKED.value:
            return False
        entry.episode_id = row.episode_id
        row.escalated_at = now
        row.save(update_fields=["escalated_at"])
        word = telling.Word(
            sender=AgencyId(row.asked_agency_id),
            sender_label=row.asked_by,
            refers_to=row.id,
            episode_id=EpisodeId(row.episode_id),
            key=f"{row.id}-escalated",
            path=f"/alerts/requests/{row.id}",
            subject=(
                "A request for an alert had no answer in time. You are the backup.",
                "Un pedido de alerta no tuvo respuesta a tiempo. Ustedes son el respaldo.",
            ),
            body=(
                f"{row.title['en']} for {row.child}: nobody answered in time. Please answer now.",
                f"{row.title['es']} por {row.child}: nadie respondió a tiempo. Por favor responda ahora.",
            ),
        )
        telling.tell(word, (AgencyId(one) for one in row.others), now)
        noting.note(EpisodeId(row.episode_id), "alert.escalated", SYSTEM, now, request=row.id)
    return True


def _gather(actor: Actor, episode_id: EpisodeId) -> _Asked:
    """The child, the ways and the authorities; through the door."""
    episode = episodes.get_episode(actor, episode_id)
    scene = criteria.scene_of(actor, episode)
    found = queries.authorities_for(
        state=scene.place.get("state", ""),
        county_fips=scene.place.get("county_fips", ""),
        nation=scene.place.get("nation", ""),
    )
    door = AlertAccess(episode=episodes.access_of(episode), authority_ids=frozenset(one.agency_id for one in found))
    access.check_ask_alert(actor, door)
    if episode.state is not EpisodeState.OPEN:
        raise Refused("child-is-back", "The child is back. There is nothing left to alert for.")
    return _Asked(episode=episode, scene=scene, authorities=found)


def _row(actor: Actor, asked: _Asked, rung: ladder.Rung, now: datetime, *, words: str) -> models.AlertRequest:
    first = asked.authorities[0] if asked.authorities else None
    return models.AlertRequest(
        episode_id=asked.episode.episode_id,
        way=rung.way,
        title=dict(rung.title),
        child=asked.scene.child,
        needs=[{"id": one.id, "title": dict(one.title), "verdict": one.verdict} for one in rung.needs],
        sources=[dict(one) for one in rung.sources],
        land=dict(asked.scene.land),
        asked_by=actor.label,
        asked_member=actor.member_id,
        asked_agency_id=actor.agency_id,
        asked_at=now,
        words=words,
        primary_id=first.agency_id if first else None,
        others=[one.agency_id for one in asked.authorities[1:]],
        answer_due_at=now + timedelta(minutes=first.answer_minutes) if first else None,
    )


def _tell(actor: Actor, row: models.AlertRequest, now: datetime) -> None:
    """The first in line is asked; backup and neighbor are told, so that they are ready."""
    if row.primary_id is None:
        return
    what_en = "An appeal" if row.appeals_id else "A request"
    what_es = "Una apelación" if row.appeals_id else "Un pedido"
    for recipients, en, es in (
        ([row.primary_id], "waits for your answer", "espera su respuesta"),
        (row.others, "was sent to the authority before you. Be ready", "se envió a la autoridad anterior. Esté listo"),
    ):
        word = telling.Word(
            sender=AgencyId(actor.agency_id),
            sender_label=actor.label,
            refers_to=row.id,
            episode_id=EpisodeId(row.episode_id),
            key=f"{row.id}-asked",
            path=f"/alerts/requests/{row.id}",
            subject=(f"{what_en} for an alert {en}.", f"{what_es} de alerta {es}."),
            body=(f"{row.title['en']} for {row.child}: {en}.", f"{row.title['es']} por {row.child}: {es}."),
        )
        telling.tell(word, (AgencyId(one) for one in recipients), now)
