"""Add a photo of the child. It is never required, and never blocks anything."""

from __future__ import annotations

import hashlib
from datetime import date, datetime

from allhands.access import api as access
from allhands.episodes import models, queries
from allhands.episodes.actions.facts import state_facts
from allhands.episodes.contracts import Certainty, NewStatement
from allhands.kernel.actors import Actor
from allhands.kernel.errors import Denied, Refused
from allhands.kernel.ids import EpisodeId
from allhands.platform import attachments, scanning
from allhands.platform.audit import api as audit


def add_photo(actor: Actor, episode_id: EpisodeId, content: bytes, taken_on: date | None, now: datetime) -> str:
    """The id of the photo. Place data and anything else hidden in the file are gone; the facts say that one exists.

    Raises:
        Denied: the actor may not add to this episode.
        Refused: `document-empty`, `document-large`, `document-kind`, `document-broken`, `photo-future`,
            `photo-taken-down` when the person shown had this picture taken down.
    """
    if taken_on is not None and taken_on > now.date():
        raise Refused("photo-future", "This day has not come yet. When was the photo taken?", field="taken_on")
    media_type, clean = attachments.redraw(content)
    scanned = scanning.scan(content) is scanning.Scan.CLEAN
    seen = access.see_photo(clean)
    with audit.audited(actor, now, audit.Event.CHILD_PHOTO_ADDED, episode_id=episode_id) as entry:
        episode = models.Episode.objects.select_for_update().filter(pk=episode_id).first()
        if episode is None:
            raise Denied("episode")
        access.check_edit_facts(actor, queries.access_of(episode))
        access.check_photo(seen, field="photo")
        photo = models.Photo.objects.create(
            child_id=episode.child_id,
            content=clean,
            media_type=media_type,
            sha256=hashlib.sha256(clean).hexdigest(),
            taken_on=taken_on,
            added_at=now,
            added_by=actor.label,
            scanned=scanned,
            agency_id=actor.agency_id,
        )
        entry.subject_id = photo.id
        told = _new_facts(actor, episode, taken_on, now)
        if told:
            state_facts(actor, episode_id, told, now)
    return photo.id


def _new_facts(actor: Actor, episode: models.Episode, taken_on: date | None, now: datetime) -> list[NewStatement]:
    values = {"description.photo_available": True, "description.photo_taken_on": taken_on and taken_on.isoformat()}
    said = {(line.fact_id, line.value) for line in episode.statements.filter(fact_id__in=values)}
    return [
        NewStatement(fact_id=fact, value=value, informant=actor.label, certainty=Certainty.SEEN, stated_at=now)
        for fact, value in values.items()
        if value and (fact, value) not in said
    ]
