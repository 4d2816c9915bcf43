"""A card for each release: written first, answered by whoever may, stopped at any time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from allhands.access import domain, models
from allhands.access.actions import recalling
from allhands.access.contracts import AbuserCheck, ConsentKind, ConsentState, EpisodeAccess, Purpose
from allhands.access.permissions import check_steward, check_write_consent
from allhands.agencies import api as agencies
from allhands.episodes import api as episodes
from allhands.kernel.actors import SYSTEM, Actor, Role
from allhands.kernel.errors import Denied, Refused
from allhands.kernel.ids import AgencyId, EpisodeId
from allhands.platform.audit import api as audit
from allhands.platform.database.acting import acting_as

PICTURE = "description.photo_available"  # the fact a card names when it releases the picture
_THE_YOUNG_PERSON = frozenset({ConsentKind.YOUTH, ConsentKind.YOUTH_ALONE})
_DECIDE_FOR_AGENCY = frozenset({Role.SUPERVISOR, Role.DIRECTOR})


@dataclass(frozen=True, slots=True, kw_only=True)
class NewConsent:
    """What a card says before anybody answers it.

    Args:
        giver: whose word it is: the young person, the guardian, the court, the agency, the nation's steward.
        facts: ids of the facts it covers; one card never covers "everything".
        to_agency: None for a person or place that is no agency here.
        words: how it was explained, in the language it was explained in.
        authority: the order's number, or the law under which somebody may decide alone.
    """

    kind: ConsentKind
    giver: str
    giver_relation: str
    facts: tuple[str, ...]
    to_agency: AgencyId | None
    to_label: str
    purpose: Purpose
    language: str
    words: str
    authority: str
    abuser_check: AbuserCheck
    starts_at: datetime
    ends_at: datetime


def write(actor: Actor, episode: EpisodeAccess, given: NewConsent, now: datetime) -> str:
    """The card, still unanswered; returns its id.

    Raises:
        Denied: the actor is not in the response; a steward's card by somebody else.
        Refused: `consent-nation`, `consent-fields`, `consent-giver`, `consent-words`, `consent-authority`,
            `consent-to`, `consent-purpose`, `consent-period`.
    """
    with audit.audited(actor, now, audit.Event.CONSENT_WRITTEN, episode_id=episode.episode_id) as entry:
        check_write_consent(actor, episode)
        _check_speaker(actor, episode, given)
        _check_whole(given)
        row = models.Consent.objects.create(
            episode_id=episode.episode_id,
            kind=given.kind.value,
            giver=given.giver.strip(),
            giver_relation=given.giver_relation.strip(),
            facts=list(dict.fromkeys(given.facts)),
            to_agency_id=given.to_agency,
            to_label=given.to_label.strip(),
            purpose=given.purpose.value,
            explained_by=actor.label,
            by_agency_id=actor.agency_id,
            language=given.language.strip(),
            words=given.words.strip(),
            authority=given.authority.strip(),
            abuser_check=given.abuser_check.value,
            made_at=now,
            starts_at=given.starts_at,
            ends_at=given.ends_at,
        )
        entry.subject_id = row.id
        entry.details.update({"kind": given.kind.value, "facts": len(row.facts)})
    return str(row.id)


def answer(actor: Actor, consent_id: str, said: domain.Answer, now: datetime) -> ConsentState:
    """Yes, not now, or no. The last word counts: a no stops what the same person agreed to earlier for the same.

    A "not safe" of the young person stops every guardian's card of this episode.

    Raises:
        Denied: no such card of the actor's agency.
        Refused: `consent-answered`, `consent-witness`, `consent-not-safe`, `consent-over`.
    """
    with audit.audited(actor, now, audit.Event.CONSENT_ANSWERED, subject_id=consent_id) as entry:
        row = _locked(actor, consent_id)
        entry.episode_id = row.episode_id
        episodes.hold([row.episode_id])  # of a "not safe" and a guardian's yes at one instant, one comes first
        if row.state not in {ConsentState.DRAFT.value, ConsentState.NOT_NOW.value}:
            raise Refused("consent-answered", _("This card has its answer. Stop it, or make a new one."))
        if row.ends_at <= now:
            raise Refused("consent-over", _("This card has run out. Make a new one."))
        kind = ConsentKind(row.kind)
        domain.check_answer(kind, said, AbuserCheck(row.abuser_check), youth_not_safe=_youth_not_safe(row))
        row.state, row.how, row.witness = said.state.value, said.how.value, said.witness.strip()
        row.is_written, row.answered_at, row.not_safe = said.is_written, now, said.not_safe
        row.save(update_fields=["state", "how", "witness", "is_written", "answered_at", "not_safe"])
        entry.details["answer"] = said.state.value
        if said.state is ConsentState.DECLINED:
            _stop_earlier_yes(actor, row, now)
        if said.not_safe:
            _stop_guardians(actor, row, now)
    return said.state


def stop(actor: Actor, consent_id: str, by: str, why: str, now: datetime) -> int:
    """Take it back. Copies that rest on it go dark now and are called back; returns how many.

    Args:
        by: who takes it back, as they are named.
    Raises:
        Denied: no such card of the actor's agency.
        Refused: `consent-not-in-force`.
    """
    with audit.audited(actor, now, audit.Event.CONSENT_STOPPED, subject_id=consent_id) as entry:
        row = _locked(actor, consent_id)
        entry.episode_id = row.episode_id
        if row.state != ConsentState.AGREED.value:
            raise Refused("consent-not-in-force", _("Nothing rests on this card now."))
        called = _stop(actor, row, by.strip() or row.giver, why.strip(), now)
        entry.details["copies"] = called
    return called


def lock_for_picture(episode_id: EpisodeId) -> None:
    """Take the cards before the copies that rest on them, as whoever stops a card does: so neither waits for ever."""
    with acting_as(SYSTEM):
        list(_cards_of_picture(episode_id).values_list("pk"))


def stop_for_picture(actor: Actor, episode_id: EpisodeId, now: datetime) -> None:
    """The person shown took their picture down: no card carries it any further, whichever agency wrote it.

    Whoever sends an alert with it is then told at once to take it off.
    """
    with acting_as(SYSTEM):
        for row in _cards_of_picture(episode_id):
            _stop(actor, row, "Allhands", "taken-down", now)


def _cards_of_picture(episode_id: EpisodeId) -> QuerySet[models.Consent]:
    return models.Consent.objects.select_for_update().filter(
        episode_id=episode_id, facts__contains=[PICTURE], state=ConsentState.AGREED.value
    )


def _stop(actor: Actor, row: models.Consent, by: str, why: str, now: datetime) -> int:
    row.state, row.stopped_at, row.stopped_by, row.stopped_why = ConsentState.STOPPED.value, now, by, why
    row.save(update_fields=["state", "stopped_at", "stopped_by", "stopped_why"])
    return recalling.recall_resting_on(actor, EpisodeId(row.episode_id), row.id, now)


def _stop_guardians(actor: Actor, young: models.Consent, now: datetime) -> None:
    """Every guardian's card, whichever agency wrote it. The platform acts: others' cards are not this one's to see."""
    with acting_as(SYSTEM):
        rows = models.Consent.objects.select_for_update().filter(
            episode_id=young.episode_id, kind=ConsentKind.GUARDIAN.value, state=ConsentState.AGREED.value
        )
        for row in rows:
            _stop(actor, row, "Allhands", "not-safe", now)


