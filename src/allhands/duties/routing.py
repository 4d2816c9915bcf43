"""Which agency a rule's code means, here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from allhands import law
from allhands.agencies import api as agencies
from allhands.agencies.contracts import AgencyView, Candidate, Why
from allhands.duties import judging
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
_FAR = frozenset({Why.STATE, Why.NATIONWIDE})


def is_for_the_ledger(duty: law.DutyResult) -> bool:
    """Whether somebody in this response owes the duty for this child."""
    return duty.actor not in NOT_LEDGER_ACTORS and duty.action not in NOT_LEDGER_ACTIONS


class Router:
    """Finds the agencies of a code for one episode: the union over every place and nation of the child, asked once.

    Args:
        statements: what was said of the child; where it was seen, lives, is placed or in custody, and its nations.
    """

    def __init__(self, episode: EpisodeView, statements: Iterable[FactLine]) -> None:
        self.owner = agencies.get_agency(episode.owner_agency_id)
        self._asked = episode.offer.to_agency_id if episode.offer else None
        self._here = agencies.recipients_among(judging.candidates_for(statements))

    def union(self, code: str) -> tuple[Candidate, ...]:
        """Every agency that the code may mean here, each with its reasons, the nearest first."""
        return self._here.get(code, ())

    def receivers(self, code: str) -> tuple[AgencyView, ...]:
        """The agencies that are told: the owner where the code means it, else all that are not merely further off.

        Nobody is picked out of several that are equally near; a whole State's agency is told where none is nearer.
        """
        if KIND_OF_CODE.get(code) is self.owner.kind:
            return (self.owner,)
        return tuple(one.agency for one in nearest(self.union(code)))

    def find(self, code: str) -> AgencyView | None:
        """The one agency a code means; None when nobody on record serves these places, or several do: never a guess."""
        told = self.receivers(code)
        return told[0] if len(told) == 1 else None

    def agency_owing(self, duty: law.DutyResult) -> AgencyId | None:
        """Who owes the duty: of an answer to a hand-off, the agency that was asked."""
        if duty.action == HAND_OFF_ANSWER and self._asked:
            return self._asked
        return self.agency_for(duty.actor)

    def agency_for(self, code: str) -> AgencyId | None:
        """The id of that agency."""
        found = self.find(code)
        return found.id if found else None


def nearest(union: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """The candidates that serve less than a State; where there is none, those that serve the State or the country."""
    union = tuple(union)
    local = tuple(one for one in union if one.reasons[0].why not in _FAR)
    return local or tuple(one for one in union if one.reasons[0].why is union[0].reasons[0].why)
