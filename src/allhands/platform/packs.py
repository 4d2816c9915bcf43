"""The rule packs this node speaks by, loaded once a process."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from allhands import law


@lru_cache(maxsize=1)
def library() -> law.Library:
    """Every pack under `settings.ALLHANDS_PACKS_DIR`, checked.

    Raises:
        law.PackError: a pack is wrong; the findings name file and place.
    """
    return law.load_library(Path(settings.ALLHANDS_PACKS_DIR))