def _stop_earlier_yes(actor: Actor, no: models.Consent, now: datetime) -> None:
    """Cards of this agency on which the same person agreed that any of the same goes to the same reader.

    The whole card stops, also for what the no does not name: a person makes a new one of what is left. A card that
    another agency wrote is that agency's to stop.
    """
    rows = models.Consent.objects.select_for_update().filter(
        episode_id=no.episode_id,
        by_agency_id=no.by_agency_id,
        state=ConsentState.AGREED.value,
        facts__overlap=no.facts,
        to_agency_id=no.to_agency_id,
        purpose=no.purpose,
    )
    for row in rows:
        if _is_same_giver(row, no) and (no.to_agency_id or row.to_label.casefold() == no.to_label.casefold()):
            _stop(actor, row, no.giver, "declined", now)


def _is_same_giver(one: models.Consent, other: models.Consent) -> bool:
    """There is one young person, however the name is spelt; of guardians, agencies and courts there may be several."""
    kinds = {ConsentKind(one.kind), ConsentKind(other.kind)}
    if kinds <= _THE_YOUNG_PERSON:
        return True
    return len(kinds) == 1 and one.giver.casefold() == other.giver.casefold()


def _youth_not_safe(row: models.Consent) -> bool:
    """Whether the young person said so to anybody: to the shelter, say, of whose cards the owner knows nothing.

    Of the other card nothing is told but the refusal.
    """
    with acting_as(SYSTEM):
        said = models.Consent.objects.filter(episode_id=row.episode_id, not_safe=True)
        return said.exclude(pk=row.pk).exists()


def _locked(actor: Actor, consent_id: str) -> models.Consent:
    row = models.Consent.objects.select_for_update().filter(pk=consent_id, by_agency_id=actor.agency_id).first()
    if row is None:
        raise Denied("consent")
    return row


def _check_speaker(actor: Actor, episode: EpisodeAccess, given: NewConsent) -> None:
    if given.kind is ConsentKind.STEWARD:
        check_steward(actor)
        one = episodes.find_episode(episode.episode_id)
        ties = {tie.nation for tie in one.child.tribes} if one else set()
        if ties.isdisjoint(agencies.nations_of(actor.agency_id)):
            raise Refused("consent-nation", _("A steward decides for children tied to their own nation."), field="kind")
    if given.kind is ConsentKind.AGENCY and actor.role not in _DECIDE_FOR_AGENCY:
        raise Refused("consent-giver", _("A supervisor or director decides this for your agency."), field="kind")


def _check_whole(given: NewConsent) -> None:
    missing = {
        "consent-fields": (not given.facts, _("Choose at least one field. Nothing is chosen for anybody."), "facts"),
        "consent-giver": (not given.giver.strip(), _("Say whose answer this card is for."), "giver"),
        "consent-to": (not given.to_label.strip(), _("Say who will get it."), "to"),
        "consent-words": (not given.words.strip(), _("Write down the words you explained it with."), "words"),
        "consent-language": (not given.language.strip(), _("Say in which language you explained it."), "language"),
        "consent-authority": (
            given.kind in domain.PAPERS and not given.authority.strip(),
            _("Name the order, the decision or the law it rests on."),
            "authority",
        ),
        "consent-purpose": (given.purpose is Purpose.OTHER, _("Choose what it is for."), "purpose"),
    }
    for code, (is_missing, words, field) in missing.items():
        if is_missing:
            raise Refused(code, words, field=field)
    domain.check_period(given.starts_at, given.ends_at)
