"""Reading a child's photos: those that may be shown, and which were taken down."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from allhands.access import api as access
from allhands.episodes import models
from allhands.episodes.actions.annexing import PHOTO
from allhands.episodes.contracts import PhotoView, SealedFile
from allhands.platform.vault import api as vault


def find_photo(child_id: str) -> PhotoView | None:
    """The newest photo of the child that was not taken down; none of a child whose records are sealed or gone."""
    row = _shown_photos(child_id).first()
    return None if row is None or row.content is vault.SEALED else _photo_view(row)


def list_photos(child_id: str) -> tuple[PhotoView, ...]:
    """Every photo of the child that was not taken down, the newest first: whoever takes one down takes down all."""
    return tuple(_photo_view(row) for row in _shown_photos(child_id) if row.content is not vault.SEALED)


def list_sealed_photos(child_id: str) -> tuple[SealedFile, ...]:
    """Pictures of the child that only a nation opens, the oldest first."""
    rows = (
        models.Photo.objects.filter(child_id=child_id, annex__isnull=False).defer("content").order_by("added_at", "pk")
    )
    return tuple(
        SealedFile(kind=PHOTO, of=child_id, file_id=row.id, added_at=row.added_at, annex=bytes(row.annex or b""))
        for row in rows
    )


def taken_down_photos(photo_ids: Iterable[str]) -> frozenset[str]:
    """Which of these photos were taken down at the wish of the person they show."""
    wanted = list(photo_ids)
    if not wanted:
        return frozenset()
    rows = dict(models.Photo.objects.filter(pk__in=wanted).values_list("pk", "sha256"))
    dark = access.dark_photos(rows.values())
    return frozenset(photo_id for photo_id, key in rows.items() if key in dark)


def _shown_photos(child_id: str) -> QuerySet[models.Photo]:
    rows = models.Photo.objects.filter(child_id=child_id, content__isnull=False)  # in a nation's box, or gone from it
    keys = list(rows.values_list("sha256", flat=True))
    return rows.exclude(sha256__in=access.dark_photos(keys) if keys else ()).order_by("-added_at", "-pk")


def _photo_view(row: models.Photo) -> PhotoView:
    return PhotoView(
        photo_id=row.id,
        content=bytes(row.content),
        media_type=row.media_type,
        taken_on=row.taken_on,
        added_at=row.added_at,
        added_by=row.added_by,
        is_scanned=row.scanned,
    )
