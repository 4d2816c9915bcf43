"""Add a statement of fact, or correct one. The earlier statement stays; the later one supersedes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from allhands.access import api as access
from allhands.agencies import api as agencies
from allhands.episodes import domain, listeners, models, queries
from allhands.episodes.actions import annexing, checks, identifying
from allhands.episodes.actions.report import parties
from allhands.episodes.contracts import EpisodeState, FactsChanged, NewStatement
from allhands.episodes.forms import statements_in_form
from allhands.kernel.actors import Actor
from allhands.kernel.errors import Denied, Refused
from allhands.kernel.ids import EpisodeId, StatementId
from allhands.kernel.instants import parse_instant
from allhands.platform.audit import api as audit
from allhands.platform.live import api as live
from allhands.platform.vault import api as vault


def state_fact(
    actor: Actor, episode_id: EpisodeId, said: NewStatement, now: datetime, *, supersedes: StatementId | None = None
) -> StatementId:
    """The new statement; duties are assessed again in the same transaction.

    Raises:
        Denied: the actor may not add to this episode, or it does not exist.
        Refused: `facts` (wrong value), `superseded` (somebody corrected it first), `episode-closed`.
    """
    return state_facts(actor, episode_id, [said], now, supersedes=supersedes)[0]


def state_facts(
    actor: Actor,
    episode_id: EpisodeId,
    told: Sequence[NewStatement],
    now: datetime,
    *,
    supersedes: StatementId | None = None,
) -> tuple[StatementId, ...]:
    """The new statements, assessed together: all or none.

    Raises:
        Denied, Refused: as `state_fact`.
    """
    details: dict[str, str | int | bool | None] = {"facts": len(told), "fact": told[0].fact_id}
    with (
        audit.audited(actor, now, audit.Event.FACT_STATED, episode_id=episode_id, details=details) as entry,
        vault.at_hand(),
    ):
        episode = _lock(episode_id)
        access.check_edit_facts(actor, queries.access_of(episode))
        domain.check_open(EpisodeState(episode.state))
        checks.raise_findings(checks.statement_findings(told, now))
        told = statements_in_form(told)
        sealed = _sealed_to(actor, episode_id, told)
        if sealed:
            entry.details["sealed"] = len(sealed)
        made = [
            _store(actor, episode, said, _superseded(episode, said, supersedes), now, sealed.get(said.fact_id))
            for said in told
        ]
        entry.subject_id = made[0].id
        for statement in made:
            _note(episode, statement, actor, now)
        identifying.follow(episode, made)
        listeners.tell(actor, FactsChanged(episode_id=episode_id, at=now))
        live.publish("board", parties(episode.id))
    return tuple(StatementId(statement.id) for statement in made)


def _sealed_to(actor: Actor, episode_id: EpisodeId, told: Sequence[NewStatement]) -> Mapping[str, bytes]:
    """Facts of these that are the annex of the actor's nation, and the public key each is sealed to."""
    if not access.may_keep_for_nation(actor):
        return {}
    nations = agencies.nations_of(actor.agency_id)
    return access.sealed_to(episode_id, {said.fact_id for said in told if said.value is not None}, nations)


def _store(
    actor: Actor,
    episode: models.Episode,
    said: NewStatement,
    earlier: models.Statement | None,
    now: datetime,
    public_key: bytes | None,
) -> models.Statement:
    row = models.Statement(
        episode=episode,
        fact_id=said.fact_id,
        value=said.value,
        informant=said.informant or actor.label,
        certainty=said.certainty.value,
        stated_at=said.stated_at,
        recorded_at=now,
        recorded_by=actor.label,
        agency_id=actor.agency_id or None,
        supersedes=earlier,
    )
    if public_key is not None and said.value is not None:
        annexing.move_to_annex(row, public_key, actor.label)
    row.save(force_insert=True)
    return row


def _lock(episode_id: EpisodeId) -> models.Episode:
    episode = models.Episode.objects.select_for_update().filter(pk=episode_id).first()
    if episode is None:
        raise Denied("episode")
    return episode


def _superseded(episode: models.Episode, said: NewStatement, supersedes: StatementId | None) -> models.Statement | None:
    if supersedes is None:
        return None
    earlier = episode.statements.filter(pk=supersedes, fact_id=said.fact_id).first()
    if earlier is None:
        raise Refused("superseded", "The statement you correct is not part of this fact. Open the page again.")
    if models.Statement.objects.filter(supersedes=earlier).exists():
        raise Refused("superseded", "Somebody corrected this before you. Look at the newer one, then add yours.")
    return earlier


def _note(episode: models.Episode, statement: models.Statement, actor: Actor, now: datetime) -> None:
    code = "fact.corrected" if statement.supersedes_id else "fact.stated"
    params = {"fact": statement.fact_id, "statement": statement.id}
    models.TimelineItem.objects.create(episode=episode, at=now, code=code, by=actor.label, params=params)
    if statement.fact_id == "time.last_seen_at" and isinstance(statement.value, str):
        episode.missing_since = parse_instant(statement.value)
    episode.changed_at = now
    episode.save(update_fields=["changed_at", "missing_since"])
