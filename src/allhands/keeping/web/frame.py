"""What keeping offers the frame."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from allhands.kernel.actors import Role
from allhands.ui import nav

KEEPERS = frozenset({Role.SUPERVISOR, Role.DIRECTOR, Role.DATA_STEWARD})


def register() -> None:
    """Put it on the navigation line."""
    nav.register(
        nav.NavItem(key="keeping", label=gettext_lazy("Records kept"), url_name="keeping", order=75, roles=KEEPERS)
    )
