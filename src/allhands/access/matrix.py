"""The default information matrix: which class of information each kind of agency in a response may see.

Source: practice dossier 6.4 (rows of the same name); rows it does not have are marked `ours`. Packs may only tighten.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from typing import Final, get_args

from allhands.access.contracts import EpisodeAccess, InformationClass
from allhands.access.permissions import can, check_view_episode
from allhands.kernel.actors import Actor, ActorKind, AgencyKind, Role
from allhands.kernel.ids import AgencyId

CLASSES: Final[tuple[InformationClass, ...]] = get_args(InformationClass)


class Cell(enum.Enum):
    """On what condition a class may be seen."""

    ALWAYS = "always"
    NEED = "need"  # being party to this response, in a role that works on it
    RELEASE = "release"  # a release, a court order or an exigent request on record
    AGREEMENT = "agreement"  # an agreement with the nation on record
    STEWARD = "steward"  # the nation's data steward decides
    PART = "part"  # only an instruction drawn from it, never the class itself
    OWN = "own"  # only what this agency stated itself
    NEVER = "never"


_Row = tuple[Cell, Cell, Cell, Cell, Cell]
_POLICE: Final[_Row] = (Cell.ALWAYS, Cell.ALWAYS, Cell.NEED, Cell.RELEASE, Cell.NEVER)

MATRIX: Final[Mapping[AgencyKind, _Row]] = {
    AgencyKind.LAW_ENFORCEMENT: _POLICE,
    AgencyKind.TRIBAL_POLICE: _POLICE,
    AgencyKind.CHILD_WELFARE: (Cell.ALWAYS, Cell.ALWAYS, Cell.ALWAYS, Cell.OWN, Cell.NEVER),
    AgencyKind.ADVOCATE: (Cell.ALWAYS, Cell.ALWAYS, Cell.RELEASE, Cell.OWN, Cell.OWN),
    AgencyKind.HEALTH: (Cell.ALWAYS, Cell.ALWAYS, Cell.NEED, Cell.OWN, Cell.NEVER),
    AgencyKind.CAC: (Cell.ALWAYS, Cell.ALWAYS, Cell.NEED, Cell.PART, Cell.NEVER),
    AgencyKind.SCHOOL: (Cell.ALWAYS, Cell.PART, Cell.NEVER, Cell.NEVER, Cell.NEVER),
    # A shelter becomes party only by an act of the owner; before that it has the blind check and nothing else.
    AgencyKind.SHELTER: (Cell.ALWAYS, Cell.RELEASE, Cell.NEVER, Cell.RELEASE, Cell.NEVER),
    AgencyKind.TRIBAL_GOVERNMENT: (Cell.ALWAYS, Cell.ALWAYS, Cell.AGREEMENT, Cell.STEWARD, Cell.OWN),
    AgencyKind.COURT: (Cell.ALWAYS, Cell.ALWAYS, Cell.NEED, Cell.RELEASE, Cell.NEVER),  # ours: notices to the court
    AgencyKind.CLEARINGHOUSE: (Cell.ALWAYS, Cell.ALWAYS, Cell.NEED, Cell.RELEASE, Cell.NEVER),  # ours: 34 USC 11293
    AgencyKind.HOTLINE: (Cell.ALWAYS, Cell.PART, Cell.NEVER, Cell.NEVER, Cell.NEVER),  # ours: as a school
}

# Roles whose work does not need the case itself, even where their agency has the need.
WITHOUT_NEED: Final = frozenset({Role.DISPATCHER})


def visible_classes(
    actor: Actor, episode: EpisodeAccess, *, stated_by: AgencyId | None = None
) -> frozenset[InformationClass]:
    """The classes this actor may see of this episode; empty for whoever may not open it.

    Args:
        stated_by: the agency that stated the piece of information in question; leave it out to ask about information
            of others. What an agency wrote itself, those who work on the case may read again, but for NEVER.
    """
    if not can(check_view_episode, actor, episode):
        return frozenset()
    if actor.kind is ActorKind.SYSTEM:
        return frozenset(CLASSES)
    assert actor.agency_kind is not None
    row = MATRIX[actor.agency_kind]
    is_own = stated_by is not None and stated_by == actor.agency_id
    has_need = actor.kind is ActorKind.MEMBER and actor.role not in WITHOUT_NEED
    open_cells = _open_cells(is_own=is_own, has_need=has_need)
    return frozenset(name for name, cell in zip(CLASSES, row, strict=True) if cell in open_cells)


def packet_classes(kind: AgencyKind) -> frozenset[InformationClass]:
    """What a packet to an agency of this kind may carry when a duty of law addresses it: the duty is the need."""
    open_cells = _open_cells(is_own=False, has_need=True)
    return frozenset(name for name, cell in zip(CLASSES, MATRIX[kind], strict=True) if cell in open_cells)


def _open_cells(*, is_own: bool, has_need: bool) -> frozenset[Cell]:
    if is_own and has_need:
        return frozenset(Cell) - {Cell.NEVER}
    return frozenset({Cell.ALWAYS, Cell.NEED} if is_own or has_need else {Cell.ALWAYS})
