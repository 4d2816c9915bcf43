"""Which world the page belongs to. Pure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class WorldBand:
    """world: live, demo or drill."""

    world: str
