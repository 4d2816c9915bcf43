"""What this slice offers the frame: the packs, for those who may write them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from allhands.kernel.actors import Role
from allhands.ui import nav

# As in access/policies/lawbook.cedar; the door decides, the navigation only leaves out what would be refused.
WRITES_LAW = frozenset(
    {Role.SUPERVISOR, Role.DIRECTOR, Role.ATTORNEY, Role.TRIBAL_LIAISON, Role.DATA_STEWARD, Role.ADMINISTRATOR}
)


def register() -> None:
    """Put the packs on the navigation line, last."""
    nav.register(nav.NavItem(key="packs", label=gettext_lazy("Packs"), url_name="packs", order=90, roles=WRITES_LAW))
