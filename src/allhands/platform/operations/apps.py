"""Registers the room with Django, and its page with the frame."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from allhands.kernel.actors import Role


class OperationsConfig(AppConfig):
    name = "allhands.platform.operations"
    label = "platform_operations"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Put the page on the operator's navigation line."""
        from allhands.ui import nav  # the registry of apps must be filled first

        item = nav.NavItem(
            key="operations",
            label=_("Health"),
            url_name="operations",
            order=10,
            roles=frozenset({Role.OPERATOR}),
        )
        nav.register(item)
