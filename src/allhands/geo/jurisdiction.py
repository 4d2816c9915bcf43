"""Whose police may act on which land: Public Law 280 and what is known beside it, as a table with sources and gaps.

It names candidates, never one answer: tell them all, then settle who leads. It is no reason to refuse a report. Every
row was read (dossier federal-law, section 6.5); what was not read is a gap.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from allhands.geo.located import IndianCountry, Located
from allhands.geo.places import PlaceWords
from allhands.geo.tables import rows


class Authority(enum.Enum):
    """Whose police may be in charge."""

    TRIBAL = "tribal"
    STATE = "state"
    FEDERAL = "federal"


class Pl280(enum.Enum):
    """Whether a state has criminal jurisdiction in the Indian country at a place."""

    STATE_HAS_IT = "state-has-it"
    EXCEPTED = "excepted"
    NOT_READ = "not-read"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrangement:
    """One row of the table.

    Args:
        kind: meaning, state-has-it, exception, shared, federal, federal-too, optional, tribal.
        states: two letters; empty for all.
        areas: census area codes of four digits; empty for all.
        source, pin: where it stands.
        confidence: A, B or C as in the rule packs.
    """

    id: str
    kind: str
    states: tuple[str, ...]
    areas: tuple[str, ...]
    words: PlaceWords
    source: str
    pin: str
    confidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Jurisdiction:
    """Who may be in charge at a place.

    Args:
        authorities: all whose police may be; each must be told.
        pl280: of the states and areas that the place may be in; UNCLEAR when they differ.
        arrangements: the rows that speak.
        gaps: codes of `GAPS`.
    """

    authorities: tuple[Authority, ...]
    pl280: Pl280
    arrangements: tuple[Arrangement, ...]
    gaps: tuple[str, ...]


GAPS: Final = {
    "gap.unlisted-land": PlaceWords(
        en="Allotments and dependent communities are on no list here. If it may be such land, tell the nation too.",
        es="Las parcelas y comunidades dependientes no están en la lista. Si puede serlo, avise también a la nación.",
    ),
    "gap.no-land": PlaceWords(
        en="No county holds this point; who is in charge there was in no text we read. In danger call 911.",
        es="Ningún condado contiene este punto; quién está a cargo no estaba en ningún texto. En peligro llame al 911.",
    ),
    "gap.retrocession": PlaceWords(
        en="Which nations' land has been given back from state to federal jurisdiction was in no text we read.",
        es="Qué tierras han vuelto de la jurisdicción estatal a la federal no estaba en ningún texto leído.",
    ),
    "gap.optional": PlaceWords(
        en="Which other states have taken jurisdiction, and over which nations' land, was in no text we read.",
        es="Qué otros estados asumieron jurisdicción, y sobre qué tierras, no estaba en ningún texto leído.",
    ),
    "gap.federal-request": PlaceWords(
        en="Which nations asked for federal jurisdiction beside the state's was in no text we read.",
        es="Qué naciones pidieron jurisdicción federal junto a la estatal no estaba en ningún texto leído.",
    ),
    "gap.agreements": PlaceWords(
        en="Agreements between nations, counties and states about policing were not read. Ask the nation.",
        es="No se leyeron los acuerdos de policía entre naciones, condados y estados. Pregunte a la nación.",
    ),
}


def jurisdiction(located: Located) -> Jurisdiction:
    """Who may be in charge at a place with all its candidates.

    Example:
        >>> from allhands.geo.locate import at_point
        >>> [one.value for one in jurisdiction(at_point(48.84, -99.75)).authorities]
        ['tribal', 'state', 'federal']
    """
    areas = tuple(dict.fromkeys(candidate.area.code for candidate in located.tribal))
    return jurisdiction_over(located.states, areas, indian_country=located.indian_country)


def jurisdiction_over(
    states: Iterable[str], areas: Iterable[str], *, indian_country: IndianCountry = IndianCountry.UNKNOWN
) -> Jurisdiction:
    """Who may be in charge, given states and census area codes that a place may be in."""
    states, areas = tuple(states), tuple(areas)
    if indian_country is IndianCountry.NOT_ON_OUR_LIST and not areas:
        return Jurisdiction(
            authorities=(Authority.STATE,) if states else (),
            pl280=Pl280.NOT_READ,
            arrangements=tuple(row for row in arrangements() if row.kind == "meaning"),
            gaps=("gap.unlisted-land" if states else "gap.no-land",),
        )
    spoken = tuple(row for row in arrangements() if _speaks(row, states, areas))
    return Jurisdiction(
        authorities=(Authority.TRIBAL, Authority.STATE, Authority.FEDERAL),
        pl280=_pl280(states, areas),
        arrangements=spoken,
        gaps=_gaps(spoken),
    )


@lru_cache(maxsize=1)
def arrangements() -> tuple[Arrangement, ...]:
    """The whole table."""
    return tuple(
        Arrangement(
            id=row["id"],
            kind=row["kind"],
            states=tuple(row["states"].split()),
            areas=tuple(row["areas"].split()),
            words=PlaceWords(en=row["en"], es=row["es"]),
            source=row["source"],
            pin=row["pin"],
            confidence=row["confidence"],
        )
        for row in rows("jurisdiction.csv")
    )


def _speaks(row: Arrangement, states: tuple[str, ...], areas: tuple[str, ...]) -> bool:
    if row.kind in ("federal", "optional"):
        return any(state not in _mandatory() for state in states) or any(area in _excepted() for area in areas)
    in_state = not row.states or any(state in row.states for state in states)
    return in_state and (not row.areas or any(area in row.areas for area in areas))


def _pl280(states: tuple[str, ...], areas: tuple[str, ...]) -> Pl280:
    excepted = [area in _excepted() for area in areas]
    found = {Pl280.STATE_HAS_IT if state in _mandatory() else Pl280.NOT_READ for state in states}
    if excepted and all(excepted):
        return Pl280.EXCEPTED
    if len(found) != 1 or any(excepted):
        return Pl280.UNCLEAR if states else Pl280.NOT_READ
    return found.pop()


def _gaps(spoken: tuple[Arrangement, ...]) -> tuple[str, ...]:
    kinds = {row.kind for row in spoken}
    said = [
        *(["gap.retrocession", "gap.federal-request"] if "state-has-it" in kinds else []),
        *(["gap.optional"] if "optional" in kinds else []),
        "gap.agreements",
    ]
    return tuple(said)


def _mandatory() -> frozenset[str]:
    return frozenset(state for row in arrangements() if row.kind == "state-has-it" for state in row.states)


def _excepted() -> frozenset[str]:
    return frozenset(area for row in arrangements() if row.kind == "exception" for area in row.areas)
