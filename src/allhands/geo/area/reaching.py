"""Whom an area reaches: people living in it, borders and reservations it crosses, cells of subscribers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import h3
import numpy as np
import shapely

from allhands.geo import crosswalk, layers
from allhands.geo.area.measures import area_km2
from allhands.geo.area.model import Area
from allhands.geo.counties import find_county
from allhands.geo.crosswalk import Vintage
from allhands.geo.tables import rows
from allhands.geo.zones import countries_around

# Mean size and edge of a cell: standards dossier, section 7. A subscriber gives a coarse cell, never an address.
COARSE_RESOLUTION: Final = 6  # 36 km2
FINE_RESOLUTION: Final = 7  # 5.16 km2, edge 1.4 km
MOST_CELLS: Final = 2_000_000

_WHOLE: Final = 0.999
_LINE_M: Final = 300
_NOTHING: Final = 0.000_01
PEOPLE_AS_OF: Final = "2020 census"


@dataclass(frozen=True, slots=True, kw_only=True)
class CountyShare:
    """How much of a county's land an area covers.

    Args:
        fips: in the codes of the population table.
        share: 0 to 1, of the land.
        people: living in the whole county.
    """

    fips: str
    name: str
    share: float
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """People living in an area. Never people who saw an alert.

    Args:
        people: by share of land, as if people lived evenly over each county.
        at_least: in counties wholly inside.
        at_most: in all counties that the area touches.
        as_of: the count.
    """

    people: int
    at_least: int
    at_most: int
    as_of: str
    counties: tuple[CountyShare, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Crossings:
    """What lines an area lies across: reasons for a second look, and for telling others.

    Args:
        countries: ISO letters, looked up at a grid of points; a strip narrower than the grid may be missed.
        states: two letters.
        reservations: census codes of tribal areas that lie partly inside and partly outside.
    """

    countries: tuple[str, ...]
    states: tuple[str, ...]
    reservations: tuple[str, ...]

    @property
    def crosses_border(self) -> bool:
        return len(self.countries) > 1

    @property
    def crosses_states(self) -> bool:
        return len(self.states) > 1


def reach(area: Area) -> Reach:
    """People living in an area, with the honest range: land says little about where people live."""
    shares = sorted(_shares(area), key=lambda share: (-share.share * share.people, share.fips))
    return Reach(
        people=round(sum(share.share * share.people for share in shares)),
        at_least=sum(share.people for share in shares if share.share >= _WHOLE),
        at_most=sum(share.people for share in shares),
        as_of=PEOPLE_AS_OF,
        counties=tuple(shares),
    )


def crossings(area: Area) -> Crossings:
    """The countries, states and reservations that an area lies across."""
    counties = (find_county(fips) for fips in layers.county_layer().touching(area.shape))
    return Crossings(
        countries=_countries(area),
        states=tuple(sorted({county.state for county in counties if county is not None})),
        reservations=tuple(_cut(area)),
    )


def cells(area: Area, resolution: int = COARSE_RESOLUTION) -> frozenset[str]:
    """H3 cells that an area touches, so that no subscriber near its edge is left out.

    Args:
        resolution: 0 to 15; 6 for coarse subscriptions.

    Raises:
        ValueError: more than two million cells.
    """
    expected = area_km2(area.shape) / h3.average_hexagon_area(resolution, unit="km^2")
    if expected > MOST_CELLS:
        raise ValueError(f"{expected:,.0f} cells at resolution {resolution}; take a coarser one")
    found: set[str] = set()
    for part in shapely.get_parts(area.shape):
        shape = h3.geo_to_h3shape(shapely.geometry.mapping(part))
        found.update(h3.h3shape_to_cells_experimental(shape, resolution, contain="overlap"))
    return frozenset(found)


def cell_of(lat: float, lon: float, resolution: int = COARSE_RESOLUTION) -> str:
    """The H3 cell of a point: what a subscription keeps instead of the point.

    Example:
        >>> cell_of(46.8, -100.8)
        '86263681fffffff'
    """
    cell: str = h3.latlng_to_cell(lat, lon, resolution)
    return cell


def _shares(area: Area) -> list[CountyShare]:
    touched = {
        code
        for fips in layers.county_layer().touching(area.shape)
        for code in crosswalk.to(Vintage.POPULATION_2020, fips).codes
    }
    found = []
    for code in touched:
        share = _share(area, crosswalk.to(Vintage.SHAPES_2017, code).codes)
        county = find_county(code)
        if share > _NOTHING and county is not None:
            found.append(CountyShare(fips=code, name=county.name, share=share, people=_people().get(code, 0)))
    return found


def _share(area: Area, codes: tuple[str, ...]) -> float:
    """Of the land that the shapes of a county have, how much an area covers; both on the same flat map."""
    shapes = [shape for code in codes if (shape := layers.county_layer().shape(code)) is not None]
    land = shapely.union_all(shapes)
    covered = area_km2(shapely.intersection(land, area.shape))
    return min(1.0, covered / area_km2(land))


@lru_cache(maxsize=1)
def _people() -> Mapping[str, int]:
    return {row["fips"]: int(row["population_2020"] or 0) for row in rows("population.csv")}


def _cut(area: Area) -> list[str]:
    layer = layers.tribal_layer()
    found = []
    for geoid in layer.touching(area.shape):
        shape = layer.shape(geoid)
        outside = shapely.area(shapely.difference(shape, area.shape)) / shapely.area(shape)
        if outside > 1 - _WHOLE:
            found.append(geoid)
    return found


def _countries(area: Area) -> tuple[str, ...]:
    # Not along the line itself: where it follows a border, half its corners would lie abroad.
    shape = shapely.buffer(area.shape, -max(area.line_error_m, _LINE_M) / 111_320)
    if shapely.is_empty(shape):
        shape = area.shape
    west, south, east, north = shapely.bounds(shape)
    grid = [(lon, lat) for lon in np.linspace(west, east, 24) for lat in np.linspace(south, north, 24)]
    inside = shapely.intersects(shape, shapely.points(grid))
    corners = shapely.get_coordinates(shape)
    spots = [*(at for at, is_in in zip(grid, inside, strict=True) if is_in), *corners[:: max(1, len(corners) // 200)]]
    found = (country for lon, lat in spots for country in countries_around(float(lat), float(lon)))
    return tuple(sorted(set(found), key=lambda code: (code != "US", code)))
