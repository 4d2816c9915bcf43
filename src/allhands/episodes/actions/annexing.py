"""What a nation's people said before the nation had a key moves into its box. Who decides which of it stands elsewhere.

The platform must be acting. Each call is one record or one picture, in the caller's transaction; done twice it finds
nothing left.
"""

from __future__ import annotations

import base64
from collections.abc import Collection
from datetime import datetime

from django.db.models import QuerySet
from pydantic_core import to_json

from allhands.episodes import listeners, models, queries
from allhands.episodes.contracts import EpisodeState, FactLine, FactsChanged, PhotoAtRest
from allhands.kernel.actors import SYSTEM
from allhands.kernel.ids import AgencyId, EpisodeId, StatementId
from allhands.platform.vault import api as vault
from allhands.platform.vault.api import nation_box

PHOTO = "photo"


def count_open_statements(episode_id: EpisodeId, facts: Collection[str], agency_ids: Collection[AgencyId]) -> int:
    """How many statements these agencies made of these facts that no key of a nation closes."""
    return _open_statements(episode_id, facts, agency_ids).count()


def annex_statements(
    episode_id: EpisodeId, facts: Collection[str], agency_ids: Collection[AgencyId], public_key: bytes
) -> tuple[FactLine, ...]:
    """Seal what these agencies said of these facts to the nation's key; what it was, for whoever worked with it.

    The drafts those reports were typed in are emptied: nobody reads them after they were sent.
    """
    models.Episode.objects.select_for_update().get(pk=episode_id)
    with vault.at_hand([episode_id]):
        rows = [row for row in _open_statements(episode_id, facts, agency_ids) if row.value is not vault.SEALED]
        before = {line.statement_id: line for line in queries.list_statements([episode_id]).get(episode_id, ())}
        for row in rows:
            move_to_annex(row, public_key, row.recorded_by)
            row.save(update_fields=["value", "informant", "annex"])
    if rows:
        for draft in models.Draft.objects.filter(episode_id=episode_id, agency_id__in=list(agency_ids)):
            draft.answers = {}
            draft.save(update_fields=["answers"])
    return tuple(before[StatementId(row.id)] for row in rows)


def tell_annexed(episode_id: EpisodeId, now: datetime) -> None:
    """Whoever works with the facts looks again, where the response still runs."""
    if models.Episode.objects.filter(pk=episode_id, sealed_at=None).exclude(state=EpisodeState.CLOSED.value).exists():
        listeners.tell(SYSTEM, FactsChanged(episode_id=episode_id, at=now))


def move_to_annex(row: models.Statement, public_key: bytes, written_by: str) -> None:
    """What was said, and by whom, goes into a box of the nation's; the row keeps who wrote it down and when."""
    plain = to_json({"value": row.value, "informant": row.informant})
    row.annex = nation_box.seal(plain, public_key, nation_box.about(row.episode_id, row.fact_id, row.id))
    row.value, row.informant = None, written_by


def list_open_photos(agency_ids: Collection[AgencyId]) -> tuple[PhotoAtRest, ...]:
    """Pictures that these agencies added and no key of a nation closes, with every record of the child."""
    rows = models.Photo.objects.filter(agency_id__in=list(agency_ids), content__isnull=False)
    found = list(rows.order_by("added_at", "pk").values_list("pk", "child_id"))
    records: dict[str, list[tuple[str, str]]] = {}
    of_children = models.Episode.objects.filter(child_id__in={child for _pk, child in found})
    for child_id, episode_id, state in of_children.order_by("opened_at").values_list("child_id", "pk", "state"):
        records.setdefault(child_id, []).append((episode_id, state))
    return tuple(
        PhotoAtRest(
            photo_id=pk,
            episode_ids=tuple(EpisodeId(one) for one, _state in records.get(child, ())),
            is_wanted=any(state != EpisodeState.CLOSED.value for _one, state in records.get(child, ())),
        )
        for pk, child in found
    )


def annex_photo(photo_id: str, public_key: bytes) -> bool:
    """Seal one picture; False when it was sealed, its record is, or a response runs that may need it."""
    row = models.Photo.objects.select_for_update().filter(pk=photo_id, annex__isnull=True).first()
    if row is None or row.content is None or row.content is vault.SEALED:
        return False
    if models.Episode.objects.filter(child_id=row.child_id).exclude(state=EpisodeState.CLOSED.value).exists():
        return False
    plain = to_json({"media_type": row.media_type, "content": base64.b64encode(bytes(row.content)).decode()})
    row.annex = nation_box.seal(plain, public_key, nation_box.about(row.child_id, PHOTO, row.id))
    row.content = None
    row.save(update_fields=["content", "annex"])
    return True


def _open_statements(
    episode_id: EpisodeId, facts: Collection[str], agency_ids: Collection[AgencyId]
) -> QuerySet[models.Statement]:
    rows = models.Statement.objects.filter(episode_id=episode_id, fact_id__in=list(facts), annex__isnull=True)
    return rows.filter(agency_id__in=list(agency_ids), value__isnull=False).order_by("recorded_at", "pk")
