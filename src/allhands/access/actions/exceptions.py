"""Marks that close a fact, and asking its holder for it."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from allhands.access import models, tasks
from allhands.access.contracts import AskState, EpisodeAccess, MarkKind
from allhands.access.permissions import can, check_ask_field, check_mark_field, check_steward
from allhands.episodes import api as episodes
from allhands.kernel.actors import Actor, AgencyKind
from allhands.kernel.errors import Denied, Refused
from allhands.kernel.ids import AgencyId
from allhands.platform.audit import api as audit
from allhands.platform.jobs import api as jobs

_NATIONS = frozenset({AgencyKind.TRIBAL_GOVERNMENT, AgencyKind.TRIBAL_POLICE})


def mark(actor: Actor, episode: EpisodeAccess, fact_id: str, kind: MarkKind, reason: str, now: datetime) -> str:
    """Mark a fact with the law it came under, or as a nation's own. Returns the id of the mark.

    Raises:
        Denied: the actor may not.
        Refused: `mark-reason`; `mark-nation` when somebody else marks for a nation; `mark-not-yours` when the agency
            has not stated the fact; `mark-there`.
    """
    details: dict[str, audit.Detail] = {"fact": fact_id, "kind": kind.value}
    with audit.audited(actor, now, audit.Event.FIELD_MARKED, episode_id=episode.episode_id, details=details) as entry:
        check_mark_field(actor, episode)
        if kind is MarkKind.TRIBAL_ONLY and actor.agency_kind not in _NATIONS:
            raise Refused("mark-nation", _("Only the nation marks what is its own. Ask its liaison."), field="kind")
        if kind is not MarkKind.TRIBAL_ONLY and not _has_stated(actor, episode, fact_id):
            words = _("Your agency has not stated this, so it cannot close it to others. Ask whoever did to mark it.")
            raise Refused("mark-not-yours", words, field="kind")
        if not reason.strip():
            raise Refused("mark-reason", _("Say where it came from, so that others understand."), field="reason")
        wanted = {
            "episode_id": episode.episode_id,
            "fact_id": fact_id,
            "kind": kind.value,
            "agency_id": actor.agency_id,
        }
        if models.Mark.objects.filter(**wanted, lifted_at__isnull=True).exists():
            raise Refused("mark-there", _("Your agency has marked it so already."), field="kind")
        row = models.Mark.objects.create(**wanted, by=actor.label, at=now, reason=reason.strip())
        entry.subject_id = row.id
    return str(row.id)


def _has_stated(actor: Actor, episode: EpisodeAccess, fact_id: str) -> bool:
    """A mark closes the fact to everybody it keeps out: nobody closes what others said of where a child may be."""
    lines = episodes.list_statements([episode.episode_id], facts=[fact_id]).get(episode.episode_id, ())
    return any(line.current and line.agency_id == actor.agency_id for line in lines)


def may_keep_for_nation(actor: Actor) -> bool:
    """Whether what this actor states can be kept for a nation."""
    return actor.agency_kind in _NATIONS


def keep_for_nation(actor: Actor, episode: EpisodeAccess, fact_id: str, now: datetime) -> None:
    """Mark a fact as the nation's own before it is stated; nothing when the agency has marked it so already.

    Raises:
        Denied, Refused: as `mark`.
    """
    kind = MarkKind.TRIBAL_ONLY
    rows = models.Mark.objects.filter(episode_id=episode.episode_id, fact_id=fact_id, kind=kind.value)
    if not rows.filter(agency_id=actor.agency_id, lifted_at__isnull=True).exists():
        mark(actor, episode, fact_id, kind, _("Stated as the nation's own."), now)


def lift(actor: Actor, episode: EpisodeAccess, mark_id: str, now: datetime) -> None:
    """Take away a mark; only the agency that set it may, for a nation only its steward.

    Raises:
        Denied: not the actor's to lift.
    """
    event = audit.Event.FIELD_MARK_LIFTED
    with audit.audited(actor, now, event, episode_id=episode.episode_id, subject_id=mark_id):
        check_mark_field(actor, episode)
        row = models.Mark.objects.select_for_update().filter(pk=mark_id, episode_id=episode.episode_id).first()
        if row is None or row.agency_id != actor.agency_id or row.lifted_at is not None:
            raise Denied("mark")
        if row.kind == MarkKind.TRIBAL_ONLY.value and not can(check_steward, actor):
            raise Denied("access.steward")
        row.lifted_at, row.lifted_by = now, actor.label
        row.save(update_fields=["lifted_at", "lifted_by"])


def ask(actor: Actor, episode: EpisodeAccess, fact_id: str, holder: AgencyId, why: str, now: datetime) -> str:
    """Ask the holder of a field for it; they decide. Asking twice gives the first ask.

    Raises:
        Denied: the actor may not.
        Refused: `ask-why`.
    """
    with audit.audited(
        actor, now, audit.Event.FIELD_ASKED_FOR, episode_id=episode.episode_id, details={"fact": fact_id}
    ) as entry:
        check_ask_field(actor, episode)
        if not why.strip():
            raise Refused("ask-why", _("Say what you need it for. They decide by that."), field="why")
        row, made = models.Ask.objects.get_or_create(
            episode_id=episode.episode_id,
            fact_id=fact_id,
            from_agency_id=actor.agency_id,
            state=AskState.WAITING.value,
            defaults={"by": actor.label, "holder_id": holder, "why": why.strip(), "asked_at": now},
        )
        entry.subject_id = row.id
        if made:
            jobs.defer(tasks.tell_ask, ask_id=row.id)
    return str(row.id)


def answer_ask(actor: Actor, episode: EpisodeAccess, ask_id: str, words: str, now: datetime) -> None:
    """Answer in words; what opens the field is a consent, a lifted mark, or telling them yourself.

    Raises:
        Denied: the ask is not to the actor's agency.
        Refused: `ask-answer`.
    """
    event = audit.Event.FIELD_ASK_ANSWERED
    with audit.audited(actor, now, event, episode_id=episode.episode_id, subject_id=ask_id):
        check_ask_field(actor, episode)
        row = models.Ask.objects.select_for_update().filter(pk=ask_id, episode_id=episode.episode_id).first()
        if row is None or row.holder_id != actor.agency_id or row.state != AskState.WAITING.value:
            raise Denied("ask")
        if not words.strip():
            raise Refused("ask-answer", _("Write an answer, also when it is no."), field="answer")
        row.state, row.answer, row.answered_at, row.answered_by = (
            AskState.ANSWERED.value,
            words.strip(),
            now,
            actor.label,
        )
        row.save(update_fields=["state", "answer", "answered_at", "answered_by"])
