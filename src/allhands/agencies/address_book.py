"""Agencies and people looked up for one page: each once, or all of them before the page is drawn."""

from __future__ import annotations

from collections.abc import Iterable

from allhands.agencies import queries
from allhands.agencies.contracts import AgencyView, MemberView
from allhands.kernel.ids import AgencyId, MemberId


class AddressBook:
    """Belongs to one request: what it has learned is as true as the page that asks."""

    def __init__(self) -> None:
        self._agencies: dict[AgencyId, AgencyView] = {}
        self._people: dict[MemberId, MemberView] = {}

    def learn(self, *, agency_ids: Iterable[AgencyId] = (), member_ids: Iterable[MemberId] = ()) -> None:
        """Read all of these at once: one query for the agencies, one for the people, however many there are."""
        wanted_agencies = set(agency_ids) - self._agencies.keys()
        wanted_people = set(member_ids) - self._people.keys()
        if wanted_agencies:
            self._agencies |= {view.id: view for view in queries.list_agencies(wanted_agencies)}
        if wanted_people:
            self._people |= {view.id: view for view in queries.list_people(wanted_people)}

    def agency(self, agency_id: AgencyId) -> AgencyView:
        """The agency.

        Raises:
            NotOnRecord: no agency has this id.
        """
        if agency_id not in self._agencies:
            self._agencies[agency_id] = queries.get_agency(agency_id)
        return self._agencies[agency_id]

    def person(self, member_id: MemberId) -> MemberView:
        """The person under this hat, current or ended.

        Raises:
            NotOnRecord: no hat has this id.
        """
        if member_id not in self._people:
            self._people[member_id] = queries.get_member(member_id)
        return self._people[member_id]
