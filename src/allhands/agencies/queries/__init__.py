"""Reads of this slice, returned as contracts."""

from allhands.agencies.queries.agencies import agencies_serving as agencies_serving
from allhands.agencies.queries.agencies import agencies_touching as agencies_touching
from allhands.agencies.queries.agencies import agencies_under as agencies_under
from allhands.agencies.queries.agencies import get_agency as get_agency
from allhands.agencies.queries.agencies import hand_off_targets as hand_off_targets
from allhands.agencies.queries.agencies import list_agencies as list_agencies
from allhands.agencies.queries.agencies import recipient_for as recipient_for
from allhands.agencies.queries.agencies import recipients_at as recipients_at
from allhands.agencies.queries.agencies import staffed as staffed
from allhands.agencies.queries.agencies import word_of as word_of
from allhands.agencies.queries.agreements import agreements_between as agreements_between
from allhands.agencies.queries.agreements import find_agreement as find_agreement
from allhands.agencies.queries.agreements import has_agreement as has_agreement
from allhands.agencies.queries.agreements import list_agreements as list_agreements
from allhands.agencies.queries.people import actor_for_member as actor_for_member
from allhands.agencies.queries.people import find_actor as find_actor
from allhands.agencies.queries.people import get_member as get_member
from allhands.agencies.queries.people import hats_of_person as hats_of_person
from allhands.agencies.queries.people import is_same_person as is_same_person
from allhands.agencies.queries.people import list_hats as list_hats
from allhands.agencies.queries.people import list_members as list_members
from allhands.agencies.queries.people import list_members_by_email as list_members_by_email
from allhands.agencies.queries.people import list_people as list_people
from allhands.agencies.queries.routes import list_invitations as list_invitations
from allhands.agencies.queries.routes import list_tokens as list_tokens
from allhands.agencies.queries.routes import routes as routes
