"""Which agency a rule's code means, here."""

from __future__ import annotations

from collections.abc import Mapping

from allhands import law
from allhands.agencies import api as agencies
from allhands.agencies.contracts import AgencyView
from allhands.episodes.contracts import EpisodeView
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


def is_for_the_ledger(duty: law.DutyResult) -> bool:
    """Whether somebody in this response owes the duty for this child."""
    return duty.actor not in NOT_LEDGER_ACTORS and duty.action not in NOT_LEDGER_ACTIONS


class Router:
    """Finds the agency of a code for one episode; asks the directory once."""

    def __init__(self, episode: EpisodeView, place: Mapping[str, str]) -> None:
        self.owner = agencies.get_agency(episode.owner_agency_id)
        self._asked = episode.offer.to_agency_id if episode.offer else None
        self._here = agencies.recipients_at(
            state=place.get("state"), county_fips=place.get("county_fips"), nation=place.get("nation")
        )

    def find(self, code: str) -> AgencyView | None:
        """The agency, or None when nobody on record serves this place: the page then says "Nobody has told us"."""
        return self.owner if KIND_OF_CODE.get(code) is self.owner.kind else self._here.get(code)

    def agency_owing(self, duty: law.DutyResult) -> AgencyId | None:
        """Who owes the duty: of an answer to a hand-off, the agency that was asked."""
        if duty.action == HAND_OFF_ANSWER and self._asked:
            return self._asked
        return self.agency_for(duty.actor)

    def agency_for(self, code: str) -> AgencyId | None:
        """The id of that agency."""
        found = self.find(code)
        return found.id if found else None
