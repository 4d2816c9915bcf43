"""Who may send in whose name, and who may read an inbox. Pure."""

from __future__ import annotations

from allhands.kernel.actors import Actor, ActorKind, Role
from allhands.kernel.errors import Denied
from allhands.kernel.ids import AgencyId

# They keep the node running or check it; they see no child.
SEE_NO_CHILD = frozenset({Role.ADMINISTRATOR, Role.OPERATOR, Role.AUDITOR})


def check_send(actor: Actor, sender_agency: AgencyId) -> None:
    """An agency sends in its own name only; the platform sends for every agency.

    Raises:
        Denied: `delivery-not-yours`.
    """
    if actor.kind is not ActorKind.SYSTEM and actor.agency_id != sender_agency:
        raise Denied("delivery-not-yours")


def check_read_inbox(actor: Actor) -> None:
    """Members and tokens of the recipient read its inbox, except those whose role sees no child.

    Raises:
        Denied: `inbox-not-yours`.
    """
    if not may_read_inbox(actor):
        raise Denied("inbox-not-yours")


def may_read_inbox(actor: Actor) -> bool:
    """Whether an inbox is shown to this actor at all."""
    return actor.kind is not ActorKind.SYSTEM and actor.role not in SEE_NO_CHILD


def is_of_sender(actor: Actor, sender_agency: str) -> bool:
    """Whether the actor works with the children of the sending agency."""
    return actor.kind is ActorKind.MEMBER and actor.agency_id == sender_agency and actor.role not in SEE_NO_CHILD
