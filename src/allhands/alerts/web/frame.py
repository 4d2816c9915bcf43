"""What this slice offers the frame: its word on the navigation line, and how much waits for the reader."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext_lazy

from allhands.alerts import api as alerts
from allhands.kernel.actors import Actor, Role
from allhands.ui import nav

_WORKS_WITH_CHILDREN = frozenset(Role) - {Role.ADMINISTRATOR, Role.OPERATOR, Role.AUDITOR}


def register() -> None:
    """Alerts stand between the duties and the inbox."""
    label = gettext_lazy("Alerts")
    nav.register(nav.NavItem(key="alerts", label=label, url_name="alerts", order=35, roles=_WORKS_WITH_CHILDREN))
    nav.register_asked_count(_waiting)


def _waiting(actor: Actor) -> int:
    return alerts.count_waiting(actor, timezone.now()) if actor.role in _WORKS_WITH_CHILDREN else 0
