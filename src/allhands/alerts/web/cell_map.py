"""The map on which a subscriber chooses a cell: each is a link, so that it needs no script and no mouse."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from allhands.alerts import cells
from allhands.alerts.contracts import LatLon
from allhands.geo import outlines

_RINGS: Final = 2  # nineteen cells: some thirty kilometres across


@dataclass(frozen=True, slots=True, kw_only=True)
class Hexagon:
    """One cell.

    Args:
        cell: its number as H3 writes it.
        words: where it lies from the chosen one, and the towns in it.
    """

    cell: str
    path: str
    words: str
    is_chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CellMap:
    """What the page draws.

    Args:
        chosen: the cell in the middle.
        chosen_towns: with a ZIP code in it; empty when the list knows none.
    """

    chosen: str
    chosen_towns: str
    width: int
    height: int
    lines: tuple[str, ...]
    hexagons: tuple[Hexagon, ...]
    towns: tuple[outlines.Town, ...]


def present(chosen: int) -> CellMap:
    """The chosen cell and those around it."""
    numbers = {f"{one:x}": one for one in cells.around(chosen, _RINGS)}
    grid = outlines.grid_map({code: cells.corners_of(one) for code, one in numbers.items()})
    middle = cells.middle_of(chosen)
    return CellMap(
        chosen=f"{chosen:x}",
        chosen_towns=", ".join(grid.towns_in[f"{chosen:x}"]),
        width=grid.map.width,
        height=grid.map.height,
        lines=tuple(one.path for one in grid.map.land),
        hexagons=tuple(
            Hexagon(
                cell=one.code,
                path=one.path,
                words=", ".join(
                    [
                        _where(middle, cells.middle_of(numbers[one.code])),
                        *grid.towns_in[one.code],
                    ]
                ),
                is_chosen=numbers[one.code] == chosen,
            )
            for one in grid.map.areas
        ),
        towns=grid.towns,
    )


def _where(middle: LatLon, other: LatLon) -> str:
    """How far and in which direction, as one would say it."""
    north = other[0] - middle[0]
    east = ((other[1] - middle[1] + 180) % 360 - 180) * math.cos(math.radians(middle[0]))
    km = math.radians(math.hypot(north, east)) * cells.EARTH_KM
    if km < 1:
        return _("The chosen cell")
    directions = (
        _("north"), _("north-east"), _("east"), _("south-east"),
        _("south"), _("south-west"), _("west"), _("north-west"),
    )  # fmt: skip
    toward = directions[round(math.degrees(math.atan2(east, north)) / 45) % 8]
    return _("%(km)d km to the %(direction)s") % {"km": round(km), "direction": toward}
