"""Break glass: a reason, a second person within fifteen minutes, an end, and a review whatever came of it."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from allhands.access import domain, models, tasks
from allhands.access.contracts import EpisodeAccess, GlassState
from allhands.access.permissions import check_break_glass, check_review_glass, check_second_glass
from allhands.agencies import api as agencies
from allhands.kernel.actors import SYSTEM, Actor
from allhands.kernel.errors import Denied, Refused
from allhands.platform.audit import api as audit
from allhands.platform.database.acting import acting_as
from allhands.platform.jobs import api as jobs

_FEWEST_WORDS = 3


def ask(actor: Actor, episode: EpisodeAccess, reason: str, now: datetime) -> str:
    """Ask to open the case in an emergency; it stays shut until a second person agrees. Returns its id.

    Raises:
        Denied: the actor may not.
        Refused: `glass-reason`; `glass-running` when the actor has one that waits or is open.
    """
    with audit.audited(actor, now, audit.Event.GLASS_ASKED, episode_id=episode.episode_id) as entry:
        check_break_glass(actor, episode)
        if len(reason.split()) < _FEWEST_WORDS:
            raise Refused("glass-reason", _("Say in a sentence what will happen if you wait."), field="reason")
        if _running(episode, now).filter(member_id=actor.member_id).exists():
            raise Refused("glass-running", _("You have asked already. A second person can open it now."))
        row = models.Glass.objects.create(
            episode_id=episode.episode_id,
            agency_id=actor.agency_id,
            member_id=actor.member_id,
            by=actor.label,
            reason=reason.strip(),
            asked_at=now,
            closes_at=now + domain.SECOND_PERSON_WITHIN,
        )
        entry.subject_id = row.id
        jobs.defer(tasks.tell_glass, glass_id=row.id)
    return str(row.id)


def second(actor: Actor, episode: EpisodeAccess, glass_id: str, now: datetime) -> None:
    """Open it, as the second person.

    Raises:
        Denied: the actor may not, or there is no such ask.
        Refused: `glass-two-people`, `glass-over`.
    """
    with audit.audited(actor, now, audit.Event.GLASS_OPENED, episode_id=episode.episode_id, subject_id=glass_id):
        check_second_glass(actor, episode)
        row = _locked(episode, glass_id)
        if _is_same(row.member_id, actor):
            raise Refused("glass-two-people", _("Somebody else must agree: two people open it."))
        if row.state != GlassState.WAITING.value or domain.has_expired(row.asked_at, now):
            raise Refused("glass-over", _("The fifteen minutes are over. Ask anew if it is still needed."))
        row.state, row.second_id, row.second_by, row.second_at = (
            GlassState.OPEN.value,
            actor.member_id,
            actor.label,
            now,
        )
        row.closes_at = now + domain.GLASS_OPEN_FOR
        row.save(update_fields=["state", "second", "second_by", "second_at", "closes_at"])


def close(actor: Actor, episode: EpisodeAccess, glass_id: str, now: datetime) -> None:
    """Shut it before its time.

    Raises:
        Denied: neither the one who asked nor one who could have been the second.
    """
    with audit.audited(actor, now, audit.Event.GLASS_CLOSED, episode_id=episode.episode_id, subject_id=glass_id):
        row = _locked(episode, glass_id)
        if row.member_id != actor.member_id:
            check_second_glass(actor, episode)
        if row.state in {GlassState.WAITING.value, GlassState.OPEN.value}:
            row.state, row.closes_at = GlassState.CLOSED.value, now
            row.save(update_fields=["state", "closes_at"])


def review(actor: Actor, episode: EpisodeAccess, glass_id: str, was_right: bool, words: str, now: datetime) -> None:
    """Say afterwards whether it was right, by somebody who was not part of it.

    Raises:
        Denied: the actor may not.
        Refused: `glass-still-open`, `glass-own-review`, `glass-reviewed`, `glass-review-words`.
    """
    with audit.audited(actor, now, audit.Event.GLASS_REVIEWED, episode_id=episode.episode_id, subject_id=glass_id):
        check_review_glass(actor, episode)
        row = _locked(episode, glass_id)
        if row.state in {GlassState.WAITING.value, GlassState.OPEN.value}:
            raise Refused("glass-still-open", _("It is still open. Close it first."))
        if any(_is_same(one, actor) for one in (row.member_id, row.second_id) if one):
            raise Refused("glass-own-review", _("Somebody who did not open it must review it."))
        if row.reviewed_at is not None:
            raise Refused("glass-reviewed", _("This was reviewed already."))
        if not words.strip():
            raise Refused("glass-review-words", _("Say in a sentence what you found."), field="review")
        row.reviewed_at, row.reviewed_by, row.was_right, row.review = now, actor.label, was_right, words.strip()
        row.save(update_fields=["reviewed_at", "reviewed_by", "was_right", "review"])


def close_ended(now: datetime) -> int:
    """Shut what had no second person in time, and what was open long enough; how many."""
    with acting_as(SYSTEM):
        running = [GlassState.WAITING.value, GlassState.OPEN.value]
        rows = list(models.Glass.objects.select_for_update().filter(state__in=running, closes_at__lte=now))
        for row in rows:
            waited = row.state == GlassState.WAITING.value
            event = audit.Event.GLASS_EXPIRED if waited else audit.Event.GLASS_CLOSED
            with audit.audited(SYSTEM, now, event, episode_id=row.episode_id, subject_id=row.id):
                row.state = GlassState.EXPIRED.value if waited else GlassState.CLOSED.value
                row.save(update_fields=["state"])
    return len(rows)


def _running(episode: EpisodeAccess, now: datetime) -> QuerySet[models.Glass]:
    running = [GlassState.WAITING.value, GlassState.OPEN.value]
    return models.Glass.objects.filter(episode_id=episode.episode_id, state__in=running, closes_at__gt=now)


def _locked(episode: EpisodeAccess, glass_id: str) -> models.Glass:
    row = models.Glass.objects.select_for_update().filter(pk=glass_id, episode_id=episode.episode_id).first()
    if row is None:
        raise Denied("glass")
    return row


def _is_same(member_id: str, actor: Actor) -> bool:
    """Two hats of one person are one person."""
    return member_id == actor.member_id or agencies.is_same_person(member_id, actor.member_id)
