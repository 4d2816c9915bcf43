"""Documents beside a proof."""

from __future__ import annotations

import hashlib
import unicodedata
from datetime import datetime

from allhands.access import api as access
from allhands.duties import models
from allhands.kernel.ids import EpisodeId
from allhands.platform import attachments, scanning


def store(episode_id: EpisodeId, filename: str, content: bytes, now: datetime) -> models.Document:
    """The stored document.

    Raises:
        Refused: as `attachments.inspect`, `document-infected`, or `photo-taken-down`; the text tells what to do.
    """
    media_type, clean = attachments.inspect(content)
    if media_type.startswith("image/"):
        access.check_photo(access.see_photo(clean), field="document")
    scanned = scanning.scan(content) is scanning.Scan.CLEAN
    return models.Document.objects.create(
        episode_id=episode_id,
        media_type=media_type,
        filename=_safe_name(filename),
        content=clean,
        sha256=hashlib.sha256(clean).hexdigest(),
        scanned=scanned,
        at=now,
    )


def _safe_name(filename: str) -> str:
    shown = "".join(letter for letter in filename if unicodedata.category(letter)[0] != "C")
    return shown.replace("/", "_").replace("\\", "_")[-200:]
