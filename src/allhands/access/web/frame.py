"""What the door offers the frame: the ledger for those who oversee, the desk of corrections, a nation's own data."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from allhands.access.web.ledger import OVERSEES
from allhands.kernel.actors import Role
from allhands.ui import nav

_DECIDE = frozenset({Role.SUPERVISOR, Role.DIRECTOR, Role.TRIBAL_LIAISON, Role.DATA_STEWARD})


def register() -> None:
    """Put them on the navigation line."""
    nav.register(
        nav.NavItem(key="ledger", label=gettext_lazy("Ledger"), url_name="ledger-all", order=60, roles=OVERSEES)
    )
    nav.register(
        nav.NavItem(
            key="corrections", label=gettext_lazy("Corrections"), url_name="objections", order=70, roles=_DECIDE
        )
    )
    nav.register(
        nav.NavItem(
            key="our-data",
            label=gettext_lazy("Our data"),
            url_name="steward",
            order=65,
            roles=frozenset({Role.DATA_STEWARD}),
        )
    )
