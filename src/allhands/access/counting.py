"""Whether a child may be part of a count: the door's answer for the purpose of statistics.

A count over many agencies adds up what each owner may count with. So the question asked is the owner's own, for the
plainest piece of information there is; where the policies refuse even that, the child is left out.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Final

from allhands.access import models
from allhands.access.contracts import Action, Asking, FieldAccess, Purpose
from allhands.access.fields import Shape, Who, decide_shapes
from allhands.access.records import suspended_nations
from allhands.kernel.actors import AgencyKind, Role

_OWNER: Final = Who(
    entity="Member",
    agency_kind=AgencyKind.CHILD_WELFARE.value,
    role=Role.SUPERVISOR.value,
    owns=True,
    takes_part=True,
)


def nations_not_counted() -> frozenset[str]:
    """Slugs of the nations whose children nobody may count with now."""
    return frozenset() if _owner_may_count(suspended=True) else suspended_nations()


def may_count(nations: Collection[str]) -> bool:
    """Whether a child tied to these nations may be counted."""
    return _owner_may_count(suspended=bool(nations) and not suspended_nations().isdisjoint(nations))


def _owner_may_count(*, suspended: bool) -> bool:
    field = FieldAccess(sensitivity="P0", suspended=suspended)
    asking = Asking(purpose=Purpose.STATISTICS)
    [decision] = decide_shapes([Shape(who=_OWNER, field=field, asking=asking, action=Action.SEE_FIELD)])
    return decision.allowed


def stopped_since(moment: datetime) -> bool:
    """Whether a nation stopped secondary use since then: a count worked out before it holds its children still."""
    return models.Stewardship.objects.filter(suspended=True, at__gte=moment).exists()
