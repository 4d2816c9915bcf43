"""Which agency a rule's code means, here."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from allhands import law
from allhands.agencies import api as agencies
from allhands.agencies.contracts import AgencyView, Candidate, Candidates, Meant, PlaceRole
from allhands.episodes.contracts import EpisodeView, FactLine
from allhands.kernel.actors import AgencyKind
from allhands.kernel.ids import AgencyId

# The owner keeps what its own kind owes: a county office that took the report does not hand its 24 hours to another.
KIND_OF_CODE: Mapping[str, AgencyKind] = {
    "child_welfare_agency": AgencyKind.CHILD_WELFARE,
    "law_enforcement": AgencyKind.LAW_ENFORCEMENT,
    "tribal_police": AgencyKind.TRIBAL_POLICE,
    "tribal_government": AgencyKind.TRIBAL_GOVERNMENT,
    "tribal_icwa_agent": AgencyKind.TRIBAL_GOVERNMENT,
    "court": AgencyKind.COURT,
    "shelter": AgencyKind.SHELTER,
    "school": AgencyKind.SCHOOL,
}

# Duties of a caretaker under criminal law, of the nation as a whole, or counted once a year have no place on the
# ledger of one episode: they are shown with the law, never as somebody's clock (a caretaker's limit is not a wait).
NOT_LEDGER_ACTORS = frozenset({"caretaker_responsible", "everyone", "attorney_general", "federal_agency"})
HAND_OFF_ANSWER = "hand_off_answer"
KEEP_CASE = "other:keep-case"
NOT_LEDGER_ACTIONS = frozenset({"annual_count"})
NATIONS = "child.tribal_affiliation"
_PLACES: Mapping[PlaceRole, str] = {
    PlaceRole.LAST_SEEN: "place.last_seen",
    PlaceRole.PLACEMENT: "place.placement",
    PlaceRole.CUSTODY: "place.custody",
    PlaceRole.RESIDENCE: "place.residence",
}


def is_for_the_ledger(duty: law.DutyResult) -> bool:
    """Whether somebody in this response owes the duty for this child."""
    return duty.actor not in NOT_LEDGER_ACTORS and duty.action not in NOT_LEDGER_ACTIONS


class Routes:
    """What was found for the places and nations of children before; lives for one look at many episodes."""

    def __init__(self) -> None:
        self._found: dict[str, Mapping[str, Meant]] = {}
        self._agencies: dict[AgencyId, AgencyView] = {}

    def agency(self, agency_id: AgencyId) -> AgencyView:
        """An agency, which has most often been found as one that serves the child."""
        if agency_id not in self._agencies:
            self._agencies[agency_id] = agencies.get_agency(agency_id)
        return self._agencies[agency_id]

    def meant(self, statements: Iterable[FactLine]) -> Mapping[str, Meant]:
        """What each code means for the child."""
        said = {line.fact_id: line.value for line in statements if line.current}
        key = json.dumps([said.get(fact) for fact in (*_PLACES.values(), NATIONS)], sort_keys=True)
        if key not in self._found:
            found = candidates_of(statements)
            self._agencies |= {one.agency.id: one.agency for one in found.agencies}
            self._found[key] = agencies.recipients_among(found)
        return self._found[key]


class Router:
    """Finds the agencies of a code for one episode: the union over every place and nation of the child, asked once.

    Args:
        statements: what was said of the child; where it was seen, lives, is placed or in custody, and its nations.
        routes: what was found for other episodes just now.
    """

    def __init__(self, episode: EpisodeView, statements: Iterable[FactLine], routes: Routes | None = None) -> None:
        routes = routes or Routes()
        self._meant = routes.meant(tuple(statements))
        self.owner = routes.agency(episode.owner_agency_id)
        self._asked = episode.offer.to_agency_id if episode.offer else None

    def told(self, code: str) -> tuple[AgencyView, ...]:
        """The agencies that a packet for this code goes to: the owner where it is meant, else all that may have to act.

        Empty when nobody on record serves these places, or when only one may know and several are equally near.
        """
        if KIND_OF_CODE.get(code) is self.owner.kind:
            return (self.owner,)
        return tuple(one.agency for one in self._meant[code].told) if code in self._meant else ()

    def agency_owing(self, duty: law.DutyResult) -> AgencyId | None:
        """Who owes the duty: of an answer to a hand-off, the agency that was asked."""
        if duty.action == HAND_OFF_ANSWER and self._asked:
            return self._asked
        return self.agency_for(duty.actor)

    def agency_for(self, code: str) -> AgencyId | None:
        """The agency that acts first; None when nobody is on record, or several are equally near: never a guess."""
        if KIND_OF_CODE.get(code) is self.owner.kind:
            return self.owner.id
        first = self._meant[code].first if code in self._meant else None
        return first.agency.id if first else None


def candidates_of(statements: Iterable[FactLine]) -> Candidates:
    """Every agency on record that serves a place or a nation of the child, by what still stands of what was said."""
    said = {line.fact_id: line.value for line in statements if line.current}
    places = [(role, said.get(fact)) for role, fact in _PLACES.items()]
    nations = said.get(NATIONS)
    return agencies.candidate_agencies(
        [agencies.asked_of(role, place) for role, place in places if isinstance(place, dict)],
        nations=[one for one in nations if isinstance(one, str)] if isinstance(nations, list) else [],
    )


def meant(statements: Iterable[FactLine]) -> Mapping[str, tuple[Candidate, ...]]:
    """Every agency that each actor or recipient code may mean for the child, with its reasons."""
    return {code: one.union for code, one in agencies.recipients_among(candidates_of(statements)).items()}
