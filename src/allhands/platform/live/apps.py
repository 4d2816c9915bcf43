"""Registers the room with Django, and its page with the frame."""

from django.apps import AppConfig


class LiveConfig(AppConfig):
    name = "allhands.platform.live"
    label = "platform_live"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let every frame find the feed."""
        from allhands.ui import nav  # the registry of apps must be filled first

        nav.register_place(nav.Place.LIVE, "live")
