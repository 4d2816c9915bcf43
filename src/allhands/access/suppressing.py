"""Fingerprints of what must not come back. Pure arithmetic, and one look into the table.

A picture has two: of its bytes, and of how it looks (a difference hash of 64 bits), so that the same picture saved
again, smaller or by another program, is known again. Neither says anything about a face. A record has one, of the
folded name and the birthday, keyed with the secret of this installation, so that the table is no list of names.
"""

from __future__ import annotations

import hashlib
import hmac
import io
import unicodedata
from collections.abc import Iterable
from datetime import date, datetime

from django.conf import settings
from PIL import Image

from allhands.access import models
from allhands.access.contracts import SuppressionKind

_SIDE = 8
# Of 64 bits. Saving again moves one or two; another picture of the same person moves about thirty.
_SAME_LOOK = 6


def photo_keys(content: bytes) -> dict[SuppressionKind, str]:
    """Both fingerprints of a picture.

    Args:
        content: JPEG, PNG or WebP that Pillow can open.
    """
    return {
        SuppressionKind.PHOTO_EXACT: hashlib.sha256(content).hexdigest(),
        SuppressionKind.PHOTO_LOOK: f"{_look(content):016x}",
    }


def record_key(name: str, born_on: date | None) -> str:
    """The fingerprint of a record."""
    letters = unicodedata.normalize("NFKD", name).casefold()
    folded = " ".join("".join(one for one in letters if not unicodedata.combining(one)).split())
    said = f"{folded}|{born_on.isoformat() if born_on else ''}"
    return hmac.new(settings.SECRET_KEY.encode(), f"suppression:{said}".encode(), hashlib.sha256).hexdigest()


def is_suppressed_photo(content: bytes) -> bool:
    """Whether the person shown had this picture taken down."""
    keys = photo_keys(content)
    if models.Suppression.objects.filter(
        kind=SuppressionKind.PHOTO_EXACT.value, key=keys[SuppressionKind.PHOTO_EXACT]
    ).exists():
        return True
    seen = int(keys[SuppressionKind.PHOTO_LOOK], 16)
    looks = models.Suppression.objects.filter(kind=SuppressionKind.PHOTO_LOOK.value).values_list("key", flat=True)
    return any((int(key, 16) ^ seen).bit_count() <= _SAME_LOOK for key in looks)


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


def dark_photos(photo_ids: Iterable[str]) -> frozenset[str]:
    """Which of these stored pictures are shown to nobody any more."""
    rows = models.Suppression.objects.filter(kind=SuppressionKind.PHOTO_EXACT.value, refers_to__in=list(photo_ids))
    return frozenset(rows.values_list("refers_to", flat=True))


def _look(content: bytes) -> int:
    with Image.open(io.BytesIO(content)) as picture:
        grey = picture.convert("L").resize((_SIDE + 1, _SIDE), Image.Resampling.LANCZOS)
    pixels = grey.tobytes()
    bits = 0
    for row in range(_SIDE):
        for column in range(_SIDE):
            left = row * (_SIDE + 1) + column
            bits = bits << 1 | (pixels[left] > pixels[left + 1])
    return bits
