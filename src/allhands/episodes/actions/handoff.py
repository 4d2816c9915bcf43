"""Hand an episode over: offered, then accepted in writing or declined with a reason. The owner is never empty."""

from __future__ import annotations

from datetime import datetime

from allhands.access import api as access
from allhands.agencies import api as agencies
from allhands.episodes import domain, listeners, models, queries
from allhands.episodes.actions.facts import state_fact
from allhands.episodes.actions.report import parties
from allhands.episodes.contracts import Certainty, EpisodeState, NewStatement, OfferAnswered, OfferState
from allhands.kernel.actors import SYSTEM, Actor, AgencyKind
from allhands.kernel.errors import Denied, Refused
from allhands.kernel.ids import AgencyId, EpisodeId
from allhands.platform.audit import api as audit
from allhands.platform.database.acting import acting_as
from allhands.platform.live import api as live

# Starts the clocks of laws on referrals, such as N.D.C.C. 12-68-01(2).
OFFERED_AT = "time.hand_off_offered_at"


def offer(actor: Actor, episode_id: EpisodeId, to: AgencyId, reason: str, now: datetime) -> str:
    """The id of the offer. The other agency sees the episode from now on; the owner stays the owner.

    Raises:
        Denied: the actor's agency does not own the episode.
        Refused: see `domain.decide_offer`; `agency-unknown`.
    """
    with audit.audited(actor, now, audit.Event.HAND_OFF_OFFERED, episode_id=episode_id) as entry:
        episode = _lock(episode_id)
        access.check_offer(actor, queries.access_of(episode))
        if all(agency.id != to for agency in agencies.hand_off_targets(actor)):
            raise Refused("agency-unknown", "Choose an agency from the list.", field="to_agency")
        due = domain.decide_offer(
            state=EpisodeState(episode.state),
            owner=AgencyId(episode.owner_agency_id),
            to=to,
            open_offer=episode.offers.filter(state=OfferState.OFFERED.value).exists(),
            reason=reason,
            now=now,
        )
        made = models.Offer.objects.create(
            episode=episode,
            from_agency_id=episode.owner_agency_id,
            to_agency_id=to,
            offered_by=actor.label,
            offered_at=now,
            answer_due_at=due,
            reason=reason.strip(),
        )
        models.Party.objects.get_or_create(episode=episode, agency_id=to, defaults={"since": now, "why": "OFFER"})
        entry.subject_id = made.id
        entry.details["to_agency"] = to
        _note(episode, "handoff.offered", actor, now, offer=made.id)
        if _is_between_police(made):
            said = NewStatement(
                fact_id=OFFERED_AT,
                value=now.isoformat(),
                informant=actor.label,
                certainty=Certainty.SEEN,
                stated_at=now,
            )
            state_fact(actor, episode_id, said, now)
    return made.id


def accept(actor: Actor, offer_id: str, words: str, now: datetime) -> None:
    """The actor's agency owns the episode from now on; both agencies keep what the door allows them.

    Raises:
        Denied: the offer is not to the actor's agency.
        Refused: `offer-answered`, `answer-words`.
    """
    with audit.audited(actor, now, audit.Event.HAND_OFF_ACCEPTED, subject_id=offer_id) as entry:
        made = _answer(actor, offer_id, "accept", words, now)
        episode = made.episode
        entry.episode_id = EpisodeId(episode.id)
        episode.owner_agency_id = made.to_agency_id
        episode.owner_member_id = actor.member_id
        episode.owner_since = now
        episode.save(update_fields=["owner_agency", "owner_member", "owner_since"])
        models.Party.objects.filter(episode=episode, agency_id=made.to_agency_id).update(why="OWNER")
        _note(episode, "handoff.accepted", actor, now, offer=made.id)
        _tell(actor, made, now)


def decline(actor: Actor, offer_id: str, words: str, now: datetime) -> None:
    """The owner stays as it was; the reason is kept and shown to the owner. Who was only asked sees the child no more.

    Raises:
        Denied: the offer is not to the actor's agency.
        Refused: `offer-answered`, `answer-words`.
    """
    with audit.audited(actor, now, audit.Event.HAND_OFF_DECLINED, subject_id=offer_id) as entry:
        made = _answer(actor, offer_id, "decline", words, now)
        entry.episode_id = EpisodeId(made.episode_id)
        _note(made.episode, "handoff.declined", actor, now, offer=made.id)
        _tell(actor, made, now)
        _shut(made)


