"""Who owns a new episode. A person reports: that person. Software reports: whom it names, or the agency's own order."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext as _

from allhands.agencies import api as agencies
from allhands.agencies.contracts import MemberView
from allhands.episodes.contracts import ReportCommand
from allhands.kernel.actors import Actor, Role
from allhands.kernel.errors import Refused
from allhands.kernel.ids import MemberId

# Who takes on a child when nobody is named: whoever assigns the work comes first, whoever only passes it on comes last.
# People in roles without a word here, such as a shelter worker, come after these.
TAKING_ORDER = (
    Role.SUPERVISOR,
    Role.DIRECTOR,
    Role.OFFICER,
    Role.CASEWORKER,
    Role.TRIBAL_LIAISON,
    Role.CLEARINGHOUSE_ANALYST,
)
# They see no child (the wall `wall-machine-hats-see-no-child`), so they own none.
NEVER_OWNERS = frozenset({Role.ADMINISTRATOR, Role.OPERATOR, Role.AUDITOR})


def choose_owner(actor: Actor, command: ReportCommand, now: datetime) -> MemberId:
    """The member who owns the episode of this report from its first second.

    Raises:
        Refused: `owner-unknown`, the named person works here in no role that may; `no-owner`, nobody does.
    """
    if actor.member_id:
        return actor.member_id
    today = now.astimezone(agencies.zone_of(actor)).date()
    if command.owner_email:
        return _named(actor, command.owner_email, today)
    people = sorted(_able(agencies.list_members(actor.agency_id, on=today)), key=_turn)
    if not people:
        raise Refused("no-owner", "Nobody in your agency can own this episode yet. Invite a supervisor first.")
    return people[0].id


def _named(actor: Actor, email: str, today: date) -> MemberId:
    people = _able(agencies.list_members_by_email(actor.agency_id, email, on=today))
    if not people:
        words = _(
            "Nobody with this address works in your agency today in a role that takes on children. Leave it out "
            "and a supervisor owns the episode."
        )
        raise Refused("owner-unknown", words, field="owner_email")
    return people[0].id


def _able(people: tuple[MemberView, ...]) -> list[MemberView]:
    return [one for one in people if one.role not in NEVER_OWNERS]


def _turn(one: MemberView) -> tuple[int, str, str]:
    place = TAKING_ORDER.index(one.role) if one.role in TAKING_ORDER else len(TAKING_ORDER)
    return (place, one.display_name, one.id)
