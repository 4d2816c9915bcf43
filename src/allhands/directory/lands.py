"""Which transmitter reaches which land, read from its data file; what nobody has told us is not in it. Pure."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict

from allhands.directory.lines import Words

_FILE = Path(__file__).parent / "data" / "transmitters.yaml"


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Transmitter(_Data):
    name: Words
    source: str
    verified_on: date


class Land(_Data):
    """Args: nation: code of the packs; worlds: where it exists."""

    nation: str
    worlds: tuple[str, ...]
    transmitters: tuple[Transmitter, ...]


class _File(_Data):
    lands: tuple[Land, ...]


@cache
def _lands() -> tuple[Land, ...]:
    return _File.model_validate(yaml.safe_load(_FILE.read_text(encoding="utf-8"))).lands


def transmitters_of(nation: str, world: str) -> tuple[Transmitter, ...]:
    """The transmitters that reach a nation's land; none when nobody has told us."""
    return tuple(
        one for land in _lands() if land.nation == nation and world in land.worlds for one in land.transmitters
    )
