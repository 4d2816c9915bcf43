"""The last checkpoint, kept beside the key and not in the database: the database's owner cannot cut the journal back to
an earlier checkpoint without somebody noticing, even where no witness watches."""

from __future__ import annotations

import contextlib
import os
from datetime import datetime
from pathlib import Path

from django.conf import settings

from allhands.platform.proof.checkpoint import Checkpoint, NoteFault, Verifier, open_note

_NAME = "journal_last"


def remember(note: str, verifier: Verifier) -> None:
    """Keep the note, unless a longer one is kept. A folder nobody may write to remembers nothing, and a note that an
    earlier key or name signed is not ours to vouch for: the next that is new will be.
    """
    with contextlib.suppress(OSError, NoteFault):
        new, old = open_note(note, verifier), last(verifier)
        if old is not None and old.size >= new.size:
            return
        file = _file()
        unfinished = file.with_name(f"{file.name}.{os.getpid()}")
        unfinished.write_text(note, encoding="utf-8")
        unfinished.replace(file)


def last(verifier: Verifier) -> Checkpoint | None:
    """The longest checkpoint this machine signed; None when it remembers none that this key signed."""
    try:
        return open_note(_file().read_text(encoding="utf-8"), verifier)
    except (OSError, UnicodeDecodeError, NoteFault):
        return None


def set_aside(now: datetime) -> None:
    """After a backup was brought back: what was signed since is gone, and whoever restored knows it."""
    with contextlib.suppress(FileNotFoundError):
        _file().rename(_file().with_name(f"{_NAME}.{now:%Y%m%dT%H%M%S}"))


def _file() -> Path:
    return Path(settings.ALLHANDS_DATA_DIR) / _NAME
