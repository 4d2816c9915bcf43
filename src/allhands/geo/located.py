"""What is known of a place: every candidate, how sure, and what the data cannot tell."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from allhands.geo.places import PlaceWords
from allhands.geo.tribal import TribalArea


class Standing(enum.Enum):
    """How a candidate fits the place."""

    INSIDE = "inside"
    NEAR = "near"
    POSSIBLE = "possible"


class IndianCountry(enum.Enum):
    """What our list says of the land. It never says no: allotments and dependent communities are on no list of ours."""

    YES = "yes"
    NEAR = "near"
    NOT_ON_OUR_LIST = "not-on-our-list"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class CountyCandidate:
    """A county that the place may be in.

    Args:
        fips: five digits.
        state: two letters.
        metres: from the point to the county as drawn; 0 inside; None when there is no point or no shape.
    """

    fips: str
    name: str
    state: str
    standing: Standing
    metres: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TribalCandidate:
    """A tribal area that the place may be in.

    Args:
        nations: ids of the nations whose name it carries; empty for joint-use areas.
        metres: as with counties; in Alaska to a circle as large as the land around the one known point.
    """

    area: TribalArea
    nations: tuple[str, ...]
    standing: Standing
    metres: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Located:
    """A place with all its candidates.

    Args:
        query: what was asked.
        point: latitude and longitude in degrees when one is known; of a ZIP, only somewhere inside.
        counties, tribal: nearest first.
        nearest: the nearest counties of a point that is in none.
        indian_country: of the land, as far as our list tells.
        time_zones: IANA names; more than one near a line.
        countries: ISO letters of what is within a kilometre; empty at sea.
        limits: codes of `LIMITS`: what the data cannot tell here.
        code: why no county holds the place, such as `place.at-sea`; empty when one does.
    """

    query: str
    point: tuple[float, float] | None = None
    counties: tuple[CountyCandidate, ...] = ()
    tribal: tuple[TribalCandidate, ...] = ()
    nearest: tuple[CountyCandidate, ...] = ()
    indian_country: IndianCountry = IndianCountry.UNKNOWN
    time_zones: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    limits: tuple[str, ...] = ()
    code: str = ""

    @property
    def states(self) -> tuple[str, ...]:
        """Two letters each, nearest first."""
        return tuple(dict.fromkeys(county.state for county in self.counties))

    @property
    def nations(self) -> tuple[str, ...]:
        """Ids of all nations whose land it is or may be, nearest first."""
        return tuple(dict.fromkeys(nation for candidate in self.tribal for nation in candidate.nations))

    @property
    def is_ambiguous(self) -> bool:
        """Whether a person must choose, or all candidates must be told."""
        unsure = any(candidate.standing is not Standing.INSIDE for candidate in self.tribal)
        return len(self.counties) > 1 or len(self.time_zones) > 1 or len(self.countries) > 1 or unsure


@dataclass(frozen=True, slots=True)
class PlaceUnreadable(ValueError):
    """The text or the numbers name no place. Carries a stable code and words that say what to do next."""

    code: str
    words: PlaceWords

    def __str__(self) -> str:
        return self.words.en


# Why no county holds a point. Shown with the nearest counties.
CODES: Final[Mapping[str, PlaceWords]] = MappingProxyType(
    {
        "place.at-sea": PlaceWords(
            en="This point is at sea. If the child is in danger call 911.",
            es="Este punto está en el mar. Si hay peligro llame al 911.",
        ),
        "place.on-water": PlaceWords(
            en="This point is on the water, in no county of our map.",
            es="Este punto está en el agua, en ningún condado de nuestro mapa.",
        ),
        "place.canada": PlaceWords(
            en="This point is in Canada. Tell the police here and there.",
            es="Este punto está en Canadá. Avise a la policía de ambos lados.",
        ),
        "place.mexico": PlaceWords(
            en="This point is in Mexico. Tell the police here and there.",
            es="Este punto está en México. Avise a la policía de ambos lados.",
        ),
        "place.abroad": PlaceWords(
            en="This point is in another country. Check the minus sign: west longitudes are below zero.",
            es="Este punto está en otro país. Revise el signo menos: las longitudes al oeste son menores que cero.",
        ),
        "place.not-on-any-list": PlaceWords(
            en="No list here has this place. Try a county with its state, a ZIP code, or a point on the map.",
            es="Ninguna lista tiene este lugar. Pruebe un condado con su estado, un código postal o el mapa.",
        ),
        "place.not-a-point": PlaceWords(
            en="Latitude goes from -90 to 90, longitude from -180 to 180, latitude first: 46.8, -100.8.",
            es="La latitud va de -90 a 90 y la longitud de -180 a 180, primero la latitud: 46.8, -100.8.",
        ),
    }
)

# What the data cannot tell, said wherever it matters.
LIMITS: Final[Mapping[str, PlaceWords]] = MappingProxyType(
    {
        "limit.county-lines": PlaceWords(
            en="County lines are drawn to about 1.4 km here: every county within 2.4 km is listed.",
            es="Los límites de condado están dibujados con unos 1.4 km de error: se listan todos a menos de 2.4 km.",
        ),
        "limit.tribal-land": PlaceWords(
            en="Tribal areas are those of the 2018 census list. Allotments and other such land are on no list here.",
            es="Las áreas tribales son las del censo de 2018. Las parcelas y otra tierra tribal no están en la lista.",
        ),
        "limit.alaska": PlaceWords(
            en="For Alaska only one point of each village area is known, not its shape.",
            es="En Alaska solo se conoce un punto de cada área de aldea, no su forma.",
        ),
        "limit.hawaii": PlaceWords(
            en="Hawaiian home lands are not in this data.",
            es="Las tierras de los hawaianos nativos no están en estos datos.",
        ),
        "limit.statistical": PlaceWords(
            en="A statistical area is drawn for the census; whether land in it is Indian country it cannot say.",
            es="Un área estadística se dibuja para el censo; no dice si la tierra es territorio indígena.",
        ),
        "limit.state-recognised": PlaceWords(
            en="A state reservation is recognised by the state; what federal law says of it is not in this data.",
            es="Una reserva estatal es reconocida por el estado; estos datos no dicen qué dice la ley federal.",
        ),
        "limit.not-a-point": PlaceWords(
            en="A ZIP code, county or name covers much ground: tribal areas in it are possible, not certain.",
            es="Un código postal, condado o nombre cubre mucho terreno: las áreas tribales son posibles, no seguras.",
        ),
        "limit.zip": PlaceWords(
            en="ZIP codes follow mail routes, not county lines. The list is some years old and may lack a county.",
            es="Los códigos postales siguen rutas de correo, no condados. La lista tiene años y puede faltar alguno.",
        ),
        "limit.county-without-shape": PlaceWords(
            en="One county nearby is too small for our map; its distance is to its middle.",
            es="Un condado cercano es demasiado pequeño para nuestro mapa; la distancia es a su centro.",
        ),
        "limit.crosswalk": PlaceWords(
            en="The county was split or renamed; all counties that now share its land are listed.",
            es="El condado fue dividido o renombrado; se listan todos los que hoy comparten su tierra.",
        ),
    }
)
