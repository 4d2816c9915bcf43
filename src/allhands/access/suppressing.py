"""Fingerprints of what must not come back. Pure arithmetic, and one look into the table.

A picture has one of its bytes, and one of how it looks, so that the same picture saved again, turned, cut or framed is
known again, and no other is taken for it. None says anything about a face. A record has one for each name, of the
folded name and the birthday, keyed with the secret of this installation, so that the table is no list of names.
"""

from __future__ import annotations

import hashlib
import hmac
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings

from allhands.access import likeness, models
from allhands.access.contracts import SuppressionKind
from allhands.kernel.errors import Refused


def photo_keys(content: bytes) -> list[tuple[SuppressionKind, str]]:
    """The fingerprints to keep of a picture.

    Args:
        content: JPEG, PNG or WebP that Pillow can open.
    """
    return [
        (SuppressionKind.PHOTO_EXACT, exact_key(content)),
        *((SuppressionKind.PHOTO_LOOK, key) for key in likeness.keys_to_keep(content)),
    ]


def exact_key(content: bytes) -> str:
    """The fingerprint of a picture's bytes, under which the slice that keeps pictures knows each of them too."""
    return hashlib.sha256(content).hexdigest()


def record_key(name: str, born_on: date | None) -> str:
    """The fingerprint of a record."""
    letters = unicodedata.normalize("NFKD", name).casefold()
    folded = " ".join("".join(one for one in letters if not unicodedata.combining(one)).split())
    said = f"{folded}|{born_on.isoformat() if born_on else ''}"
    return hmac.new(settings.SECRET_KEY.encode(), f"suppression:{said}".encode(), hashlib.sha256).hexdigest()


@dataclass(frozen=True, slots=True)
class PhotoSeen:
    """What is asked of a picture that comes: made before anything is locked, since it takes a while."""

    exact: str
    look: likeness.Look


def see_photo(content: bytes) -> PhotoSeen:
    """What `check_photo` asks of a picture.

    Args:
        content: JPEG, PNG or WebP that Pillow can open.
    """
    return PhotoSeen(exact_key(content), likeness.look_of(content))


def is_suppressed_photo(seen: PhotoSeen) -> bool:
    """Whether the person shown had this picture taken down."""
    rows = models.Suppression.objects
    if rows.filter(kind=SuppressionKind.PHOTO_EXACT.value, key=seen.exact).exists():
        return True
    kept = rows.filter(kind=SuppressionKind.PHOTO_LOOK.value).values_list("key", flat=True)
    return any(likeness.is_same(seen.look, one) for one in likeness.kept_looks(kept))


def check_photo(seen: PhotoSeen, *, field: str) -> None:
    """Nothing, unless the person shown had this picture taken down.

    Args:
        field: of the form that brought it.
    Raises:
        Refused: `photo-taken-down`.
    """
    if is_suppressed_photo(seen):
        words = "This picture was taken down at the wish of the person it shows. Use another one."
        raise Refused("photo-taken-down", words, field=field)


def is_suppressed_record(name: str, born_on: date | None, last_seen: datetime | None) -> bool:
    """Whether this is the record that was taken back: the same person, last seen before it was.

    A child who is missing anew was seen after it, and must always be reportable; so an unknown birthday or an unknown
    time never makes a record the same.
    """
    if last_seen is None:
        return False
    keys = {record_key(name, born_on)} | ({record_key(name, None)} if born_on is None else set())
    return models.Suppression.objects.filter(
        kind=SuppressionKind.RECORD.value, key__in=keys, until__gte=last_seen
    ).exists()


def dark_photos(exact_keys: Iterable[str]) -> frozenset[str]:
    """Which of these stored pictures, by the fingerprint of their bytes, are shown to nobody any more."""
    rows = models.Suppression.objects.filter(kind=SuppressionKind.PHOTO_EXACT.value, key__in=list(exact_keys))
    return frozenset(rows.values_list("key", flat=True))
