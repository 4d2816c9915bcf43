"""Take a record out of everybody's sight, bring it back, or destroy it. Who may, and on whose order, is decided before.

The platform must be acting: after the first step nobody's agency sees the rows any more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime

from django.db.models import Subquery

from allhands.episodes import models
from allhands.episodes.contracts import EpisodeState, KeptRecord
from allhands.episodes.folding import fold
from allhands.kernel.ids import AgencyId, EpisodeId
from allhands.platform.vault import api as vault


def seal(episode_id: EpisodeId, now: datetime, order_ref: str) -> None:
    """Out of sight, with its keys out of reach; the child's names too, when no other record of the child is open."""
    child_id = _shut(episode_id, now)
    if not _has_open(child_id):
        _put_names_away(child_id)
    _each_key(episode_id, child_id, lambda record: vault.seal(record, now, order_ref))


def unseal(episode_id: EpisodeId) -> None:
    """Everything as it was.

    Raises:
        Sealed: its key was destroyed; nothing can bring it back.
    """
    episode = models.Episode.objects.select_for_update().get(pk=episode_id)
    vault.unseal(episode_id)
    shut = set(vault.shut_records().filter(destroyed_at__isnull=True).values_list("pk", flat=True))
    for record in {*_drafts(episode_id), episode.child_id} & shut:
        vault.unseal(record)
    episode.sealed_at = None
    episode.save(update_fields=["sealed_at"])
    models.Party.objects.filter(episode_id=episode_id).update(shut_at=None)
    _bring_names_back(episode.child_id)


def expunge(episode_id: EpisodeId, now: datetime, order_ref: str) -> None:
    """Gone for good: keys destroyed, and every open word emptied. Ids, instants and the journal's entries stay."""
    child_id = _shut(episode_id, now)
    is_last = not _has_open(child_id) and not _has_sealed(child_id, episode_id)
    _each_key(episode_id, child_id if is_last else None, lambda record: vault.destroy(record, now, order_ref))
    models.Report.objects.filter(episode_id=episode_id).update(
        reporter_name="", reporter_relation="", reporter_phone=""
    )
    models.Offer.objects.filter(episode_id=episode_id).update(reason="", answer="")
    models.Statement.objects.filter(episode_id=episode_id, annex__isnull=False).update(annex=None)
    if is_last:
        models.SealedChild.objects.filter(pk=child_id).delete()
        models.Photo.objects.filter(child_id=child_id, annex__isnull=False).update(annex=None)
        _empty_names(child_id)


def known(ids: Iterable[str]) -> tuple[EpisodeId, ...]:
    """Which of these are responses, be they sealed, in order. The platform must be acting."""
    rows = models.Episode.objects.filter(pk__in=list(ids)).order_by("pk")
    return tuple(EpisodeId(one) for one in rows.values_list("pk", flat=True))


def keys_of(episode_id: EpisodeId) -> frozenset[str]:
    """Whose keys close what is kept of a response: its own, of the drafts it came from, of the child. The platform must
    be acting."""
    child = models.Episode.objects.filter(pk=episode_id).values_list("child_id", flat=True)
    return frozenset([episode_id, *_drafts(episode_id), *child])


def records_of_child(episode_id: EpisodeId) -> tuple[KeptRecord, ...]:
    """Every record about the child of this one, itself among them, oldest first. The platform must be acting."""
    child = models.Episode.objects.filter(pk=episode_id).values("child_id")[:1]
    rows = models.Episode.objects.filter(child_id=Subquery(child)).order_by("opened_at", "pk")
    return tuple(
        KeptRecord(
            episode_id=EpisodeId(row.id),
            owner_agency_id=AgencyId(row.owner_agency_id),
            state=EpisodeState(row.state),
            closed_at=row.closed_at,
            is_sealed=row.sealed_at is not None,
        )
        for row in rows
    )


def _shut(episode_id: EpisodeId, now: datetime) -> str:
    """Nobody's part in it opens anything any more; the id of the child."""
    episode = models.Episode.objects.select_for_update().get(pk=episode_id)
    episode.sealed_at = episode.sealed_at or now
    episode.save(update_fields=["sealed_at"])
    models.Party.objects.filter(episode_id=episode_id).update(shut_at=episode.sealed_at)
    return episode.child_id


def _each_key(episode_id: EpisodeId, child_id: str | None, act: Callable[[str], None]) -> None:
    """Do it to the key of the record, of the drafts it came from and, if it is the last one, of the child."""
    for record in (episode_id, *_drafts(episode_id)):
        act(record)
    if (
        child_id is not None
        and not _has_open(child_id)
        and not vault.shut_records().filter(pk=child_id, destroyed_at__isnull=False)
    ):
        act(child_id)


def _drafts(episode_id: EpisodeId) -> list[str]:
    return list(models.Draft.objects.filter(episode_id=episode_id).values_list("pk", flat=True))


def _has_open(child_id: str) -> bool:
    return models.Episode.objects.filter(child_id=child_id, sealed_at__isnull=True).exists()


def _has_sealed(child_id: str, but: EpisodeId) -> bool:
    """Whether another record of the child could still be opened by an order."""
    others = models.Episode.objects.filter(child_id=child_id).exclude(pk=but).values_list("pk", flat=True)
    return len(others) > vault.shut_records().filter(pk__in=list(others), destroyed_at__isnull=False).count()


def _put_names_away(child_id: str) -> None:
    child = models.Child.objects.select_for_update().get(pk=child_id)
    content = {
        "call_name": child.call_name,
        "born_on": child.born_on.isoformat() if child.born_on else None,
        "names": list(child.names.values_list("kind", "text")),
        "tribes": list(child.tribes.values_list("nation", "status")),
    }
    models.SealedChild.objects.create(child=child, content=content)
    _empty_names(child_id)


def _empty_names(child_id: str) -> None:
    models.ChildName.objects.filter(child_id=child_id).delete()
    models.ChildTribe.objects.filter(child_id=child_id).delete()
    models.Child.objects.filter(pk=child_id).update(call_name="", born_on=None)


def _bring_names_back(child_id: str) -> None:
    kept = models.SealedChild.objects.filter(pk=child_id).first()
    if kept is None:
        return
    said = kept.content
    born_on = date.fromisoformat(said["born_on"]) if said["born_on"] else None
    models.Child.objects.filter(pk=child_id).update(call_name=said["call_name"], born_on=born_on)
    models.ChildName.objects.bulk_create(
        models.ChildName(child_id=child_id, kind=kind, text=text, search_key=fold(text)) for kind, text in said["names"]
    )
    models.ChildTribe.objects.bulk_create(
        models.ChildTribe(child_id=child_id, nation=nation, status=status) for nation, status in said["tribes"]
    )
    kept.delete()
