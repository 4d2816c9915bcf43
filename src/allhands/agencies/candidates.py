"""Which agencies may have to act for a child: the union over every place and nation, each with its reasons.

Notify the union, then settle who leads: nothing is dropped because another agency is nearer, and no answer is a reason
to refuse a report (federal-law dossier, section 6.5). Whose police may be in charge: `allhands.geo.jurisdiction`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Final

from allhands.agencies import queries
from allhands.agencies.contracts import (
    AgencyView,
    AreaView,
    AskedPlace,
    Candidate,
    Candidates,
    NobodyFor,
    PlaceRole,
    Reason,
    Why,
)
from allhands.geo import crosswalk, locate
from allhands.geo.counties import find_county
from allhands.geo.located import Located, Standing
from allhands.kernel.actors import AgencyKind

# The order in which a place or a fit is named first.
_ROLES: Final = tuple(PlaceRole)
_WHYS: Final = tuple(Why)
_POLICE: Final = (AgencyKind.LAW_ENFORCEMENT, AgencyKind.TRIBAL_POLICE)


def asked_of(role: PlaceRole, place: Mapping[str, object]) -> AskedPlace:
    """A place as the facts have it, with the nations that have land in its county.

    Args:
        place: `state`, `county_fips`, `nation`, `indian_country`, any absent. Only a stated no to `indian_country`
            leaves out the nations of the county: not known is not no.
    """
    county = str(place.get("county_fips") or "")
    nation = str(place.get("nation") or "")
    states = [str(place.get("state") or "")]
    possible: tuple[str, ...] = ()
    found = find_county(county)
    if found is not None:
        states.append(found.state)
        if place.get("indian_country") is not False and not found.invented:
            possible = locate.by_county(county).nations
    return AskedPlace(
        role=role,
        states=_told(states),
        counties=_told([county]),
        nations=_told([nation]),
        nations_possible=tuple(one for one in possible if one != nation),
    )


def asked_at(role: PlaceRole, located: Located) -> AskedPlace:
    """A place as `geo.locate` found it, with all its candidates."""
    sure = [nation for one in located.tribal if one.standing is Standing.INSIDE for nation in one.nations]
    return AskedPlace(
        role=role,
        states=located.states,
        counties=tuple(county.fips for county in located.counties),
        nations=_told(sure),
        nations_possible=tuple(nation for nation in located.nations if nation not in sure),
    )


def candidate_agencies(
    places: Iterable[AskedPlace], *, nations: Iterable[str] = (), kinds: Collection[AgencyKind] = tuple(AgencyKind)
) -> Candidates:
    """Every agency on record that serves any of the places, or a nation of the child; nationwide ones last.

    Args:
        nations: slugs of the nations of which the child is, or may be, a part.
    """
    asked = [*places, AskedPlace(role=PlaceRole.NATION, nations=_told(nations))]
    views = queries.agencies_touching(
        states={state for place in asked for state in place.states},
        counties={code for place in asked for county in place.counties for code in crosswalk.related(county)},
        nations={nation for place in asked for nation in (*place.nations, *place.nations_possible)},
        kinds=kinds,
    )
    found = [Candidate(agency=view, reasons=reasons) for view in views if (reasons := _reasons(view, asked))]
    return Candidates(
        agencies=tuple(sorted(found, key=_order)), nobody_for=tuple(_nobody(asked, found, frozenset(kinds)))
    )


def _reasons(view: AgencyView, asked: Iterable[AskedPlace]) -> tuple[Reason, ...]:
    found = {reason for place in asked for area in view.areas for reason in _fits(area, place)}
    if view.is_nationwide:
        found.add(Reason(role=PlaceRole.LAST_SEEN, why=Why.NATIONWIDE, code=""))
    return tuple(sorted(found, key=lambda reason: (_WHYS.index(reason.why), _ROLES.index(reason.role), reason.code)))


def _fits(area: AreaView, place: AskedPlace) -> Iterator[Reason]:
    if area.nation:
        if area.nation in place.nations:
            yield Reason(role=place.role, why=Why.NATION, code=area.nation)
        elif area.nation in place.nations_possible:
            yield Reason(role=place.role, why=Why.NATION_POSSIBLE, code=area.nation)
    elif area.county_fips:
        same = crosswalk.related(area.county_fips)  # an area may have been written down before a county changed
        why = Why.PART_OF_COUNTY if area.part else Why.COUNTY
        yield from (Reason(role=place.role, why=why, code=county) for county in place.counties if county in same)
    elif area.state in place.states:
        yield Reason(role=place.role, why=Why.STATE, code=area.state)


def _nobody(asked: Iterable[AskedPlace], found: Collection[Candidate], kinds: frozenset[AgencyKind]) -> list[NobodyFor]:
    """Counties without police and nations without police or government: said, not passed over."""
    served = {(reason.code, one.agency.kind) for one in found for reason in one.reasons}
    missing = []
    for place in asked:
        for county in place.counties:
            if not any((county, kind) in served for kind in _POLICE):
                missing.append(NobodyFor(role=place.role, code=county, kind=AgencyKind.LAW_ENFORCEMENT))
        for nation in (*place.nations, *place.nations_possible):
            missing += [
                NobodyFor(role=place.role, code=nation, kind=kind)
                for kind in (AgencyKind.TRIBAL_POLICE, AgencyKind.TRIBAL_GOVERNMENT)
                if (nation, kind) not in served
            ]
    return [one for one in missing if one.kind in kinds]


def _order(one: Candidate) -> tuple[int, int, str, str]:
    first = one.reasons[0]
    return (_WHYS.index(first.why), _ROLES.index(first.role), one.agency.name, one.agency.id)


def _told(codes: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code for code in codes if code))
