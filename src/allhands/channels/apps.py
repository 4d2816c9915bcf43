"""Registers the slice with Django."""

from django.apps import AppConfig


class ChannelsConfig(AppConfig):
    name = "allhands.channels"
    label = "channels"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Offer the frame an inbox, and the operator's page what waits for a person."""
        from django.utils.translation import gettext_lazy as _

        from allhands.channels import api as channels
        from allhands.channels.permissions import SEE_NO_CHILD
        from allhands.channels.web import operations
        from allhands.kernel.actors import Role
        from allhands.platform.operations import api as platform_operations
        from allhands.ui import nav

        platform_operations.register_channels(operations.lines)
        platform_operations.register_asks(operations.asks)
        readers = frozenset(Role) - SEE_NO_CHILD
        nav.register(nav.NavItem(key="inbox", label=_("Inbox"), url_name="inbox", order=40, roles=readers))
        nav.register_asked_count(channels.count_unconfirmed)