def withdraw(actor: Actor, offer_id: str, now: datetime) -> None:
    """The offer is taken back before anybody answered. Who was only asked sees the child no more.

    Raises:
        Denied: the actor's agency does not own the episode.
        Refused: `offer-answered`.
    """
    with audit.audited(actor, now, audit.Event.HAND_OFF_WITHDRAWN, subject_id=offer_id) as entry:
        made = _locked_offer(offer_id)
        access.check_offer(actor, queries.access_of(made.episode))
        _settle(made, "withdraw", actor, "", now)
        entry.episode_id = EpisodeId(made.episode_id)
        _note(made.episode, "handoff.withdrawn", actor, now, offer=made.id)
        _take_back_fact(actor, made, now)
        _shut(made)


def _shut(made: models.Offer) -> None:
    """Whoever takes part for the offer alone takes part no longer. Last of all: nothing of theirs may follow it."""
    with acting_as(SYSTEM):
        models.Party.objects.filter(episode=made.episode, agency_id=made.to_agency_id, why="OFFER").delete()


def _is_between_police(made: models.Offer) -> bool:
    """Whether the laws on referring a case from one police agency to another can hold; their clocks are about them."""
    both = agencies.list_agencies([AgencyId(made.from_agency_id), AgencyId(made.to_agency_id)])
    return all(one.kind is AgencyKind.LAW_ENFORCEMENT for one in both)


def _tell(actor: Actor, made: models.Offer, now: datetime) -> None:
    accepted = made.state == OfferState.ACCEPTED.value
    answer = OfferAnswered(
        episode_id=EpisodeId(made.episode_id), offer_id=made.id, accepted=accepted, words=made.answer, at=now
    )
    listeners.tell_answer(actor, answer)
    _take_back_fact(actor, made, now)


def _take_back_fact(actor: Actor, made: models.Offer, now: datetime) -> None:
    """Nothing is on offer any more. What was said stays; from now on it is not so."""
    stands = queries.list_statements([made.episode_id], facts=[OFFERED_AT]).get(EpisodeId(made.episode_id), ())
    current = [line for line in stands if line.current and line.value is not None]
    for line in current:
        gone = NewStatement(
            fact_id=OFFERED_AT, value=None, informant=actor.label, certainty=Certainty.SEEN, stated_at=now
        )
        state_fact(actor, EpisodeId(made.episode_id), gone, now, supersedes=line.statement_id)


def _answer(actor: Actor, offer_id: str, event: str, words: str, now: datetime) -> models.Offer:
    made = _locked_offer(offer_id)
    if made.state != OfferState.OFFERED.value and made.to_agency_id == actor.agency_id:
        # Somebody of the same agency was faster: they are told so, not shut out.
        domain.decide_answer(OfferState(made.state), event, words)
    access.check_answer_offer(actor, queries.access_of(made.episode), AgencyId(made.to_agency_id))
    _settle(made, event, actor, words, now)
    return made


def _settle(made: models.Offer, event: str, actor: Actor, words: str, now: datetime) -> None:
    made.state = domain.decide_answer(OfferState(made.state), event, words).value
    made.answered_by = actor.label
    made.answered_at = now
    made.answer = words.strip()
    made.save(update_fields=["state", "answered_by", "answered_at", "answer"])


def _locked_offer(offer_id: str) -> models.Offer:
    found = models.Offer.objects.filter(pk=offer_id).first()
    if found is None:
        raise Denied("offer")
    _lock(EpisodeId(found.episode_id))
    return models.Offer.objects.select_for_update().select_related("episode").get(pk=offer_id)


def _lock(episode_id: EpisodeId) -> models.Episode:
    episode = models.Episode.objects.select_for_update().filter(pk=episode_id).first()
    if episode is None:
        raise Denied("episode")
    return episode


def _note(episode: models.Episode, code: str, actor: Actor, now: datetime, **params: str) -> None:
    models.TimelineItem.objects.create(episode=episode, at=now, code=code, by=actor.label, params=params)
    models.Episode.objects.filter(pk=episode.pk).update(changed_at=now)
    live.publish("board", parties(episode.id))
