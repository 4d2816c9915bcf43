"""Django's entry to the door."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "allhands.access"
    label = "access"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Hear when a recall is confirmed; put the ledger on the navigation line."""
        from allhands.access.actions import telling
        from allhands.access.web import frame
        from allhands.channels import api as channels

        channels.register_status_listener(telling.on_delivery_status)
        frame.register()
