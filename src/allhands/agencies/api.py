"""What other slices may ask of agencies."""

from __future__ import annotations

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from django.utils import timezone

from allhands.agencies import queries, recipients
from allhands.agencies.actions.tokens import authenticate_token as authenticate_token
from allhands.agencies.address_book import AddressBook as AddressBook
from allhands.agencies.candidates import asked_at as asked_at
from allhands.agencies.candidates import asked_of as asked_of
from allhands.agencies.candidates import candidate_agencies as candidate_agencies
from allhands.agencies.contracts import AgencyView, Candidates, Meant
from allhands.agencies.demo import load as demo_loader
from allhands.agencies.domain import is_answered as is_answered
from allhands.agencies.queries import agencies_serving as agencies_serving
from allhands.agencies.queries import agencies_under as agencies_under
from allhands.agencies.queries import agreements_between as agreements_between
from allhands.agencies.queries import get_agency as get_agency
from allhands.agencies.queries import get_member as get_member
from allhands.agencies.queries import has_agreement as has_agreement
from allhands.agencies.queries import hats_of_person as hats_of_person
from allhands.agencies.queries import is_same_person as is_same_person
from allhands.agencies.queries import list_agencies as list_agencies
from allhands.agencies.queries import list_agreements as list_agreements
from allhands.agencies.queries import list_members as list_members
from allhands.agencies.queries import list_members_by_email as list_members_by_email
from allhands.agencies.queries import routes as routes
from allhands.agencies.sign_in.hats import resolve_actor as resolve_actor
from allhands.kernel.actors import Actor
from allhands.kernel.ids import AgencyId, MemberId

register_demo_story = demo_loader.register_story
demo_actor = demo_loader.actor_of
demo_agency_id = demo_loader.agency_id_of


def recipient_for(code: str, *, state: str | None, county_fips: str | None, nation: str | None) -> AgencyView | None:
    """The agency a rule's actor or recipient code stands for at a place; None: nobody has told us.

    Args:
        code: as in the rule packs, such as `child_welfare_agency`.
    """
    today = timezone.now().date()
    return queries.recipient_for(code, state=state, county_fips=county_fips, nation=nation, on=today)


def recipients_at(*, state: str | None, county_fips: str | None, nation: str | None) -> Mapping[str, AgencyView]:
    """What `recipient_for` says of every code, asked at once; a code that nobody is for is not in it."""
    return queries.recipients_at(state=state, county_fips=county_fips, nation=nation, on=timezone.now().date())


def hand_off_targets(actor: Actor) -> tuple[AgencyView, ...]:
    """Agencies this actor's agency could offer a child to, by name."""
    return queries.hand_off_targets(actor, timezone.now().date())


def recipients_among(found: Candidates) -> Mapping[str, Meant]:
    """What each code means among these candidates: the union with its reasons, who is told, who acts first."""
    return recipients.recipients_among(found, timezone.now().date())


def actor_for_member(member_id: MemberId) -> Actor:
    """The actor a hat makes.

    Raises:
        NotOnRecord: no such hat, or it does not hold now.
    """
    return queries.actor_for_member(member_id, timezone.now())


def zone_of(actor: Actor) -> ZoneInfo:
    """The time zone of the actor's agency; UTC for the platform itself."""
    return ZoneInfo(queries.word_of(actor.agency_id, "time_zone") if actor.agency_id else "UTC")


def home_of(actor: Actor) -> tuple[str, str]:
    """State and county where the actor's agency is at home, each empty when it serves more than one or none."""
    agency = queries.get_agency(actor.agency_id) if actor.agency_id else None
    areas = [area for area in agency.areas if area.state] if agency else []
    states, counties = {area.state for area in areas}, {area.county_fips for area in areas}
    return (states.pop() if len(states) == 1 else "", counties.pop() if len(counties) == 1 else "")


def nations_of(agency_id: AgencyId) -> tuple[str, ...]:
    """Slugs of the nations that the agency serves, the one it was entered with first."""
    return tuple(dict.fromkeys(area.nation for area in queries.get_agency(agency_id).areas if area.nation))
