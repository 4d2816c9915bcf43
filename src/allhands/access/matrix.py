"""The information matrix by evaluation: the policies are the only table there is.

Source of the defaults: practice dossier 6.4. A class is asked about as a plain field of that class, with no law of its
own, no consent and no emergency; what a field carries beside its class may only close it.
"""

from __future__ import annotations

from typing import Final, get_args

from allhands.access.contracts import Asking, EpisodeAccess, FieldAccess, InformationClass, Purpose, Recipient
from allhands.access.fields import decide_fields
from allhands.kernel.actors import Actor, AgencyKind
from allhands.kernel.ids import AgencyId, EpisodeId

CLASSES: Final[tuple[InformationClass, ...]] = get_args(InformationClass)
_ANY_EPISODE: Final = EpisodeAccess(
    episode_id=EpisodeId(""), owner_agency_id=AgencyId("another"), party_agency_ids=frozenset()
)


def visible_classes(
    actor: Actor,
    episode: EpisodeAccess,
    *,
    stated_by: AgencyId | None = None,
    purpose: Purpose = Purpose.RESPONSE,
) -> frozenset[InformationClass]:
    """The classes this actor may see of this episode; empty for whoever may not open it.

    Args:
        stated_by: the agency that stated the piece of information in question; leave it out to ask about information
            of others.
    """
    asking = Asking(purpose=purpose)
    decisions = decide_fields(
        actor, episode, [(FieldAccess(sensitivity=name, holder=stated_by), asking) for name in CLASSES]
    )
    return frozenset(name for name, decision in zip(CLASSES, decisions, strict=True) if decision.allowed)


def packet_classes(kind: AgencyKind) -> frozenset[InformationClass]:
    """What a packet to an agency of this kind may carry when a duty of law addresses it: the duty is the need."""
    recipient = Recipient(agency_id=AgencyId("receiver"), kind=kind)
    decisions = decide_fields(recipient, _ANY_EPISODE, [(FieldAccess(sensitivity=name), Asking()) for name in CLASSES])
    return frozenset(name for name, decision in zip(CLASSES, decisions, strict=True) if decision.allowed)
