"""Keep what somebody is typing. A draft belongs to one member and survives time-outs and restarts."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime

from allhands.access import api as access
from allhands.episodes import models, queries
from allhands.episodes.contracts import DraftView, Json
from allhands.kernel.actors import Actor
from allhands.kernel.errors import Denied, Refused
from allhands.kernel.ids import EpisodeId
from allhands.platform.audit import api as audit

# A whole report with long notes is a few kilobytes; anything near this is a mistake or an attack.
LARGEST_DRAFT_BYTES = 200_000


def start_draft(actor: Actor, now: datetime) -> DraftView:
    """A new, empty draft.

    Raises:
        Denied: the actor could never send it.
    """
    _require_member(actor)
    access.check_report(actor)
    with audit.audited(actor, now, audit.Event.DRAFT_SAVED) as entry:
        draft = models.Draft.objects.create(
            member_id=actor.member_id, agency_id=actor.agency_id, created_at=now, saved_at=now
        )
        entry.subject_id = draft.id
    return queries.draft_view(draft)


def save_draft(actor: Actor, draft_id: str, answers: Mapping[str, Json], now: datetime) -> DraftView:
    """The draft with these answers laid over the earlier ones; nothing earlier is dropped.

    Raises:
        Denied: the draft belongs to somebody else.
        Refused: `draft-sent` (already a report), `draft-too-large`.
    """
    _require_member(actor)
    with audit.audited(actor, now, audit.Event.DRAFT_SAVED, subject_id=draft_id):
        draft = models.Draft.objects.select_for_update().filter(pk=draft_id, member_id=actor.member_id).first()
        if draft is None:
            raise Denied("draft")
        if draft.episode_id:
            raise Refused("draft-sent", "This report was already sent. Add what is new to the episode.")
        merged = {**draft.answers, **answers}
        if len(json.dumps(merged)) > LARGEST_DRAFT_BYTES:
            raise Refused("draft-too-large", "This is too much text for one report. Keep it, and attach it later.")
        draft.answers = merged
        draft.saved_at = now
        draft.version += 1
        draft.save(update_fields=["answers", "saved_at", "version"])
    return queries.draft_view(draft)


def mark_sent(actor: Actor, draft_id: str, episode_id: EpisodeId, now: datetime) -> None:
    """The draft became a report; it leaves the list of drafts and stays readable as it was."""
    with audit.audited(actor, now, audit.Event.DRAFT_SAVED, episode_id=episode_id, subject_id=draft_id):
        models.Draft.objects.filter(pk=draft_id, member_id=actor.member_id).update(episode_id=episode_id)


def _require_member(actor: Actor) -> None:
    if not actor.member_id:
        raise Denied("draft")
