"""Send an alert, send its update, give it back, take it back everywhere, and let it end by itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings

from allhands.access import api as access
from allhands.agencies import api as agencies
from allhands.alerts import (
    areas,
    assembling,
    coming_down,
    consents,
    disclosing,
    domain,
    drafting,
    freezing,
    losing,
    models,
    own_work,
    queries,
    subscribers,
    turns,
    ways,
)
from allhands.alerts.actions import deciding, noting, writing
from allhands.alerts.contracts import (
    AlertMessage,
    AlertState,
    AlertView,
    AuthorityView,
    Ending,
    MessageKind,
    RequestState,
    TransmissionId,
)
from allhands.episodes import api as episodes
from allhands.episodes.contracts import EpisodeState
from allhands.kernel.actors import SYSTEM, Actor
from allhands.kernel.errors import Refused
from allhands.kernel.ids import EpisodeId, new_id
from allhands.platform.audit import api as audit
from allhands.platform.database.acting import acting_as

# How the act stands as proof beside the duty that a lost consent opened.
_UPDATED = "Update sent without it / Actualización enviada sin eso"
_TAKEN_BACK = "Alert taken back everywhere / Alerta retirada en todas partes"
_ENDED = "The alert ended by itself / La alerta terminó sola"


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """What the person who sends has looked at and says.

    Args:
        version: of the draft that was on the page.
        looked: "I have looked at all previews", ticked.
        second_looks: the reasons for a second look that were read, such as `night`.
        demanded: the codes of harmful fields a law demands, each ticked by this person.
        alone: nobody else can be reached; reviewed within the hour.
        reason: why alone.
    """

    version: int
    looked: bool
    second_looks: tuple[str, ...] = ()
    demanded: tuple[str, ...] = ()
    alone: bool = False
    reason: str = ""


def send(actor: Actor, alert_id: str, approval: Approval, now: datetime) -> TransmissionId:
    """The id of the transmission: frozen, on its way on every way out, in one transaction.

    Raises:
        Denied: no authority for this land, or one's own words (`access.approve-alert`).
        AlertLacks: the draft is not complete.
        Refused: `alert-changed`, `not-looked`, `look-again`, `demanded`, `demanded-alone`, `alone-reason`,
            `alert-state` when it is over or nothing new was offered, and the codes of `domain.LEAVING_WORDS`.
    """
    with audit.audited(actor, now, audit.Event.ALERT_SENT, subject_id=alert_id) as entry:
        row = writing.lock(alert_id)
        view = queries.alert_view(row)
        entry.episode_id = row.episode_id
        access.check_approve_alert(actor, own_work.door_of(actor, view, alone=approval.alone))
        _check_unsent(view, approval)
        authority = _authority_of(actor, view)
        zone = ZoneInfo(agencies.get_agency(authority.agency_id).time_zone)
        draft = writing.check_complete(row, now, zone)
        if row.version != approval.version:
            raise Refused("alert-changed", "The words changed while you looked. Look at them again; nothing was sent.")
        own = areas.land_of(queries.authorities_of([actor.agency_id]))
        _check_looked(draft, approval, now, zone, own)
        kind = MessageKind.UPDATE if view.state is AlertState.LIVE else MessageKind.ALERT
        if kind is MessageKind.UPDATE and _last(row).world != settings.ALLHANDS_WORLD:
            raise Refused("another-world", domain.LEAVING_WORDS["another-world"])
        first = "send-alone" if approval.alone else "send"
        row.state = domain.decide_alert(view.state, "update" if kind is MessageKind.UPDATE else first).value
        message = _message(view, draft, authority, kind, now)
        _grant_if_asked(row.request, actor, now)
        made = _transmit(row, view, message, actor, approval, now)
        entry.details.update({"transmission": made.id, "digest": made.digest, "alone": approval.alone})
        noting.note(EpisodeId(row.episode_id), f"alert.{kind.name.lower()}", actor, now, alert=row.id)
        losing.close_duties(view, _UPDATED, actor.label, now)
    return TransmissionId(made.id)


def give_back(actor: Actor, alert_id: str, words: str, now: datetime) -> None:
    """Not like this: back to the writers, with what to change.

    Raises:
        Denied: no authority for this land.
        Refused: `alert-state`, `note-words`, `reason-blames`.
    """
    with audit.audited(actor, now, audit.Event.ALERT_RETURNED, subject_id=alert_id) as entry:
        row = writing.lock(alert_id)
        entry.episode_id = row.episode_id
        access.check_decide_alert(actor, queries.alert_access(queries.alert_view(row)))
        if row.offered_at is None:  # no update waits: it was given back, sent or written on meanwhile
            raise domain.moved_on()
        row.state = domain.decide_alert(AlertState(row.state), "return").value
        row.note, row.offered_at = domain.check_words("note-words", words), None
        row.save(update_fields=["state", "note", "offered_at"])
        noting.note(EpisodeId(row.episode_id), "alert.returned", actor, now, alert=row.id)
        turns.returned(row, actor, now)


def take_back(actor: Actor, alert_id: str, ending: Ending, now: datetime) -> TransmissionId:
    """One act: a cancel to every way that got any part of it, a take-down with its clock for each.

    Raises:
        Denied: no authority for this land.
        Refused: `alert-state`.
    """
    with audit.audited(actor, now, audit.Event.ALERT_TAKEN_BACK, subject_id=alert_id) as entry:
        row = writing.lock(alert_id)
        view = queries.alert_view(row)
        entry.episode_id = row.episode_id
        access.check_take_back_alert(actor, queries.alert_access(view))
        row.state = domain.decide_alert(AlertState(row.state), "take-back").value
        row.ending, row.ended_at, row.ended_by = ending.value, now, actor.label
        last = _last(row)
        envelope = assembling.Envelope(
            transmission_id=TransmissionId(new_id()),
            kind=MessageKind.CANCEL,
            authority=_authority_that_sent(view, last),
            sent_at=now,
            expires_at=max(last.expires_at, now + domain.SHORTEST_LIFE),
            references=queries.list_references(row.id),
        )
        message = assembling.over_message(view, last, envelope)
        made = _transmit(row, view, message, actor, Approval(version=row.version, looked=True), now)
        entry.details.update({"transmission": made.id, "ending": ending.value})
        _open_take_downs(row, now)
        coming_down.open_duty(queries.alert_view(row), now)
        losing.close_duties(view, _TAKEN_BACK, actor.label, now)
        noting.note(EpisodeId(row.episode_id), "alert.taken-back", actor, now, alert=row.id)
    return TransmissionId(made.id)


def expire_all(now: datetime) -> int:
    """End every alert whose time is over. Nothing is sent: each way was told the end with the alert."""
    with acting_as(SYSTEM):
        live = models.Alert.objects.filter(state=AlertState.LIVE.value, expires_at__lte=now)
        over = list(live.values_list("id", flat=True))
    return sum(_expire(alert_id, now) for alert_id in over)


def _expire(alert_id: str, now: datetime) -> bool:
    with audit.audited(SYSTEM, now, audit.Event.ALERT_EXPIRED, subject_id=alert_id) as entry:
        row = models.Alert.objects.select_for_update(of=("self",)).select_related("request").get(pk=alert_id)
        entry.episode_id = row.episode_id
        if row.state != AlertState.LIVE.value or row.expires_at is None or row.expires_at > now:
            return False
        row.state = domain.decide_alert(AlertState.LIVE, "expire").value
        row.ended_at = now
        row.save(update_fields=["state", "ended_at"])
        _open_take_downs(row, now)
        coming_down.open_duty(queries.alert_view(row), now)
        turns.ended(row, now)
        losing.close_duties(queries.alert_view(row), _ENDED, SYSTEM.label, now)
        noting.note(EpisodeId(row.episode_id), "alert.ended", SYSTEM, now, alert=row.id)
    return True


def preflight(transmission_id: str, now: datetime) -> str:
    """Why a copy of this transmission may not leave now; empty when it may. Asked right before each batch leaves."""
    with acting_as(SYSTEM):
        one = models.Transmission.objects.filter(pk=transmission_id).defer("content").first()
        if one is None:
            return "unknown-transmission"
        row = models.Alert.objects.select_related("request").get(pk=one.alert_id)
        newest = models.Transmission.objects.filter(alert_id=one.alert_id).count()
        leaving = domain.Leaving(
            kind=MessageKind(one.kind),
            number=one.number,
            newest=newest,
            expires_at=one.expires_at,
            is_authorised=_holds_authority(row, one.approved_agency),
            is_wanted=_is_wanted(row.episode_id),
            is_over=row.state != AlertState.LIVE.value,
            is_agreed=not consents.lost(queries.alert_view(row), now),
        )
    return domain.check_leaving(leaving, now)


def is_unsent(view: AlertView) -> bool:
    """Whether the draft holds something that has not left: never sent, or written on since the newest transmission."""
    sent = queries.list_transmissions(view.alert_id)
    return not sent or view.changed_at > max(one.sent_at for one in sent)


def _check_unsent(view: AlertView, approval: Approval) -> None:
    """What is out goes out again only as an update somebody offered, or wrote: a second press sends nothing twice."""
    if view.state is not AlertState.LIVE or view.offered_at is not None:
        return
    if not (approval.alone and is_unsent(view)):
        raise Refused("alert-state", "This alert is out already. Nothing was sent a second time.")


def _check_looked(
    draft: drafting.Draft, approval: Approval, now: datetime, zone: ZoneInfo, own: drafting.DraftArea
) -> None:
    if not approval.looked:
        raise Refused("not-looked", "Look at every preview first, then tick the box.", field="looked")
    reach = areas.reach_of(draft.area, local_hour=now.astimezone(zone).hour, own=own)
    unread = set(domain.second_looks(reach)) - set(approval.second_looks)
    if unread:
        raise Refused("look-again", "Look again at the area and the hour before it goes out.", field="second_looks")
    found = {finding.code for finding in drafting.look_through(draft, now=now, zone=zone)}
    if found and approval.alone:
        words = "Words that can harm the child need a second person. Say it without them now; an update can follow."
        raise Refused("demanded-alone", words)
    if found - set(approval.demanded):
        words = "A law is said to demand words that can harm the child. Say that you have read them, or give it back."
        raise Refused("demanded", words, field="demanded")
    if approval.alone:
        domain.check_words("alone-reason", approval.reason)


def _message(
    view: AlertView, draft: drafting.Draft, authority: AuthorityView, kind: MessageKind, now: datetime
) -> AlertMessage:
    expires_at = domain.check_life(draft.hours, now)
    number = models.Transmission.objects.filter(alert_id=view.alert_id).count() + 1
    leaving = domain.Leaving(
        kind=kind, number=number, newest=number, expires_at=expires_at, is_authorised=True,
        is_wanted=_is_wanted(view.episode_id), is_over=False, is_agreed=True,
    )  # fmt: skip
    why_not = domain.check_leaving(leaving, now)
    if why_not:
        raise Refused(why_not, domain.LEAVING_WORDS[why_not])
    envelope = assembling.Envelope(
        transmission_id=TransmissionId(new_id()),
        kind=kind,
        authority=authority,
        sent_at=now,
        expires_at=expires_at,
        references=queries.list_references(view.alert_id),
    )
    return assembling.draft_message(view, draft, envelope)


def _transmit(
    row: models.Alert, view: AlertView, message: AlertMessage, actor: Actor, approval: Approval, now: datetime
) -> models.Transmission:
    """Freeze, store, queue on every way; the alert points at it."""
    frozen = freezing.freeze(message)
    chosen = _ways_used(row.id) if message.kind is MessageKind.CANCEL else ways.chosen_for(view.request.way)
    draft = drafting.from_json(row.draft)
    made = models.Transmission(
        id=message.transmission_id,
        alert_id=row.id,
        episode_id=row.episode_id,
        number=models.Transmission.objects.filter(alert_id=row.id).count() + 1,
        kind=message.kind.value,
        status=message.status.value,
        content=frozen,
        digest=freezing.digest_of(frozen),
        approved_by=actor.label,
        approved_member=actor.member_id,
        approved_agency=actor.agency_id,
        written_by=row.written_by,
        single_person=approval.alone,
        second_looks=list(approval.second_looks),
        demanded=dict(draft.demanded) if message.kind is not MessageKind.CANCEL else {},
        rests_on=list(draft.rests_on) if message.kind is not MessageKind.CANCEL else [],
        photo_id=draft.photo_id if message.photo is not None else "",
        ways=list(chosen),
        sent_at=now,
        expires_at=message.expires_at,
        recipients=0,
    )
    made.save(force_insert=True)
    _point_at(row, made, approval, now)
    if message.kind is not MessageKind.CANCEL:
        disclosing.tell(view, message, draft, actor, now)
    ways.broadcast(message, chosen, subscribers.recipients_of(message, ways=chosen), now)
    turns.sent(row, made, actor, now)
    return made


def _point_at(row: models.Alert, made: models.Transmission, approval: Approval, now: datetime) -> None:
    row.transmission = made.id
    if made.kind != MessageKind.CANCEL.value:
        row.sent_at = row.sent_at or now
        row.approved_by, row.expires_at, row.offered_at = made.approved_by, made.expires_at, None
        if approval.alone:
            row.single_person, row.review_due_at, row.reviewed_at = True, now + domain.REVIEW_WITHIN, None
    row.save()


def _authority_of(actor: Actor, view: AlertView) -> AuthorityView:
    """The authority under which the actor's agency sends for this land.

    Raises:
        Refused: `not-authorised`.
    """
    held = queries.authorities_of([actor.agency_id])
    if not held or actor.agency_id not in view.request.authority_ids:
        raise Refused("not-authorised", domain.LEAVING_WORDS["not-authorised"])
    return held[0]


def _authority_that_sent(view: AlertView, last: AlertMessage) -> AuthorityView:
    """Under the sender that sent it, so that receivers take the cancel; also when the authority has ended since."""
    found = next((one for one in queries.list_authorities() if one.sender == last.sender), None)
    return found or queries.authority_by_sender(last.sender)


def _holds_authority(row: models.Alert, agency_id: str) -> bool:
    asked = {row.request.primary_id, *row.request.others}
    return agency_id in asked and bool(queries.authorities_of([agency_id]))


def _is_wanted(episode_id: str) -> bool:
    with acting_as(SYSTEM):
        episode = episodes.find_episode(episode_id)
    return episode is not None and episode.state is EpisodeState.OPEN


def _last(row: models.Alert) -> AlertMessage:
    return freezing.thaw(bytes(models.Transmission.objects.get(pk=row.transmission).content))


def _ways_used(alert_id: str) -> tuple[str, ...]:
    """Every way that got any part of the alert."""
    used = models.Transmission.objects.filter(alert_id=alert_id).values_list("ways", flat=True)
    return tuple(dict.fromkeys(way for names in used for way in names))


def _open_take_downs(row: models.Alert, now: datetime) -> None:
    sent = models.Transmission.objects.filter(alert_id=row.id).exclude(kind=MessageKind.CANCEL.value)
    models.TakeDown.objects.bulk_create(
        [
            models.TakeDown(alert=row, way=way, made_at=now, due_at=now + domain.TAKE_DOWN_WITHIN)
            for way in ways.leaving_copies(sent.order_by("number").values_list("id", flat=True))
        ],
        ignore_conflicts=True,
    )


def _grant_if_asked(request: models.AlertRequest, actor: Actor, now: datetime) -> None:
    """Sending is the clearest yes. Somebody may have answered since the alert was opened."""
    if request.state == RequestState.ASKED.value:
        newest = deciding.lock(request.id)
        if newest.state == RequestState.ASKED.value:
            deciding.answer(newest, actor, "grant", now)
