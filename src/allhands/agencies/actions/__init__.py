"""One function per command. Each checks the door, acts, and is journalled in the same transaction."""

from allhands.agencies.actions.agencies import add_route as add_route
from allhands.agencies.actions.agencies import create_agency as create_agency
from allhands.agencies.actions.agencies import verify_route as verify_route
from allhands.agencies.actions.agreements import confirm_agreement as confirm_agreement
from allhands.agencies.actions.agreements import end_agreement as end_agreement
from allhands.agencies.actions.agreements import record_agreement as record_agreement
from allhands.agencies.actions.leaving import get_person as get_person
from allhands.agencies.actions.leaving import leave as leave
from allhands.agencies.actions.leaving import people_of as people_of
from allhands.agencies.actions.letting_in import get_account_of as get_account_of
from allhands.agencies.actions.letting_in import help_sign_in as help_sign_in
from allhands.agencies.actions.letting_in import is_help_open as is_help_open
from allhands.agencies.actions.letting_in import use_sign_in_help as use_sign_in_help
from allhands.agencies.actions.people import accept_invitation as accept_invitation
from allhands.agencies.actions.people import end_membership as end_membership
from allhands.agencies.actions.people import find_invitation as find_invitation
from allhands.agencies.actions.people import invite_member as invite_member
from allhands.agencies.actions.people import withdraw_invitation as withdraw_invitation
from allhands.agencies.actions.tokens import authenticate_token as authenticate_token
from allhands.agencies.actions.tokens import issue_token as issue_token
from allhands.agencies.actions.tokens import revoke_token as revoke_token
